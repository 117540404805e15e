"""Agreements bind a body on each side, and stand as their dates, terms and renewals say."""

from datetime import date

import pytest
from django.core import serializers
from django.db.models import ProtectedError
from django.utils import translation

from relations.dates import UNKNOWN, parse
from relations.enums import AgreementKind, Institution, PublicationState, Renewal, Status
from relations.models import Agreement, Party, Signatory
from tests.factories import (
    make_agreement,
    make_citation,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_party,
    make_sector,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)


@pytest.fixture
def partnership():
    return make_partnership(
        slug="la-spezia-izumisano",
        italian_place=make_italian_city(
            slug="la-spezia", name_it="La Spezia", name_ja="ラ・スペツィア", name_en="La Spezia"
        ),
        japanese_place=make_japanese_city(
            slug="izumisano", name_it="Izumisano", name_ja="泉佐野市", name_en="Izumisano"
        ),
    )


@pytest.fixture
def memorandum(partnership):
    """The memorandum of La Spezia and Izumisano: three years, then it renews itself."""
    return make_agreement(
        slug="memorandum-2025",
        partnership=partnership,
        kind=AgreementKind.MEMORANDUM,
        title_it="Memorandum d’intesa",
        title_ja="覚書",
        title_en="Memorandum of understanding",
        signed="2025-09-23",
        term_months=36,
        renewal=Renewal.AUTOMATIC,
    )


@pytest.mark.parametrize(
    ("signed", "slug"),
    [
        ("2025-09-23", "la-spezia-izumisano-2025"),
        ("1986~", "la-spezia-izumisano-1986"),
        ("198X", "la-spezia-izumisano-198x"),
        ("", "la-spezia-izumisano-agreement"),
    ],
)
def test_the_slug_is_made_of_the_partnership_and_the_year(partnership, signed, slug):
    assert Agreement.slug_for(partnership, signed) == slug


def status_of(act, on=TODAY):
    return Agreement.objects.with_status(on).get(pk=act.pk).status


# Rules that the database keeps as well

BEFORE_IT_STARTS = "An agreement cannot end before it is signed."


@pytest.mark.parametrize(
    ("signed", "ended"),
    [("2005-05-27", "2005-05-26"), ("2005-05", "2005-04"), ("2005", "2004"), ("2005", "199X")],
)
def test_an_agreement_that_ends_before_it_is_signed_is_refused(
    signed, ended, refusals, database_refuses
):
    act = make_agreement(signed=signed)

    act.ended = ended

    assert refusals(act) == {"__all__": [BEFORE_IT_STARTS]}
    with database_refuses("relations_agreement_ends_after_it_starts"):
        act.save()


@pytest.mark.parametrize(
    ("signed", "ended"),
    [
        ("2005-05-27", "2005-05-27"),
        ("2005-05-27", "2005-05"),
        ("2005-05-27", "2005"),
        ("2005", "2005-01-01"),
        ("2005-05-27", "200X"),
        ("", "1990"),
        ("2005-05-27", ""),
    ],
)
def test_an_agreement_that_may_have_ended_after_its_signature_is_accepted(signed, ended, column):
    act = make_agreement(signed=signed)

    act.ended = ended
    act.full_clean()
    act.save()

    assert (column(act, "signed"), column(act, "ended")) == (signed, ended)


def test_a_term_of_no_months_is_refused(refusals, database_refuses):
    act = make_agreement()

    act.term_months = 0

    assert refusals(act) == {
        "__all__": ["A term lasts at least one month; leave it empty if there is none."]
    }
    with database_refuses("relations_agreement_term_of_some_months"):
        act.save()


@pytest.mark.parametrize("months", [None, 1, 36])
def test_a_term_of_some_months_or_none_is_accepted(months, column):
    act = make_agreement(term_months=months)

    act.full_clean()

    assert column(act, "term_months") == months


@pytest.mark.parametrize("name", ["supersedes", "renews"])
def test_an_agreement_that_follows_itself_is_refused(name, refusals, database_refuses):
    act = make_agreement()

    setattr(act, name, act)

    assert refusals(act) == {"__all__": ["An agreement cannot renew or supersede itself."]}
    with database_refuses("relations_agreement_follows_another"):
        act.save()


