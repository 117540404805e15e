"""The frames: what each pane shows and where, in the same proportions as the style sheet."""

import re
from pathlib import Path

import pytest

from relations.enums import Country
from relations.maps.frames import (
    OKINAWA,
    SMALL,
    TALL,
    WIDE,
    WORLD,
    WORLD_TALL,
    ZOOM_STEPS,
    Pane,
    closeup,
)
from relations.maps.geography import Point, anchor_of, base_map, bounds_of, mercator

STATIC = Path(__file__).resolve().parents[3] / "static"
FRAMES = [WIDE, TALL, SMALL, WORLD, WORLD_TALL]
CODES = base_map("italy").codes + base_map("japan").codes
CLOSEUPS = [closeup(code) for code in CODES]

by_name = {"ids": lambda frame: frame.name}


def degrees(pane):
    return [float(number) for number in pane.bounds.split(",")]


def rule(selector):
    """The declarations of the first rule of map.css with this selector."""
    css = (STATIC / "css/map.css").read_text()
    block = re.search(rf"^  {re.escape(selector)} {{\n(.*?)^  }}", css, re.DOTALL | re.MULTILINE)
    return dict(re.findall(r"([\w-]+): (.*?);", block[1]))


# Two panes at one scale


def test_both_panes_side_by_side_have_one_scale():
    assert WIDE.italy.scale == WIDE.japan.scale


@pytest.mark.parametrize("latitude", range(30, 48))
def test_a_latitude_lies_at_the_same_height_in_both_panes(latitude):
    assert WIDE.italy.point(latitude, 12).y == WIDE.japan.point(latitude, 138).y


def test_the_parallels_are_labelled_where_they_run():
    assert [(p.latitude, p.y) for p in WIDE.parallels()] == [
        (p, f"{WIDE.japan.point(p, 138).y:.1f}") for p in (32, 36, 40, 44)
    ]


# The style sheet


@pytest.mark.parametrize("frame", [WIDE, TALL, WORLD, WORLD_TALL], **by_name)
def test_a_frame_is_as_wide_for_its_height_as_the_style_sheet_says(frame):
    assert rule(f".map--{frame.name}")["aspect-ratio"] == f"{frame.width:g} / {frame.height:g}"


@pytest.mark.parametrize(
    ("frame", "tracks", "side"),
    [(WIDE, "grid-template-columns", "width"), (TALL, "grid-template-rows", "height")],
    ids=["wide", "tall"],
)
def test_panes_and_gutter_are_as_large_as_the_style_sheet_says(frame, tracks, side):
    start, end = frame.gutter
    sizes = (getattr(frame.italy, side), end - start, getattr(frame.japan, side))

    assert rule(f".map--{frame.name}")[tracks] == " ".join(f"{size:g}fr" for size in sizes)
    assert sum(sizes) == getattr(frame, side)


def test_the_desktop_page_gives_the_map_the_width_that_fits_its_height():
    ratios = re.findall(r"100svh - 15rem\) \* (\d+ / \d+)", (STATIC / "css/ties.css").read_text())

    assert ratios == [f"{frame.width:g} / {frame.height:g}" for frame in (WIDE, WORLD)]


@pytest.mark.parametrize(
    ("path", "widths"),
    [
        ("css/map.css", ["width < 56rem"]),
        (
            "css/ties.css",
            [
                "width < 78rem",
                "36rem <= width < 56rem",
                "56rem <= width < 78rem",
                "width >= 78rem",
            ],
        ),
        ("js/live.js", ["width < 56rem"]),
    ],
)
def test_the_page_turns_to_the_tall_frame_at_one_width(path, widths):
    text = (STATIC / path).read_text()

    assert re.findall(r"\(((?:\d+rem <= )?width [<>]=? \d+rem)\)", text) == widths


# Panes


def test_a_fitting_pane_shows_all_that_it_is_to_fit_and_no_more_than_it_must():
    pane = Pane.fitting((10, 20, 200, 400), (36, 6, 47, 19), "italy")

    top_left, bottom_right = pane.point(47, 6), pane.point(36, 19)

    assert (top_left.x, bottom_right.x) == pytest.approx((10, 210))
    assert top_left.y - 20 == pytest.approx(420 - bottom_right.y)
    assert top_left.y > 20


@pytest.mark.parametrize(
    ("point", "margin", "shown"),
    [
        ((466, 0), 0, True),
        ((1024, 700), 0, True),
        ((465.9, 350), 0, False),
        ((1024.1, 350), 0, False),
        ((700, -0.1), 0, False),
        ((700, 700.1), 0, False),
        ((469, 3), 3, True),
        ((468.9, 350), 3, False),
        ((1021.1, 350), 3, False),
        ((700, 2.9), 3, False),
        ((700, 697.1), 3, False),
    ],
)
def test_a_pane_shows_what_lies_within_its_edges(point, margin, shown):
    assert WIDE.japan.shows(Point(*point), margin) is shown


@pytest.mark.parametrize("frame", FRAMES, **by_name)
@pytest.mark.parametrize("country", Country)
def test_the_bounds_of_a_pane_are_its_corners(frame, country):
    pane = frame.panes[country]
    south, west, north, east = degrees(pane)

    corners = [*pane.point(north, west), *pane.point(south, east)]

    assert corners == pytest.approx(
        [pane.x, pane.y, pane.x + pane.width, pane.y + pane.height], abs=0.01
    )


