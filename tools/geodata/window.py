"""The part of the world that a map shows, on a grid of whole numbers in Web Mercator."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

EARTH_KM = 40_075  # around the equator


def mercator(degrees: Any) -> Any:
    """Return points of longitude and latitude on a square of side 1; y runs north to south."""
    lon, lat = np.radians(degrees).T
    return np.column_stack([lon / (2 * np.pi), -np.arcsinh(np.tan(lat)) / (2 * np.pi)]) + 0.5


def degrees(points: Any) -> Any:
    """Turn back what `mercator` did."""
    x, y = (2 * np.pi * (points - 0.5)).T
    return np.degrees(np.column_stack([x, -np.arctan(np.sinh(y))]))


@dataclass(frozen=True)
class Window:
    """Four bounds in degrees, and how many units of the grid lie between west and east."""

    south: float
    west: float
    north: float
    east: float
    width: int

    @cached_property
    def corners(self) -> Any:
        """North-west and south-east, as `mercator` has them."""
        return mercator(np.array([(self.west, self.north), (self.east, self.south)]))

    @cached_property
    def scale(self) -> float:
        """How many units of the grid go once around the Earth."""
        return float(self.width / (self.corners[1, 0] - self.corners[0, 0]))

    @cached_property
    def height(self) -> int:
        """How many units of the grid lie between north and south."""
        return round(self.scale * float(self.corners[1, 1] - self.corners[0, 1]))

    def project(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape that is in degrees in units of the grid, not yet whole."""
        return shapely.transform(shape, lambda xy: (mercator(xy) - self.corners[0]) * self.scale)

    def unproject(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape that is in units of the grid in degrees."""
        return shapely.transform(shape, lambda xy: degrees(xy / self.scale + self.corners[0]))

    def frame(self, margin: float) -> BaseGeometry:
        """Return the window itself in units of the grid, so much larger on each side."""
        return shapely.box(-margin, -margin, self.width + margin, self.height + margin)

    def kilometres(self, length: float, latitude: float = 45) -> float:
        """Return a length on the ground in units of the grid."""
        return float(length * self.scale / EARTH_KM / np.cos(np.radians(latitude)))

    def facts(self) -> dict[str, float]:
        """Return what is needed to place the map."""
        names = ("south", "west", "north", "east", "width", "height")
        return {name: getattr(self, name) for name in names}
