"""The pages of places."""

import re

import pytest
from django.test import Client

from relations.enums import Country
from relations.filters.index import Index
from relations.maps import SMALL, Drawing, closeup
from relations.models import Place
from relations.views import places
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_partnership,
    make_region,
)


def test_list_has_all_regions_and_prefectures(client: Client, atlas: None) -> None:
    countries = dict(client.get("/it/places/").context["countries"]())

    found = {country: sum(map(len, areas.values())) for country, areas in countries.items()}
    assert found == {"IT": 20, "JP": 47}


def test_region_counts_its_own_partnerships_and_those_of_its_places(
    client: Client, atlas: None
) -> None:
    countries = dict(client.get("/it/places/").context["countries"]())

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
    partnerships = client.get("/it/places/emilia-romagna/").context["partnerships"]()

    assert len(partnerships) == 7


def test_page_of_a_place_shows_the_events_that_concern_it(client: Client, atlas: None) -> None:
    events = client.get("/it/places/tsukuba/").context["events"]()

    assert sorted(event.slug for event in events) == [
        "emilia-romagna-mission-2019",
        "tsukuba-delegation-bologna-2022",
    ]


def test_page_of_a_partner_shows_the_events_of_its_partnership(client: Client, atlas: None) -> None:
    events = client.get("/it/places/ibaraki-prefecture/").context["events"]()

    assert len(events) == 9


def test_page_of_a_region_with_many_partnerships_says_how_many_it_shows(
    client: Client, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST_ROWS", 3)

    response = client.get("/en/places/emilia-romagna/")

    assert len(response.context["partnerships"]()) == 3
    assert "The first 3 of 7, the oldest first" in response.content.decode()


def test_page_of_a_region_shows_the_latest_events_within_it_and_leads_to_all(
    client: Client, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [client.get("/en/places/emilia-romagna/")]
    monkeypatch.setattr(places, "MOST_EVENTS", 2)
    pages.append(client.get("/en/places/emilia-romagna/"))

    everything, latest = ([event.slug for event in page.context["events"]()] for page in pages)
    assert len(everything) > 2
    assert latest == everything[:2]
    assert 'href="/en/timeline/?region=IT-45"' in pages[1].content.decode()


# The small map


def drawing_of(client: Client, slug: str) -> Drawing:
    """The small map of a place's page."""
    drawing: Drawing = client.get(f"/en/places/{slug}/").context["drawing"]()
    return drawing


def test_page_of_a_city_shows_its_partners_on_a_small_map(client: Client, atlas: None) -> None:
    drawing = drawing_of(client, "bologna")

    marks = {
        country: [(mark.place.slug, mark.count) for mark in marks]
        for country, marks in drawing.marks.items()
    }
    assert (drawing.frame, len(drawing.curves)) == (SMALL, 2)
    assert marks == {"IT": [("bologna", 2)], "JP": [("itabashi", 1), ("hamamatsu", 1)]}


def test_page_of_a_city_without_partners_shows_where_it_is(client: Client, atlas: None) -> None:
    umbria = Place.objects.get(code="IT-55")
    city = make_italian_city(region=umbria, slug="spello", latitude="42.99", longitude="12.67")

    drawing = drawing_of(client, city.slug)

    assert [(mark.place, mark.count) for mark in drawing.marks[Country.ITALY]] == [(city, 0)]
    assert (drawing.marks[Country.JAPAN], drawing.curves) == ([], [])


def test_page_of_a_region_shows_it_close_with_all_partnerships_within_it(
    client: Client, atlas: None
) -> None:
    drawing = drawing_of(client, "emilia-romagna")

    assert (drawing.frame, len(drawing.curves)) == (closeup("IT-45"), 7)


def test_page_outlines_its_region_alone(client: Client, atlas: None) -> None:
    outlined = [
        re.findall(
            r'territory__edge" href="#([^"]+)"',
            client.get(f"/en/places/{slug}/").content.decode(),
        )
        for slug in ("emilia-romagna", "ibaraki-prefecture", "bologna")
    ]

    assert outlined == [["IT-45"], ["JP-08"], []]


def test_page_of_a_region_that_has_no_shape_shows_both_countries(client: Client, db: None) -> None:
    act = make_agreement(
        partnership=make_partnership(italian_place=make_region(code="IT-99", slug="atlantide"))
    )

    drawing = drawing_of(client, "atlantide")

    assert (drawing.frame, [curve.partnership for curve in drawing.curves]) == (
        SMALL,
        [act.partnership],
    )


def test_small_map_has_no_more_curves_than_it_can_show(
    client: Client, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOST_CURVES", 3)

    response = client.get("/en/places/emilia-romagna/")

    assert len(response.context["partnerships"]()) == 7
    assert [
        curve.partnership for curve in response.context["drawing"]().curves
    ] == response.context["partnerships"]()[:3]


def test_unknown_place_is_not_found(client: Client, db: None) -> None:
    assert client.get("/it/places/atlantis/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_agreement()

    Index.current()

    # the version of the data; what is shown, and of how many partnerships;
    # territories and linked places, of each country
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get("/en/places/")
    with django_assert_num_queries(1):  # type: ignore[operator]
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

    Index.current()
    # the place and its spellings; the version; how many partnerships there are, these, their statuses, what
    # their rows say (2); events with their partnerships, places and sectors; sources; those that are withdrawn
    with django_assert_num_queries(14):  # type: ignore[operator]
        client.get(place.get_absolute_url())
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get(place.get_absolute_url())
