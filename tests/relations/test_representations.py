"""How long ago an act was signed, and its term in a sentence, as they are on a day."""

from datetime import date

import pytest
from django.utils import translation

from relations.dates import parse
from relations.enums import AgreementKind, Renewal
from relations.models import Agreement
from relations.representations import describe_age, describe_duration, describe_term, describe_year
from tests.factories import make_agreement

LAST_DAY = date(2028, 9, 23)
DAY_AFTER = date(2028, 9, 24)


def memorandum(**fields):
    """The memorandum of La Spezia and Izumisano, or one that differs in some fields."""
    defaults = {"signed": "2025-09-23", "term_months": 36, "renewal": Renewal.AUTOMATIC}
    return Agreement(**defaults | fields)


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (1, "1 month"),
        (2, "2 months"),
        (11, "11 months"),
        (12, "1 year"),
        (13, "13 months"),
        (18, "18 months"),
        (24, "2 years"),
        (36, "3 years"),
        (120, "10 years"),
    ],
)
def test_a_duration_is_said_in_years_where_they_are_whole(months, said):
    assert describe_duration(months) == said


@pytest.mark.parametrize(
    ("language", "months", "said"),
    [
        ("it", 1, "1 mese"),
        ("it", 18, "18 mesi"),
        ("it", 12, "1 anno"),
        ("it", 36, "3 anni"),
        ("ja", 1, "1か月"),
        ("ja", 18, "18か月"),
        ("ja", 12, "1年"),
        ("ja", 36, "3年"),
    ],
)
def test_a_duration_is_said_in_the_active_language(language, months, said):
    with translation.override(language):
        assert describe_duration(months) == said


@pytest.mark.parametrize(
    ("since", "on", "said"),
    [
        ("1986-05-03", date(2026, 5, 2), "39 years"),
        ("1986-05-03", date(2026, 5, 3), "40 years"),
        ("2004-02-29", date(2005, 2, 28), "1 year"),
        ("1986", date(2026, 6, 1), "39–40 years"),
        ("1986", date(2026, 12, 31), "40 years"),
        ("1986-05", date(2026, 5, 3), "39–40 years"),
        ("1986-05", date(2026, 6, 1), "40 years"),
        ("198X", date(2026, 6, 1), "36–46 years"),
        ("2025", date(2026, 6, 1), "up to 1 year"),
        ("2024", date(2025, 12, 31), "1 year"),
        ("1986~", date(2026, 6, 1), "about 39–40 years"),
        ("2025-06-01", date(2026, 5, 31), "less than a year"),
        ("2026", date(2026, 12, 31), "less than a year"),
        ("2027-01-01", date(2026, 6, 1), "less than a year"),
        ("", date(2026, 6, 1), ""),
    ],
)
def test_an_age_is_said_in_full_years_as_far_as_the_date_tells(since, on, said):
    assert describe_age(parse(since), on) == said


@pytest.mark.parametrize("on", [date(2025, 9, 23), date(2025, 12, 1), LAST_DAY], ids=str)
@pytest.mark.parametrize(
    ("renewal", "said"),
    [
        (
            Renewal.AUTOMATIC,
            "3 years, until 23 September 2028; then it renews itself unless one side gives notice.",
        ),
        (
            Renewal.BY_AGREEMENT,
            "3 years, until 23 September 2028; then the sides may renew it.",
        ),
        (Renewal.NONE, "3 years, until 23 September 2028, without renewal."),
        (Renewal.UNKNOWN, "3 years, until 23 September 2028."),
    ],
)
def test_a_running_term_says_what_follows_it(renewal, said, on):
    assert describe_term(memorandum(renewal=renewal), on) == said


