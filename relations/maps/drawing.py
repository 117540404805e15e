"""A map drawn: partnerships as marks with names, and the curves between them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, hypot, inf, pi, sin
from typing import TYPE_CHECKING

from relations.enums import Country
from relations.maps import curves, labels
from relations.maps.frames import Frame, Pane
from relations.maps.geography import Point, anchor_of, bounds_of, great_circle
from relations.models import Partnership, Place
from relations.text import text_width

if TYPE_CHECKING:
    from relations.maps.bundles import Bundle

ARC_STEPS = 48
# As many curves as are told apart at full strength; more are drawn thinner.
MOST_STRONG = 30
# How far the mark of a region is moved, and so how far apart two marks can be told.
ASIDE = 17


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map. `sides` are those of its name, see `labels.place_names`."""

    place: Place
    point: Point
    partnerships: list[Partnership]
    position: tuple[float, float]
    is_fixed: bool
    sides: str = labels.HIDDEN
    spare: str = labels.BELOW

    @property
    def is_hidden(self) -> bool:
        """Whether its name is hidden before anything is enlarged."""
        return self.sides[0] == labels.HIDDEN

    @property
    def side(self) -> str:
        """The side of its name before anything is enlarged, or that on which it comes out."""
        return self.spare if self.is_hidden else self.sides[0]

    @property
    def is_territory(self) -> bool:
        """Whether the partner is the region or prefecture itself; its mark stands well inside it."""
        return self.place.is_territory

    @property
    def count(self) -> int:
        """How many partnerships meet here."""
        return len(self.partnerships)

    @property
    def radius(self) -> int:
        """The radius of its dot with the ring around it: larger where it holds a number."""
        return 10 if self.count > 1 else 7

    @property
    def size(self) -> int:
        """Which of the two sizes of dots it has."""
        return 2 if self.count > 1 else 1

    @property
    def transform(self) -> str:
        """Where it stands, as SVG writes it."""
        return f"translate({self.point.x:.1f} {self.point.y:.1f})"

    @property
    def degrees(self) -> str:
        """Latitude and longitude for the script."""
        latitude, longitude = self.position
        return f"{latitude:.4f},{longitude:.4f}"

    @property
    def slugs(self) -> str:
        """Its partnerships for the script, parted by spaces."""
        return " ".join(partnership.slug for partnership in self.partnerships)

    @property
    def partners(self) -> list[Place]:
        """The places at the other end."""
        is_italian = self.place.country == Country.ITALY
        return [p.japanese_place if is_italian else p.italian_place for p in self.partnerships]


@dataclass(frozen=True, slots=True)
class Curve:
    """A partnership as a line. `slot` is where it crosses the gutter; a great circle has none."""

    partnership: Partnership
    path: str
    start: Point
    end: Point
    slot: float | None

    @property
    def door(self) -> str:
        """The slot for the script; empty where there is none."""
        return said_slot(self.slot)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a frame shows."""

    frame: Frame
    marks: Mapping[Country, list[Mark]]
    curves: list[Curve]
    bundles: "list[Bundle]" = field(default_factory=list)

    @property
    def is_dense(self) -> bool:
        """Whether its curves are so many that they are drawn thinner."""
        return len(self.curves) > MOST_STRONG

    @property
    def territories(self) -> set[str]:
        """The codes of the regions and prefectures in which something is marked."""
        return {mark.place.territory.code for marks in self.marks.values() for mark in marks}

    @property
    def sides(self) -> list[tuple[Country, Pane, list[Mark]]]:
        """Each country with its pane and its marks."""
        return [(country, self.frame.panes[country], self.marks[country]) for country in Country]


def draw(
    frame: Frame,
    partnerships: Sequence[Partnership],
    bundles: "Sequence[Bundle]" = (),
    place: Place | None = None,
) -> Drawing:
    """Draw partnerships, whose places and regions are loaded, one by one.

    A `place` that the page is about is marked even if none of them is its own.
    """
    marks = {country: _marks(frame, country, partnerships, place) for country in Country}
    at = {mark.place.pk: mark for side in marks.values() for mark in side}
    ends = [(at[p.italian_place_id], at[p.japanese_place_id]) for p in partnerships]
    lines = (
        _sea_routes(frame, partnerships, ends) if frame.gutter else _arcs(frame, partnerships, ends)
    )
    crowd = labels.Crowd.of(
        sample
        for line in lines
        if line.slot is not None
        for sample in curves.samples(frame, line.start, line.end, line.slot)
    )
    named = {country: _named(frame, country, side, crowd) for country, side in marks.items()}
    return Drawing(frame, named, lines, list(bundles))


def _marks(
    frame: Frame, country: Country, partnerships: Sequence[Partnership], alone: Place | None
) -> list[Mark]:
    """One mark for each place, the northern ones first, so that keys go through them in order."""
    by_place: dict[Place, list[Partnership]] = defaultdict(list)
    if alone and alone.country == country and not alone.is_territory:
        by_place[alone] = []
    for partnership in partnerships:
        is_italian = country == Country.ITALY
        place = partnership.italian_place if is_italian else partnership.japanese_place
        by_place[place].append(partnership)
    pane = frame.panes[country]
    marks = []
    for place, its in by_place.items():
        position = position_of(place)
        inset = frame.insets.get(place.territory.code)
        point = (inset or pane).point(*position)
        marks.append(Mark(place, point, its, position, inset is not None))
    marks = [_clear(pane, mark, marks) if mark.is_territory else mark for mark in marks]
    return sorted(marks, key=lambda mark: (mark.point.y, mark.place.slug))


def _clear(pane: Pane, mark: Mark, others: Sequence[Mark]) -> Mark:
    """The mark of a region or prefecture moved aside within it if a city's mark would cover it."""
    near = [other.point for other in others if other is not mark]

    def room(point: Point) -> float:
        return min((hypot(point.x - x, point.y - y) for x, y in near), default=inf)

    if mark.is_fixed or room(mark.point) >= ASIDE:
        return mark
    turns = (turn * pi / 4 for turn in range(8))
    places = [
        Point(mark.point.x + ASIDE * cos(turn), mark.point.y + ASIDE * sin(turn)) for turn in turns
    ]
    well_inside = [point for point in places if _is_well_inside(mark.place, pane.degrees(point))]
    point = max(well_inside or places, key=room)
    return replace(mark, point=point, position=pane.degrees(point))


