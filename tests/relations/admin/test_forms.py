"""The other records: what is right is saved, what is wrong gets its sentence."""

import pytest
from django.urls import reverse

from relations.enums import PublicationState
from relations.models import Citation, Event, Partnership, Place, Sector, Source
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
    make_source,
)
from tests.relations.admin.rows import errors, form_values

pytestmark = pytest.mark.django_db


def add(client, model, **typed):
    """Fill an empty form with what is typed, and send it."""
    url = reverse(f"admin:relations_{model}_add")
    return client.post(url, form_values(client.get(url)) | typed)


def test_a_partnership_takes_its_slug_from_its_places(admin_client):
    italian, japanese = make_italian_city(slug="torino"), make_japanese_city(slug="nagoya")

    add(admin_client, "partnership", italian_place=italian.pk, japanese_place=japanese.pk)

    assert Partnership.objects.get().slug == "torino-nagoya"


def test_a_partnership_with_its_citation(admin_client):
    italian, japanese = make_italian_city(), make_japanese_city()

    add(
        admin_client,
        "partnership",
        italian_place=italian.pk,
        japanese_place=japanese.pk,
        first_contact="H9.12",
        **{
            "citations-0-source": make_source().pk,
            "citations-0-field": "first_contact",
            "citations-0-stated": "dicembre 1997",
        },
    )

    partnership = Partnership.objects.get()
    assert partnership.first_contact == "1997-12"
    assert [citation.stated for citation in partnership.citations.all()] == ["dicembre 1997"]


def test_a_pair_of_places_has_one_partnership(admin_client):
    there = make_partnership()

    page = add(
        admin_client,
        "partnership",
        italian_place=there.italian_place.pk,
        japanese_place=there.japanese_place.pk,
    )

    assert errors(page) == {"": ["These two places already have a partnership: add the act to it."]}


def test_a_partnership_without_places_is_refused(admin_client):
    page = add(admin_client, "partnership")

    assert errors(page) == {
        "italian_place": ["This field is required."],
        "japanese_place": ["This field is required."],
    }


def test_a_place_of_the_wrong_country_is_no_choice(admin_client):
    page = add(
        admin_client,
        "partnership",
        italian_place=make_japanese_city().pk,
        japanese_place=make_japanese_city().pk,
    )

    sentence = "Select a valid choice. That choice is not one of the available choices."
    assert errors(page) == {"italian_place": [sentence]}


PLACE = {
    "name_it": "Fidenza",
    "name_ja": "フィデンツァ",
    "name_en": "Fidenza",
    "country": "IT",
    "kind": "municipality",
    "latitude": "44.86630",
    "longitude": "10.06170",
    "code": "034014",
    "slug": "fidenza",
}


def test_a_place_with_another_spelling(admin_client):
    region = make_region()

    add(
        admin_client,
        "place",
        **PLACE,
        region=region.pk,
        **{"spellings-0-text": "Borgo San Donnino", "spellings-0-language": "it"},
    )

    place = Place.objects.get(slug="fidenza")
    assert (place.region, str(place.latitude)) == (region, "44.86630")
    assert [str(spelling) for spelling in place.spellings.all()] == ["Borgo San Donnino"]


def test_the_region_lies_in_the_country_of_the_place(admin_client):
    page = add(admin_client, "place", **PLACE, region=make_prefecture(name_en="Osaka").pk)

    assert errors(page) == {"region": ["“Osaka” lies in the other country."]}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            {"longitude": "139.69171"},
            {"": ["The coordinates lie outside the country: check latitude and longitude."]},
        ),
        ({"kind": "ward"}, {"": ["This country has no places of this kind."]}),
        (
            {"region": ""},
            {
                "": [
                    "A municipality, ward or province needs its region or prefecture; "
                    "a region or prefecture has none."
                ]
            },
        ),
        (
            {"macro_area": "centre"},
            {"": ["A region or prefecture needs its macro-area; other places have none."]},
        ),
        (
            {"code": "34014"},
            {"code": ["“34014” should be an ISTAT code of 6 digits such as 011015."]},
        ),
    ],
)
def test_a_place_that_cannot_be_is_refused(admin_client, typed, expected):
    page = add(admin_client, "place", **{**PLACE, "region": make_region().pk, **typed})

    assert errors(page) == expected
    assert Place.objects.filter(slug="fidenza").count() == 0