@pytest.mark.parametrize("name", ["supersedes", "renews"])
def test_an_agreement_may_follow_another_of_its_partnership(name, memorandum, column):
    act = make_agreement(partnership=memorandum.partnership)

    setattr(act, name, memorandum)
    act.full_clean()
    act.save()

    assert column(act, name) == memorandum.pk


def test_an_act_that_another_follows_cannot_be_deleted(memorandum):
    make_agreement(partnership=memorandum.partnership, renews=memorandum)

    with pytest.raises(ProtectedError):
        memorandum.delete()


# Rules that only `clean` can keep


@pytest.mark.parametrize("name", ["supersedes", "renews"])
def test_an_agreement_cannot_follow_one_of_another_partnership(name, memorandum, refusals):
    act = make_agreement()

    setattr(act, name, memorandum)

    assert refusals(act) == {
        name: ["“Memorandum of understanding” belongs to another partnership."]
    }


def test_a_date_that_cannot_be_read_is_refused_in_its_field(memorandum, refusals):
    memorandum.signed = "205"

    assert refusals(memorandum) == {
        "signed": [
            "“205” is not a date that can be read. Write a day 1960-05-03, a month 2013-11, a "
            "year 1986, about 1986~, or a Japanese era date S38.10.12; leave it empty if nothing "
            "is known."
        ]
    }


def test_an_era_date_becomes_edtf_when_cleaned(memorandum, column):
    memorandum.signed = "R7.9.23"

    memorandum.full_clean()
    memorandum.save()

    assert (column(memorandum, "signed"), column(memorandum, "signed_earliest")) == (
        "2025-09-23",
        date(2025, 9, 23),
    )


# What an act needs to be public


def test_an_agreement_with_both_parties_and_a_source_is_publishable(memorandum):
    assert memorandum.check_publishable() is None


def test_an_agreement_without_parties_and_sources_says_all_that_it_lacks(memorandum, refusals):
    memorandum.parties.all().delete()
    memorandum.citations.all().delete()

    assert refusals(memorandum, "check_publishable") == [
        "“Memorandum of understanding” has no party on the side of Italy.",
        "“Memorandum of understanding” has no party on the side of Japan.",
        "“Memorandum of understanding” cites no source.",
    ]


@pytest.mark.parametrize(("kept", "lacking"), [("IT", "Japan"), ("JP", "Italy")])
def test_an_agreement_bound_on_one_side_only_says_which_is_missing(
    memorandum, kept, lacking, refusals
):
    memorandum.parties.exclude(place__country=kept).delete()

    assert refusals(memorandum, "check_publishable") == [
        f"“Memorandum of understanding” has no party on the side of {lacking}."
    ]


def test_an_agreement_without_a_source_says_so(memorandum, refusals):
    memorandum.citations.all().delete()

    assert refusals(memorandum, "check_publishable") == [
        "“Memorandum of understanding” cites no source."
    ]


# What it is called


def test_an_agreement_is_called_by_its_title_in_the_active_language(memorandum):
    with translation.override("ja"):
        said = str(memorandum)

    assert said == "覚書"


def test_an_agreement_has_its_place_on_the_page_of_its_partnership(memorandum):
    assert memorandum.get_absolute_url() == (
        "/en/partnerships/la-spezia-izumisano/#memorandum-2025"
    )


def test_an_agreement_is_found_by_its_natural_key(memorandum):
    make_agreement()

    assert memorandum.natural_key() == ("memorandum-2025",)
    assert Agreement.objects.get_by_natural_key(*memorandum.natural_key()) == memorandum


def test_the_reason_of_the_end_is_that_of_the_active_language(memorandum):
    memorandum.ended_reason_it, memorandum.ended_reason_en = "Disdetta", "Notice given"

    assert str(memorandum.ended_reason) == "Notice given"


# Dates and the columns that follow


def test_the_dates_of_an_agreement_are_as_precise_as_they_are_known():
    act = make_agreement(signed="2005-05", ended="201X")

    assert (act.signed_date, act.ended_date) == (parse("2005-05"), parse("201X"))


