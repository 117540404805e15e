"""Names on the map: which can be shown, and on which side of its place, so that none overlaps.

The widths of the names are estimates: a test in a browser compares the boxes that are drawn.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from relations.maps.frames import ZOOM_STEPS, Frame, Pane
from relations.maps.geography import Point

NAME_SIZE, NATIVE_SIZE = 13.0, 11.5
LIT = 14.5 / NAME_SIZE  # how much larger a name is set that is pointed at
HEIGHT = 16.0
AWAY = 4.0  # from the mark of the place to its name
LEFT, RIGHT, ABOVE, BELOW, HIDDEN = "lrtb-"
# A name that more points of curves than this fall into cannot be read.
MOST_CROSSING = 5
_CELL = 8


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return not self.is_free([other])

    def is_free(self, others: Iterable["Box"]) -> bool:
        """Whether it has no point in common with any other. Asked often, and so written out."""
        left, top, right, bottom = self
        return not any(
            left < their_right and their_left < right and top < their_bottom and their_top < bottom
            for their_left, their_top, their_right, their_bottom in others
        )


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be placed beside a point; `radius` is that of its mark, `rank` says how much it matters."""

    point: Point
    width: float
    radius: float
    rank: int = 0

    def _at(self, factor: float, origin: Point) -> Point:
        """Where its point is with the map enlarged around an origin."""
        return Point(
            origin.x + (self.point.x - origin.x) * factor,
            origin.y + (self.point.y - origin.y) * factor,
        )

    def box(self, side: str, factor: float, origin: Point) -> Box:
        """Where the name would stand on a side, with the map enlarged around an origin."""
        x, y = self._at(factor, origin)
        away = AWAY + self.radius
        if side == LEFT:
            return Box(x - away - self.width, y - HEIGHT / 2, x - away, y + HEIGHT / 2)
        if side == RIGHT:
            return Box(x + away, y - HEIGHT / 2, x + away + self.width, y + HEIGHT / 2)
        half = self.width / 2
        if side == ABOVE:
            return Box(x - half, y - away - HEIGHT, x + half, y - away)
        return Box(x - half, y + away, x + half, y + away + HEIGHT)

    def mark(self, factor: float, origin: Point) -> Box:
        """The room that the mark itself takes."""
        x, y = self._at(factor, origin)
        return Box(x - self.radius, y - self.radius, x + self.radius, y + self.radius)


@dataclass(slots=True)
class Crowd:
    """How many points of curves fall into each small cell of the frame."""

    cells: Counter[tuple[int, int]] = field(default_factory=Counter)

    @classmethod
    def of(cls, points: Iterable[Point]) -> "Crowd":
        """Counts points."""
        return cls(Counter((int(point.x) // _CELL, int(point.y) // _CELL) for point in points))

    def within(self, box: Box) -> int:
        """About how many points lie in a box."""
        return sum(
            self.cells[column, row]
            for column in range(int(box.left) // _CELL, int(box.right) // _CELL + 1)
            for row in range(int(box.top) // _CELL, int(box.bottom) // _CELL + 1)
        )


def spare_side(frame: Frame, pane: Pane, name: Name) -> str:
    """Where a hidden name comes out when it is asked for: away from the curves, if the pane has room there."""
    away, back = (LEFT, RIGHT) if pane is frame.italy else (RIGHT, LEFT)
    box = replace(name, width=name.width * LIT).box(away, 1, Point(0, 0))
    return away if _holds(pane, box) else back


def _holds(pane: Pane, box: Box, margin: float = 0) -> bool:
    """Whether a box lies in a pane, at least a margin from its edge."""
    corners = Point(box.left, box.top), Point(box.right, box.bottom)
    return all(pane.shows(corner, margin) for corner in corners)


def place_names(frame: Frame, pane: Pane, names: Sequence[Name], crowd: Crowd) -> list[str]:
    """The side of each name at each of `ZOOM_STEPS`, one letter a step, `-` where it is hidden.

    Names keep clear of marks, of each other, of the pane's edge and of what the page
    writes there (which is known of the whole pane alone, the first step), and as far as
    possible of the curves. A name that is shown stays shown when the map is enlarged.
    """
    origin = Point(pane.x + pane.width / 2, pane.y + pane.height / 2)
    sides = "ltbr" if pane is frame.italy else "rtbl"
    placed: list[list[str]] = [[] for _ in names]
    for factor in ZOOM_STEPS:
        order = sorted(
            range(len(names)),
            key=lambda i: (not placed[i] or placed[i][-1] == HIDDEN, -names[i].rank, i),
        )
        marks = [name.mark(factor, origin) for name in names]
        standing = [Box(*box) for box in frame.taken] if factor == 1 else []
        for i in order:
            obstacles = [*marks[:i], *marks[i + 1 :], *standing]
            if factor == 1:
                side = _best_side(names[i], sides, pane, crowd, obstacles)
            else:
                preferred = placed[i][-1].replace(HIDDEN, "") + sides
                side = _free_side(names[i], preferred, factor, origin, obstacles)
            placed[i].append(side)
            if side != HIDDEN:
                standing.append(names[i].box(side, factor, origin))
    return [_steady("".join(letters)) for letters in placed]


def _steady(sides: str) -> str:
    """Hides a name at all steps before one at which it has no room, which is rare: those shown are placed first."""
    shown_from = sides.rfind(HIDDEN) + 1
    return HIDDEN * shown_from + sides[shown_from:]


def _free_side(
    name: Name, sides: str, factor: float, origin: Point, obstacles: Sequence[Box]
) -> str:
    """The first side on which nothing is in the way."""
    for side in sides:
        box = name.box(side, factor, origin)
        if box.is_free(obstacles):
            return side
    return HIDDEN


def _best_side(name: Name, sides: str, pane: Pane, crowd: Crowd, obstacles: Sequence[Box]) -> str:
    """The free side within the pane that the fewest curves cross; hidden where too many cross all."""
    found, least = HIDDEN, MOST_CROSSING + 1
    origin = Point(0, 0)
    for side in sides:
        box = name.box(side, 1, origin)
        if _holds(pane, box, 3) and box.is_free(obstacles):
            crossing = crowd.within(box)
            if crossing < least:
                found, least = side, crossing
    return found
