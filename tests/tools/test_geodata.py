"""The base maps hold every territory once, where it is, and are small enough to be inlined.

Reads the committed files alone; that they are what the packages give, `make geodata
ARGS=--check` tests.
"""

import gzip
import json
import math
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FACTS = json.loads((ROOT / "relations/maps/geodata.json").read_text())
PLACES = yaml.safe_load((ROOT / "fixtures/02_places.yaml").read_text())
SEATS = {
    place["code"]: (float(place["latitude"]), float(place["longitude"]))
    for place in (record["fields"] for record in PLACES)
    if re.fullmatch(r"(IT|JP)-\d\d", place["code"])
}
ITALY = sorted(code for code in SEATS if code.startswith("IT"))
JAPAN = sorted(code for code in SEATS if code.startswith("JP"))
IDS = {
    "italy": ["neighbours-it", "coast-it", *ITALY],
    "italy-enlarged": ["neighbours-it", "coast-it", *ITALY],
    "italy-small": ["neighbours-it", "coast-it", *ITALY],
    "japan": ["neighbours-jp", "coast-jp", *JAPAN],
    "japan-enlarged": ["neighbours-jp", "coast-jp", *JAPAN],
    "japan-small": ["neighbours-jp", "coast-jp", *JAPAN],
    "world": ["land", "coast-world", "IT", "JP"],
}
SVG = "{http://www.w3.org/2000/svg}"
STEP = r" ?-?\d+"
PATH = re.compile(rf"(m{STEP}{STEP}(?:{STEP}{STEP}){{2,}}z)+")


def drawing(name):
    folder = "static" if name.endswith("-enlarged") else "templates"
    return (ROOT / folder / f"geo/{name}.svg").read_bytes()


@cache
def window_of(name):
    """Return the box of a map in degrees and the size of its grid, which a document says itself."""
    if not name.endswith("-enlarged"):
        return FACTS[name]
    root = ElementTree.fromstring(drawing(name))  # noqa: S314 # our own file
    _x, _y, width, height = map(int, root.get("viewBox").split())
    return FACTS[name.removesuffix("-enlarged")] | {"width": width, "height": height}


@cache
def paths(name):
    """Return each path's `d` by its id, in the order of the file."""
    root = ElementTree.fromstring(drawing(name))  # noqa: S314 # our own file
    definitions = root[0] if name.endswith("-enlarged") else root
    assert definitions.tag.removeprefix(SVG) == "defs"
    assert {element.tag.removeprefix(SVG) for element in definitions} == {"path"}
    return {element.get("id"): element.get("d") for element in definitions}


@cache
def rings(steps):
    """Return the rings of a path as points on the grid."""
    x = y = 0
    found = []
    for ring in steps.removesuffix("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        x, y = points[0]
        found.append(points)
    return found


def on_grid(name, latitude, longitude):
    """Return a point in units of a map's grid, by the formula of Web Mercator."""
    window = window_of(name)

    def rise(degrees):
        return math.asinh(math.tan(math.radians(degrees)))

    across = (longitude - window["west"]) / (window["east"] - window["west"])
    down = (rise(window["north"]) - rise(latitude)) / (
        rise(window["north"]) - rise(window["south"])
    )
    return across * window["width"], down * window["height"]


def drawn_at(name, latitude, longitude):
    """Return the ids of the territories and countries that are drawn at a point."""
    point = on_grid(name, latitude, longitude)
    return [
        name_
        for name_, steps in paths(name).items()
        if not name_.startswith("coast") and len(around(point, rings(steps))) % 2
    ]


def around(point, lines):
    """Return the rings that go around a point."""
    x, y = point

    def crossed(ring):
        return sum(
            (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
            for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]])
        )

    return [ring for ring in lines if crossed(ring) % 2]


def neighbours_around(latitude, longitude):
    """Return the rings, on the map of the world, of the country at a point."""
    found = around(on_grid("world", latitude, longitude), rings(paths("world")["land"]))
    assert found
    return found


# Form


@pytest.mark.parametrize("name", IDS)
def test_a_map_holds_its_territories_once_in_the_order_of_their_codes(name):
    assert re.findall(r' id="([^"]+)"', drawing(name).decode()) == IDS[name] == list(paths(name))


@pytest.mark.parametrize("name", IDS)
def test_every_path_has_the_class_by_which_it_is_styled(name):
    content = drawing(name).decode()
    assert content.count('<path class="shape" id="') == content.count("<path") == len(IDS[name])


def test_there_are_20_regions_and_47_prefectures():
    assert (len(ITALY), len(JAPAN)) == (20, 47)
    assert list(FACTS["territories"]) == ITALY + JAPAN


@pytest.mark.parametrize("name", IDS)
def test_every_path_is_made_of_closed_rings_in_whole_numbers(name):
    broken = [code for code, steps in paths(name).items() if not PATH.fullmatch(steps)]
    assert broken == []


