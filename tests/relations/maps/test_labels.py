"""Names stand beside their places where nothing else is, and are hidden where there is no room."""

import random
from dataclasses import replace

import pytest

from relations.enums import Country
from relations.maps.frames import TALL, WIDE, ZOOM_STEPS
from relations.maps.geography import Point
from relations.maps.labels import HIDDEN, Box, Crowd, Name, place_names

EMPTY = replace(WIDE, taken=())
HERE = Point(100, 200)


def place(frame, country, names, crowd=None):
    return place_names(frame, frame.panes[country], names, crowd or Crowd())


def italian(*names, crowd=None):
    """The sides of names in the pane of Italy, with nothing taken, before it is enlarged."""
    return [sides[0] for sides in place(EMPTY, Country.ITALY, names, crowd)]


# Boxes


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Box(10, 20, 30, 40), True),
        (Box(15, 25, 20, 30), True),
        (Box(0, 0, 100, 100), True),
        (Box(29, 39, 50, 50), True),
        (Box(30, 20, 40, 40), False),
        (Box(0, 20, 10, 40), False),
        (Box(10, 40, 30, 50), False),
        (Box(10, 0, 30, 20), False),
        (Box(15, 50, 20, 60), False),
    ],
)
def test_boxes_overlap_where_they_share_more_than_an_edge(other, overlaps):
    box = Box(10, 20, 30, 40)

    assert (box.overlaps(other), other.overlaps(box)) == (overlaps, overlaps)


@pytest.mark.parametrize(
    ("side", "box"),
    [
        ("l", Box(39, 192, 89, 208)),
        ("r", Box(111, 192, 161, 208)),
        ("t", Box(75, 173, 125, 189)),
        ("b", Box(75, 211, 125, 227)),
    ],
)
def test_a_name_stands_clear_of_its_mark(side, box):
    name = Name(HERE, width=50, radius=7)

    assert name.box(side, 1, Point(0, 0)) == box


def test_an_enlarged_map_moves_a_name_and_its_mark_without_enlarging_them():
    name = Name(HERE, width=50, radius=7)

    origin = Point(80, 150)  # the name is 20 and 50 from it, then 40 and 100
    assert name.box("r", 2, origin) == Box(131, 242, 181, 258)
    assert name.mark(2, origin) == Box(113, 243, 127, 257)


def test_a_crowd_counts_the_points_in_the_cells_of_a_box():
    crowd = Crowd.of([Point(1, 1), Point(7.9, 7.9), Point(8, 1), Point(100, 100)])

    assert [
        crowd.within(Box(0, 0, 7, 7)),
        crowd.within(Box(0, 0, 8, 8)),
        crowd.within(Box(50, 50, 90, 90)),
        crowd.within(Box(96, 96, 97, 97)),
    ] == [2, 3, 0, 1]


# Sides


def test_a_name_alone_stands_on_the_side_that_is_turned_from_the_gutter():
    italy, japan = Name(Point(210, 350), 50, 7), Name(Point(745, 350), 50, 7)

    assert place(WIDE, Country.ITALY, [italy]) == ["lllllll"]
    assert place(WIDE, Country.JAPAN, [japan]) == ["rrrrrrr"]


@pytest.mark.parametrize(
    ("point", "side"),
    [
        (Point(64, 300), "l"),
        (Point(63.9, 300), "t"),  # beyond the edge on the left, as far as three units
        (Point(20, 300), "r"),
        (Point(400, 300), "l"),
        (Point(200, 8), "b"),
        (Point(200, 690), "t"),
    ],
)
def test_a_name_stays_within_its_pane(point, side):
    assert italian(Name(point, 50, 7))[0] == side


def test_a_name_that_would_cover_another_place_stands_on_another_side():
    name, in_the_way = Name(Point(200, 300), 50, 7), Name(Point(170, 300), 400, 7)

    assert italian(name, in_the_way) == ["t", HIDDEN]


@pytest.mark.parametrize(
    ("ranks", "sides"), [((2, 1), ["l", "b"]), ((1, 2), ["t", "l"]), ((1, 1), ["l", "b"])]
)
def test_the_place_with_more_partnerships_has_its_name_placed_first(ranks, sides):
    upper, lower = (
        Name(Point(200, y), 50, 7, rank) for y, rank in zip((300, 315.5), ranks, strict=True)
    )

    assert italian(upper, lower) == sides