@pytest.mark.parametrize(
    ("signed", "months", "end"),
    [
        ("2025-09-23", 36, "2028-09-23"),
        ("2009", 60, "2014"),
        ("2013-11", 6, "2014-05"),
        ("1986~", 12, "1987~"),
        ("", 36, ""),
        ("198X", 36, ""),
        ("2025-09-23", None, ""),
    ],
)
def test_the_end_of_the_term_is_as_precise_as_the_signature(signed, months, end, column):
    act = make_agreement(signed=signed, term_months=months)

    assert act.term_end_date == parse(end)
    assert column(act, "term_end") == parse(end).latest


def test_an_agreement_that_has_not_ended_has_no_end(memorandum):
    assert memorandum.ended_date == UNKNOWN


DERIVED = ("signed_earliest", "signed_latest", "ended_earliest", "ended_latest", "term_end")


def derived(act):
    return Agreement.objects.values_list(*DERIVED).get(pk=act.pk)


def test_the_columns_of_an_agreement_follow_on_creation():
    act = make_agreement(signed="2005-05", ended="2015", term_months=12)

    assert derived(act) == (
        date(2005, 5, 1),
        date(2005, 5, 31),
        date(2015, 1, 1),
        date(2015, 12, 31),
        date(2006, 5, 31),
    )


def test_the_columns_of_an_agreement_are_null_where_nothing_is_known():
    act = make_agreement(signed="", ended="", term_months=36)

    assert derived(act) == (None,) * 5


def test_the_columns_of_an_agreement_follow_after_a_refetch(memorandum):
    act = Agreement.objects.get(pk=memorandum.pk)

    act.signed, act.term_months = "2024", 24
    act.save()

    assert derived(memorandum) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        None,
        None,
        date(2026, 12, 31),
    )


def test_the_columns_of_an_agreement_are_cleared_with_the_date(memorandum):
    act = Agreement.objects.get(pk=memorandum.pk)

    act.signed = ""
    act.save()

    assert derived(memorandum) == (None,) * 5


def test_the_columns_of_an_agreement_follow_when_other_fields_were_deferred(memorandum):
    act = Agreement.objects.defer("title_it", "summary_ja").get(pk=memorandum.pk)

    act.signed = "2024"
    act.save()

    assert derived(memorandum)[:2] == (date(2024, 1, 1), date(2024, 12, 31))


def test_the_columns_of_an_agreement_follow_when_only_its_date_was_fetched(memorandum, column):
    act = Agreement.objects.only("signed").get(pk=memorandum.pk)

    act.signed = "2024"
    act.save()

    assert derived(memorandum) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        None,
        None,
        date(2027, 12, 31),
    )
    assert column(memorandum, "folded") == memorandum.folded


def test_the_columns_of_an_agreement_follow_when_only_its_date_is_saved(memorandum, column):
    memorandum.signed = "2024"
    memorandum.save(update_fields=["signed"])

    assert derived(memorandum) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        None,
        None,
        date(2027, 12, 31),
    )
    assert column(memorandum, "folded") == memorandum.folded


def test_derived_values_are_right_when_only_the_date_was_fetched(
    memorandum, django_assert_num_queries
):
    act = Agreement.objects.only("signed").get(pk=memorandum.pk)

    with django_assert_num_queries(0):
        days = (act.signed_earliest, act.signed_latest)

    assert days == (date(2025, 9, 23), date(2025, 9, 23))


