"""Where a territory is: a point well inside it, and the box around it."""

import shapely
from shapely.geometry.base import BaseGeometry

from .window import Window

NEAR_KM = 250  # islands further away, such as Ogasawara, would make the box one of sea
PRECISION = 0.01  # of the anchor, in degrees
GLOBE = Window(-85, -180, 85, 180, 360)  # a unit is a degree of longitude


def anchor(shape: BaseGeometry) -> BaseGeometry:
    """Return the point inside the largest polygon that is furthest from its edge."""
    largest = max(shapely.get_parts(GLOBE.project(shape)), key=shapely.area)
    radius = shapely.maximum_inscribed_circle(largest, tolerance=PRECISION)
    return GLOBE.unproject(shapely.get_point(radius, 0))


def place(shape: BaseGeometry) -> dict[str, list[float]]:
    """Return the anchor and the bounds of a territory, latitude first."""
    centre = anchor(shape)
    around = GLOBE.project(centre)
    reach = GLOBE.kilometres(NEAR_KM, centre.y)
    near = [
        part for part in shapely.get_parts(shape) if GLOBE.project(part).distance(around) < reach
    ]
    west, south, east, north = shapely.total_bounds(near)
    return {
        "anchor": [round(float(degrees), 3) for degrees in (centre.y, centre.x)],
        "bounds": [round(float(degrees), 2) for degrees in (south, west, north, east)],
    }