def test_a_name_stands_where_the_fewest_curves_pass():
    name = Name(Point(200, 300), 50, 7)
    left = [Point(160, 300)] * 2
    right = [Point(240, 300)]

    assert italian(name, crowd=Crowd.of(left)) == ["t"]
    assert italian(name, crowd=Crowd.of(right)) == ["l"]


@pytest.mark.parametrize(("points", "side"), [(5, "l"), (6, HIDDEN)])
def test_a_name_is_hidden_where_many_curves_pass_on_every_side(points, side):
    everywhere = [
        point
        for at in (Point(160, 300), Point(240, 300), Point(200, 280), Point(200, 320))
        for point in [at] * points
    ]

    assert italian(Name(Point(200, 300), 50, 7), crowd=Crowd.of(everywhere)) == [side]


def test_a_name_that_had_no_room_is_shown_where_the_map_is_enlarged():
    names = [Name(Point(205 + 8 * n, 345 + 8 * n), 90, 7) for n in range(6)]

    shown = [
        sum(sides[step] != HIDDEN for sides in place(EMPTY, Country.ITALY, names))
        for step in range(len(ZOOM_STEPS))
    ]

    assert (shown[0] < 6, shown[-1], shown) == (True, 6, sorted(shown))


# At random


def random_names(seed, pane):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    return [
        Name(
            Point(
                rng.uniform(pane.x, pane.x + pane.width), rng.uniform(pane.y, pane.y + pane.height)
            ),
            width=rng.uniform(30, 150),
            radius=rng.choice((7, 10)),
            rank=rng.randint(1, 4),
        )
        for _ in range(rng.randint(2, 60))
    ]


@pytest.fixture(
    params=[(f, c) for f in (WIDE, TALL) for c in Country], ids=lambda p: p[0].name + p[1]
)
def scene(request):
    """A frame with a pane of it, and thirty lots of names in it with their sides."""
    frame, country = request.param
    pane = frame.panes[country]
    lots = [random_names(seed, pane) for seed in range(30)]
    return frame, pane, [(names, place_names(frame, pane, names, Crowd())) for names in lots]


def shown_boxes(pane, names, placed, step):
    """The boxes of the names that are shown at a step, each with the number of its name."""
    origin = Point(pane.x + pane.width / 2, pane.y + pane.height / 2)
    return {
        i: names[i].box(sides[step], ZOOM_STEPS[step], origin)
        for i, sides in enumerate(placed)
        if sides[step] != HIDDEN
    }


@pytest.mark.parametrize("step", range(len(ZOOM_STEPS)), ids=lambda step: f"x{ZOOM_STEPS[step]}")
def test_no_name_overlaps_another_or_a_mark(scene, step):
    _frame, pane, lots = scene
    origin = Point(pane.x + pane.width / 2, pane.y + pane.height / 2)

    overlaps = []
    for names, placed in lots:
        boxes = shown_boxes(pane, names, placed, step)
        marks = {i: name.mark(ZOOM_STEPS[step], origin) for i, name in enumerate(names)}
        for i, box in boxes.items():
            overlaps += [(i, j) for j in boxes if j < i and box.overlaps(boxes[j])]
            overlaps += [(i, j) for j in marks if j != i and box.overlaps(marks[j])]

    assert overlaps == []


def test_of_the_whole_pane_no_name_stands_beyond_it_or_where_the_page_writes(scene):
    frame, pane, lots = scene

    wrong = [
        box
        for names, placed in lots
        for box in shown_boxes(pane, names, placed, 0).values()
        if not (pane.shows(Point(*box[:2])) and pane.shows(Point(*box[2:])))
        or any(box.overlaps(Box(*taken)) for taken in frame.taken)
    ]

    assert wrong == []


def test_a_name_that_is_shown_stays_shown_as_the_map_is_enlarged(scene):
    *_, lots = scene

    assert [
        sides for _names, placed in lots for sides in placed if HIDDEN in sides.lstrip(HIDDEN)
    ] == []


def test_some_names_are_shown_and_some_hidden(scene):
    *_, lots = scene
    letters = {sides[0] for _names, placed in lots for sides in placed}

    assert letters == {"l", "r", "t", "b", HIDDEN}