def test_the_folded_texts_of_an_agreement_follow_on_save(memorandum, column):
    memorandum.summary_it = "Rinnovo dell’intesa"

    memorandum.save()

    assert column(memorandum, "folded") == (
        " memorandum dintesa d intesa 覚書 memorandum of understanding"
        " rinnovo dellintesa dell intesa"
    )


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_the_columns_of_an_agreement_follow_when_it_is_loaded_raw(form, memorandum, column):
    text = serializers.serialize(
        form, [memorandum], use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    memorandum.citations.all().delete()
    memorandum.delete()

    for loaded in serializers.deserialize(form, text.replace("2025-09-23", "2024-02")):
        loaded.save()

    act = Agreement.objects.get(slug="memorandum-2025")
    assert derived(act) == (date(2024, 2, 1), date(2024, 2, 29), None, None, date(2027, 2, 28))
    assert column(act, "folded") == memorandum.folded


def test_the_columns_of_an_agreement_are_left_out_of_fixtures(memorandum):
    fields = serializers.serialize("python", [memorandum])[0]["fields"]

    assert sorted({*DERIVED, "folded"} & set(fields)) == []


# Status

EARLIER = {"signed": "2005-05-27", "term_months": 120}


@pytest.mark.parametrize(
    ("fields", "on", "status"),
    [
        pytest.param({"signed": "2026-03"}, TODAY, Status.PROPOSED, id="to be signed"),
        pytest.param({"signed": "2005-05-27"}, TODAY, Status.IN_FORCE, id="no term"),
        pytest.param(
            {"signed": "2005-05-27", "renewal": Renewal.NONE}, TODAY, Status.IN_FORCE, id="no end"
        ),
        pytest.param({"signed": ""}, TODAY, Status.IN_FORCE, id="signed nobody knows when"),
        pytest.param(
            {"signed": "", "term_months": 12, "renewal": Renewal.NONE},
            TODAY,
            Status.IN_FORCE,
            id="term without a beginning",
        ),
        pytest.param({"signed": "2025"}, date(2025, 1, 1), Status.IN_FORCE, id="this year"),
        pytest.param({"signed": "2026"}, date(2025, 12, 31), Status.PROPOSED, id="next year"),
        pytest.param(
            {"signed": "2005-05-27"}, date(2005, 5, 26), Status.PROPOSED, id="day before signature"
        ),
        pytest.param({"signed": "2005-05-27"}, date(2005, 5, 27), Status.IN_FORCE, id="that day"),
        pytest.param(
            {"signed": "2024-01-15", "term_months": 36, "renewal": Renewal.NONE},
            TODAY,
            Status.IN_FORCE,
            id="term running, without renewal",
        ),
        pytest.param(
            {**EARLIER, "renewal": Renewal.NONE},
            date(2015, 5, 27),
            Status.IN_FORCE,
            id="last day of the term",
        ),
        pytest.param(
            {**EARLIER, "renewal": Renewal.NONE},
            date(2015, 5, 28),
            Status.ENDED,
            id="day after the term",
        ),
        pytest.param(
            {"signed": "2013", "term_months": 12, "renewal": Renewal.NONE},
            date(2014, 12, 31),
            Status.IN_FORCE,
            id="last day of the year of the term's end",
        ),
        pytest.param(
            {"signed": "2013", "term_months": 12, "renewal": Renewal.NONE},
            date(2015, 1, 1),
            Status.ENDED,
            id="year after the term's end",
        ),
        pytest.param(
            {**EARLIER, "renewal": Renewal.BY_AGREEMENT}, TODAY, Status.UNKNOWN, id="not renewed"
        ),
        pytest.param(
            {**EARLIER, "renewal": Renewal.UNKNOWN}, TODAY, Status.UNKNOWN, id="renewal unknown"
        ),
        pytest.param({**EARLIER, "renewal": Renewal.AUTOMATIC}, TODAY, Status.IN_FORCE, id="auto"),
        pytest.param(
            {"signed": "1990", "ended": "2000-06-15"},
            date(2000, 6, 14),
            Status.IN_FORCE,
            id="day before its end",
        ),
        pytest.param(
            {"signed": "1990", "ended": "2000-06-15"},
            date(2000, 6, 15),
            Status.ENDED,
            id="day of its end",
        ),
        pytest.param(
            {"signed": "1990", "ended": "2000"},
            date(1999, 12, 31),
            Status.IN_FORCE,
            id="before the year of its end",
        ),
        pytest.param(
            {"signed": "1990", "ended": "2000"},
            date(2000, 1, 1),
            Status.ENDED,
            id="in the year of its end",
        ),
        pytest.param(
            {**EARLIER, "renewal": Renewal.AUTOMATIC, "ended": "2020"},
            TODAY,
            Status.ENDED,
            id="renewing itself, ended by notice",
        ),
        pytest.param(
            {"signed": "2024", "kind": AgreementKind.LETTER_OF_INTENT},
            TODAY,
            Status.PROPOSED,
            id="letter of intent",
        ),
        pytest.param(
            {"signed": "2024", "kind": AgreementKind.LETTER_OF_INTENT, "ended": "2025"},
            TODAY,
            Status.ENDED,
            id="letter of intent given up",
        ),
    ],
)
def test_an_agreement_stands_as_its_own_dates_say(fields, on, status):
    act = make_agreement(**fields)

    assert status_of(act, on) == status


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2025, 9, 22), Status.PROPOSED),
        (date(2025, 9, 23), Status.IN_FORCE),
        (date(2025, 12, 1), Status.IN_FORCE),
        (date(2028, 9, 23), Status.IN_FORCE),
        (date(2028, 9, 24), Status.IN_FORCE),
        (date(2050, 1, 1), Status.IN_FORCE),
    ],
)
def test_la_spezia_and_izumisano_are_bound_until_one_gives_notice(memorandum, on, status):
    assert status_of(memorandum, on) == status


