"""Which anniversaries are round, when they fall, and whose terms run out."""

from datetime import date

import pytest

from relations.anniversaries import (
    Anniversary,
    TermEnd,
    among,
    celebrated,
    coming,
    has_day,
    is_leap_day,
    is_round,
    of_years,
    terms_of_years,
)
from relations.dates import format_date, parse
from relations.enums import AgreementKind, PublicationState, Renewal
from relations.models import Agreement
from tests.factories import make_agreement

TODAY = date(2026, 11, 25)


def published():
    return Agreement.objects.published()


def round_in(year, on=TODAY):
    """The round anniversaries of a year: slug, years and date."""
    return [(a.agreement.slug, a.years, a.when.edtf) for a in of_years(published(), [year], on)]


def running_out_in(year, on=TODAY):
    """The terms that run out in a year: slug and date."""
    return [(e.agreement.slug, e.when.edtf) for e in terms_of_years(published(), [year], on)]


def due(on=TODAY):
    """What comes in twelve months: what it is, slug and date."""
    return [(type(d).__name__, d.agreement.slug, d.when.edtf) for d in coming(published(), on)]


# Without a database


def test_five_twenty_five_seventy_five_and_every_ten_years_are_round():
    assert [years for years in range(-10, 111) if is_round(years)] == [
        5,
        10,
        20,
        25,
        30,
        40,
        50,
        60,
        70,
        75,
        80,
        90,
        100,
        110,
    ]


@pytest.mark.parametrize(
    ("signed", "years", "when"),
    [
        ("1960-05-03", 60, "2020-05-03"),
        ("2013-11", 10, "2023-11"),
        ("1986", 40, "2026"),
        ("1986~", 40, "2026~"),
        ("1986?", 40, "2026?"),
        ("1986-05~", 40, "2026-05~"),
        ("1986-05-03?", 40, "2026-05-03?"),
        ("2004-02-29", 20, "2024-02-29"),
        ("2004-02-29", 5, "2009-02-28"),
    ],
)
def test_an_anniversary_is_as_precise_as_the_signature(signed, years, when):
    assert Anniversary(Agreement(signed=signed), years).when.edtf == when


def test_an_approximate_year_is_said_to_be_about():
    assert format_date(Anniversary(Agreement(signed="1986~"), 40).when) == "about 2026"


@pytest.mark.parametrize(
    ("signed", "known"),
    [
        ("1986-05-03", True),
        ("1986-05-03~", False),
        ("1986-05-03?", False),
        ("1986-05", False),
        ("1986", False),
        ("198X", False),
        ("", False),
    ],
)
def test_only_one_certain_day_is_a_day(signed, known):
    assert has_day(parse(signed)) is known


@pytest.mark.parametrize(
    ("signed", "is_leap"),
    [("2004-02-29", True), ("2004-02-28", False), ("2004-02", False), ("2004-02-29~", False)],
)
def test_a_leap_day_is_a_certain_29_february(signed, is_leap):
    assert is_leap_day(parse(signed)) is is_leap


@pytest.mark.parametrize(
    ("signed", "years", "is_moved"),
    [("2004-02-29", 5, True), ("2004-02-29", 20, False), ("2004-02-28", 5, False)],
)
def test_an_anniversary_of_a_leap_day_is_moved_in_other_years(signed, years, is_moved):
    assert Anniversary(Agreement(signed=signed), years).is_moved is is_moved


# A year


@pytest.mark.django_db
def test_a_year_has_the_round_anniversaries_of_days_then_of_months_then_of_years():
    make_agreement(slug="year", signed="1986")
    make_agreement(slug="about-a-day", signed="1976-01-02~")
    make_agreement(slug="month", signed="2001-03")
    make_agreement(slug="late", signed="2016-12-31")
    make_agreement(slug="early", signed="1951-02-01")
    make_agreement(slug="not-round", signed="1985")

    assert round_in(2026) == [
        ("early", 75, "2026-02-01"),
        ("late", 10, "2026-12-31"),
        ("about-a-day", 50, "2026-01-02~"),
        ("month", 25, "2026-03"),
        ("year", 40, "2026"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("signed", ["", "198X"])
@pytest.mark.parametrize("year", [1990, 2020, 2030])
def test_what_is_not_known_to_the_year_has_no_anniversary(signed, year):
    make_agreement(signed=signed)

    assert round_in(year) == []


@pytest.mark.django_db
def test_there_is_no_anniversary_in_the_year_of_the_signature():
    make_agreement(signed="2026-01-10")

    assert round_in(2026) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"kind": AgreementKind.LETTER_OF_INTENT},
        {"ended": "2001"},
        {"term_months": 12, "renewal": Renewal.NONE},
        {"state": PublicationState.DRAFT},
    ],
    ids=["letter of intent", "ended", "run out", "draft"],
)
def test_what_binds_nobody_or_has_ended_has_no_anniversary(fields):
    make_agreement(signed="1986", **fields)

    assert round_in(2026) == []


