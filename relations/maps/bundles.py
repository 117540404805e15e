"""Many partnerships drawn as bundles: a line for each two regions or areas, thicker the more there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from relations.enums import MacroArea
from relations.maps import curves
from relations.maps.drawing import arc, position_of, said_slot
from relations.maps.frames import Frame
from relations.models import Place

# As many as the gutter holds without a tangle.
MOST_BUNDLES = 56


@dataclass(frozen=True, slots=True)
class Bundle:
    """All partnerships of two regions or areas as one line, thicker the more they are."""

    italian: str
    japanese: str
    codes: list[str]
    count: int
    width: str
    path: str
    slot: float | None
    ends: tuple[tuple[float, float], tuple[float, float]]

    @property
    def door(self) -> str:
        """The slot for the script; empty where there is none."""
        return said_slot(self.slot)

    @property
    def degrees(self) -> str:
        """Latitude and longitude of both ends for the script."""
        return " ".join(f"{latitude:.3f},{longitude:.3f}" for latitude, longitude in self.ends)


def draw_bundles(
    frame: Frame, pairs: Mapping[tuple[str, str], int], territories: Mapping[str, Place]
) -> list[Bundle]:
    """Draw many partnerships as bundles, from their number for each pair of region and prefecture codes.

    Regions are drawn one by one as long as the gutter holds their bundles, else by macro-area.
    """
    grouped = _grouped(pairs, lambda code: code)
    if len(grouped) > MOST_BUNDLES:
        grouped = _grouped(pairs, lambda code: territories[code].macro_area)
    ends = [_ends(members, territories) for members in grouped.values()]
    points = [(frame.italy.point(*a), frame.japan.point(*b)) for a, b in ends]
    slots = curves.slots(frame, points)
    crosses = frame.gutter is not None
    bundles = []
    for (names, members), between, (start, end), slot in zip(
        grouped.items(), ends, points, slots, strict=True
    ):
        count = sum(pairs[pair] for pair in members)
        bundles.append(
            Bundle(
                italian=_name_of(names[0], territories),
                japanese=_name_of(names[1], territories),
                codes=sorted({code for pair in members for code in pair}),
                count=count,
                width=_thickness(count, 12 if crosses else 4),
                path=curves.path(frame, start, end, slot) if crosses else arc(frame, *between),
                slot=slot if crosses else None,
                ends=between,
            )
        )
    return bundles


def _thickness(count: int, most: float) -> str:
    """How thick the line of so many partnerships is: it grows with the square root, to a limit."""
    return f"{min(1 + count**0.5 * most / 24, most):.1f}"


def _grouped(
    pairs: Iterable[tuple[str, str]], key: Callable[[str], str]
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Pairs of codes that share a key on both sides."""
    grouped = defaultdict(list)
    for italian, japanese in pairs:
        grouped[key(italian), key(japanese)].append((italian, japanese))
    return grouped


def _ends(
    pairs: Iterable[tuple[str, str]], territories: Mapping[str, Place]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The middles of the regions and of the prefectures of pairs, in degrees."""
    italian, japanese = (
        [position_of(territories[code]) for code in dict.fromkeys(codes)]
        for codes in zip(*pairs, strict=True)
    )
    return _middle(italian), _middle(japanese)


def _middle(anchors: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return fmean(lat for lat, _ in anchors), fmean(lon for _, lon in anchors)


def _name_of(group: str, territories: Mapping[str, Place]) -> str:
    """The name of a region or prefecture by code, or else of a macro-area."""
    return str(territories[group].name if group in territories else MacroArea(group).full_label)