@pytest.mark.parametrize("on", [DAY_AFTER, date(2040, 1, 1)], ids=str)
@pytest.mark.parametrize(
    ("renewal", "said"),
    [
        (
            Renewal.AUTOMATIC,
            "The first term of 3 years ran out on 23 September 2028; since then it renews itself "
            "unless one side gives notice.",
        ),
        (
            Renewal.BY_AGREEMENT,
            "The term of 3 years ran out on 23 September 2028; the sides could renew it, and no "
            "renewal is on record here.",
        ),
        (Renewal.NONE, "The term of 3 years ran out on 23 September 2028, without renewal."),
        (
            Renewal.UNKNOWN,
            "The term of 3 years ran out on 23 September 2028; whether it was renewed is not known.",
        ),
    ],
)
def test_a_term_that_has_run_out_says_what_followed_it(renewal, said, on):
    assert describe_term(memorandum(renewal=renewal), on) == said


@pytest.mark.parametrize(
    ("signed", "until", "last_day"),
    [
        ("2025-09", "September 2028", date(2028, 9, 30)),
        ("2025", "2028", date(2028, 12, 31)),
        ("2025~", "about 2028", date(2028, 12, 31)),
    ],
)
def test_a_term_ends_no_more_precisely_than_it_began(signed, until, last_day):
    act = memorandum(signed=signed, renewal=Renewal.UNKNOWN)

    assert describe_term(act, last_day) == f"3 years, until {until}."


@pytest.mark.parametrize("signed", ["", "202X"])
@pytest.mark.parametrize("renewal", Renewal)
def test_a_term_that_began_nobody_knows_when_says_so(signed, renewal):
    act = memorandum(signed=signed, term_months=12, renewal=renewal)

    assert describe_term(act, DAY_AFTER) == "1 year from the signature, whose date is unknown."


@pytest.mark.parametrize(
    ("renewal", "said"),
    [
        (
            Renewal.AUTOMATIC,
            "No term is stated; it renews itself unless one side gives notice.",
        ),
        (Renewal.BY_AGREEMENT, "No term is stated; the sides may renew it."),
        (Renewal.NONE, "No term is stated, and no renewal."),
        (Renewal.UNKNOWN, ""),
    ],
)
def test_an_agreement_without_a_term_says_what_is_known_of_its_renewal(renewal, said):
    assert describe_term(memorandum(term_months=None, renewal=renewal), DAY_AFTER) == said


# Agreements that another renews


@pytest.fixture
def first(db):
    return make_agreement(signed="2005-05-27", term_months=120, renewal=Renewal.BY_AGREEMENT)


@pytest.mark.parametrize("signed", ["2015-05-01", "2025-12-01", "2025", ""])
def test_an_agreement_that_was_renewed_does_not_say_that_no_renewal_is_on_record(first, signed):
    make_agreement(partnership=first.partnership, renews=first, signed=signed)

    assert describe_term(first, date(2025, 12, 1)) == (
        "The term of 10 years ran out on 27 May 2015; it was renewed."
    )


def test_a_renewal_before_the_term_runs_out_changes_nothing_of_the_term(first):
    make_agreement(partnership=first.partnership, renews=first, signed="2014")

    assert describe_term(first, date(2015, 5, 27)) == (
        "10 years, until 27 May 2015; then the sides may renew it."
    )


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"kind": AgreementKind.LETTER_OF_INTENT}, id="letter of intent"),
        pytest.param({"state": "draft"}, id="draft"),
        pytest.param({"signed": "2026-03"}, id="yet to be signed"),
    ],
)
def test_what_is_no_renewal_yet_is_not_said_to_be_one(first, fields):
    make_agreement(partnership=first.partnership, renews=first, **{"signed": "2024"} | fields)

    assert describe_term(first, date(2025, 12, 1)) == (
        "The term of 10 years ran out on 27 May 2015; the sides could renew it, and no renewal "
        "is on record here."
    )


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("1986-05-03", "1986"),
        ("1986-05", "1986"),
        ("1986", "1986"),
        ("1986~", "~1986"),
        ("1986?", "1986?"),
        ("1986%", "~1986?"),
        ("198X", "1980s"),
        ("", ""),
    ],
)
def test_a_year_in_a_list_is_no_more_precise_than_its_source(when, said):
    assert describe_year(parse(when)) == said
