"""What the fonts of the pictures can write is told in few numbers."""

import pytest

from tools.build_fonts import ranges


@pytest.mark.parametrize(
    ("points", "runs"),
    [(set(), []), ({65}, [(65, 65)]), ({67, 65, 66, 90}, [(65, 67), (90, 90)])],
)
def test_consecutive_letters_are_one_run(points: set[int], runs: list[tuple[int, int]]) -> None:
    assert ranges(points) == runs
