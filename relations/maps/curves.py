"""The curves from Italy to Japan, and the order in which they pass the gutter."""

from collections.abc import Sequence

from relations.maps.frames import Frame
from relations.maps.geography import Point

# Units between two curves in the gutter, and how much of it they take at the most.
GAP = 12.0
MOST_OF_GUTTER = 0.66
MARGIN = 14.0


def slots(frame: Frame, ends: Sequence[tuple[Point, Point]]) -> list[float]:
    """Where each curve passes the gutter, as near to the middle of its ends as the others let it.

    In the order of these middles two curves cross once if their ends are in opposite
    orders, and not at all if they are in the same, which is the least there can be. They
    are kept `GAP` apart, or nearer where they are many, and moved as little as possible.
    """
    length = frame.height if frame.across else frame.width
    gap = min(GAP, MOST_OF_GUTTER * length / max(len(ends) - 1, 1))
    wanted = [_along(frame, a) / 2 + _along(frame, b) / 2 for a, b in ends]
    order = sorted(range(len(ends)), key=lambda i: (wanted[i], _along(frame, ends[i][0]), i))
    last = length - MARGIN - gap * (len(ends) - 1)
    # Without the gaps, what is left is to find the nearest values that do not decrease.
    level = _nondecreasing([wanted[i] - gap * rank for rank, i in enumerate(order)])
    placed = [0.0] * len(ends)
    for rank, i in enumerate(order):
        placed[i] = round(min(max(level[rank], MARGIN), last) + gap * rank, 1)
    return placed


def _along(frame: Frame, point: Point) -> float:
    """How far down the gutter a point lies."""
    return point.y if frame.across else point.x


def _nondecreasing(values: Sequence[float]) -> list[float]:
    """The nearest sequence, by least squares, that never decreases (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []  # mean, size
    for value in values:
        mean, size = value, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    return [mean for mean, size in pools for _ in range(size)]


def path(frame: Frame, start: Point, end: Point, slot: float) -> str:
    """The curve from one place through its slot to the other, as SVG writes a path.

    It leaves and arrives level with the panes' common axis. `curve` in
    `static/js/map.js` draws the same when a pane has been moved.
    """
    enters, leaves = frame.gutter_start, frame.gutter_end
    if frame.across:
        a, b = (start.x + enters) / 2, (leaves + end.x) / 2
        return (
            f"M{start.x:.1f} {start.y:.1f}C{a:.1f} {start.y:.1f} {a:.1f} {slot:.1f} {enters:.1f} {slot:.1f}"
            f"H{leaves:.1f}C{b:.1f} {slot:.1f} {b:.1f} {end.y:.1f} {end.x:.1f} {end.y:.1f}"
        )
    a, b = (start.y + enters) / 2, (leaves + end.y) / 2
    return (
        f"M{start.x:.1f} {start.y:.1f}C{start.x:.1f} {a:.1f} {slot:.1f} {a:.1f} {slot:.1f} {enters:.1f}"
        f"V{leaves:.1f}C{slot:.1f} {b:.1f} {end.x:.1f} {b:.1f} {end.x:.1f} {end.y:.1f}"
    )


def samples(frame: Frame, start: Point, end: Point, slot: float, steps: int = 20) -> list[Point]:
    """Points along such a curve, those in the panes only, for what must keep clear of it."""
    if frame.across:
        doors = (Point(frame.gutter_start, slot), Point(frame.gutter_end, slot))
    else:
        doors = (Point(slot, frame.gutter_start), Point(slot, frame.gutter_end))
    return [
        _s_curve(frame, a, b, step / steps)
        for a, b in ((start, doors[0]), (doors[1], end))
        for step in range(steps + 1)
    ]


def _s_curve(frame: Frame, a: Point, b: Point, t: float) -> Point:
    """A point of the cubic curve whose handles lie half-way along the axis."""
    level = 1.5 * t * (1 - t) + t**3  # with both handles at one half
    turn = 3 * t**2 - 2 * t**3
    if frame.across:
        return Point(a.x + (b.x - a.x) * level, a.y + (b.y - a.y) * turn)
    return Point(a.x + (b.x - a.x) * turn, a.y + (b.y - a.y) * level)