def test_a_code_is_given_once_in_a_country(admin_client):
    there = make_italian_city(code="034014")

    page = add(admin_client, "place", **PLACE, region=there.region.pk)

    assert errors(page) == {"": ["Another place of this country has this code."]}


def test_an_event_with_its_citation_is_a_draft(admin_client):
    partnership, place = make_partnership(), make_japanese_city()

    add(
        admin_client,
        "event",
        kind="mission",
        title_en="Mission to Japan",
        slug="mission-to-japan",
        start="令和5年11月",
        place=place.pk,
        partnerships=[partnership.pk],
        **{
            "citations-0-source": make_source().pk,
            "citations-0-field": "start",
            "citations-0-stated": "novembre 2023",
        },
    )

    event = Event.objects.get()
    assert (event.start, event.place, event.state) == ("2023-11", place, PublicationState.DRAFT)
    assert list(event.partnerships.all()) == [partnership]
    assert [citation.stated for citation in event.citations.all()] == ["novembre 2023"]


def test_an_event_does_not_end_before_it_starts(admin_client):
    page = add(
        admin_client,
        "event",
        kind="mission",
        title_en="Mission",
        slug="mission",
        start="2023-11",
        end="2023-10",
    )

    assert errors(page) == {"": ["An event cannot end before it starts."]}
    assert Event.objects.count() == 0


def test_a_sector_is_no_narrower_than_narrow(admin_client):
    narrow = make_sector(parent=make_sector(), name_en="Music")

    page = add(
        admin_client,
        "sector",
        name_it="Jazz",
        name_ja="ジャズ",
        name_en="Jazz",
        code="jazz",
        order="9999",
        colour="culture",
        parent=narrow.pk,
    )

    assert errors(page) == {"parent": ["“Music” is itself a narrow sector: choose a broad one."]}
    assert Sector.objects.filter(code="jazz").count() == 0


def test_a_source_whose_publisher_is_not_named(admin_client):
    add(
        admin_client,
        "source",
        kind="press_release",
        title="[Comunicato]",
        language="it",
        published="R7.9.24",
        url="https://example.org/comunicato",
        slug="comunicato",
    )

    source = Source.objects.get()
    assert (str(source), source.published) == ("[Comunicato]", "2025-09-24")


def test_a_citation_is_about_one_record(admin_client):
    page = add(
        admin_client,
        "citation",
        agreement=make_agreement().pk,
        event=make_event().pk,
        source=make_source().pk,
        field="kind",
        stated="gemellaggio",
    )

    assert errors(page) == {
        "": ["A citation is about one partnership, one agreement or one event."]
    }


def test_a_citation_speaks_of_a_fact_that_its_record_has(admin_client):
    page = add(
        admin_client,
        "citation",
        event=make_event().pk,
        source=make_source().pk,
        field="renewal",
        stated="tacito",
    )

    assert errors(page) == {"field": ["A record of this kind has no fact “Renewal”."]}
    assert Citation.objects.filter(field="renewal").count() == 0


def test_a_citation_of_a_partnership_offers_the_facts_of_a_partnership(admin_client):
    page = admin_client.get(reverse("admin:relations_partnership_add"))

    citations = page.context["inline_admin_formsets"][0].formset
    assert [code for code, _ in citations.forms[0].fields["field"].choices] == [
        "",
        "record",
        "italian_place",
        "japanese_place",
        "first_contact",
        "summary",
    ]
