"""A map is drawn of partnerships: a mark for each place, a curve for each, or bundles of many."""

import math
import re
from itertools import count, product

import pytest
from django.utils import translation

from relations.enums import Country, MacroArea
from relations.maps import SMALL, TALL, WIDE, WORLD, Bundle, draw, draw_bundles
from relations.maps.bundles import MOST_BUNDLES
from relations.maps.drawing import label_width, native_label, position_of
from relations.maps.frames import ZOOM_STEPS
from relations.maps.geography import anchor_of, base_map, bounds_of
from relations.text import text_width
from tests.relations.maps.rows import city, territory, tie

BOLOGNA, TORINO, LECCE = (44.4949, 11.3426), (45.0703, 7.6869), (40.3515, 18.1750)
TOKYO, SAPPORO, KYOTO, NAHA = (
    (35.6895, 139.6917),
    (43.0618, 141.3545),
    (35.0116, 135.7681),
    (26.2124, 127.6809),
)
ITALIAN, JAPANESE = base_map("italy").codes, base_map("japan").codes


def marks_of(drawing, country):
    return [(mark.place.slug, mark.count) for mark in drawing.marks[country]]


def point_near(point):
    return pytest.approx(tuple(point), abs=0.05)


def ends_of(path):
    """The first and the last point of an SVG path."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


# Marks


def test_nothing_is_drawn_of_no_partnerships():
    drawing = draw(WIDE, [])

    assert (drawing.marks, drawing.curves, drawing.bundles) == (
        {Country.ITALY: [], Country.JAPAN: []},
        [],
        [],
    )


def test_a_place_has_one_mark_however_many_partners_it_has():
    bologna = city(*BOLOGNA, slug="bologna")
    ties = [
        tie(bologna, city(*TOKYO, slug="tokyo")),
        tie(bologna, city(*KYOTO, slug="kyoto")),
        tie(city(*TORINO, slug="torino"), city(*SAPPORO, slug="sapporo")),
    ]

    drawing = draw(WIDE, ties)

    assert marks_of(drawing, Country.ITALY) == [("torino", 1), ("bologna", 2)]
    assert marks_of(drawing, Country.JAPAN) == [("sapporo", 1), ("tokyo", 1), ("kyoto", 1)]


def test_marks_stand_north_to_south_whatever_the_order_of_the_list():
    places = [city(*at, slug=slug) for at, slug in ((LECCE, "l"), (TORINO, "t"), (BOLOGNA, "b"))]
    tokyo = city(*TOKYO)

    drawing = draw(WIDE, [tie(place, tokyo) for place in places])

    assert [mark.place.slug for mark in drawing.marks[Country.ITALY]] == ["t", "b", "l"]


def test_a_mark_stands_at_its_place_in_its_pane():
    bologna, tokyo = city(*BOLOGNA), city(*TOKYO)

    drawing = draw(TALL, [tie(bologna, tokyo)])

    (italian,), (japanese,) = drawing.marks.values()
    assert (italian.point, japanese.point) == (
        TALL.italy.point(*BOLOGNA),
        TALL.japan.point(*TOKYO),
    )
    assert (italian.degrees, japanese.degrees) == ("44.4949,11.3426", "35.6895,139.6917")
    assert italian.transform == f"translate({italian.point.x:.1f} {italian.point.y:.1f})"


def test_a_region_is_marked_well_inside_it_and_not_at_its_seat():
    region = territory("IT-45", latitude="44.49490", longitude="11.34260")

    (mark,) = draw(WIDE, [tie(region, city(*TOKYO))]).marks[Country.ITALY]

    assert mark.is_territory
    assert mark.position == anchor_of("IT-45") != BOLOGNA
    assert mark.point == WIDE.italy.point(*anchor_of("IT-45"))


@pytest.mark.parametrize(
    ("place", "position"),
    [
        (city(*BOLOGNA, "IT-45"), BOLOGNA),
        (territory("JP-08"), anchor_of("JP-08")),
        (territory("JP-99", latitude="35.50000", longitude="139.25000"), (35.5, 139.25)),
    ],
    ids=["city", "prefecture", "prefecture without a shape"],
)
def test_a_place_is_marked_at_a_position_in_degrees(place, position):
    assert position_of(place) == position


@pytest.mark.parametrize("frame", [WIDE, TALL, SMALL], ids=lambda frame: frame.name)
def test_okinawa_is_marked_in_its_inset_without_its_name(frame):
    naha = city(*NAHA, "JP-47", slug="naha")

    tokyo, inset = draw(frame, [tie(city(*BOLOGNA), p) for p in (naha, city(*TOKYO))]).marks[
        Country.JAPAN
    ]

    assert (inset.place.slug, inset.is_fixed, tokyo.is_fixed) == ("naha", True, False)
    assert frame.insets["JP-47"].shows(inset.point)
    assert inset.point == frame.insets["JP-47"].point(*NAHA)
    assert (inset.sides, inset.is_hidden) == ("-", True)


def test_the_world_has_no_inset_and_no_names():
    (mark,) = draw(WORLD, [tie(city(*BOLOGNA), city(*NAHA, "JP-47"))]).marks[Country.JAPAN]

    assert (mark.is_fixed, mark.point, mark.sides) == (False, WORLD.japan.point(*NAHA), "-")


@pytest.mark.parametrize(
    ("frame", "sides"), [(WIDE, ("l", "r")), (TALL, ("l", "r"))], ids=["wide", "tall"]
)
def test_a_mark_has_the_side_of_its_name_at_each_step(frame, sides):
    drawing = draw(frame, [tie(city(*BOLOGNA), city(*KYOTO))])

    (italian,), (japanese,) = drawing.marks.values()
    assert (len(italian.sides), len(japanese.sides)) == (len(ZOOM_STEPS), len(ZOOM_STEPS))
    assert (italian.side, japanese.side) == sides


@pytest.mark.parametrize(("partners", "size", "radius"), [(1, 1, 7), (2, 2, 10), (5, 2, 10)])
def test_a_mark_is_larger_where_it_holds_a_number(partners, size, radius):
    bologna = city(*BOLOGNA)

    (mark,) = draw(WIDE, [tie(bologna, city(*TOKYO)) for _ in range(partners)]).marks["IT"]

    assert (mark.count, mark.size, mark.radius) == (partners, size, radius)


def test_a_mark_names_its_partnerships_in_the_order_of_the_list_and_its_partners():
    bologna, tokyo, kyoto = city(*BOLOGNA), city(*TOKYO), city(*KYOTO)
    ties = [tie(bologna, tokyo, "bologna-tokyo"), tie(bologna, kyoto, "bologna-kyoto")]

    drawing = draw(WIDE, ties)

    (mark,), (first, second) = drawing.marks.values()
    assert mark.slugs == "bologna-tokyo bologna-kyoto"
    assert (mark.partners, first.partners, second.partners) == (
        [tokyo, kyoto],
        [bologna],
        [bologna],
    )


def test_the_place_of_a_page_is_marked_though_it_has_no_partnership():
    drawing = draw(SMALL, [], place=city(*BOLOGNA, slug="bologna"))

    assert (marks_of(drawing, Country.ITALY), marks_of(drawing, Country.JAPAN)) == (
        [("bologna", 0)],
        [],
    )


def test_the_place_of_a_page_is_marked_once():
    bologna = city(*BOLOGNA, slug="bologna")

    drawing = draw(SMALL, [tie(bologna, city(*TOKYO))], place=bologna)

    assert marks_of(drawing, Country.ITALY) == [("bologna", 1)]


def test_a_region_with_no_partnership_of_its_own_is_not_marked_on_its_page():
    assert draw(SMALL, [], place=territory("IT-45")).marks[Country.ITALY] == []


def test_the_territories_are_those_in_which_something_is_marked():
    ties = [
        tie(city(*BOLOGNA, "IT-45"), territory("JP-08")),
        tie(territory("IT-45"), city(*TOKYO, "JP-13")),
    ]

    assert draw(WIDE, ties).territories == {"IT-45", "JP-08", "JP-13"}


def test_each_country_has_its_pane_and_its_marks():
    drawing = draw(WIDE, [tie(city(*BOLOGNA), city(*TOKYO))])

    assert drawing.sides == [
        (Country.ITALY, WIDE.italy, drawing.marks[Country.ITALY]),
        (Country.JAPAN, WIDE.japan, drawing.marks[Country.JAPAN]),
    ]


# Names


@pytest.mark.parametrize(
    ("language", "place", "native"),
    [
        ("en", city(*TOKYO, name_en="Tokyo", name_ja="東京"), "東京"),
        ("it", city(*TOKYO, name_it="Tokyo", name_ja="東京"), "東京"),
        ("ja", city(*TOKYO, name_en="Tokyo", name_ja="東京"), ""),
        ("en", city(*BOLOGNA, name_en="Turin", name_it="Torino"), ""),
        ("ja", city(*BOLOGNA, name_ja="トリノ", name_it="Torino"), ""),
    ],
)
def test_a_japanese_place_has_its_native_name_beside_it_on_other_pages(language, place, native):
    with translation.override(language):
        assert native_label(place) == native


def test_the_width_of_a_label_is_that_of_both_names_and_the_gap_between_them():
    place = city(*TOKYO, name_en="Tokyo", name_ja="東京")

    assert label_width(place) == text_width("Tokyo", 13) + text_width("東京", 11.5) + 5


# Curves


@pytest.mark.parametrize("frame", [WIDE, TALL, SMALL, WORLD], ids=lambda frame: frame.name)
def test_curves_stand_in_the_order_of_the_list_and_join_the_marks(frame):
    bologna, torino, lecce = (city(*at) for at in (BOLOGNA, TORINO, LECCE))
    tokyo, sapporo = city(*TOKYO), city(*SAPPORO)
    ties = [tie(lecce, sapporo), tie(bologna, tokyo), tie(torino, tokyo), tie(torino, sapporo)]

    drawing = draw(frame, ties)

    points = {mark.place: mark.point for marks in drawing.marks.values() for mark in marks}
    assert [curve.partnership for curve in drawing.curves] == ties
    for curve in drawing.curves:
        start = points[curve.partnership.italian_place]
        end = points[curve.partnership.japanese_place]
        assert (curve.start, curve.end) == (start, end)
        assert ends_of(curve.path) == (point_near(start), point_near(end))


def test_a_curve_says_where_it_passes_the_gutter():
    (curve,) = draw(WIDE, [tie(city(*BOLOGNA), city(*TOKYO))]).curves

    middle = (WIDE.italy.point(*BOLOGNA).y + WIDE.japan.point(*TOKYO).y) / 2
    assert (curve.slot, curve.door) == (round(middle, 1), f"{middle:.1f}")


def test_a_great_circle_passes_no_gutter_and_bows_to_the_north():
    (curve,) = draw(WORLD, [tie(city(*BOLOGNA), city(*TOKYO))]).curves

    heights = [float(number) for number in re.findall(r" (-?[\d.]+)", curve.path)]
    assert (curve.slot, curve.door, len(heights)) == (None, "", 49)
    assert min(heights) < curve.start.y < curve.end.y


@pytest.mark.parametrize(("curves", "is_dense"), [(30, False), (31, True)])
def test_many_curves_are_dense(curves, is_dense):
    bologna, tokyo = city(*BOLOGNA), city(*TOKYO)

    assert draw(WIDE, [tie(bologna, tokyo) for _ in range(curves)]).is_dense is is_dense


# Bundles

AREAS = dict(
    zip(ITALIAN, [*["north-west"] * 4, *["north-east"] * 4, *["centre"] * 12], strict=True)
)
AREAS |= dict(zip(JAPANESE, [*["kanto"] * 20, *["kyushu"] * 27], strict=True))
TERRITORIES = {
    code: territory(code, macro_area=area, name_en=f"Name of {code}")
    for code, area in AREAS.items()
}


def all_pairs(most):
    """So many pairs of codes, with numbers of partnerships from 1."""
    return dict(zip(list(product(ITALIAN, JAPANESE))[:most], count(1), strict=False))


def test_a_bundle_joins_two_regions_at_their_anchors():
    (bundle,) = draw_bundles(WIDE, {("IT-45", "JP-08"): 4}, TERRITORIES)

    start, end = WIDE.italy.point(*anchor_of("IT-45")), WIDE.japan.point(*anchor_of("JP-08"))
    assert (bundle.italian, bundle.japanese) == ("Name of IT-45", "Name of JP-08")
    assert (bundle.codes, bundle.count) == (["IT-45", "JP-08"], 4)
    assert bundle.ends == (anchor_of("IT-45"), anchor_of("JP-08"))
    assert ends_of(bundle.path) == (point_near(start), point_near(end))
    assert bundle.door == f"{(start.y + end.y) / 2:.1f}"


@pytest.mark.parametrize("frame", [WIDE, TALL, WORLD], ids=lambda frame: frame.name)
def test_regions_are_drawn_one_by_one_as_long_as_the_gutter_holds_their_bundles(frame):
    pairs = all_pairs(MOST_BUNDLES)

    bundles = draw_bundles(frame, pairs, TERRITORIES)

    assert [(bundle.codes, bundle.count) for bundle in bundles] == [
        (sorted(pair), number) for pair, number in pairs.items()
    ]


@pytest.mark.parametrize("frame", [WIDE, TALL, WORLD], ids=lambda frame: frame.name)
def test_more_bundles_than_that_are_drawn_by_macro_area(frame):
    pairs = all_pairs(MOST_BUNDLES + 1)

    bundles = draw_bundles(frame, pairs, TERRITORIES)

    assert [(bundle.italian, bundle.japanese) for bundle in bundles] == [
        (MacroArea.NORTH_WEST.full_label, MacroArea.KANTO.full_label),
        (MacroArea.NORTH_WEST.full_label, MacroArea.KYUSHU.full_label),
    ]
    assert [bundle.codes for bundle in bundles] == [
        sorted([*ITALIAN[:2], *JAPANESE[:20]]),
        sorted([ITALIAN[0], *JAPANESE[20:]]),
    ]


@pytest.mark.parametrize("number", [1, MOST_BUNDLES, MOST_BUNDLES + 1, 20 * 47])
def test_bundles_hold_all_partnerships_once(number):
    pairs = all_pairs(number)

    bundles = draw_bundles(WIDE, pairs, TERRITORIES)

    assert sum(bundle.count for bundle in bundles) == sum(pairs.values())


def test_a_bundle_of_an_area_ends_in_the_middle_of_the_regions_that_it_joins():
    pairs = dict.fromkeys(all_pairs(20 * 47), 1)

    bundle = draw_bundles(WIDE, pairs, TERRITORIES)[0]

    anchors = [anchor_of(code) for code in ITALIAN[:4]]
    middle = tuple(sum(values) / 4 for values in zip(*anchors, strict=True))
    assert bundle.italian == "North-western Italy"
    assert bundle.ends[0] == pytest.approx(middle)


def test_a_region_without_a_shape_is_bundled_at_its_seat():
    place = territory("IT-99", latitude="43.00000", longitude="12.50000")

    (bundle,) = draw_bundles(WIDE, {("IT-99", "JP-08"): 1}, TERRITORIES | {"IT-99": place})

    assert bundle.ends == ((43.0, 12.5), anchor_of("JP-08"))


def test_a_bundle_on_the_world_is_a_great_circle():
    (bundle,) = draw_bundles(WORLD, {("IT-45", "JP-08"): 4}, TERRITORIES)

    assert (bundle.slot, bundle.door, bundle.path.count("L")) == (None, "", 48)


@pytest.mark.parametrize(
    ("number", "width"), [(1, "1.5"), (4, "2.0"), (100, "6.0"), (484, "12.0"), (900, "12.0")]
)
def test_a_bundle_is_thicker_the_more_it_holds(number, width):
    (bundle,) = draw_bundles(WIDE, {("IT-45", "JP-08"): number}, TERRITORIES)

    assert bundle.width == width


def test_a_bundle_says_its_ends_in_degrees_for_the_script():
    bundle = Bundle("", "", [], 1, "1.5", "", None, ((44.5, 11.0), (36.3, 140.25)))

    assert bundle.degrees == "44.500,11.000 36.300,140.250"


def test_bundles_are_kept_with_the_drawing():
    bundles = draw_bundles(WIDE, {("IT-45", "JP-08"): 4}, TERRITORIES)

    assert draw(WIDE, [], bundles).bundles == bundles


def test_the_mark_of_a_region_moves_aside_within_it_for_that_of_a_city():
    region = territory("IT-45")
    latitude, longitude = anchor_of("IT-45")
    ours = tie(region, city(*TOKYO))
    alone = draw(WIDE, [ours]).marks[Country.ITALY]
    city_there = tie(city(latitude, longitude, "IT-45"), city(*KYOTO))

    beside = draw(WIDE, [ours, city_there]).marks[Country.ITALY]

    (mark,) = (mark for mark in beside if mark.is_territory)
    (other,) = (mark for mark in beside if not mark.is_territory)
    assert (alone[0].position, other.position) == ((latitude, longitude), (latitude, longitude))
    assert math.dist(mark.point, other.point) == pytest.approx(17)
    assert WIDE.italy.point(*mark.position) == pytest.approx(mark.point)
    south, west, north, east = bounds_of("IT-45")
    assert south < mark.position[0] < north
    assert west < mark.position[1] < east
