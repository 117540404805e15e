"""Tables are Markdown, with figures of three digits."""

import pytest

from bench import tables
from bench.measuring import Figures
from bench.targets import Target


def test_columns_are_as_wide_as_what_is_in_them():
    drawn = tables.table(("What", "figure"), [("a|b", "1"), ("longer", "1,000")])

    assert drawn.splitlines() == [
        "| What   | figure |",
        "| ------ | -----: |",
        "| a\\|b   |      1 |",
        "| longer |  1,000 |",
    ]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.034, "0.03"), (12.34, "12.3"), (123.4, "123"), (1234.5, "1,234")]
)
def test_a_figure_has_three_digits_that_count(value, shown):
    assert tables.number(value) == shown


def test_a_verdict_stands_beside_what_was_reached():
    goal = Target("Fast", "ours", 0.75, over="theirs", at_least=True, unit="×")

    drawn = tables.targets([goal], {"ours": 70.0, "theirs": 100.0})

    assert [cell.strip() for cell in drawn.splitlines()[-1].strip("|").split("|")] == [
        "Fast",
        "0.7×",
        "at least 0.75×",
        "missed",
    ]


def test_growth_has_a_column_for_each_size_and_a_dash_for_what_is_missing():
    results = {"Atlas 70 uncached": Figures(1, 2, 3, 4), "Atlas 1000 uncached": Figures(1, 5, 3, 4)}

    drawn = tables.growth(results, ["Atlas {} uncached"], [70, 1000, 10_000])

    assert drawn.splitlines()[-1] == "| Atlas uncached | 2.00 |  5.00 |      – |"


def test_single_figures_are_sorted_by_their_number():
    drawn = tables.single({"memory 100000": 9e7, "memory 10000": 8e7, "other": 1.0})

    lines = drawn.splitlines()[2:]
    assert [line.split("|")[1:3] for line in lines] == [
        [" Memory of the worker (PSS), 10,000 partnerships  ", "   80.0 "],
        [" Memory of the worker (PSS), 100,000 partnerships ", "   90.0 "],
    ]


def test_a_million_views_are_counted_in_hours_of_a_processor():
    drawn = tables.views({"kept": Figures(500, 1, 0.36, 10)}, ["kept", "not measured"])

    assert drawn.splitlines()[2:] == [
        "| kept         |   0.36 |                  0.10 |                              500 |"
    ]
