"""Regions are tinted in three steps that rise by equal factors."""

import pytest

from relations.maps import Tints


@pytest.mark.parametrize(
    ("counts", "ranges"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 0], [(1, 1, 1)]),
        ([2], [(1, 1, 1), (2, 2, 2)]),
        ([3, 1], [(1, 1, 1), (2, 2, 2), (3, 3, 3)]),
        ([7, 1, 1], [(1, 1, 1), (2, 2, 3), (3, 4, 7)]),
        ([27], [(1, 1, 2), (2, 3, 8), (3, 9, 27)]),
        ([1000, 5], [(1, 1, 9), (2, 10, 99), (3, 100, 1000)]),
    ],
)
def test_the_legend_says_which_counts_each_step_stands_for(counts, ranges):
    assert Tints.of(counts).ranges == ranges


@pytest.mark.parametrize(
    ("count", "step"), [(0, 0), (1, 1), (9, 1), (10, 2), (99, 2), (100, 3), (1000, 3)]
)
def test_a_count_has_the_last_step_that_it_reaches(count, step):
    assert Tints.of([1000]).step(count) == step


@pytest.mark.parametrize("most", range(60))
def test_every_count_has_the_step_that_the_legend_says(most):
    tints = Tints.of([most])

    said = [step for step, least, greatest in tints.ranges for _ in range(least, greatest + 1)]

    assert [tints.step(count) for count in range(1, most + 1)] == said
