"""Marks and labels stand in rows in which none covers another."""

import random
from itertools import combinations

import pytest

from relations.timelines import Span
from relations.timelines.packing import (
    GAP,
    INSIDE,
    LEFT,
    RIGHT,
    TARGET,
    WIDTH,
    Box,
    box_of_target,
    place_label,
    rows_of,
)


@pytest.mark.parametrize(
    ("span", "side"),
    [
        (Span(0, 0), RIGHT),
        (Span(500, 515), RIGHT),
        (Span(980, 980), LEFT),
        (Span(985, 1000), LEFT),
        (Span(100, 400), INSIDE),  # long enough for its label
        (Span(50, 990), INSIDE),
    ],
)
def test_a_label_stands_where_it_has_room(span, side):
    assert place_label(span, "Torino – Nagoya")[0] == side


@pytest.mark.parametrize("start", range(0, 1001, 50))
@pytest.mark.parametrize("length", [0, 1, 15, 150, 500])
def test_a_label_never_leaves_the_axis(start, length):
    span = Span(start, min(start + length, 1000))

    _side, box = place_label(span, "Monticelli d’Ongina – Takko")

    assert box.left >= -6 and box.right <= WIDTH + 6  # noqa: PT018 # a mark on the edge reaches over it by its radius


def test_a_mark_without_a_label_is_wide_enough_to_be_hit():
    assert box_of_target(Span(500, 500)) == Box(WIDTH / 2 - TARGET / 2, WIDTH / 2 + TARGET / 2)
    assert box_of_target(Span(500, 501)) == Box(WIDTH / 2, WIDTH / 2 + TARGET)
    assert box_of_target(Span(0, 1000)) == Box(0, WIDTH)


def test_boxes_take_the_first_row_with_room():
    assert rows_of([Box(0, 50), Box(40, 90), Box(60, 100), Box(99, 120)]) == [0, 1, 0, 1]


@pytest.mark.parametrize("seed", range(5))
def test_no_two_boxes_of_a_row_meet(seed):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    starts = [rng.uniform(0, WIDTH) for _ in range(120)]
    boxes = [Box(start, start + rng.uniform(5, 180)) for start in starts]

    rows = rows_of(boxes)

    assert [
        (one, other)
        for (one, row), (other, its) in combinations(zip(boxes, rows, strict=True), 2)
        if row == its and one.left < other.right + GAP and other.left < one.right + GAP
    ] == []
