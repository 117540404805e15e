"""A partnership joins one Italian and one Japanese place, and stands as its acts do."""

from datetime import date

import pytest
from django.db.models import ProtectedError
from django.utils import translation

from relations.dates import UNKNOWN, parse
from relations.enums import AgreementKind, Country, Renewal, Status
from relations.models import Partnership, Place
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_sector,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)


@pytest.fixture
def torino():
    return make_italian_city(slug="torino", name_it="Torino", name_ja="トリノ", name_en="Turin")


@pytest.fixture
def nagoya():
    return make_japanese_city(slug="nagoya", name_it="Nagoya", name_ja="名古屋市", name_en="Nagoya")


@pytest.fixture
def partnership(torino, nagoya):
    return make_partnership(slug="torino-nagoya", italian_place=torino, japanese_place=nagoya)


def test_the_slug_is_made_of_those_of_the_places(torino, nagoya):
    assert Partnership.slug_for(torino, nagoya) == "torino-nagoya"


def status_of(partnership, on=TODAY):
    return Partnership.objects.with_status(on).get(pk=partnership.pk).status


# Rules


def test_a_pair_of_places_has_one_partnership(partnership, refusals, database_refuses):
    again = Partnership(
        slug="nagoya-torino",
        italian_place=partnership.italian_place,
        japanese_place=partnership.japanese_place,
    )

    assert refusals(again) == {
        "__all__": ["These two places already have a partnership: add the act to it."]
    }
    with database_refuses("relations_partnership_once_per_pair"):
        again.save()


def test_a_place_may_have_several_partners(partnership, torino):
    other = make_partnership(italian_place=torino)

    other.full_clean()

    assert torino.partnerships_as_italian.count() == 2


def test_a_partnership_that_joins_japan_to_italy_is_refused(torino, nagoya, refusals):
    backwards = Partnership(slug="backwards", italian_place=nagoya, japanese_place=torino)

    assert refusals(backwards, "clean") == {
        "italian_place": ["“Nagoya” is not in Italy."],
        "japanese_place": ["“Turin” is not in Japan."],
    }


def test_a_partnership_inside_one_country_is_refused(torino, refusals):
    partnership = Partnership(
        slug="torino-parma", italian_place=torino, japanese_place=make_italian_city(name_en="Parma")
    )

    assert refusals(partnership, "clean") == {"japanese_place": ["“Parma” is not in Japan."]}


def test_a_partnership_without_places_says_that_they_are_needed(refusals):
    assert refusals(Partnership(slug="alone")) == {
        "italian_place": ["This field cannot be null."],
        "japanese_place": ["This field cannot be null."],
    }


def test_a_place_with_a_partnership_cannot_be_deleted(partnership, torino):
    with pytest.raises(ProtectedError):
        torino.delete()


# What it is called


def test_a_partnership_is_called_by_both_places_in_the_active_language(partnership):
    with translation.override("ja"):
        said = str(partnership)

    assert said == "トリノと名古屋市"


def test_a_partnership_has_its_page(partnership):
    assert partnership.get_absolute_url() == "/en/partnerships/torino-nagoya/"


def test_a_partnership_is_found_by_its_natural_key(partnership):
    make_partnership()

    assert partnership.natural_key() == ("torino-nagoya",)
    assert Partnership.objects.get_by_natural_key(*partnership.natural_key()) == partnership


# Columns that follow


def test_the_columns_of_a_partnership_follow_on_save(partnership, column):
    partnership.first_contact, partnership.summary_it = "1963-10", "Un’amicizia d’acciaio"

    partnership.save()

    assert column(partnership, "first_contact_earliest") == date(1963, 10, 1)
    assert column(partnership, "first_contact_latest") == date(1963, 10, 31)
    assert column(partnership, "folded") == (
        f" unamicizia dacciaio un amicizia d acciaio {partnership.summary_en[:-1].lower()}"
    )


def test_an_era_date_of_the_first_contact_becomes_edtf_when_cleaned(partnership, column):
    partnership.first_contact = "昭和38年"

    partnership.full_clean()
    partnership.save()

    assert column(partnership, "first_contact") == "1963"
    assert partnership.first_contact_date == parse("1963")


def test_a_first_contact_of_which_nothing_is_known_is_unknown(partnership):
    assert partnership.first_contact_date == UNKNOWN


# What is public


def test_a_partnership_is_public_once_an_agreement_or_an_event_is():
    signed, told, drafted, bare = (make_partnership() for _ in range(4))
    make_agreement(partnership=signed)
    make_agreement(partnership=signed)
    make_event(partnerships=(signed, told))
    for state in ("draft", "review", "withdrawn"):
        make_agreement(partnership=drafted, state=state)
        make_event(partnerships=(drafted,), state=state)

    assert list(Partnership.objects.published()) == [signed, told]
    assert set(Partnership.objects.all()) == {signed, told, drafted, bare}