@pytest.mark.django_db
def test_what_was_superseded_has_no_anniversary_and_what_supersedes_it_has():
    old = make_agreement(signed="1986")
    make_agreement(slug="new", signed="2016", supersedes=old, partnership=old.partnership)

    assert round_in(2026) == [("new", 10, "2026")]


@pytest.mark.django_db
def test_what_will_be_signed_is_not_celebrated_yet():
    make_agreement(slug="announced", signed="2026-12-01")

    assert round_in(2036) == []
    assert round_in(2036, on=date(2026, 12, 1)) == [("announced", 10, "2036-12-01")]


@pytest.mark.django_db
def test_silence_is_no_end():
    make_agreement(slug="silent", signed="1986", term_months=36, renewal=Renewal.UNKNOWN)

    assert round_in(2026) == [("silent", 40, "2026")]


@pytest.mark.django_db
def test_the_anniversaries_among_rows_that_were_read_are_the_same():
    for signed in ("1986", "2016-12-31", "1985", "", "198X"):
        make_agreement(signed=signed)
    make_agreement(signed="1986", ended="2001")

    rows = list(published().with_status(TODAY))

    assert among(rows, 2026) == of_years(published(), [2026], TODAY)


# Terms


@pytest.mark.django_db
def test_a_year_has_the_terms_that_run_out_in_it():
    make_agreement(slug="year", signed="2018", term_months=120)
    make_agreement(slug="day", signed="2025-09-23", term_months=36, renewal=Renewal.AUTOMATIC)
    make_agreement(slug="other", signed="2025-09-23", term_months=48)
    make_agreement(slug="none", signed="2025-09-23")
    make_agreement(slug="undated", signed="", term_months=36)

    assert running_out_in(2028) == [("day", "2028-09-23"), ("year", "2028")]


@pytest.mark.django_db
def test_the_term_of_what_was_ended_or_renewed_is_not_named():
    make_agreement(signed="2025-09-23", term_months=36, ended="2026-03")
    renewed = make_agreement(signed="2025-09-23", term_months=36)
    make_agreement(renews=renewed, signed="2026-09-23", partnership=renewed.partnership)

    assert running_out_in(2028) == []


@pytest.mark.django_db
def test_a_letter_of_intent_to_renew_renews_nothing():
    act = make_agreement(slug="act", signed="2025-09-23", term_months=36)
    make_agreement(
        renews=act,
        signed="2026-09-23",
        partnership=act.partnership,
        kind=AgreementKind.LETTER_OF_INTENT,
    )

    assert running_out_in(2028) == [("act", "2028-09-23")]


# The time to come


@pytest.mark.django_db
def test_what_comes_is_in_the_order_of_the_last_day_that_it_can_mean():
    make_agreement(slug="in-spring", signed="2017-04-01")
    make_agreement(slug="this-year", signed="1986")
    make_agreement(slug="tomorrow", signed="2016-11-26")
    make_agreement(slug="in-january", signed="2017-01")
    make_agreement(slug="ending", signed="2024-03-01", term_months=36)

    assert due() == [
        ("Anniversary", "tomorrow", "2026-11-26"),
        ("Anniversary", "this-year", "2026"),
        ("Anniversary", "in-january", "2027-01"),
        ("TermEnd", "ending", "2027-03-01"),
        ("Anniversary", "in-spring", "2027-04-01"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed", "is_coming"),
    [
        ("2016-11-24", False),
        ("2016-11-25", True),
        ("2017-11-24", True),
        ("2017-11-25", False),
        ("2016-10", False),
        ("2016-11", True),
        ("2017-11", True),
        ("2017-12", False),
        ("2017", True),
        ("2018", False),
    ],
)
def test_what_comes_lies_in_twelve_months_from_today_on_or_may(signed, is_coming):
    make_agreement(signed=signed)

    assert bool(due()) is is_coming


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_what_comes_takes_the_same_number_of_queries_for_any_rows(rows, django_assert_num_queries):
    for _ in range(rows):
        make_agreement(signed="2016-12-24", term_months=120)

    # anniversaries; terms, their renewals
    with django_assert_num_queries(3):
        found = coming(published(), TODAY)
        places = [str(item.agreement.partnership) for item in found]
        regions = [item.agreement.partnership.italian_place.territory.name for item in found]

    assert (len(places), len(regions)) == (2 * rows, 2 * rows)
    assert {type(item) for item in found} == {Anniversary, TermEnd}


# The founding data


def test_in_2026_emilia_romagna_and_ibaraki_have_forty_years(atlas):
    found = {
        a.agreement.partnership.slug: (a.years, a.when.edtf)
        for a in of_years(published(), [2026], TODAY)
    }

    assert found == {"emilia-romagna-ibaraki": (40, "2026"), "torino-nagoya": (20, "2026")}


def test_in_2028_the_term_of_la_spezia_and_izumisano_runs_out(atlas):
    assert [
        (end.agreement.partnership.slug, end.when.edtf, end.agreement.renewal)
        for end in terms_of_years(published(), [2028], TODAY)
    ] == [("la-spezia-izumisano", "2028-09-23", Renewal.AUTOMATIC)]


def test_every_founding_act_is_celebrated(atlas):
    assert celebrated(published(), TODAY).count() == published().count()