@pytest.mark.parametrize("name", IDS)
def test_nothing_is_drawn_far_outside_the_window(name):
    window = window_of(name)
    points = [point for steps in paths(name).values() for ring in rings(steps) for point in ring]
    across, down = zip(*points, strict=True)
    margin = window["width"] / 100
    assert min(across) > -margin
    assert max(across) < window["width"] + margin
    assert min(down) > -margin
    assert max(down) < window["height"] + margin


@pytest.mark.parametrize(
    ("names", "kilobytes"),
    [
        (["italy", "japan"], 32),
        (["italy-enlarged", "japan-enlarged"], 82),
        (["italy-small", "japan-small"], 13),
        (["world"], 32),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else None,
)
def test_maps_compress_to_their_budget(names, kilobytes):
    sizes = {name: len(gzip.compress(drawing(name), 9)) for name in names}
    assert sum(sizes.values()) <= kilobytes * 1000, sizes


# Place


@pytest.mark.parametrize("name", ["italy", "italy-enlarged", "japan", "japan-enlarged"])
def test_the_seat_of_a_territory_lies_in_what_is_drawn_under_its_code(name):
    elsewhere = {}
    for code in IDS[name][2:]:
        if (found := drawn_at(name, *SEATS[code])) != [code]:
            elsewhere[code] = found
    assert elsewhere == {}


@pytest.mark.parametrize("name", [name for name in IDS if name != "world"])
def test_an_anchor_lies_inside_its_territory_as_drawn(name):
    elsewhere = {}
    for code in IDS[name][2:]:
        if (found := drawn_at(name, *FACTS["territories"][code]["anchor"])) != [code]:
            elsewhere[code] = found
    assert elsewhere == {}


@pytest.mark.parametrize("code", ITALY + JAPAN)
def test_bounds_hold_the_anchor_and_the_seat(code):
    place = FACTS["territories"][code]
    south, west, north, east = place["bounds"]
    for latitude, longitude in (place["anchor"], SEATS[code]):
        assert south < latitude < north
        assert west < longitude < east


@pytest.mark.parametrize(
    ("name", "place", "found"),
    [
        ("italy-enlarged", (43.94, 12.46), ["neighbours-it"]),  # San Marino
        ("italy-enlarged", (41.9035, 12.4525), ["neighbours-it"]),  # Vatican City
        ("italy-enlarged", (45.117, 8.016), ["IT-21"]),  # Moransengo-Tonengo, a hole in the data
        ("italy-enlarged", (45.829, 8.683), ["IT-25"]),  # Bardello con Malgesso e Bregano, likewise
        ("italy-enlarged", (42.77, 10.2), ["IT-52"]),  # Elba
        ("italy-enlarged", (35.505, 12.6), ["IT-82"]),  # Lampedusa
        ("japan-enlarged", (44.0, 145.75), ["neighbours-jp"]),  # Kunashir
        ("japan-enlarged", (45.1, 147.9), ["neighbours-jp"]),  # Iturup
        ("world", (45.0, 147.7), ["land"]),
        ("japan-enlarged", (38.05, 138.38), ["JP-15"]),  # Sado
        ("japan-enlarged", (34.25, 129.25), ["JP-42"]),  # Tsushima
        ("japan-enlarged", (28.3, 129.4), ["JP-46"]),  # Amami, in Okinawa in the data
        ("japan-enlarged", (26.65, 128.1), ["JP-47"]),  # Okinawa
        ("world", (66, 105), ["land"]),  # Siberia, which the antimeridian can swallow
        ("world", (65, -18), ["land"]),  # Iceland
        ("world", (56, 159.5), ["land"]),  # Kamchatka
        ("world", (45.3, 34.4), ["land"]),  # Crimea
        ("world", (42.6, 12.5), ["IT"]),
        ("world", (36, 138), ["JP"]),
        ("world", (30, -20), []),  # the Atlantic
    ],
)
def test_a_place_that_is_easily_lost_is_drawn(name, place, found):
    assert drawn_at(name, *place) == found


# Borders of neighbours: one ring around two points means that no line is drawn between them


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((45.3, 34.4), (47.5, 33.5)),  # Crimea and the rest of Ukraine, across Perekop
        ((35.3, 33.5), (34.9, 33.0)),  # the north and the south of Cyprus
        ((9.5, 45.5), (5.0, 46.0)),  # Somaliland and the rest of Somalia
    ],
)
def test_no_border_divides_a_country_that_italy_and_japan_recognise(one, other):
    assert neighbours_around(*one) == neighbours_around(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((45.3, 34.4), (45.0, 38.5)),  # Crimea and the Kuban, across the strait of Kerch
        ((47.5, 33.5), (51.0, 40.0)),  # Ukraine and Russia
        ((42.6, 21.0), (44.0, 20.8)),  # Kosovo and Serbia
    ],
)
def test_a_border_or_the_sea_divides_neighbours(one, other):
    assert neighbours_around(*one) != neighbours_around(*other)


def test_bounds_leave_out_islands_that_would_make_them_a_box_of_sea():
    south, _, north, _ = FACTS["territories"]["JP-13"]["bounds"]  # Tokyo, with Ogasawara
    assert north - south < 3