def test_the_public_agreements_are_published_and_stand_oldest_first(partnership):
    undated = make_agreement(partnership=partnership, signed="", slug="a")
    second = make_agreement(partnership=partnership, signed="2006", slug="b")
    decade = make_agreement(partnership=partnership, signed="200X", slug="c")
    first = make_agreement(partnership=partnership, signed="2005-05-27", slug="d")
    same_day = make_agreement(partnership=partnership, signed="2005-05-27", slug="e")
    make_agreement(partnership=partnership, signed="1999", state="draft")
    make_agreement(partnership=partnership, signed="1999", state="withdrawn")
    make_agreement(signed="1999")

    assert partnership.public_agreements == [decade, first, same_day, second, undated]


def test_the_public_events_are_published_and_stand_oldest_first(partnership):
    undated = make_event(partnerships=(partnership,), start="", slug="a")
    last = make_event(partnerships=(partnership,), start="2024-02", slug="b")
    first = make_event(partnerships=(partnership,), start="2023", slug="c")
    make_event(partnerships=(partnership,), start="2022", state="review")
    make_event(start="2022")

    assert partnership.public_events == [first, last, undated]


def test_the_first_signature_is_the_first_that_is_dated(partnership):
    make_agreement(partnership=partnership, signed="")
    make_agreement(partnership=partnership, signed="2006")
    make_agreement(partnership=partnership, signed="2005-05")
    make_agreement(partnership=partnership, signed="1986", state="draft")

    assert partnership.first_signed_date == parse("2005-05")


def test_the_first_signature_is_unknown_where_none_is_dated(partnership):
    make_agreement(partnership=partnership, signed="")

    assert partnership.first_signed_date == UNKNOWN


def test_the_last_event_is_the_last_that_is_dated(partnership):
    make_event(partnerships=(partnership,), start="")
    last = make_event(partnerships=(partnership,), start="2024-02")
    make_event(partnerships=(partnership,), start="2023")
    make_event(partnerships=(partnership,), start="2026", state="draft")

    assert partnership.last_event == last


def test_there_is_no_last_event_where_none_is_dated(partnership):
    make_event(partnerships=(partnership,), start="")

    assert partnership.last_event is None


def test_the_kinds_are_those_of_the_public_agreements_in_order_of_signature(partnership):
    for signed, kind in (
        ("2006", AgreementKind.MEMORANDUM),
        ("2005", AgreementKind.TWINNING),
        ("2007", AgreementKind.MEMORANDUM),
        ("", AgreementKind.OTHER),
    ):
        make_agreement(partnership=partnership, signed=signed, kind=kind)
    make_agreement(partnership=partnership, kind=AgreementKind.PROTOCOL, state="draft")

    assert partnership.kinds == [
        AgreementKind.TWINNING,
        AgreementKind.MEMORANDUM,
        AgreementKind.OTHER,
    ]


def test_the_sectors_are_those_of_the_public_agreements_in_their_order(partnership):
    third, first, second, other = (make_sector(order=n) for n in (903, 901, 902, 904))
    make_agreement(partnership=partnership, sectors=(third, second))
    make_agreement(partnership=partnership, sectors=(second, first))
    make_agreement(partnership=partnership, sectors=(other,), state="draft")

    assert partnership.all_sectors == [first, second, third]


def test_the_distance_is_that_of_the_places():
    partnership = make_partnership(
        italian_place=make_italian_city(latitude="45.07049", longitude="7.68682"),
        japanese_place=make_japanese_city(latitude="35.18147", longitude="136.90641"),
    )

    again = Partnership.objects.get(pk=partnership.pk)

    assert again.distance_km == pytest.approx(9733.936, abs=1)


# Sets of partnerships


def test_joined_places_cost_no_further_query(partnership, django_assert_num_queries):
    with django_assert_num_queries(1):
        row = Partnership.objects.with_places().get()
        regions = (row.italian_place.region.country, row.japanese_place.region.country)

    assert regions == (Country.ITALY, Country.JAPAN)


@pytest.mark.parametrize("rows", [1, 3])
def test_lives_cost_four_queries(rows, django_assert_num_queries):
    sector = make_sector()
    for _ in range(rows):
        partnership = make_partnership()
        make_agreement(partnership=partnership, sectors=(sector,))
        make_agreement(partnership=partnership, state="draft")
        make_event(partnerships=(partnership,))
        make_event(partnerships=(partnership,), state="draft")

    # Partnerships, their agreements, the sectors of these, their events.
    with django_assert_num_queries(4):
        lives = [
            (len(row.agreements.all()), row.all_sectors, len(row.events.all()))
            for row in Partnership.objects.with_life()
        ]

    assert lives == [(1, [sector], 1)] * rows


