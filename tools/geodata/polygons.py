"""Small operations on polygons, in whatever units they are."""

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

Shapes = dict[str, BaseGeometry]  # by code


def polygons(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of any shape, without points and lines that an operation left."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def holes(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return what a shape surrounds."""
    return [shapely.Polygon(ring) for part in shapely.get_parts(shape) for ring in part.interiors]


def filled(shapes: Shapes, gaps: Iterable[BaseGeometry]) -> Shapes:
    """Give each gap between shapes to the one that has the longest border with it."""
    whole = dict(shapes)
    for gap in gaps:
        edge = gap.exterior
        longest = max(shapes, key=lambda code: shapes[code].intersection(edge).length)
        whole[longest] = whole[longest].union(gap)
    return whole


def moved(shapes: Shapes, giver: str, taker: str, within: BaseGeometry) -> Shapes:
    """Give one shape's polygons within a box to another; a border between them goes.

    A shape that gives all it has is left out.
    """
    parts = shapely.get_parts(shapes[giver])
    given = shapely.within(parts, within)
    taken = polygons(shapely.union_all([shapes[taker], *parts[given]]))
    kept = shapely.MultiPolygon(list(parts[~given]))
    changed = {**shapes, giver: kept, taker: taken}
    return {code: shape for code, shape in changed.items() if not shape.is_empty}
