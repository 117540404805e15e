"""Targets say what was reached, and whether that is enough."""

import pytest

from bench.targets import TARGETS, Target

RATIO = Target("a", "ours req/s", 10, over="theirs req/s", at_least=True, unit="×")
MEMORY = Target("b", "memory", 100, unit="MB", scale=1e6)


def test_a_figure_is_divided_by_that_of_the_same_run():
    assert RATIO.reached({"ours req/s": 300.0, "theirs req/s": 20.0}) == 15


def test_a_figure_is_brought_to_its_unit():
    assert MEMORY.reached({"memory": 99e6}) == 99


@pytest.mark.parametrize(
    ("target", "figures", "verdict"),
    [
        (RATIO, {"ours req/s": 10.0, "theirs req/s": 1.0}, "met"),
        (RATIO, {"ours req/s": 9.9, "theirs req/s": 1.0}, "missed"),
        (RATIO, {"ours req/s": 10.0}, "not measured"),
        (MEMORY, {"memory": 100e6}, "met"),
        (MEMORY, {"memory": 101e6}, "missed"),
        (MEMORY, {}, "not measured"),
    ],
)
def test_the_bound_itself_is_met(target, figures, verdict):
    assert target.verdict(figures) == verdict


def test_each_target_has_a_name_of_its_own():
    assert len({target.name for target in TARGETS}) == len(TARGETS)
