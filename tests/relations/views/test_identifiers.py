"""The URI of a record leads people to its page and programs to its data."""

import pytest
from django.test import override_settings
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic

from relations.linked.vocabulary import DCATAPIT, SCHEMA
from relations.models import Agreement, Event, Partnership, Place, Sector, Source
from relations.uris import path_of
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_partnership,
    make_sector,
)
from tests.relations.linked.conftest import read

SITE = "http://testserver"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture
def records(db):
    """A public record of each kind, by the path of its URI."""
    partnership = make_partnership(slug="pair", italian_place=make_italian_city(slug="city"))
    make_agreement(slug="act", partnership=partnership, sectors=(make_sector(code="culture"),))
    make_event(slug="visit", partnerships=(partnership,))
    Source.objects.filter(citations__agreement__slug="act").update(slug="press")


def ask(client, path, accept, language="en"):
    """The status and the address that a request is led to."""
    headers = {"accept-language": language} | ({"accept": accept} if accept else {})
    response = client.get(path, headers=headers)
    assert {"Accept", "Accept-Language"} <= set(response["Vary"].split(", "))
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.status_code, response.get("Location", "")


@pytest.mark.parametrize(
    ("path", "accept", "answer"),
    [
        ("/partnerships/pair/", "", (303, "/en/partnerships/pair/")),
        ("/partnerships/pair/", "*/*", (303, "/en/partnerships/pair/")),
        ("/partnerships/pair/", BROWSER, (303, "/en/partnerships/pair/")),
        ("/partnerships/pair/", "text/turtle", (303, "/partnerships/pair.ttl")),
        ("/partnerships/pair/", "application/ld+json", (303, "/partnerships/pair.jsonld")),
        ("/partnerships/pair/", "text/csv", (303, "/en/partnerships/pair.csv")),
        ("/partnerships/pair/", "application/json", (303, "/en/partnerships/pair.json")),
        ("/partnerships/pair/", "text/html;q=0.5, text/turtle", (303, "/partnerships/pair.ttl")),
        (
            "/partnerships/pair/",
            "text/turtle;q=0.3, text/html;q=0.9",
            (303, "/en/partnerships/pair/"),
        ),
        (
            "/partnerships/pair/",
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
            (303, "/partnerships/pair.jsonld"),
        ),
        (
            "/partnerships/pair/",
            "text/turtle;charset=utf-8, text/html;q=0.1",
            (303, "/partnerships/pair.ttl"),
        ),
        ("/partnerships/pair/", "text/turtle;q=0, text/csv", (303, "/en/partnerships/pair.csv")),
        ("/partnerships/pair/", "text/*", (303, "/en/partnerships/pair/")),
        ("/partnerships/pair/", "application/pdf", (406, "")),
        ("/places/city/", "*/*", (303, "/en/places/city/")),
        ("/places/city/", "text/turtle", (303, "/places/city.ttl")),
        ("/places/city/", "text/csv", (303, "/en/places/city.csv")),
        ("/agreements/act/", "*/*", (303, "/en/partnerships/pair/#act")),
        ("/agreements/act/", "text/turtle", (303, "/agreements/act.ttl")),
        ("/agreements/act/", "text/csv", (406, "")),
        ("/events/visit/", "*/*", (303, "/en/partnerships/pair/#visit")),
        ("/events/visit/", "application/ld+json", (303, "/events/visit.jsonld")),
        ("/sectors/culture/", "*/*", (303, "/en/sectors/#culture")),
        ("/sectors/culture/", "application/json", (406, "")),
        ("/sources/press/", "*/*", (303, "/en/sources/press/")),
        ("/sources/press/", "text/turtle", (303, "/sources/press.ttl")),
        ("/catalog/", "*/*", (303, "/en/data/")),
        ("/catalog/", "text/turtle", (303, "/catalog.ttl")),
        ("/catalog/", "application/ld+json", (303, "/catalog.jsonld")),
        ("/catalog/", "text/csv", (406, "")),
    ],
)
def test_a_uri_leads_to_what_is_asked_for(client, records, path, accept, answer):
    assert ask(client, path, accept) == answer


@pytest.mark.parametrize(
    ("language", "expected"), [("it", "it"), ("ja,en;q=0.5", "ja"), ("en-GB", "en"), ("fr", "en")]
)
def test_people_are_led_to_the_page_in_their_language(client, records, language, expected):
    assert ask(client, "/agreements/act/", BROWSER, language) == (
        303,
        f"/{expected}/partnerships/pair/#act",
    )
    # Tables have the same addresses for all.
    assert ask(client, "/places/city/", "text/csv", language) == (303, "/en/places/city.csv")


