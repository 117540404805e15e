"""The sitemap names every public page in three languages, and when it changed."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from relations import sitemaps
from relations.models import Agreement, Event
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_partnership,
)

PROTOCOL = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entries(client: Client, name: str) -> list[ElementTree.Element]:
    """The addresses of a section, as XML."""
    root = ElementTree.fromstring(client.get(f"/sitemap-{name}.xml").content)  # noqa: S314 # our own
    assert root.tag == f"{PROTOCOL}urlset"
    return root.findall(f"{PROTOCOL}url")


def locations(client: Client, name: str) -> list[str]:
    """The addresses of a section."""
    return [entry.findtext(f"{PROTOCOL}loc") or "" for entry in entries(client, name)]


def test_the_index_leads_to_a_file_for_each_kind_of_page(client: Client, atlas: None) -> None:
    response = client.get("/sitemap.xml")

    root = ElementTree.fromstring(response.content)  # noqa: S314 # our own
    found = [entry.findtext(f"{PROTOCOL}loc") for entry in root.findall(f"{PROTOCOL}sitemap")]
    assert (root.tag, response["Content-Type"]) == (f"{PROTOCOL}sitemapindex", "application/xml")
    assert found == [
        f"http://testserver/sitemap-{name}.xml"
        for name in ("pages", "partnerships", "places", "sources")
    ]


def test_every_address_is_a_page_that_calls_itself_so(client: Client, atlas: None) -> None:
    found = [url for name in sitemaps.SECTIONS for url in locations(client, name)]

    wrong = []
    for url in found:
        response = client.get(url.removeprefix("http://testserver"))
        html = response.content.decode()
        canonical = re.findall(r'<link rel="canonical"\s+href="([^"]+)"', html)
        if (response.status_code, canonical) != (200, [url]):
            wrong.append(url)
    assert len(found) > 100
    assert wrong == []


def test_an_address_names_those_in_other_languages(client: Client, db: None) -> None:
    make_agreement(partnership=make_partnership(slug="torino-nagoya"))

    italian = entries(client, "partnerships")[0]

    links = italian.findall(f"{XHTML}link")
    page = "partnerships/torino-nagoya/"
    assert italian.findtext(f"{PROTOCOL}loc") == f"http://testserver/it/{page}"
    assert [(link.get("rel"), link.get("hreflang"), link.get("href")) for link in links] == [
        ("alternate", "it", f"http://testserver/it/{page}"),
        ("alternate", "ja", f"http://testserver/ja/{page}"),
        ("alternate", "en", f"http://testserver/en/{page}"),
        ("alternate", "x-default", f"http://testserver/{page}"),
    ]


def test_only_what_is_public_is_named(client: Client, db: None) -> None:
    draft = make_agreement(state="draft")
    make_citation(agreement=draft)
    make_italian_city()

    for name in ("partnerships", "places", "sources"):
        assert (name, locations(client, name)) == (name, [])


def test_a_place_is_named_for_its_events_and_a_region_for_what_is_within_it(
    client: Client, db: None
) -> None:
    city = make_italian_city()
    make_event(place=city, partnerships=())

    places = [city, city.region]
    assert locations(client, "places") == [
        f"http://testserver/{language}/places/{place.slug}/"
        for place in sorted(places, key=lambda place: place.slug)
        for language in ("it", "ja", "en")
    ]


def test_a_page_changed_when_one_of_its_records_did_last(client: Client, db: None) -> None:
    act = make_agreement()
    event = make_event(partnerships=(act.partnership,))
    Agreement.objects.filter(pk=act.pk).update(changed=datetime(2026, 2, 1, 12, tzinfo=UTC))
    Event.objects.filter(pk=event.pk).update(changed=MOMENT)

    for name in ("partnerships", "places"):
        changed = {entry.findtext(f"{PROTOCOL}lastmod") for entry in entries(client, name)}
        assert (name, changed) == (name, {"2026-03-01"})


def test_what_is_not_known_to_have_changed_has_no_date(client: Client, db: None) -> None:
    make_citation(agreement=make_agreement())

    undated = [
        entry.findtext(f"{PROTOCOL}loc")
        for name in sitemaps.SECTIONS
        for entry in entries(client, name)
        if entry.find(f"{PROTOCOL}lastmod") is None
    ]

    assert [url for url in undated if url and "/sources/" not in url] == [
        f"http://testserver/{language}/{page}/"
        for page in ("api", "about")
        for language in ("it", "ja", "en")
    ]


def test_addresses_begin_where_the_site_is_for_ever(
    client: Client, db: None, settings: object
) -> None:
    settings.SITE_URL = "https://atlas.example.org"  # type: ignore[attr-defined]

    assert locations(client, "pages")[0] == "https://atlas.example.org/it/"
    assert (
        b"<loc>https://atlas.example.org/sitemap-pages.xml</loc>"
        in client.get("/sitemap.xml").content
    )


@pytest.mark.parametrize(
    "path", ["/sitemap-nothing.xml", "/sitemap-pages.xml?p=9", "/sitemap-pages.xml?p=x"]
)
def test_there_is_no_other_file(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_long_section_is_several_files(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps._Pages, "limit", 2)  # noqa: SLF001 # its own test
    make_agreement()

    second = client.get("/sitemap-partnerships.xml?p=2")

    assert b"sitemap-partnerships.xml?p=2</loc>" in client.get("/sitemap.xml").content
    assert second.content.count(b"<url>") == 1


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-places.xml"])
def test_who_has_it_already_is_told_that_nothing_changed(
    client: Client, db: None, path: str
) -> None:
    make_agreement()
    first = client.get(path)

    by_tag = client.get(path, headers={"if-none-match": first["ETag"]})
    by_date = client.get(path, headers={"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_date.status_code) == (304, 304)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # Each begins with the version. Pages: the changes of agreements and of events.
        ("/sitemap-pages.xml", 1 + 2),
        # and the partnerships
        ("/sitemap-partnerships.xml", 1 + 3),
        # and the events in a place and about it, and the places
        ("/sitemap-places.xml", 1 + 6),
        ("/sitemap-sources.xml", 1 + 1),
        ("/sitemap.xml", 1 + 2 + 3 + 6 + 1),
    ],
)
def test_the_number_of_queries_does_not_grow(  # noqa: PLR0917 # of its table
    client: Client,
    db: None,
    django_assert_num_queries: object,
    path: str,
    queries: int,
    rows: int,
) -> None:
    for _ in range(rows):
        act = make_agreement()
        make_citation(agreement=act)
        make_event(partnerships=(act.partnership,), place=act.partnership.italian_place)

    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(path)