@pytest.mark.parametrize(
    ("renewal", "status"),
    [
        (Renewal.BY_AGREEMENT, Status.ENDED),
        (Renewal.UNKNOWN, Status.ENDED),
        (Renewal.NONE, Status.ENDED),
        (Renewal.AUTOMATIC, Status.IN_FORCE),
    ],
)
def test_a_renewed_agreement_has_ended_once_its_term_has_run_out(partnership, renewal, status):
    first = make_agreement(partnership=partnership, renewal=renewal, **EARLIER)
    successor = make_agreement(partnership=partnership, renews=first, signed="2015")

    assert (status_of(first), status_of(successor)) == (status, Status.IN_FORCE)


def test_a_renewed_agreement_stands_until_its_term_has_run_out(partnership):
    first = make_agreement(partnership=partnership, renewal=Renewal.BY_AGREEMENT, **EARLIER)
    make_agreement(partnership=partnership, renews=first, signed="2014")

    assert status_of(first, date(2015, 5, 27)) == Status.IN_FORCE


def test_a_superseded_agreement_has_ended_from_the_signature_on(partnership):
    first = make_agreement(partnership=partnership, signed="2005-05-27")
    make_agreement(partnership=partnership, supersedes=first, signed="2015-03-01")

    assert [status_of(first, on) for on in (date(2015, 2, 28), date(2015, 3, 1))] == [
        Status.IN_FORCE,
        Status.ENDED,
    ]


def test_an_agreement_superseded_nobody_knows_when_has_ended(partnership):
    first = make_agreement(partnership=partnership, signed="2005-05-27")
    make_agreement(partnership=partnership, supersedes=first, signed="")

    assert status_of(first) == Status.ENDED


def test_an_agreement_with_a_letter_of_intent_to_renew_it_is_in_renewal(partnership):
    first = make_agreement(partnership=partnership, renewal=Renewal.BY_AGREEMENT, **EARLIER)
    letter = make_agreement(
        partnership=partnership,
        renews=first,
        signed="2024-11",
        kind=AgreementKind.LETTER_OF_INTENT,
    )

    assert [status_of(first, on) for on in (date(2024, 10, 31), date(2024, 11, 1), TODAY)] == [
        Status.UNKNOWN,
        Status.IN_RENEWAL,
        Status.IN_RENEWAL,
    ]
    assert status_of(letter) == Status.PROPOSED


def test_an_agreement_is_in_renewal_no_more_once_it_is_renewed(partnership):
    first = make_agreement(partnership=partnership, renewal=Renewal.BY_AGREEMENT, **EARLIER)
    make_agreement(
        partnership=partnership, renews=first, signed="2024", kind=AgreementKind.LETTER_OF_INTENT
    )
    renewed = make_agreement(partnership=partnership, renews=first, signed="2025-06-01")

    assert [status_of(first, on) for on in (date(2025, 5, 31), date(2025, 6, 1))] == [
        Status.IN_RENEWAL,
        Status.ENDED,
    ]
    assert status_of(renewed) == Status.IN_FORCE


def test_an_agreement_is_in_renewal_no_more_once_the_letter_of_intent_is_given_up(partnership):
    first = make_agreement(partnership=partnership, renewal=Renewal.BY_AGREEMENT, **EARLIER)
    make_agreement(
        partnership=partnership,
        renews=first,
        signed="2024",
        ended="2025-06-01",
        kind=AgreementKind.LETTER_OF_INTENT,
    )

    assert [status_of(first, on) for on in (date(2025, 5, 31), date(2025, 6, 1))] == [
        Status.IN_RENEWAL,
        Status.UNKNOWN,
    ]


