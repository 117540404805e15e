"""The gazetteer is complete, and every place is where it should be.

Reads the committed files alone; that they are what the packages give, `make geodata
ARGS=--check` tests.
"""

import csv
import json
import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "gazetteer"
WINDOWS = json.loads((ROOT / "relations/maps/geodata.json").read_text())
PLACES = [
    record["fields"] for record in yaml.safe_load((ROOT / "fixtures/02_places.yaml").read_text())
]
CODES = {
    ("IT", "M"): r"\d{6}",
    ("IT", "P"): r"[01]\d\d",
    ("IT", "C"): r"2\d\d",
    ("JP", "M"): r"\d{5}",
    ("JP", "W"): r"131\d\d",
}
KINDS = {"municipality": "M", "ward": "W", "province": "P", "metropolitan_city": "C"}
KANA = re.compile("[ぁ-ゖー]+")
COAST_KM = 5  # how far off its region a point may lie where the shapes are simplified at a coast

# Islands that are too small to be drawn, and Kitayama, which lies apart from its prefecture.
NOT_DRAWN = {
    "IT": {"Ventotene"},
    "JP": {
        "Aogashima",
        "Awashimaura",
        "Himeshima",
        "Izena",
        "Kamijima",
        "Kitayama",
        "Kouzushima",
        "Mishima",
        "Nagashima",
        "Ojika",
        "Tarama",
        "Tonaki",
        "Toshima",
        "Zamami",
    },
}


def rows(country):
    name = {"IT": "italy", "JP": "japan"}[country]
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = {country: rows(country) for country in ("IT", "JP")}
ALL = [(country, row) for country, found in ROWS.items() for row in found]
BY_CODE = {(country, row["code"]): row for country, row in ALL}


def point(row):
    return float(row["latitude"]), float(row["longitude"])


def kilometres(one, other):
    return 111.2 * math.hypot(
        one[0] - other[0], (one[1] - other[1]) * math.cos(math.radians(one[0]))
    )


@cache
def shapes(country):
    """Each region's rings in degrees, from the enlarged base map."""
    name = {"IT": "italy", "JP": "japan"}[country]
    window = WINDOWS[name]
    content = (ROOT / f"static/geo/{name}-enlarged.svg").read_text()
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', content).groups())
    top = math.asinh(math.tan(math.radians(window["north"])))
    bottom = math.asinh(math.tan(math.radians(window["south"])))

    def degrees(x, y):
        latitude = math.degrees(math.atan(math.sinh(top - (top - bottom) * y / height)))
        return latitude, window["west"] + (window["east"] - window["west"]) * x / width

    found = {}
    for code, steps in re.findall(rf'id="({country}-\d\d)" d="([^"]+)"', content):
        x = y = 0
        found[code] = []
        for ring in steps.removesuffix("z").split("z"):
            numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
            points = []
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x, y))
            x, y = points[0]
            found[code].append([degrees(*corner) for corner in points])
    return found


def is_inside(place, rings):
    latitude, longitude = place
    crossed = sum(
        (a > latitude) != (b > latitude) and longitude < c + (latitude - a) / (b - a) * (d - c)
        for ring in rings
        for (a, c), (b, d) in pairwise([*ring, ring[0]])
    )
    return crossed % 2 == 1


def distance(place, rings):
    """How far a point is from the nearest edge, in kilometres."""
    scale = math.cos(math.radians(place[0]))

    def flat(corner):
        return (corner[1] - place[1]) * scale * 111.2, (corner[0] - place[0]) * 111.2

    nearest = math.inf
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(map(flat, [*ring, ring[0]])):
            length = (bx - ax) ** 2 + (by - ay) ** 2
            along = max(0, min(1, -(ax * (bx - ax) + ay * (by - ay)) / length)) if length else 0
            nearest = min(nearest, math.hypot(ax + along * (bx - ax), ay + along * (by - ay)))
    return nearest


def test_every_kind_of_place_is_complete():
    counts = Counter((country, row["kind"]) for country, row in ALL)

    assert counts == {
        ("IT", "M"): 7896,
        ("IT", "P"): 93,
        ("IT", "C"): 14,
        ("JP", "M"): 1718,
        ("JP", "W"): 23,
    }


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.tsv")) < 600_000