def test_where_nothing_fits_it_says_what_there_is(client, records):
    response = client.get("/events/visit/", headers={"accept": "application/pdf"})

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Nothing in the formats that you accept is here. There is:",
        "text/html: /en/partnerships/pair/#visit",
        "text/turtle: /events/visit.ttl",
        "application/ld+json: /events/visit.jsonld",
    ]


@pytest.mark.parametrize("form", [("ttl", "text/turtle"), ("jsonld", "application/ld+json")])
@pytest.mark.parametrize(
    "path",
    [
        "/partnerships/pair",
        "/agreements/act",
        "/events/visit",
        "/places/city",
        "/sectors/culture",
        "/sources/press",
    ],
)
def test_every_record_is_there_in_both_forms(client, records, path, form):
    end, kind = form
    response = client.get(f"{path}.{end}")

    assert response.status_code == 200
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Language"] == "it, ja, en"
    text = response.content.decode()
    graph = read(text) if end == "jsonld" else Graph().parse(data=text, format="turtle")
    assert (URIRef(f"{SITE}{path}/"), RDF.type, None) in graph


def test_both_forms_say_the_same(client, records):
    turtle = client.get("/partnerships/pair.ttl").content.decode()
    json_ld = client.get("/partnerships/pair.jsonld").content.decode()

    assert isomorphic(Graph().parse(data=turtle, format="turtle"), read(json_ld))


@pytest.mark.parametrize("path", ["/partnerships/pair.ttl", "/catalog.ttl", "/catalog.jsonld"])
def test_what_has_not_changed_is_not_sent_again(client, records, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_catalogue_names_itself_by_its_uri(client, records):
    graph = Graph().parse(data=client.get("/catalog.ttl").content.decode(), format="turtle")

    assert set(graph.subjects(RDF.type, DCATAPIT.Catalog)) == {URIRef(f"{SITE}/catalog/")}


@override_settings(SITE_URL="https://atlas.example.org")
def test_a_site_that_has_its_own_address_names_its_records_by_it(client, records):
    text = client.get("/partnerships/pair.ttl").content.decode()

    assert (
        URIRef("https://atlas.example.org/partnerships/pair/"),
        RDF.type,
        SCHEMA.Collection,
    ) in Graph().parse(data=text, format="turtle")
    assert SITE not in text


def test_every_uri_of_the_atlas_leads_to_a_page_that_is_there(client, atlas):
    records = [
        *Partnership.objects.published(),
        *Agreement.objects.published(),
        *Event.objects.published(),
        *Place.objects.all()[:5],
        *Sector.objects.all()[:5],
        *Source.objects.published()[:5],
    ]

    for record in records:
        response = client.get(path_of(record), headers={"accept-language": "it"})
        page = client.get(response["Location"])
        fragment = response["Location"].partition("#")[2]
        assert (response.status_code, page.status_code) == (303, 200)
        assert not fragment or f'id="{fragment}"' in page.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/agreements/no-such/",
        "/events/no-such/",
        "/sectors/no-such/",
        "/partnerships/no-such.ttl",
        "/sectors/no-such.jsonld",
        "/partnerships/pair.rdf",
        "/people/pair/",
    ],
)
def test_what_was_never_there_is_not_found(client, records, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/partnerships/no-such/", "/places/no-such/"])
def test_an_unknown_name_leads_to_the_page_that_says_so(client, records, path):
    assert client.get(path, follow=True).status_code == 404


def test_a_draft_has_no_uri_yet(client, db):
    act = make_agreement(slug="draft", state="draft", partnership=make_partnership(slug="hidden"))
    make_event(slug="plan", state="draft", partnerships=(act.partnership,))

    for name in ("agreements/draft", "events/plan", "partnerships/hidden"):
        assert client.get(f"/{name}/", follow=True).status_code == 404
        assert client.get(f"/{name}.ttl").status_code == 404


def test_what_is_withdrawn_says_so(client, records):
    Agreement.objects.update(state="withdrawn")
    Event.objects.update(state="withdrawn")

    for name in ("agreements/act", "events/visit", "partnerships/pair", "sources/press"):
        page = client.get(f"/{name}/", follow=True)
        data = client.get(f"/{name}.jsonld")
        assert (name, page.status_code, data.status_code) == (name, 410, 410)
        assert data["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/partnerships/pair/", "/partnerships/pair.ttl", "/catalog.ttl"])
def test_it_is_only_read(client, records, path):
    assert client.head(path).status_code == client.get(path).status_code
    assert client.post(path).status_code == 405


def test_no_cookie_is_set(client, records):
    for path in ("/partnerships/pair/", "/partnerships/pair.ttl", "/catalog/"):
        assert client.get(path).cookies == {}