@pytest.mark.parametrize("frame", FRAMES, **by_name)
@pytest.mark.parametrize("country", Country)
def test_the_view_box_is_the_part_of_the_grid_between_the_bounds(frame, country):
    pane, base = frame.panes[country], frame.panes[country].base_map
    south, west, north, east = degrees(pane)

    x, y, width, height = map(float, pane.view_box.split())

    top_left, bottom_right = mercator(north, west), mercator(south, east)
    assert [x, y, x + width, y + height] == pytest.approx(
        [
            (top_left.x - base.origin.x) * base.scale,
            (top_left.y - base.origin.y) * base.scale,
            (bottom_right.x - base.origin.x) * base.scale,
            (bottom_right.y - base.origin.y) * base.scale,
        ],
        abs=1.01,  # rounded to the grid
    )


@pytest.mark.parametrize("frames", [FRAMES, CLOSEUPS], ids=["frames", "closeups"])
def test_no_pane_shows_beyond_the_edge_of_its_base_map(frames):
    beyond = []
    for frame in frames:
        for pane in (*frame.panes.values(), *frame.insets.values()):
            x, y, width, height = map(int, pane.view_box.split())
            base = pane.base_map
            if x < 0 or y < 0 or x + width > base.width or y + height > base.height:
                beyond.append((frame, pane))

    assert beyond == []


def test_a_pane_is_written_as_svg_and_the_script_read_it():
    pane = TALL.japan

    assert pane.box == {"x": "0", "y": "364", "width": "390", "height": "340"}
    assert pane.full_box == "0 0 4200 4509"


# Frames


@pytest.mark.parametrize("frame", [WIDE, TALL, SMALL, WORLD, WORLD_TALL], **by_name)
@pytest.mark.parametrize("code", CODES)
def test_every_region_and_prefecture_is_marked_within_its_pane_or_inset(frame, code):
    pane = frame.insets.get(code) or frame.panes[Country(code[:2])]

    point = pane.point(*anchor_of(code))

    assert pane.shows(point)


@pytest.mark.parametrize("frame", [WIDE, TALL, SMALL], **by_name)
def test_okinawa_lies_in_an_inset_that_keeps_names_away(frame):
    inset = frame.insets["JP-47"]
    south, west, north, east = OKINAWA

    corners = [inset.point(north, west), inset.point(south, east)]

    assert list(frame.insets) == ["JP-47"]
    assert [inset.shows(corner, -0.001) for corner in corners] == [True, True]
    assert [
        box
        for box in frame.taken
        if box[0] <= inset.x
        and box[1] <= inset.y
        and inset.x + inset.width <= box[2]
        and inset.y + inset.height <= box[3]
    ] == [frame.taken[{"wide": 4, "tall": 4, "small": 0}[frame.name]]]


@pytest.mark.parametrize("frame", FRAMES, **by_name)
def test_what_is_taken_lies_in_the_frame(frame):
    assert [
        box
        for box in frame.taken
        if not (0 <= box[0] < box[2] <= frame.width and 0 <= box[1] < box[3] <= frame.height)
    ] == []


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (WIDE, ("0 0 1024 700", "420 466", "443", (318, 671))),
        (TALL, ("0 0 390 704", "330 364", "347", (260, 505))),
        (SMALL, ("0 0 340 222", "140 156", "148", (106, 224))),
    ],
    ids=["wide", "tall", "small"],
)
def test_a_frame_of_two_panes_says_where_its_gutter_is(frame, said):
    assert (frame.view_box, frame.doors, frame.gutter_middle, frame.route) == said


@pytest.mark.parametrize("frame", [WORLD, WORLD_TALL], **by_name)
def test_a_map_of_the_world_has_one_pane_and_no_gutter(frame):
    assert frame.italy is frame.japan
    assert (frame.gutter, frame.doors, frame.gutter_start) == (None, "", frame.gutter_end)
    assert frame.base_names == ["geo/world.svg"]


def test_the_colour_of_the_world_s_curves_turns_from_one_country_to_the_other():
    assert WORLD.route == (
        round(WORLD.italy.point(40, 14).x),
        round(WORLD.italy.point(40, 138).x),
    )


def test_a_frame_refers_to_each_base_map_once():
    assert WIDE.base_names == ["geo/italy.svg", "geo/japan.svg"]


def test_the_zoom_steps_begin_with_the_whole_country_and_rise():
    assert sorted(set(ZOOM_STEPS)) == list(ZOOM_STEPS)
    assert WIDE.zoom_steps == "1 1.5 2.2 3.3 5 8 12"


# Close-ups


@pytest.mark.parametrize("code", CODES)
def test_a_closeup_shows_the_whole_of_its_region_or_prefecture(code):
    pane = closeup(code).panes[Country(code[:2])]
    south, west, north, east = bounds_of(code)

    corners = [pane.point(north, west), pane.point(south, east)]

    assert [pane.shows(corner, 2) for corner in corners] == [True, True]


@pytest.mark.parametrize(
    ("code", "bases"),
    [("IT-45", ["italy", "japan-small"]), ("JP-08", ["italy-small", "japan"])],
)
def test_a_closeup_takes_the_fine_map_for_its_own_country(code, bases):
    frame = closeup(code)

    assert [frame.italy.base, frame.japan.base] == bases
    assert frame.gutter == (frame.italy.width, frame.japan.x)


@pytest.mark.parametrize("code", ["IT-99", "013004"])
def test_what_has_no_shape_has_no_closeup(code):
    assert closeup(code) is SMALL
