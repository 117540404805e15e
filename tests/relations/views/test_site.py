"""The page about the atlas, and what all pages have in common."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import make_agreement

PAGES = (
    "",
    "partnerships/",
    "partnerships/torino-nagoya/",
    "agreements/",
    "anniversaries/2026/",
    "places/",
    "places/emilia-romagna/",
    "sectors/",
    "sources/",
    "sources/la-spezia-2025-09-24/",
    "about/",
)


@pytest.mark.parametrize("rows", [1, 3])
def test_about_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_agreement()

    # numbers: partnerships, agreements, events, sources
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get("/en/about/")


@pytest.mark.parametrize(
    ("accepted", "expected"), [("it", "it"), ("ja", "ja"), ("en", "en"), ("de", "en")]
)
def test_root_leads_to_the_reader_s_language(
    client: Client, db: None, accepted: str, expected: str
) -> None:
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response["Location"]) == (302, f"/{expected}/")


@pytest.mark.parametrize("path", PAGES)
def test_language_switch_stays_on_the_same_view(client: Client, atlas: None, path: str) -> None:
    html = client.get(f"/it/{path}?region=IT-45").content.decode()

    alternates = re.findall(r'<link rel="alternate"\s+hreflang="(it|ja|en)"\s+href="([^"]+)"', html)

    assert dict(alternates) == {
        code: f"http://testserver/{code}/{path}?region=IT-45" for code in ("it", "ja", "en")
    }


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_public_page_sets_no_cookie_and_names_no_other_host(
    client: Client, atlas: None, language: str, path: str
) -> None:
    response = client.get(f"/{language}/{path}")

    loaded = re.findall(
        r'<(?:script|img|link rel="(?:stylesheet|icon|preload)")[^>]+(?:src|href)="(https?:[^"]+)"',
        response.content.decode(),
    )
    assert dict(response.cookies) == {}
    assert loaded == []


@pytest.mark.parametrize("path", PAGES)
def test_public_page_has_a_strict_policy_and_nothing_inline(
    client: Client, atlas: None, path: str
) -> None:
    response = client.get(f"/en/{path}")

    html = response.content.decode()
    inline = re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
    assert inline == []
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_every_page_has_its_language_and_one_title(
    client: Client, atlas: None, language: str
) -> None:
    for path in PAGES:
        html = client.get(f"/{language}/{path}").content.decode()

        assert re.findall(r'<html lang="(\w+)"', html) == [language]
        assert (path, html.count("<h1"), html.count("<title>")) == (path, 1, 1)


def test_titles_of_the_pages_are_distinct(client: Client, atlas: None) -> None:
    titles = [
        re.findall(r"<title>(.*?)</title>", client.get(f"/it/{path}").content.decode(), re.DOTALL)[
            0
        ].strip()
        for path in PAGES
    ]

    assert len(set(titles)) == len(PAGES)


def test_unknown_address_gets_the_atlas_s_own_404(client: Client, db: None) -> None:
    response = client.get("/it/atlantide/")

    assert response.status_code == 404
    assert next(template.name for template in response.templates) == "404.html"


def test_the_icon_takes_no_request(client: Client, db: None) -> None:
    html = client.get("/en/about/").content.decode()

    icon = re.search(r'<link rel="icon"[^>]+href="data:image/svg\+xml,([^"]+)"', html)

    assert icon
    assert ElementTree.fromstring(unquote(icon[1])).tag.endswith("svg")  # noqa: S314 # our own
