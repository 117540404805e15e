"""Municipalities that do not exist, in the regions and prefectures that do."""

import random
from collections.abc import Sequence
from decimal import Decimal

from relations.enums import Country, PlaceKind
from relations.models import Place

# How many partners lie in each region or prefecture, about; the others share the rest.
_WEIGHTS = {
    "IT-45": 150, "IT-52": 140, "IT-21": 100, "IT-25": 100, "IT-34": 100, "IT-55": 80, "IT-62": 50, "IT-82": 50,
    "JP-21": 80, "JP-26": 80, "JP-10": 70, "JP-20": 70, "JP-13": 70, "JP-37": 60, "JP-23": 60, "JP-01": 40,
}  # fmt: skip
_OTHER_WEIGHT = 12

# Codes from 9 on, which neither ISTAT nor JIS X 0402 has.
_FIRST_CODE = {Country.ITALY: 900_000, Country.JAPAN: 90_000}

_ITALIAN_HEADS = (
    "Acqua", "Borgo", "Castel", "Colle", "Fonte", "Monte", "Ponte", "Rocca", "Torre",
    "Villa",
)  # fmt: skip
_ITALIAN_TAILS = (
    "bruna", "chiara", "fosca", "gelsa", "lieta", "mora", "quieta", "rossa", "tersa", "vaga",
)  # fmt: skip
_ITALIAN_ENDS = (
    "", "", "", "", " Marina", " in Piano", " di Valdombra", " al Tramonto",
    " sul Rivo Secco", " di Mezzacollina",
)  # fmt: skip
_JAPANESE_HEADS = (
    ("青", "あお", "Ao"),
    ("白", "しら", "Shira"),
    ("遠", "とお", "To"),
    ("若", "わか", "Waka"),
    ("長", "なが", "Naga"),
)
_JAPANESE_TAILS = (
    ("瀬", "せ", "se"),
    ("浜", "はま", "hama"),
    ("森", "もり", "mori"),
    ("根", "ね", "ne"),
    ("沢", "さわ", "sawa"),
)
_JAPANESE_ENDS = (("市", "し"), ("市", "し"), ("町", "まち"), ("村", "むら"))  # fmt: skip

# Two seats that are nearer than this have land between them, nearly always; in degrees.
_NEIGHBOURS_WITHIN = 1.7


def make_places(rng: random.Random, country: Country, count: int) -> list[Place]:
    """Municipalities of a country, unsaved, most of them where most partners really are."""
    territories = list(Place.objects.in_country(country).territories().order_by("code"))
    weights = [_WEIGHTS.get(territory.code, _OTHER_WEIGHT) for territory in territories]
    neighbours = {place.pk: _neighbours(place, territories) for place in territories}
    taken = Place.objects.in_country(country).filter(code__startswith="9").count()
    make = _italian if country == Country.ITALY else _japanese
    places = []
    for number, region in enumerate(rng.choices(territories, weights, k=count), start=taken + 1):
        latitude, longitude = _somewhere(rng, region, neighbours[region.pk])
        place = make(rng, number)
        place.kind, place.country, place.region = PlaceKind.MUNICIPALITY, country, region
        place.latitude, place.longitude = _degrees(latitude), _degrees(longitude)
        place.code = str(_FIRST_CODE[country] + number)
        places.append(place)
    return places


def _italian(rng: random.Random, number: int) -> Place:
    """A name of about the length of Como, of Castelnuovo di Garfagnana, or of something between."""
    if rng.random() < 0.2:
        name = f"Comune {number}"
    else:
        name = rng.choice(_ITALIAN_HEADS) + rng.choice(_ITALIAN_TAILS) + rng.choice(_ITALIAN_ENDS)
    slug = f"{name.lower().replace(' ', '-')}-{number}"
    return Place(slug=slug, name_it=name, name_ja=f"第{number}コムーネ", name_en=name)


def _japanese(rng: random.Random, number: int) -> Place:
    heads = rng.sample(_JAPANESE_HEADS, k=rng.choice((1, 1, 1, 2)))
    kanji, kana, latin = (
        "".join(parts) for parts in zip(*heads, rng.choice(_JAPANESE_TAILS), strict=True)
    )
    end, reading = rng.choice(_JAPANESE_ENDS)
    latin = latin.capitalize()
    return Place(
        slug=f"{latin.lower()}-{number}",
        name_it=latin,
        name_ja=kanji + end,
        name_en=latin,
        reading=kana + reading,
    )


def _neighbours(place: Place, territories: Sequence[Place]) -> list[Place]:
    return [
        other
        for other in territories
        if other != place and _apart(place, other) < _NEIGHBOURS_WITHIN
    ]


def _apart(one: Place, other: Place) -> float:
    return float(max(abs(one.latitude - other.latitude), abs(one.longitude - other.longitude)))


def _somewhere(
    rng: random.Random, region: Place, neighbours: Sequence[Place]
) -> tuple[float, float]:
    """A point near the seat of a region: on the way to that of a neighbour, since the sea is elsewhere."""
    latitude, longitude = float(region.latitude), float(region.longitude)
    if neighbours:
        other, way = rng.choice(neighbours), rng.uniform(0, 0.5)
        latitude += way * (float(other.latitude) - latitude)
        longitude += way * (float(other.longitude) - longitude)
    return latitude + rng.gauss(0, 0.04), longitude + rng.gauss(0, 0.04)


def _degrees(value: float) -> Decimal:
    return Decimal(f"{value:.5f}")
