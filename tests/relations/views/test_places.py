"""The pages of places."""

import pytest
from django.test import Client

from tests.factories import make_agreement, make_event


def test_list_has_all_regions_and_prefectures(client: Client, atlas: None) -> None:
    countries = dict(client.get("/it/places/").context["countries"])

    found = {country: sum(map(len, areas.values())) for country, areas in countries.items()}
    assert found == {"IT": 20, "JP": 47}


def test_region_counts_its_own_partnerships_and_those_of_its_places(
    client: Client, atlas: None
) -> None:
    countries = dict(client.get("/it/places/").context["countries"])

    counts = {
        territory.place.code: territory.partnership_count
        for area in countries["IT"].values()
        for territory in area
    }

    assert {code: count for code, count in counts.items() if count} == {
        "IT-21": 1,
        "IT-42": 1,
        "IT-45": 7,
        "IT-55": 1,
    }


def test_page_of_a_region_shows_the_partnerships_within_it(client: Client, atlas: None) -> None:
    partnerships = client.get("/it/places/emilia-romagna/").context["partnerships"]

    assert len(partnerships) == 7


def test_page_of_a_place_shows_the_events_that_concern_it(client: Client, atlas: None) -> None:
    events = client.get("/it/places/tsukuba/").context["events"]

    assert sorted(event.slug for event in events) == [
        "emilia-romagna-mission-2019",
        "tsukuba-delegation-bologna-2022",
    ]


def test_page_of_a_partner_shows_the_events_of_its_partnership(client: Client, atlas: None) -> None:
    events = client.get("/it/places/ibaraki-prefecture/").context["events"]

    assert len(events) == 9


def test_unknown_place_is_not_found(client: Client, db: None) -> None:
    assert client.get("/it/places/atlantis/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_agreement()

    # territories and linked places, of each country
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get("/en/places/")


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    place = make_agreement().partnership.italian_place
    for _ in range(rows):
        act = make_agreement()
        act.partnership.italian_place = place
        act.partnership.save()
        make_event(places=(place,), partnerships=(act.partnership,))

    # the place and its spellings; partnerships, agreements, their sectors, events;
    # events with their partnerships, places and sectors
    with django_assert_num_queries(10):  # type: ignore[operator]
        client.get(place.get_absolute_url())
