"""What stands above the map of a picture, set in lines that fit.

Texts of different scripts stand in elements of their own, each at its own place: within one
element resvg takes a single font for all as soon as one letter is missing in another.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import get_language

from relations.enums import Country, Language
from relations.models import Place
from relations.pictures import fonts
from relations.pictures.maps import WIDTH

MARGIN = 56
LARGEST_TITLE = {"latin": 64, "japanese": 57}
# Below this size the native names are left out of a title.
ROOMY_TITLE = 44
NATIVE = 0.54  # of the size of the name that it stands beside
GAP = 0.25  # before a native name
KICKER, KICKER_START = 25, 106


class Placed(NamedTuple):
    """A text at its place on a line. `style` is a class of the template."""

    x: float
    size: float
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a title: `is_native`, the name in the language of the place, smaller and fainter."""

    text: str
    script: str
    is_native: bool = False

    @property
    def em(self) -> float:
        """How wide it is with the room around it, in sizes of the title."""
        if self.is_native:
            return NATIVE * fonts.width(self.text, fonts.TEXT[self.script]) + GAP
        return fonts.width(self.text, fonts.TITLE[self.script])


@dataclass(frozen=True, slots=True)
class Words:
    """A small line, the title, and what is said of it."""

    kicker: Sequence[Run]
    title: Sequence[Run]
    line: str

    @property
    def size(self) -> float:
        """The size of the title, in pixels, at which it fits."""
        width = sum(run.em for run in self.title) or 1
        return round(min(LARGEST_TITLE[self.title[0].script], (WIDTH - 2 * MARGIN) / width), 1)

    @property
    def fitting(self) -> "Words":
        """The same without native names where they would make the title too small."""
        if self.size >= ROOMY_TITLE:
            return self
        return replace(self, title=joined(run for run in self.title if not run.is_native))

    def placed_title(self) -> Iterator[Placed]:
        """The parts of the title one after the other."""
        x = float(MARGIN)
        for run in self.title:
            if run.is_native:
                start = x + GAP * self.size
                yield Placed(
                    round(start, 1), round(NATIVE * self.size, 1), f"native {run.script}", run.text
                )
            else:
                yield Placed(round(x, 1), self.size, f"title title--{run.script}", run.text)
            x += run.em * self.size

    def placed_kicker(self) -> Iterator[Placed]:
        """The parts of the small line, with a dot between them."""
        x = float(KICKER_START)
        for number, run in enumerate(self.kicker):
            if number:
                yield Placed(round(x + 8, 1), KICKER, "latin", "·")
                x += 24
            yield Placed(round(x, 1), KICKER, run.script, run.text)
            x += KICKER * fonts.width(run.text, fonts.TEXT[run.script])


def script() -> str:
    """The script of the active language."""
    return "japanese" if get_language() == Language.JAPANESE else "latin"


def joined(runs: Iterable[Run]) -> list[Run]:
    """Parts of a title, of which neighbours in one font are one: the font itself then spaces them best."""
    whole: list[Run] = []
    for run in runs:
        before = whole[-1] if whole else None
        if before and (before.script, before.is_native) == (run.script, run.is_native):
            whole[-1] = replace(before, text=before.text + run.text)
        else:
            whole.append(run)
    return whole


def named(place: Place) -> list[Run]:
    """The name of a place, and its name in the language of its country where that is another and can be written."""
    runs = [Run(fonts.legible(str(place.name), script()), script())]
    native = place.native_name.text
    its_script = "japanese" if place.country == Country.JAPAN else "latin"
    if native != place.name.text and fonts.can_write(native, its_script):
        runs.append(Run(native, its_script, is_native=True))
    return runs
