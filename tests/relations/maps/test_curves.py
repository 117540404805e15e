"""Curves pass the gutter in order, apart, moved as little as can be."""

import random
import re
from itertools import combinations, pairwise, permutations

import pytest

from relations.enums import Country
from relations.maps.curves import GAP, MARGIN, path, samples, slots
from relations.maps.frames import SMALL, TALL, WIDE, Frame, Pane
from relations.maps.geography import Point

# Low enough for its slots to be tried one by one.
LOW = Frame(
    name="low",
    width=200,
    height=80,
    panes={
        Country.ITALY: Pane(0, 0, 90, 80, (41.9, 12.5), 100, "italy"),
        Country.JAPAN: Pane(110, 0, 90, 80, (36, 138), 100, "japan"),
    },
    gutter=(90, 110),
)

by_name = {"ids": lambda frame: frame.name}


def ends_at(*heights):
    """Curves between these heights of both panes of WIDE."""
    return [(Point(200, a), Point(700, b)) for a, b in heights]


def random_ends(rng, frame, number):
    """Curves between points anywhere in both panes."""
    return [
        tuple(
            Point(
                rng.uniform(pane.x, pane.x + pane.width), rng.uniform(pane.y, pane.y + pane.height)
            )
            for pane in frame.panes.values()
        )
        for _ in range(number)
    ]


def along(frame, point):
    return point.y if frame.across else point.x


# Slots


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([], []),
        ([(100, 300)], [200]),
        ([(100, 300), (300, 500)], [200, 400]),
        ([(300, 500), (100, 300)], [400, 200]),
        ([(0, 0)], [14]),
        ([(700, 700)], [686]),
        ([(300, 300), (304, 304)], [296, 308]),
        ([(300, 300), (300, 300), (300, 300)], [288, 300, 312]),
        ([(200, 400), (400, 200)], [294, 306]),  # one middle: in the order of the Italian ends
        ([(400, 200), (200, 400)], [306, 294]),
        ([(0, 0), (0, 0), (30, 30)], [14, 26, 38]),
        ([(700, 700), (700, 700)], [674, 686]),
        ([(300, 300), (306, 306), (600, 600)], [297, 309, 600]),
    ],
)
def test_a_curve_passes_as_near_to_the_middle_of_its_ends_as_the_others_let_it(heights, expected):
    assert slots(WIDE, ends_at(*heights)) == expected


def test_where_panes_stand_one_above_the_other_curves_pass_from_left_to_right():
    ends = [(Point(100, 200), Point(300, 500)), (Point(40, 100), Point(60, 600))]

    assert slots(TALL, ends) == [200, 50]


@pytest.mark.parametrize("frame", [WIDE, TALL, SMALL], **by_name)
@pytest.mark.parametrize("number", [1, 2, 20, 60, 400])
@pytest.mark.parametrize("seed", range(4))
def test_slots_keep_the_order_of_the_middles_their_gap_and_to_the_gutter(frame, number, seed):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    ends = random_ends(rng, frame, number)
    length = frame.height if frame.across else frame.width
    gap = min(GAP, 0.66 * length / max(number - 1, 1))

    placed = slots(frame, ends)

    middles = [(along(frame, a) + along(frame, b)) / 2 for a, b in ends]
    in_order = [slot for _, slot in sorted(zip(middles, placed, strict=True))]
    assert [b - a >= gap - 0.11 for a, b in pairwise(in_order)] == [True] * (number - 1)
    assert (min(placed) >= MARGIN, max(placed) <= length - MARGIN + 0.05) == (True, True)


@pytest.mark.parametrize("seed", range(12))
def test_slots_are_moved_as_little_as_possible(seed):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    ends = random_ends(rng, LOW, 3)
    middles = [(a.y + b.y) / 2 for a, b in ends]

    def moved(placed):
        return sum((slot - middle) ** 2 for slot, middle in zip(placed, middles, strict=True))

    apart = [c for c in combinations(range(14, 67), 3) if c[1] - c[0] >= 12 <= c[2] - c[1]]
    least = min(moved(placed) for places in apart for placed in permutations(places))
    assert moved(slots(LOW, ends)) <= least + 0.1  # slots are rounded to a tenth


@pytest.mark.parametrize("frame", [WIDE, TALL], **by_name)
@pytest.mark.parametrize("seed", range(10))
def test_two_curves_cross_once_if_their_ends_are_in_opposite_orders_and_else_not(frame, seed):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    ends = random_ends(rng, frame, 40)
    curves = [
        (along(frame, a), slot, along(frame, b))
        for (a, b), slot in zip(ends, slots(frame, ends), strict=True)
    ]

    wrong = []
    for n, one in enumerate(curves):
        for other in curves[:n]:
            starts, passes, arrives = (a < b for a, b in zip(one, other, strict=True))
            crossings = (starts != passes) + (passes != arrives)
            if crossings != (starts != arrives):
                wrong.append((one, other))

    assert wrong == []


# Paths


@pytest.mark.parametrize(
    ("frame", "start", "end", "slot", "expected"),
    [
        (
            WIDE,
            Point(220, 100),
            Point(666, 300),
            200,
            "M220.0 100.0C320.0 100.0 320.0 200.0 420.0 200.0"
            "H466.0C566.0 200.0 566.0 300.0 666.0 300.0",
        ),
        (
            TALL,
            Point(100, 130),
            Point(300, 564),
            200,
            "M100.0 130.0C100.0 230.0 200.0 230.0 200.0 330.0"
            "V364.0C200.0 464.0 300.0 464.0 300.0 564.0",
        ),
    ],
    ids=["across", "down"],
)
def test_a_curve_leaves_and_arrives_level_and_crosses_the_gutter_straight(
    frame, start, end, slot, expected
):
    assert path(frame, start, end, slot) == expected


def bezier(a, b, c, d, t):
    return tuple(
        (1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t**2 * r + t**3 * s
        for p, q, r, s in zip(a, b, c, d, strict=True)
    )


@pytest.mark.parametrize("frame", [WIDE, TALL, SMALL], **by_name)
@pytest.mark.parametrize("seed", range(4))
def test_samples_lie_on_the_curve_that_is_drawn(frame, seed):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    ((start, end),) = random_ends(rng, frame, 1)
    (slot,) = slots(frame, [(start, end)])
    drawn = [float(number) for number in re.findall(r"[\d.]+", path(frame, start, end, slot))]
    points = [*zip(drawn[:8:2], drawn[1:8:2], strict=True)]
    door = (drawn[8], slot) if frame.across else (slot, drawn[8])
    arriving = [door, *zip(drawn[9::2], drawn[10::2], strict=True)]

    found = samples(frame, start, end, slot, steps=8)

    expected = [bezier(*half, step / 8) for half in (points, arriving) for step in range(9)]
    assert [tuple(point) for point in found] == [
        pytest.approx(point, abs=0.1) for point in expected
    ]