@pytest.mark.parametrize("country", ["IT", "JP"])
def test_rows_are_sorted_by_a_code_that_is_given_once(country):
    codes = [row["code"] for row in ROWS[country]]

    assert codes == sorted(set(codes))


def test_every_code_has_the_shape_of_its_kind():
    wrong = [
        row["code"]
        for country, row in ALL
        if not re.fullmatch(CODES[country, row["kind"]], row["code"])
    ]

    assert wrong == []


def test_a_municipality_of_japan_lies_in_the_prefecture_of_its_code():
    assert [row["code"] for row in ROWS["JP"] if row["region"] != f"JP-{row['code'][:2]}"] == []


def test_every_region_and_prefecture_has_places():
    territories = {place["code"] for place in PLACES if place["region"] is None}

    assert {row["region"] for _, row in ALL} == territories


def test_every_province_has_one_sigla_and_its_municipalities():
    above = {row["province"]: row for row in ROWS["IT"] if row["kind"] != "M"}
    within = Counter(row["province"] for row in ROWS["IT"] if row["kind"] == "M")

    assert len(above) == 107
    assert set(above) == set(within)
    assert all(re.fullmatch("[A-Z]{2}", sigla) for sigla in above)


def test_names_are_whole():
    assert [
        row
        for _, row in ALL
        if not row["name_it"] or re.search(r"[?'\x80-\x9f]", "".join(row.values()))
    ] == []
    assert [row["name_ja"] for row in ROWS["IT"] if row["name_ja"]] == []
    assert [row for row in ROWS["JP"] if not row["name_ja"].endswith(tuple("市区町村"))] == []


def test_every_japanese_reading_is_in_hiragana_and_ends_as_the_name_does():
    ends = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("むら", "そん")}
    wrong = [
        (row["name_ja"], row["reading"])
        for row in ROWS["JP"]
        if not KANA.fullmatch(row["reading"])
        or not row["reading"].endswith(ends[row["name_ja"][-1]])
    ]

    assert wrong == []


def test_who_gives_the_coordinates_is_known():
    counts = Counter((country, row["located_by"]) for country, row in ALL)

    assert set(counts) == {("IT", "G"), ("IT", "P"), ("JP", "G"), ("JP", "J")}
    assert counts["IT", "P"] / len(ROWS["IT"]) < 0.05
    assert counts["JP", "J"] / len(ROWS["JP"]) < 0.12


@pytest.mark.parametrize("country", ["IT", "JP"])
def test_every_place_lies_in_its_region_as_it_is_drawn(country):
    drawn = shapes(country)
    off = [row for row in ROWS[country] if not is_inside(point(row), drawn[row["region"]])]
    far = {row["name_it"] for row in off if distance(point(row), drawn[row["region"]]) > COAST_KM}

    assert far == NOT_DRAWN[country]
    assert len(off) / len(ROWS[country]) < 0.04


def test_every_place_of_the_atlas_is_found_with_its_code_near_its_coordinates():
    elsewhere = {}
    for place in PLACES:
        if place["kind"] in KINDS:
            row = BY_CODE[place["country"], place["code"]]
            assert row["kind"] == KINDS[place["kind"]]
            if place["country"] == "JP":
                assert (row["name_ja"], row["reading"]) == (place["name_ja"], place["reading"])
            if (far := kilometres(point(row), point(place))) > 5:
                elsewhere[place["slug"]] = round(far, 1)

    assert elsewhere == {}


def test_every_place_of_the_atlas_has_the_name_that_the_gazetteer_gives_it():
    other = {
        place["slug"]: (place["name_it"], row["name_it"], place["name_en"], row["name_en"])
        for place in PLACES
        if place["kind"] in KINDS
        and (row := BY_CODE[place["country"], place["code"]])
        and (place["name_it"], place["name_en"])
        != (row["name_it"], row["name_en"] or row["name_it"])
    }

    assert other == {}