def said_slot(slot: float | None) -> str:
    """Where a line crosses the gutter, for the script; empty where it crosses none."""
    return "" if slot is None else f"{slot:.1f}"


def _is_well_inside(territory: Place, position: tuple[float, float]) -> bool:
    """Whether a position lies in the middle of the box around a region or prefecture."""
    south, west, north, east = bounds_of(territory.code) or (-90, -180, 90, 180)
    up, across = (north - south) / 6, (east - west) / 6
    latitude, longitude = position
    return south + up < latitude < north - up and west + across < longitude < east - across


def position_of(place: Place) -> tuple[float, float]:
    """Where a place is marked, in degrees: a region or prefecture well inside it, not at its seat."""
    anchor = anchor_of(place.code) if place.is_territory else None
    return anchor or (float(place.latitude), float(place.longitude))


def _sea_routes(
    frame: Frame, partnerships: Sequence[Partnership], ends: Sequence[tuple[Mark, Mark]]
) -> list[Curve]:
    points = [(start.point, end.point) for start, end in ends]
    return [
        Curve(partnership, curves.path(frame, start, end, slot), start, end, slot)
        for partnership, (start, end), slot in zip(
            partnerships, points, curves.slots(frame, points), strict=True
        )
    ]


def _arcs(
    frame: Frame, partnerships: Sequence[Partnership], ends: Sequence[tuple[Mark, Mark]]
) -> list[Curve]:
    return [
        Curve(partnership, arc(frame, start.position, end.position), start.point, end.point, None)
        for partnership, (start, end) in zip(partnerships, ends, strict=True)
    ]


def arc(frame: Frame, start: tuple[float, float], end: tuple[float, float]) -> str:
    """A great circle between two places in degrees on the map of the world, as SVG writes a path."""
    points = (frame.italy.point(*step) for step in great_circle(start, end, ARC_STEPS))
    return "M" + "L".join(f"{point.x:.1f} {point.y:.1f}" for point in points)


def _named(frame: Frame, country: Country, marks: list[Mark], crowd: labels.Crowd) -> list[Mark]:
    """The marks with the sides of their names; in an inset and on the world map names stay hidden."""
    if frame.gutter is None:
        return marks
    pane = frame.panes[country]
    names = {
        mark.place.pk: labels.Name(mark.point, label_width(mark.place), mark.radius, mark.count)
        for mark in marks
    }
    free = [names[mark.place.pk] for mark in marks if not mark.is_fixed]
    placed = iter(labels.place_names(frame, pane, free, crowd))
    return [
        replace(
            mark,
            sides=labels.HIDDEN if mark.is_fixed else next(placed),
            spare=labels.spare_side(frame, pane, names[mark.place.pk]),
        )
        for mark in marks
    ]


def label_width(place: Place) -> float:
    """About how wide the name of a place is on the map, with its native name where that is shown."""
    width = text_width(str(place.name), labels.NAME_SIZE)
    if native := native_label(place):
        width += text_width(native, labels.NATIVE_SIZE) + 5
    return width


def native_label(place: Place) -> str:
    """The native name that is written beside the name: of Japanese places, where the page is not in Japanese."""
    if place.country != Country.JAPAN or place.native_name.text == place.name.text:
        return ""
    return place.native_name.text
