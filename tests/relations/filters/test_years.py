"""Behind the choice of years stands how many agreements were signed in each."""

import random
from datetime import date

import pytest
from django.http import QueryDict

from relations.dates import DatePrecision
from relations.enums import AgreementKind
from relations.filters import AtlasFilter, Years, years_of
from relations.models import Agreement
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_partnership,
    make_region,
    make_sector,
)
from tests.relations.filters.test_facets import make_atlas, random_filters

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)


def read(query=""):
    return AtlasFilter(QueryDict(query), on=TODAY)


def years(query=""):
    """The years that have any, with their counts, and the number of the undated."""
    found = years_of(read(query))
    return {year: count for year, count in found.counts if count}, found.undated


@pytest.fixture
def acts():
    """Seven acts of two partnerships, one of these in Emilia-Romagna, and a draft."""
    emilia_romagna = make_region(code="IT-45")
    ours = make_partnership(italian_place=make_italian_city(region=emilia_romagna, name_en="Parma"))
    other = make_partnership()
    culture = make_sector(code="culture")
    for signed, partnership, kind in (
        ("1986", ours, AgreementKind.TWINNING),
        ("1986-05~", ours, AgreementKind.PROTOCOL),
        ("2005-05-27", ours, AgreementKind.TWINNING),
        ("198X", ours, AgreementKind.TWINNING),
        ("1986-05-03", other, AgreementKind.TWINNING),
        ("2019?", other, AgreementKind.PROTOCOL),
        ("", other, AgreementKind.TWINNING),
    ):
        sectors = (culture,) if partnership == other else ()
        make_agreement(partnership=partnership, kind=kind, signed=signed, sectors=sectors)
    make_agreement(partnership=ours, signed="1986", state="draft")
    make_event(partnerships=(make_partnership(),), start="1999")


@pytest.mark.parametrize(
    ("query", "counts", "undated"),
    [
        ("", {1986: 3, 2005: 1, 2019: 1}, 2),
        ("region=IT-45", {1986: 2, 2005: 1}, 1),
        ("kind=twinning", {1986: 2, 2005: 1}, 2),
        ("kind=protocol", {1986: 1, 2019: 1}, 0),
        ("region=IT-45&kind=twinning", {1986: 1, 2005: 1}, 1),
        ("sector=culture", {1986: 1, 2019: 1}, 1),
        ("status=ended", {}, 0),
        ("q=parma", {1986: 2, 2005: 1}, 1),
        ("q=%25", {}, 0),
        ("from=2000", {1986: 3, 2005: 1, 2019: 1}, 2),
        ("to=1986", {1986: 3, 2005: 1, 2019: 1}, 2),
        ("from=1990&to=1991&region=IT-45", {1986: 2, 2005: 1}, 1),
    ],
)
def test_agreements_are_counted_under_all_parameters_but_the_years(acts, query, counts, undated):
    assert years(query) == (counts, undated)


def test_every_year_from_the_first_to_the_present_one_is_listed():
    make_agreement(signed="2021")
    make_agreement(signed="2023-04")

    assert years_of(read()) == Years(
        [(2021, 1), (2022, 0), (2023, 1), (2024, 0), (2025, 0)], undated=0, present=2025
    )


def test_a_year_that_is_yet_to_come_is_listed_where_something_is_to_be_signed_then():
    make_agreement(signed="2027")

    assert years_of(read()).counts == [(2027, 1)]


@pytest.mark.parametrize("signed", ["", "198X", "198X~"])
def test_a_date_that_is_not_known_to_the_year_is_counted_apart(signed):
    make_agreement(signed=signed)

    assert years_of(read()) == Years([], undated=1, present=2025)


def test_an_atlas_without_agreements_has_no_years():
    found = years_of(read())

    assert (found, found.most) == (Years([], undated=0, present=2025), 0)
    assert (found.inside, found.outside, found.view_box) == ("", "", "0 0 66 100")


def test_the_greatest_number_of_one_year_is_told(acts):
    assert years_of(read()).most == 3


# The range and its histogram


@pytest.mark.parametrize(
    ("signed", "first", "last"),
    [
        ([], 1960, 2025),
        (["1986", "2009"], 1960, 2025),
        (["1868", "2005"], 1868, 2025),
        (["2031"], 1960, 2031),
    ],
)
def test_the_range_begins_in_1960_or_before_and_ends_today_or_later(signed, first, last):
    for year in signed:
        make_agreement(signed=year)

    found = years_of(read())

    assert (found.first, found.last) == (first, last)
    assert found.view_box == f"0 0 {last - first + 1} 100"


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", (None, None)),
        ("from=1990", (1990, None)),
        ("to=2010", (None, 2010)),
        ("from=1990&to=2010", (1990, 2010)),
    ],
)
def test_the_years_asked_for_are_kept_with_the_counts(query, asked):
    assert years_of(read(query)).asked == asked


@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ((None, None), [1961, 1963, 1964]),
        ((1963, None), [1963, 1964]),
        ((None, 1963), [1961, 1963]),
        ((1962, 1963), [1963]),
        ((1965, None), []),
    ],
)
def test_the_bars_of_the_years_asked_for_stand_apart(asked, inside):
    bars = {1961: "M1 100V75h.8V100z", 1963: "M3 100V0h.8V100z", 1964: "M4 100V50h.8V100z"}
    counts = [(1961, 1), (1962, 0), (1963, 4), (1964, 2)]

    found = Years(counts, undated=0, asked=asked, present=2025)

    assert found.inside == "".join(bars[year] for year in inside)
    assert found.outside == "".join(bar for year, bar in bars.items() if year not in inside)


@pytest.mark.parametrize("seed", range(2))
def test_a_year_counts_the_acts_of_that_very_year_that_it_would_leave_if_it_alone_were_chosen(seed):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    make_atlas(rng)
    known = {DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR}

    for atlas_filter in random_filters(rng, 6):
        for year, count in years_of(atlas_filter).counts:
            alone = read(atlas_filter.query(from_=year, to=year).removeprefix("?"))
            acts = alone.apply(Agreement.objects.published())
            assert count == sum(act.signed_date.precision in known for act in acts), alone.query()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_years_cost_one_query(rows, django_assert_num_queries):
    for _ in range(rows):
        make_agreement()
    atlas_filter = read("from=1990&kind=twinning")

    with django_assert_num_queries(1):
        found = years_of(atlas_filter)

    assert found.most == rows
