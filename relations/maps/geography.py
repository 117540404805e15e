"""Where things are: the Web Mercator projection, great circles, and the base maps that the project carries."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

GEODATA = Path(__file__).with_name("geodata.json")


class Point(NamedTuple):
    """A point of a plane, x to the east and y to the south."""

    x: float
    y: float


def mercator(latitude: float, longitude: float) -> Point:
    """Project degrees to the Web Mercator plane (EPSG:3857), in radians of the equator."""
    return Point(math.radians(longitude), -math.asinh(math.tan(math.radians(latitude))))


def unproject(point: Point) -> tuple[float, float]:
    """Degrees of latitude and longitude of a point of the plane of `mercator`."""
    return math.degrees(math.atan(math.sinh(-point.y))), math.degrees(point.x)


def great_circle(
    start: tuple[float, float], end: tuple[float, float], steps: int
) -> list[tuple[float, float]]:
    """Points in degrees along the shortest way over the sphere, both ends included.

    They are equally far apart: spherical linear interpolation between unit vectors.
    """
    a, b = _unit_vector(*start), _unit_vector(*end)
    angle = math.acos(sum(p * q for p, q in zip(a, b, strict=True)))
    way = []
    for step in range(steps + 1):
        from_a = math.sin(angle * (1 - step / steps)) / math.sin(angle)
        from_b = math.sin(angle * step / steps) / math.sin(angle)
        x, y, z = (from_a * p + from_b * q for p, q in zip(a, b, strict=True))
        way.append((math.degrees(math.asin(z)), math.degrees(math.atan2(y, x))))
    return way


def _unit_vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


@dataclass(frozen=True, slots=True)
class BaseMap:
    """A file of shapes in `templates/geo/`: its name, its box in degrees and the size of its grid."""

    name: str
    south: float
    west: float
    north: float
    east: float
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Grid units for each radian of the equator."""
        return self.width / math.radians(self.east - self.west)

    @property
    def origin(self) -> Point:
        """The plane's point at which the grid begins, its north-western corner."""
        return mercator(self.north, self.west)

    @property
    def suffix(self) -> str:
        """What the ids of its coast and its neighbours end in."""
        return {"italy": "it", "japan": "jp"}.get(self.name.split("-")[0], self.name)

    @property
    def codes(self) -> list[str]:
        """The codes of its regions or prefectures, which are the ids of their shapes."""
        country = self.suffix.upper()
        return [code for code in _geodata()["territories"] if code.startswith(country)]

    @property
    def graticule(self) -> str:
        """Parallels and meridians every 4 degrees (every 15 on the world map), as SVG writes a path."""
        step = 15 if self.name == "world" else 4
        lines = []
        for latitude in _multiples(step, self.south, self.north):
            y = (mercator(latitude, 0).y - self.origin.y) * self.scale
            lines.append(f"M0 {y:.0f}H{self.width}")
        for longitude in _multiples(step, self.west, self.east):
            x = (mercator(0, longitude).x - self.origin.x) * self.scale
            lines.append(f"M{x:.0f} 0V{self.height}")
        return "".join(lines)

    @property
    def template(self) -> str:
        """The template that holds its shapes."""
        return f"geo/{self.name}.svg"

    @property
    def enlarged(self) -> str:
        """The static file with the same shapes in more detail, for a map that is enlarged."""
        return f"geo/{self.name}-enlarged.svg"

    @property
    def bounds(self) -> str:
        """Its box as the script reads it: south, west, north, east."""
        return f"{self.south},{self.west},{self.north},{self.east}"


def _multiples(step: int, least: float, greatest: float) -> range:
    """The multiples of a step between two numbers."""
    return range(math.ceil(least / step) * step, math.floor(greatest) + 1, step)


@cache
def _geodata() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(GEODATA.read_text(encoding="utf-8"))
    return data


@cache
def base_map(name: str) -> BaseMap:
    """One of the base maps that `make geodata` built: italy, japan, italy-small, japan-small, world."""
    return BaseMap(name, **_geodata()[name])


def anchor_of(code: str) -> tuple[float, float] | None:
    """A point well inside a region or prefecture, by ISO 3166-2 code; None for one that has no shape."""
    territory = _geodata()["territories"].get(code)
    return tuple(territory["anchor"]) if territory else None


def bounds_of(code: str) -> tuple[float, float, float, float] | None:
    """South, west, north, east of a region or prefecture without its far islands; None for one that has no shape."""
    territory = _geodata()["territories"].get(code)
    return tuple(territory["bounds"]) if territory else None
