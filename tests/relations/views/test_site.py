"""The page about the atlas, and what all pages have in common."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from relations.filters.index import Index
from relations.quality import quality
from tests.factories import make_agreement, make_citation, make_event, make_partnership

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
    "data/",
    "api/",
    "about/",
    "about/counts/",
    "about/data-quality/",
)


@pytest.mark.parametrize("rows", [1, 3])
def test_about_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_event(partnerships=(make_agreement().partnership,))

    Index.current()
    # the version; numbers: partnerships, agreements, events, sources; how much is weak: see relations.quality
    with django_assert_num_queries(1 + 4 + 12):  # type: ignore[operator]
        client.get("/en/about/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/en/about/")


@pytest.mark.parametrize("rows", [1, 3])
def test_data_quality_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        act = make_agreement(signed="2005", title_ja="")
        make_event(partnerships=(act.partnership,))
        make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    Index.current()
    # the version; partnerships, agreements, events with their partnerships and places, citations, conflicts;
    # the newest sources in five ways
    with django_assert_num_queries(1 + 12):  # type: ignore[operator]
        client.get("/en/about/data-quality/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/en/about/data-quality/")


@pytest.mark.parametrize("rows", [1, 3])
def test_counts_take_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_agreement()

    Index.current().by_status(timezone.localdate())
    # the version; agreements, parties, sources of the figures; numbers 4; the lists of one status and of one
    # kind 4, of three figures 3
    with django_assert_num_queries(1 + 3 + 4 + 7):  # type: ignore[operator]
        client.get("/en/about/counts/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/en/about/counts/")


def test_about_leads_to_the_counts_and_to_what_is_weak(client: Client, db: None) -> None:
    make_agreement()

    html = client.get("/en/about/").content.decode()

    weak = quality(timezone.localdate()).total
    assert weak > 0
    assert f'<a href="/en/about/data-quality/">Quality of the data</a>: {weak} points' in html
    assert html.count('href="/en/about/counts/"') == 3  # contents, text, foot


def test_data_quality_leads_to_each_record(client: Client, atlas: None) -> None:
    response = client.get("/en/about/data-quality/")

    found, html = response.context["found"](), response.content.decode()
    rows = (
        *found.conflicts,
        *found.lone,
        *found.imprecise,
        *found.unverified,
        *found.untranslated,
    )
    assert len(found.conflicts) == 5
    assert [row for row in rows if f'href="{row.record.get_absolute_url()}"' not in html] == []


def test_a_count_is_a_link_where_a_list_holds_exactly_these(client: Client, db: None) -> None:
    partnership = make_partnership()
    make_agreement(partnership=partnership, signed="1986")
    make_agreement(partnership=partnership, signed="1987", ended="2010")

    context = client.get("/en/about/counts/").context

    # The list of agreements in force would show both acts of the partnership.
    assert [row[2:] for row in context["standing"]()] == [
        ("", "/en/partnerships/?status=in_force"),
        ("", ""),
    ]
    assert [row[2:] for row in context["kinds"]()] == [
        ("/en/agreements/?kind=twinning", "/en/partnerships/?kind=twinning")
    ]
    kinds = "kind=twinning&kind=friendship_pact&kind=friendship_record"
    assert [line.url for line in context["lines"]()] == [
        f"/en/partnerships/?{kinds}",
        "",
        f"/en/partnerships/?{kinds}&from=1960&to=2016",
        f"/en/partnerships/?{kinds}&from=1960&to=2022",
        "",
    ]


def test_counts_show_rule_figure_and_difference(client: Client, whole_atlas: None) -> None:
    text = " ".join(client.get("/en/about/counts/").content.decode().split())

    assert "The rule gives <strong>37</strong>, not 40 (difference: −3)." in text
    assert "prefectures: published 5, by the rule 3 (difference: −2)" in text
    assert 'href="/en/sources/sankei-2026/"' in text


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
    html = client.get(f"/it/{path}?region=IT-45&note=1").content.decode()

    switch = re.findall(
        r'<a class="languages__link"\s+href="([^"]+)"\s+lang="\w+"\s+hreflang="(\w+)"', html
    )
    assert {code: url for url, code in switch} == {
        code: f"/{code}/{path}?region=IT-45&amp;note=1" for code in ("it", "ja", "en")
    }


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_address_in_each_language_and_one_that_leads_to_the_reader_s(
    client: Client, atlas: None, path: str
) -> None:
    html = client.get(f"/it/{path}?utm_source=elsewhere").content.decode()

    assert addresses(html) == {
        "canonical": f"http://testserver/it/{path}",
        "it": f"http://testserver/it/{path}",
        "ja": f"http://testserver/ja/{path}",
        "en": f"http://testserver/en/{path}",
        "x-default": f"http://testserver/{path}",
    }


def addresses(html: str) -> dict[str, str]:
    """The canonical address of a page and those of it in other languages."""
    link = r'<link rel="(canonical|alternate)"(?:\s+hreflang="([^"]+)")?\s+href="([^"]+)"'
    return {language or rel: url for rel, language, url in re.findall(link, html)}


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("?sort=-since&region=IT-45", "?region=IT-45"),
        ("?sel=torino-nagoya", ""),
        ("?view=world&page=1", ""),
        ("?to=2025&q=la%20spezia&utm_source=x", "?to=2025&amp;q=la+spezia"),
    ],
)
def test_a_canonical_address_keeps_what_filters_and_nothing_else(
    client: Client, atlas: None, asked: str, canonical: str
) -> None:
    html = client.get(f"/en/{asked}").content.decode()

    assert addresses(html)["canonical"] == f"http://testserver/en/{canonical}"
    assert addresses(html)["x-default"] == f"http://testserver/{canonical}"


def test_each_page_of_a_list_is_canonical_itself(client: Client, db: None) -> None:
    partnership = make_partnership()
    for _ in range(51):
        make_agreement(partnership=partnership)

    html = client.get("/en/agreements/?page=2&sort=title").content.decode()

    assert addresses(html)["canonical"] == "http://testserver/en/agreements/?page=2"
    assert "<title>Agreements, page 2 · Italy–Japan Twinning Atlas</title>" in html


def test_addresses_begin_where_the_site_is_for_ever(
    client: Client, db: None, settings: object
) -> None:
    settings.SITE_URL = "https://atlas.example.org"  # type: ignore[attr-defined]
    html = client.get("/en/sectors/").content.decode()

    assert addresses(html)["canonical"] == "https://atlas.example.org/en/sectors/"
    assert '<meta property="og:image" content="https://atlas.example.org/en/home.png">' in html


@pytest.mark.parametrize("path", ["atlantis/", "partnerships/?kind=marriage"])
def test_an_error_has_no_address_and_no_picture(client: Client, db: None, path: str) -> None:
    html = client.get(f"/en/{path}").content.decode()

    assert addresses(html) == {}
    assert '<meta name="robots" content="noindex">' in html
    assert "og:" not in html


@pytest.mark.parametrize("path", PAGES)
def test_a_link_to_a_page_is_shown_with_its_title_and_a_picture_that_is_there(
    client: Client, atlas: None, path: str
) -> None:
    html = client.get(f"/ja/{path}").content.decode()

    said = dict(re.findall(r'<meta property="(og:[^"]+)"\s+content="([^"]*)"', html))
    title = re.findall(r"<title>(.*?) · 日伊姉妹都市アトラス</title>", html)
    locales = re.findall(r'"og:locale:alternate"\s+content="(\w+)"', html)
    assert [said["og:title"]] == title
    assert [said["og:description"]] == re.findall(r'name="description"\s+content="([^"]*)"', html)
    assert said["og:url"] == f"http://testserver/ja/{path}"
    assert (said["og:locale"], locales) == ("ja_JP", ["it_IT", "en_GB"])
    picture = client.get(said["og:image"].removeprefix("http://testserver"))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert said["og:image:alt"]


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
    # A block of linked data is no script: nothing runs it.
    code = r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\")"
    inline = re.findall(code, html)
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


def test_the_icon_is_a_file_of_the_site(client: Client, db: None) -> None:
    html = client.get("/en/about/").content.decode()

    icon = re.search(r'<link rel="icon"[^>]+href="([^"]+)"', html)

    assert icon
    assert icon[1] == "/static/icon.svg"
    drawn = b"".join(client.get(icon[1]))
    assert ElementTree.fromstring(drawn).tag.endswith("svg")  # noqa: S314 # our own
