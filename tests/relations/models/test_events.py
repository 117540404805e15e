"""Events happened on days of which more or less is known, and concern partnerships or places."""

from datetime import date

import pytest
from django.core import serializers
from django.utils import translation

from relations.dates import UNKNOWN, parse
from relations.models import Event
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_sector,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return make_partnership(slug="emilia-romagna-ibaraki")


@pytest.fixture
def visit(partnership):
    return make_event(
        slug="visit-2024",
        partnerships=(partnership,),
        start="2024-02-12",
        end="2024-02-16",
        title_it="Visita dell’Ibaraki",
        title_ja="茨城県訪問団",
        title_en="Visit from Ibaraki",
    )


# Rules


@pytest.mark.parametrize(
    ("start", "end"),
    [("2024-02-12", "2024-02-11"), ("2024-02", "2024-01"), ("2024", "2023"), ("2024", "201X")],
)
def test_an_event_that_ends_before_it_starts_is_refused(
    visit, start, end, refusals, database_refuses
):
    visit.start, visit.end = start, end

    assert refusals(visit) == {"__all__": ["An event cannot end before it starts."]}
    with database_refuses("relations_event_ends_after_it_starts"):
        visit.save()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-02-12", "2024-02-12"),
        ("2024-02-12", "2024-02"),
        ("2024-02-12", "2024"),
        ("2024", "2024-01-01"),
        ("2025", "2027"),
        ("", "2024"),
        ("", ""),
    ],
)
def test_an_event_that_may_have_ended_after_it_started_is_accepted(visit, start, end, column):
    visit.start, visit.end = start, end

    visit.full_clean()
    visit.save()

    assert (column(visit, "start"), column(visit, "end")) == (start, end)


def test_an_era_date_becomes_edtf_when_cleaned(visit, column):
    visit.start, visit.end = "令和6年2月12日", "R6.2.16"

    visit.full_clean()
    visit.save()

    assert (column(visit, "start"), column(visit, "end")) == ("2024-02-12", "2024-02-16")


# What an event needs to be public


def test_an_event_of_a_partnership_with_a_source_is_publishable(visit):
    assert visit.check_publishable() is None


def test_an_event_that_concerns_a_place_alone_is_publishable():
    event = make_event(places=(make_prefecture(),))

    assert event.check_publishable() is None


def test_an_event_of_nothing_says_all_that_it_lacks(visit, refusals):
    visit.partnerships.clear()
    visit.citations.all().delete()

    assert refusals(visit, "check_publishable") == [
        "“Visit from Ibaraki” concerns no partnership and no place.",
        "“Visit from Ibaraki” cites no source.",
    ]


def test_an_event_without_a_source_says_so(visit, refusals):
    visit.citations.all().delete()

    assert refusals(visit, "check_publishable") == ["“Visit from Ibaraki” cites no source."]


# What it is called


def test_an_event_is_called_by_its_title_in_the_active_language(visit):
    with translation.override("ja"):
        said = str(visit)

    assert said == "茨城県訪問団"


def test_an_event_has_its_place_on_the_page_of_its_first_partnership(visit):
    visit.partnerships.add(make_partnership(slug="z"), make_partnership(slug="assisi-koya"))

    assert visit.get_absolute_url() == "/en/partnerships/assisi-koya/#visit-2024"


def test_an_event_without_partnerships_has_its_place_on_the_page_of_a_place():
    event = make_event(slug="contacts", places=(make_prefecture(slug="kyoto"),))

    assert event.get_absolute_url() == "/en/places/kyoto/#contacts"


def test_an_event_of_nothing_has_no_page():
    assert make_event().get_absolute_url() == ""


def test_an_event_is_found_by_its_natural_key(visit):
    make_event()

    assert visit.natural_key() == ("visit-2024",)
    assert Event.objects.get_by_natural_key(*visit.natural_key()) == visit


# Dates and the columns that follow

DERIVED = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def derived(event):
    return Event.objects.values_list(*DERIVED).get(slug=event.slug)


def test_the_dates_of_an_event_are_as_precise_as_they_are_known():
    event = make_event(start="2024-02", end="")

    assert (event.start_date, event.end_date) == (parse("2024-02"), UNKNOWN)


def test_the_columns_of_an_event_follow_on_save(visit):
    visit.start, visit.end = "2024-02", "2025"

    visit.save()

    assert derived(visit) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
        date(2025, 1, 1),
        date(2025, 12, 31),
    )


def test_the_columns_of_an_event_follow_after_a_refetch(visit):
    event = Event.objects.get(pk=visit.pk)

    event.start, event.end = "", ""
    event.save()

    assert derived(visit) == (None,) * 4


def test_the_columns_of_an_event_follow_when_it_is_loaded_raw(visit, column):
    text = serializers.serialize(
        "yaml", [visit], use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    visit.delete()

    for loaded in serializers.deserialize("yaml", text.replace("2024-02-16", "2024-03")):
        loaded.save()

    event = Event.objects.get(slug="visit-2024")
    assert derived(event)[2:] == (date(2024, 3, 1), date(2024, 3, 31))
    assert column(event, "folded") == (
        " visita dellibaraki dell ibaraki 茨城県訪問団 visit from ibaraki"
    )


# Sets of events


def test_published_events_leave_all_others_out(visit):
    for state in ("draft", "review", "withdrawn"):
        make_event(state=state)

    assert list(Event.objects.published()) == [visit]


def test_events_in_a_sector_are_those_about_it_or_a_narrower_one():
    culture = make_sector()
    food, music = make_sector(parent=culture), make_sector(parent=culture)
    about_both = make_event(sectors=(food, music), slug="a")
    about_all = make_event(sectors=(culture,), slug="b")
    make_event(sectors=(make_sector(),))

    found = [list(Event.objects.in_sectors(codes)) for codes in ([culture.code], [food.code], [])]

    assert found == [[about_both, about_all], [about_both], []]


def test_the_latest_events_stand_first_and_those_of_unknown_date_last():
    undated = make_event(start="", slug="a")
    year = make_event(start="2024", slug="b")
    same_day = make_event(start="2024-01-01", slug="c")
    first = make_event(start="2023-11", slug="d")
    last = make_event(start="2024-02", slug="e")

    assert list(Event.objects.latest_first()) == [last, year, same_day, first, undated]


def test_a_place_has_the_events_held_there_and_those_that_concern_it_once():
    kyoto = make_prefecture()
    both = make_event(place=kyoto, places=(kyoto,), slug="a")
    held = make_event(place=kyoto, slug="b")
    concerning = make_event(places=(kyoto, make_italian_city()), slug="c")
    make_event(place=make_italian_city())

    assert list(Event.objects.at(kyoto)) == [both, held, concerning]


def test_a_prefecture_has_the_events_of_all_places_in_it_too():
    gifu = make_prefecture()
    toki = make_japanese_city(region=gifu)
    held = make_event(place=toki, slug="a")
    concerning = make_event(places=(toki,), slug="b")
    told = make_event(partnerships=(make_partnership(japanese_place=toki),), slug="c")
    make_event(place=make_japanese_city())

    assert list(Event.objects.at(gifu)) == [held, concerning, told]


def test_the_events_of_an_act_are_found_from_it(visit, partnership):
    act = make_agreement(partnership=partnership)
    visit.agreement = act

    visit.save()

    assert list(act.events.all()) == [visit]