@pytest.mark.parametrize("state", [s for s in PublicationState if s != "published"])
@pytest.mark.parametrize("link", ["supersedes", "renews"])
def test_what_is_not_public_changes_the_status_of_nothing(partnership, link, state):
    first = make_agreement(partnership=partnership, renewal=Renewal.UNKNOWN, **EARLIER)
    make_agreement(partnership=partnership, signed="2015", state=state, **{link: first})
    make_agreement(
        partnership=partnership,
        signed="2016",
        state=state,
        kind=AgreementKind.LETTER_OF_INTENT,
        **{link: first},
    )

    assert status_of(first) == Status.UNKNOWN


def test_a_successor_yet_to_be_signed_changes_the_status_of_nothing(partnership):
    first = make_agreement(partnership=partnership, signed="2005-05-27")
    make_agreement(partnership=partnership, supersedes=first, signed="2026-03")
    make_agreement(
        partnership=partnership, renews=first, signed="2026", kind=AgreementKind.LETTER_OF_INTENT
    )

    assert status_of(first) == Status.IN_FORCE


# Renewal


@pytest.mark.parametrize(
    ("fields", "renewed"),
    [
        ({}, True),
        ({"kind": AgreementKind.LETTER_OF_INTENT}, False),
        ({"state": "draft"}, False),
        ({"state": "withdrawn"}, False),
        ({"signed": ""}, True),
        ({"signed": "2026-03"}, False),
    ],
)
def test_an_agreement_is_renewed_by_a_public_act_that_is_no_letter_of_intent(
    memorandum, fields, renewed
):
    make_agreement(partnership=memorandum.partnership, renews=memorandum, **fields)

    assert memorandum.is_renewed(TODAY) is renewed
    assert Agreement.objects.unrenewed(TODAY).contains(memorandum) is not renewed


def test_an_agreement_that_another_supersedes_is_not_renewed(memorandum):
    make_agreement(partnership=memorandum.partnership, supersedes=memorandum)

    assert memorandum.is_renewed(TODAY) is False


def test_an_agreement_that_is_not_saved_yet_is_not_renewed():
    assert Agreement().is_renewed(TODAY) is False


# Sets of agreements


def test_published_agreements_leave_all_others_out():
    published = make_agreement()
    for state in ("draft", "review", "withdrawn"):
        make_agreement(state=state)

    assert list(Agreement.objects.published()) == [published]


def test_agreements_in_a_sector_are_those_about_it_or_a_narrower_one():
    industry = make_sector()
    automotive, aerospace = make_sector(parent=industry), make_sector(parent=industry)
    about_both = make_agreement(sectors=(automotive, aerospace), slug="a")
    about_all = make_agreement(sectors=(industry,), slug="b")
    make_agreement(sectors=(make_sector(),))

    found = [
        list(Agreement.objects.in_sectors(codes))
        for codes in ([industry.code], [automotive.code], [automotive.code, industry.code], [])
    ]

    assert found == [[about_both, about_all], [about_both], [about_both, about_all], []]


@pytest.mark.parametrize(
    ("year", "since", "until"),
    [
        (1979, ["1980", "1986", "1989", "198X", "2005-05"], []),
        (1980, ["1980", "1986", "1989", "198X", "2005-05"], ["1980", "198X"]),
        (1981, ["1986", "1989", "198X", "2005-05"], ["1980", "198X"]),
        (1986, ["1986", "1989", "198X", "2005-05"], ["1980", "1986", "198X"]),
        (1989, ["1989", "198X", "2005-05"], ["1980", "1986", "1989", "198X"]),
        (1990, ["2005-05"], ["1980", "1986", "1989", "198X"]),
        (2005, ["2005-05"], ["1980", "1986", "1989", "198X", "2005-05"]),
        (2006, [], ["1980", "1986", "1989", "198X", "2005-05"]),
    ],
)
def test_agreements_of_some_years_are_those_that_may_have_been_signed_then(year, since, until):
    for signed in ("1980", "1986", "1989", "198X", "2005-05", ""):
        make_agreement(signed=signed)

    found = [
        sorted(acts.values_list("signed", flat=True))
        for acts in (Agreement.objects.signed_from(year), Agreement.objects.signed_until(year))
    ]

    assert found == [since, until]


# Parties


def test_a_body_is_a_party_once(memorandum, refusals, database_refuses):
    again = Party(agreement=memorandum, place=memorandum.partnership.italian_place)

    assert refusals(again) == {"__all__": ["This body is already a party to the agreement."]}
    with database_refuses("relations_party_once"):
        again.save()


