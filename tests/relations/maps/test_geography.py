"""The projection, great circles, and what is known of the base maps."""

import math
from itertools import pairwise

import pytest

from relations.maps.geography import (
    Point,
    anchor_of,
    base_map,
    bounds_of,
    great_circle,
    mercator,
    unproject,
)

NAPOLI, KAGOSHIMA = (40.8518, 14.2681), (31.5966, 130.5571)
FIRENZE, KYOTO = (43.7696, 11.2558), (35.0116, 135.7681)
ROMA, TOKYO = (41.9028, 12.4964), (35.6895, 139.6917)
AOSTA, SAPPORO = (45.7370, 7.3201), (43.0618, 141.3545)
EARTH_KM = 6371.0


def angle(a, b):
    """The angle in radians between two places, by the haversine formula."""
    (a_lat, a_lon), (b_lat, b_lon) = (map(math.radians, place) for place in (a, b))
    h = (
        math.sin((b_lat - a_lat) / 2) ** 2
        + math.cos(a_lat) * math.cos(b_lat) * math.sin((b_lon - a_lon) / 2) ** 2
    )
    return 2 * math.asin(math.sqrt(h))


# The projection


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (0, 0, (0, 0)),
        (0, 180, (math.pi, 0)),
        (85.0511287798, -180, (-math.pi, -math.pi)),  # the corner of Web Mercator's square
        (-85.0511287798, 0, (0, math.pi)),
        (45, 0, (0, -math.log(1 + math.sqrt(2)))),
    ],
)
def test_degrees_are_projected_to_the_web_mercator_plane(latitude, longitude, expected):
    assert mercator(latitude, longitude) == pytest.approx(Point(*expected), abs=1e-9)


@pytest.mark.parametrize("place", [NAPOLI, SAPPORO, (0, 0), (-33.9, -70.6)], ids=str)
def test_a_point_of_the_plane_is_the_place_that_was_projected(place):
    assert unproject(mercator(*place)) == pytest.approx(place)


# Great circles


@pytest.mark.parametrize(
    ("start", "end", "top", "km"),
    [
        (NAPOLI, KAGOSHIMA, 54.6, 9642),
        (FIRENZE, KYOTO, 60.8, 9614),
        (ROMA, TOKYO, 61.2, 9854),
        (AOSTA, SAPPORO, 68.3, 9148),
    ],
    ids=["Napoli-Kagoshima", "Firenze-Kyoto", "Roma-Tokyo", "Aosta-Sapporo"],
)
def test_a_great_circle_is_as_long_and_bows_as_far_north_as_it_is_known_to(start, end, top, km):
    way = great_circle(start, end, 480)

    assert round(max(latitude for latitude, _ in way), 1) == top
    assert sum(angle(a, b) for a, b in pairwise(way)) * EARTH_KM == pytest.approx(km, rel=0.002)


def test_a_great_circle_has_both_ends_and_the_steps_between():
    way = great_circle(NAPOLI, KAGOSHIMA, 48)

    assert len(way) == 49
    assert (way[0], way[-1]) == (pytest.approx(NAPOLI), pytest.approx(KAGOSHIMA))


def test_the_steps_of_a_great_circle_are_equal():
    way = great_circle(AOSTA, SAPPORO, 48)

    step = angle(AOSTA, SAPPORO) / 48
    assert [angle(a, b) for a, b in pairwise(way)] == pytest.approx([step] * 48)


def test_a_great_circle_along_the_equator_stays_on_it():
    assert great_circle((0, 10), (0, 40), 3) == [
        pytest.approx((0, longitude)) for longitude in (10, 20, 30, 40)
    ]


# The base maps


@pytest.mark.parametrize(
    ("name", "suffix", "codes"),
    [
        ("italy", "it", 20),
        ("italy-small", "it", 20),
        ("japan", "jp", 47),
        ("japan-small", "jp", 47),
        ("world", "world", 0),
    ],
)
def test_a_base_map_knows_the_ids_of_its_shapes(name, suffix, codes):
    base = base_map(name)

    assert (base.template, base.suffix, len(base.codes)) == (f"geo/{name}.svg", suffix, codes)


@pytest.mark.parametrize("name", ["italy", "italy-small", "japan", "japan-small", "world"])
def test_the_grid_of_a_base_map_is_as_high_as_its_box(name):
    base = base_map(name)

    corner = mercator(base.south, base.east)

    assert (corner.x - base.origin.x) * base.scale == pytest.approx(base.width)
    assert (corner.y - base.origin.y) * base.scale == pytest.approx(base.height, abs=0.5)


def test_the_script_reads_the_box_south_west_north_east():
    assert base_map("italy").bounds == "25,-6,57,32"


@pytest.mark.parametrize(
    ("name", "parallels", "meridians"),
    [("italy", 8, 10), ("japan", 12, 15), ("world", 6, 13)],
)
def test_the_graticule_has_a_line_every_four_degrees_or_fifteen(name, parallels, meridians):
    graticule = base_map(name).graticule

    assert (graticule.count("H"), graticule.count("V")) == (parallels, meridians)


def test_a_line_of_the_graticule_lies_where_its_degree_is():
    base = base_map("japan")

    lines = base.graticule.split("M")

    y = round((mercator(40, 0).y - base.origin.y) * base.scale)
    x = round((mercator(0, 140).x - base.origin.x) * base.scale)
    assert (lines.count(f"0 {y}H{base.width}"), lines.count(f"{x} 0V{base.height}")) == (1, 1)


def test_every_region_and_prefecture_has_its_anchor_within_its_bounds():
    codes = base_map("italy").codes + base_map("japan").codes

    outside = []
    for code in codes:
        (latitude, longitude), (south, west, north, east) = anchor_of(code), bounds_of(code)
        if not (south < latitude < north and west < longitude < east):
            outside.append(code)

    assert (len(codes), outside) == (67, [])


@pytest.mark.parametrize("code", ["IT-99", "JP-48", "013004", ""])
def test_what_has_no_shape_has_neither_anchor_nor_bounds(code):
    assert (anchor_of(code), bounds_of(code)) == (None, None)
