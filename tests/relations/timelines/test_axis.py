"""A date stands on the axis where it lies, as long as it is uncertain, and never as a day that nobody knows."""

from datetime import date

import pytest

from relations.dates import parse
from relations.timelines import Axis, Span
from relations.timelines.axis import axis_of

AXIS = Axis(1960, 2059)  # a hundred years: ten thousandths each
TODAY = date(2026, 11, 24)


def span_of(text, axis=AXIS):
    when = parse(text)
    return axis.span(when.earliest, when.latest)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1960-01-01", (0, 0)),
        ("1986-07-02", (265, 265)),
        ("1986", (260, 270)),
        ("1986~", (260, 270)),
        ("198X", (200, 300)),
        ("1986-07", (265, 266)),
        ("2059-12-31", (1000, 1000)),
    ],
)
def test_a_day_is_a_point_and_all_else_as_long_as_it_is(text, span):
    assert span_of(text) == span


def test_a_month_is_never_a_point():
    assert span_of("1986-07", Axis(1860, 2099)) == (527, 528)


def test_what_lies_beyond_the_axis_stands_at_its_end():
    assert span_of("198X", Axis(1985, 1994)) == (0, 500)
    assert span_of("1866-08-25", Axis(1985, 1994)) == (0, 0)


@pytest.mark.parametrize(
    ("axis", "first_years"),
    [
        (Axis(1960, 2026), [1960, 1970, 1980, 1990, 2000, 2010, 2020]),
        (Axis(1986, 2005), [1986, 1990, 1995, 2000, 2005]),
        (Axis(2001, 2004), [2001, 2002, 2003, 2004]),
        (Axis(1990, 1990), [1990]),
    ],
)
def test_columns_are_decades_or_fewer_years_where_the_axis_is_short(axis, first_years):
    columns = axis.columns([])

    assert [column.first for column in columns] == first_years
    assert [column.span.start for column in columns[1:]] == [c.span.end for c in columns[:-1]]
    assert (columns[0].span.start, columns[-1].span.end) == (0, 1000)
    assert (columns[0].first, columns[-1].last) == (axis.first, axis.last)


def test_a_column_counts_what_was_surely_signed_in_it():
    days = [(parse(t).earliest, parse(t).latest) for t in ("1986-01-01", "1989", "198X", "1990-01")]

    decades = Axis(1980, 2026).columns(days)
    years = Axis(1980, 1990).columns(days)

    assert [column.count for column in decades] == [3, 1, 0, 0, 0]
    assert [(c.first, c.count) for c in years if c.count] == [(1986, 1), (1989, 1), (1990, 1)]


def test_the_running_total_rises_by_the_last_day_that_each_date_can_mean():
    assert Axis(2000, 2009).curve([date(2004, 12, 31), date(2001, 1, 1)], 60) == (
        "M0 60H100V30.0H500V0.0H1000"
    )


def test_the_axis_begins_with_the_first_twinning_and_ends_today():
    assert axis_of((None, None), [], TODAY) == Axis(1960, 2026)


def test_the_axis_reaches_to_what_is_shown():
    shown = [(date(1955, 1, 1), date(1955, 12, 31)), (date(2025, 1, 1), date(2030, 1, 1))]

    assert axis_of((None, None), shown, TODAY) == Axis(1955, 2030)


@pytest.mark.parametrize(
    ("asked", "axis"),
    [
        ((1985, 2004), Axis(1985, 2004)),
        ((1985, None), Axis(1985, 2026)),
        ((None, 2004), Axis(1960, 2004)),
        ((None, 1900), Axis(1900, 1960)),
        ((2050, None), Axis(2026, 2050)),
    ],
)
def test_the_axis_is_that_of_the_years_asked_for(asked, axis):
    assert axis_of(asked, [], TODAY) == axis


def test_every_place_has_its_classes():
    assert Span(0, 1000).classes == "x-0 xf-0 to-1000 tof-0"
    assert Span(265, 266).classes == "x-250 xf-15 to-250 tof-16"
