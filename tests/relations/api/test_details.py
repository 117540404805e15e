"""Single records of the API."""

import pytest
from django.db.models import F
from django.test import Client

from relations.models import Agreement, Citation, Event, Partnership, Source
from tests.factories import make_agreement


def test_a_partnership_comes_with_its_life_and_its_sources(client: Client, atlas: None) -> None:
    body = client.get("/api/v1/partnerships/torino-nagoya").json()

    pair = Partnership.objects.get(slug="torino-nagoya")
    acts = pair.agreements.published().order_by(F("signed_earliest").asc(nulls_last=True), "slug")
    assert [act["slug"] for act in body["agreements"]] == [act.slug for act in acts]
    assert {event["slug"] for event in body["events"]} == {e.slug for e in pair.events.published()}
    assert {c["source"] for c in body["citations"]} == {s["slug"] for s in body["sources"]}
    assert body["italian_place"]["name"] == {"it": "Torino", "ja": "トリノ市", "en": "Turin"}
    assert body["agreement_count"] == len(body["agreements"])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("agreements/torino-nagoya-2005", "slug"),
        ("places/emilia-romagna", "slug"),
        ("sectors/culture", "code"),
        ("sources/la-spezia-2025-09-24", "slug"),
    ],
)
def test_a_record_says_who_it_is_and_where(
    client: Client, atlas: None, path: str, name: str
) -> None:
    body = client.get(f"/api/v1/{path}").json()

    assert body[name] == path.partition("/")[2]
    assert body["uri"] == f"http://testserver/{path}/"


def test_every_record_of_a_list_has_its_own_address(client: Client, atlas: None) -> None:
    paths = [
        each["uri"].removeprefix("http://testserver/").rstrip("/")
        for kind in ("partnerships", "agreements", "events", "places", "sectors", "sources")
        for each in client.get(f"/api/v1/{kind}?limit=500").json()["items"]
    ]

    assert len(paths) > 100
    assert {client.get(f"/api/v1/{path}").status_code for path in paths} == {200}


def test_two_values_of_a_fact_are_both_there(client: Client, whole_atlas: None) -> None:
    items = client.get("/api/v1/citations?q=torino&limit=500").json()["items"]

    acts = {a["uri"] for a in client.get("/api/v1/partnerships/torino-nagoya").json()["agreements"]}
    stated = {
        (each["subject"], each["stated"])
        for each in items
        if each["field"] == "signed" and each["subject"] in acts
    }
    assert len(stated) > len({subject for subject, _value in stated})


@pytest.mark.parametrize("kind", ["partnerships", "agreements", "events", "sources"])
def test_what_is_withdrawn_is_gone(client: Client, atlas: None, kind: str) -> None:
    pair = Partnership.objects.get(slug="la-spezia-izumisano")
    Event.objects.filter(partnerships=pair).update(state="withdrawn")
    Agreement.objects.filter(partnership=pair).update(state="withdrawn")
    slug = {
        "partnerships": pair.slug,
        "agreements": pair.agreements.first().slug,
        "events": pair.events.first().slug if pair.events.exists() else "",
        "sources": "la-spezia-2025-09-24",
    }[kind]
    if not slug:
        event = Event.objects.exclude(partnerships=pair).first()
        Event.objects.filter(pk=event.pk).update(state="withdrawn")
        slug = event.slug

    response = client.get(f"/api/v1/{kind}/{slug}")

    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_draft_is_not_found_and_not_named(client: Client) -> None:
    act = make_agreement(slug="shown")
    draft = make_agreement(slug="hidden", state="draft", partnership=act.partnership)
    Agreement.objects.filter(pk=act.pk).update(renews=draft)
    Citation.objects.filter(agreement=draft).delete()

    assert client.get("/api/v1/agreements/hidden").status_code == 404
    whole = client.get(f"/api/v1/partnerships/{act.partnership.slug}").content.decode()
    assert "shown" in whole
    assert "hidden" not in whole
    assert Source.objects.exists()
