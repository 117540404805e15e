"""Write shapes as the `d` of an SVG path, in whole numbers and as few letters as it takes."""

from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

Point = tuple[int, int]
TRIANGLE = 3


def ring(points: list[tuple[float, float]]) -> list[Point]:
    """Return a ring on the grid, open, without points that add nothing."""
    rounded = [(round(x), round(y)) for x, y in points[:-1]]
    kept = [
        point
        for point, before in zip(rounded, rounded[-1:] + rounded, strict=False)
        if point != before
    ]
    while len(kept) >= TRIANGLE:
        around = zip(kept[-1:] + kept, kept, kept[1:] + kept[:1], strict=False)
        fewer = [point for before, point, after in around if not straight(before, point, after)]
        if fewer == kept:
            return kept
        kept = fewer
    return []


def straight(before: Point, point: Point, after: Point) -> bool:
    """Return whether a point lies on the line between its neighbours, or back on it."""
    (x0, y0), (x1, y1), (x2, y2) = before, point, after
    return (x1 - x0) * (y2 - y1) == (y1 - y0) * (x2 - x1)


def numbers(values: list[int]) -> str:
    """Return numbers in a row; a minus sign parts them as well as a space does."""
    return "".join(f"{value}" if value < 0 else f" {value}" for value in values).lstrip()


def path(*shapes: BaseGeometry) -> str:
    """Return every ring of some shapes as steps from the point before; none for none.

    The steps after an `m` are lines; after a `z` the pen is where its ring began.
    """
    written = []
    pen = (0, 0)
    for polygon in shapely.get_parts(shapes):
        for line in (polygon.exterior, *polygon.interiors):
            points = ring(list(line.coords))
            if points:
                steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise([pen, *points])]
                written.append(f"m{numbers([value for step in steps for value in step])}z")
                pen = points[0]
    return "".join(written)