def test_dates_are_those_of_the_first_public_act_and_the_last_public_event(partnership):
    make_agreement(partnership=partnership, signed="2006")
    make_agreement(partnership=partnership, signed="2005-05")
    make_agreement(partnership=partnership, signed="")
    make_agreement(partnership=partnership, signed="1986", state="draft")
    make_event(partnerships=(partnership,), start="2023-11")
    make_event(partnerships=(partnership,), start="2024-02")
    make_event(partnerships=(partnership,), start="")
    make_event(partnerships=(partnership,), start="2025", state="draft")

    row = Partnership.objects.with_dates().get()

    assert (row.first_signed, row.last_told) == (date(2005, 5, 1), date(2024, 2, 1))


def test_dates_are_none_where_nothing_is_dated(partnership):
    make_agreement(partnership=partnership, signed="")
    make_event(partnerships=(partnership,), start="")

    row = Partnership.objects.with_dates().get()

    assert (row.first_signed, row.last_told) == (None, None)


def test_a_place_finds_the_partnerships_on_its_side(partnership, torino, nagoya):
    make_partnership()

    found = [
        list(Partnership.objects.of_places(Place.objects.filter(pk=place.pk)))
        for place in (torino, nagoya, torino.region)
    ]

    assert found == [[partnership], [partnership], []]


def test_a_region_finds_its_own_partnerships_and_those_of_its_places(partnership, torino, nagoya):
    own = make_partnership(italian_place=torino.region, slug="z")
    make_partnership()

    found = [
        list(Partnership.objects.of_place_or_within(place))
        for place in (torino.region, torino, nagoya.region)
    ]

    assert found == [[partnership, own], [partnership], [partnership]]


# Status: the strongest of its agreements'

ACTS = {
    "in force": {"signed": "2005"},
    "ended": {"signed": "1990", "ended": "2000"},
    "unknown": {"signed": "2015", "term_months": 36, "renewal": Renewal.UNKNOWN},
    "proposed": {"signed": "2026-03"},
    "intent": {"signed": "2024", "kind": AgreementKind.LETTER_OF_INTENT},
}


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ([], Status.PROPOSED),
        (["proposed"], Status.PROPOSED),
        (["intent"], Status.PROPOSED),
        (["ended"], Status.ENDED),
        (["unknown"], Status.UNKNOWN),
        (["in force"], Status.IN_FORCE),
        (["ended", "proposed"], Status.ENDED),
        (["ended", "intent"], Status.ENDED),
        (["ended", "unknown"], Status.UNKNOWN),
        (["unknown", "in force"], Status.IN_FORCE),
        (["ended", "in force"], Status.IN_FORCE),
        (["in force", "proposed"], Status.IN_FORCE),
        (["ended", "unknown", "in force", "proposed", "intent"], Status.IN_FORCE),
    ],
    ids=lambda value: " and ".join(value) or "no act" if isinstance(value, list) else str(value),
)
def test_a_partnership_stands_as_the_strongest_of_its_acts(partnership, acts, status):
    for name in acts:
        make_agreement(partnership=partnership, **ACTS[name])

    assert status_of(partnership) == status


def test_a_renewal_under_way_is_the_strongest_of_all(partnership):
    first = make_agreement(partnership=partnership, signed="2021-04", term_months=48)
    make_agreement(partnership=partnership, renews=first, **ACTS["intent"])
    make_agreement(partnership=partnership, **ACTS["in force"])

    assert status_of(partnership) == Status.IN_RENEWAL


def test_drafts_do_not_count_for_the_status(partnership):
    make_agreement(partnership=partnership, state="draft", **ACTS["in force"])
    make_agreement(partnership=partnership, **ACTS["ended"])

    assert status_of(partnership) == Status.ENDED


def test_the_acts_of_others_do_not_count_for_the_status(partnership):
    make_agreement(**ACTS["in force"])
    make_agreement(partnership=partnership, **ACTS["ended"])

    assert status_of(partnership) == Status.ENDED


def test_a_partnership_told_of_by_events_alone_is_proposed(partnership):
    make_event(partnerships=(partnership,))

    assert status_of(partnership) == Status.PROPOSED


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2005, 5, 26), Status.PROPOSED),
        (date(2005, 5, 27), Status.IN_FORCE),
        (date(2015, 5, 27), Status.IN_FORCE),
        (date(2015, 5, 28), Status.ENDED),
    ],
)
def test_the_status_is_that_of_the_day_asked_for(partnership, on, status):
    make_agreement(
        partnership=partnership, signed="2005-05-27", term_months=120, renewal=Renewal.NONE
    )

    assert status_of(partnership, on) == status
