"""Simplify shapes, in units of the grid, so that those that meet still meet."""

from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from .polygons import Shapes, filled, holes, polygons
from .window import Window

POND = 10  # a smaller water, in squared tolerances, has no coast to draw


class Level(NamedTuple):
    """How much of a shape is left out, in units of the grid."""

    tolerance: float
    least: float  # an island with a smaller area is dropped


def without_islets(shapes: Shapes, least: float) -> Shapes:
    """Leave out islands with a smaller area, but nothing that has a neighbour by land."""
    land = shapely.get_parts(shapely.union_all(list(shapes.values())))
    islets = shapely.union_all([island for island in land if island.area < least])
    shapely.prepare(islets)
    return {
        code: shapely.MultiPolygon(
            [
                part
                for part in shapely.get_parts(shape)
                if part.area >= least or not islets.intersects(part.representative_point())
            ]
        )
        for code, shape in shapes.items()
    }


def simplified(shapes: Shapes, level: Level) -> Shapes:
    """Simplify shapes; a border between two stays one line."""
    whole = shapely.coverage_simplify(list(shapes.values()), level.tolerance)
    return without_islets(dict(zip(shapes, whole, strict=True)), level.least)


def surroundings(countries: Shapes, window: Window, level: Level) -> Shapes:
    """Return the countries of a window, simplified; a little is left beyond its frame."""
    frame = window.frame(margin=window.width / 200)
    projected = {
        code: polygons(shapely.make_valid(window.project(country)))
        for code, country in countries.items()
    }
    shown = {code: shape for code, shape in projected.items() if shape.intersects(frame)}
    return {
        code: polygons(shapely.make_valid(shape).intersection(frame))
        for code, shape in simplified(shown, level).items()
    }


def joined(fine: BaseGeometry, rough: BaseGeometry, box: BaseGeometry) -> BaseGeometry:
    """Return a shape that is the fine one within a box and the rough one beyond."""
    return polygons(fine.intersection(box).union(rough.difference(box)))


def woven(shapes: Shapes) -> list[BaseGeometry]:
    """Return shapes wound so that, if it can be, a border runs the same way in both.

    Two paths then hold the same steps, which compress to little more than one. By itself
    every polygon would run counter-clockwise, and a border one way and then the other.
    """
    wound: list[tuple[BaseGeometry, bool]] = []
    for shape in shapes.values():
        clockwise = sum(
            shape.intersection(other).length * (-1 if turned else 1) for other, turned in wound
        )
        parts = shapely.orient_polygons(shape, exterior_cw=clockwise > 0)
        wound.append((parts, clockwise > 0))
    return [shape for shape, _ in wound]


def fitted(around: Shapes, rough: BaseGeometry, fine: BaseGeometry, reach: float) -> Shapes:
    """Return neighbours whose borders with a country are those of its finer shape.

    `rough` is that country as the neighbours' own source has it. What it has beyond `fine`,
    up to so far from a neighbour, is the neighbour's; so are gaps that remain, and holes.
    """
    fit = {}
    for code, shape in around.items():
        grown = shape.union(shape.buffer(reach).intersection(rough))
        fit[code] = polygons(grown.difference(fine))
    gaps = holes(shapely.union_all([fine, *fit.values()]))
    return filled(fit, [gap for gap in gaps if gap.intersects(fine)])


def coast(land: list[BaseGeometry], tolerance: float) -> BaseGeometry:
    """Return the outline of all land, a little outside of it, to be drawn by broad strokes."""
    outline = shapely.union_all(land).buffer(tolerance / 3)
    ponds = [pond for pond in holes(outline) if pond.area < POND * tolerance**2]
    return outline.union(shapely.union_all(ponds)).simplify(tolerance)