def test_two_bodies_of_one_place_may_be_parties(memorandum):
    chamber = Party(
        agreement=memorandum,
        place=memorandum.partnership.italian_place,
        institution=Institution.CHAMBER_OF_COMMERCE,
        name_en="Chamber of commerce of La Spezia",
    )

    chamber.full_clean()
    chamber.save()

    assert memorandum.parties.count() == 3


@pytest.mark.parametrize(
    "institution", [kind for kind in Institution if kind != Institution.LOCAL_GOVERNMENT]
)
def test_a_body_other_than_the_local_government_needs_its_name(
    memorandum, institution, refusals, database_refuses
):
    party = Party(
        agreement=memorandum,
        place=memorandum.partnership.italian_place,
        institution=institution,
        name_it="Camera di commercio",
    )

    assert refusals(party) == {
        "__all__": ["A body other than the local government needs its names."]
    }
    with database_refuses("relations_party_body_has_a_name"):
        party.save()


def test_a_party_is_called_by_its_place_unless_it_has_a_name(memorandum):
    place = memorandum.partnership.japanese_place
    chamber = make_party(
        agreement=memorandum,
        place=place,
        institution=Institution.CHAMBER_OF_COMMERCE,
        name_ja="泉佐野商工会議所",
        name_en="Izumisano Chamber of Commerce",
    )
    city = memorandum.parties.get(place=place, institution=Institution.LOCAL_GOVERNMENT)

    assert (str(city), str(chamber)) == ("Izumisano", "Izumisano Chamber of Commerce")


def test_a_party_is_called_in_the_active_language(memorandum):
    party = memorandum.parties.get(place=memorandum.partnership.japanese_place)

    with translation.override("ja"):
        said = str(party)

    assert said == "泉佐野市"


def test_a_party_is_found_by_its_natural_key(memorandum):
    make_agreement()
    party = memorandum.parties.get(place__slug="izumisano")

    key = party.natural_key()

    assert key == ("memorandum-2025", "izumisano", "local_government", "")
    assert Party.objects.get_by_natural_key(*key) == party


def test_the_parties_and_citations_of_an_agreement_go_with_it(memorandum):
    make_citation(agreement=memorandum, field="kind", stated="memorandum")

    memorandum.delete()

    assert Party.objects.count() == 0


# Signatories


@pytest.fixture
def peracchini(memorandum):
    return Signatory.objects.create(
        party=memorandum.parties.get(place__slug="la-spezia"),
        name="Pierluigi Peracchini",
        office_it="Sindaco",
        office_en="Mayor",
    )


def test_a_person_signs_once_for_a_party(peracchini, refusals, database_refuses):
    again = Signatory(party=peracchini.party, name="Pierluigi Peracchini")

    assert refusals(again) == {"__all__": ["This person already signs for the party."]}
    with database_refuses("relations_signatory_once"):
        again.save()


def test_a_person_may_sign_for_two_parties_and_two_persons_for_one(peracchini, memorandum):
    other_side = memorandum.parties.get(place__slug="izumisano")
    signatories = [
        Signatory(party=other_side, name="Pierluigi Peracchini"),
        Signatory(party=other_side, name="Hiroyasu Chiyomatsu"),
    ]

    for signatory in signatories:
        signatory.full_clean()
        signatory.save()

    assert Signatory.objects.count() == 3


def test_a_signatory_is_found_by_its_natural_key(peracchini):
    key = peracchini.natural_key()

    assert (str(peracchini), key) == (
        "Pierluigi Peracchini",
        ("memorandum-2025", "la-spezia", "local_government", "", "Pierluigi Peracchini"),
    )
    assert Signatory.objects.get_by_natural_key(*key) == peracchini


def test_a_signatory_holds_an_office_in_the_active_language(peracchini):
    with translation.override("it"):
        said = str(peracchini.office)

    assert said == "Sindaco"


def test_the_folded_names_of_a_signatory_follow_on_save(peracchini, column):
    peracchini.name, peracchini.name_ja = "Hiroyasu Chiyomatsu", "千代松 大耕"

    peracchini.save()

    assert column(peracchini, "folded") == " hiroyasu chiyomatsu 千代松 大耕"
