"""The small pages that other sites may frame."""

import gzip
import re
from datetime import date
from importlib import import_module

import pytest
from django.test import Client

from relations.models import Partnership, Source
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_partnership,
)

SMALL = (
    "partnership/torino-nagoya/",
    "place/torino/",
    "place/emilia-romagna/",
    "map/",
    "map/?view=world",
    "timeline/",
)
# Pages and files of every kind that are not to be framed. That of no language is none: it leads on.
PAGES = (
    "/robots.txt",
    "/oembed",
    "/oembed?url=http://testserver/en/",
    "/en/",
    "/en/timeline/",
    "/en/partnerships/",
    "/en/partnerships/torino-nagoya/",
    "/en/partnerships/torino-nagoya/changes/",
    "/en/partnerships/torino-nagoya/anniversaries.ics",
    "/en/partnerships/torino-nagoya/changes.atom",
    "/en/partnerships/atlantis/",
    "/en/agreements/",
    "/en/anniversaries/2026/",
    "/en/places/",
    "/en/places/torino/",
    "/en/places/torino/anniversaries.ics",
    "/en/matrix/",
    "/en/matrix.csv",
    "/en/sectors/",
    "/en/sources/",
    "/en/changes/",
    "/en/changes.atom",
    "/en/anniversaries.ics",
    "/en/about/",
    "/en/about/counts/",
    "/en/about/data-quality/",
    "/en/?region=IT-99",
    "/en/embed/",
    "/en/embed/nothing/",
    "/admin/login/",
)


def number_in(html: str, what: str) -> int:
    """The first number in bold before a word."""
    found = re.search(rf"<strong>(\d+)</strong>[^<]*{what}", html)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize("path", SMALL)
def test_any_site_may_frame_a_small_page_that_sets_no_cookie(
    client: Client, atlas: None, language: str, path: str
) -> None:
    response = client.get(f"/{language}/embed/{path}", headers={"cookie": "sessionid=zzz"})

    assert response.status_code == 200
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert dict(response.cookies) == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_no_other_page_may_be_framed(client: Client, atlas: None, path: str) -> None:
    response = client.get(path)

    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", SMALL)
def test_a_small_page_has_no_script_and_is_not_to_be_found_by_itself(
    client: Client, atlas: None, path: str
) -> None:
    html = client.get(f"/en/embed/{path}").content.decode()

    assert "<script" not in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<base target="_blank">' in html


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("partnership/torino-nagoya/", "partnerships/torino-nagoya/"),
        ("place/torino/", "places/torino/"),
        ("map/", ""),
        ("map/?sector=culture&region=IT-45", "?region=IT-45&amp;sector=culture"),
        ("timeline/?view=japan&event=none", "timeline/?event=none&amp;view=japan"),
    ],
)
def test_a_small_page_leads_to_the_page_that_it_is_taken_from(
    client: Client, atlas: None, path: str, page: str
) -> None:
    html = client.get(f"/it/embed/{path}").content.decode()

    assert f'<link rel="canonical" href="http://testserver/it/{page}">' in html
    assert f'<a href="/it/{page}" rel="noopener">Atlante dei gemellaggi Italia–Giappone</a>' in html


def test_an_address_without_a_language_keeps_its_query_string(client: Client, atlas: None) -> None:
    response = client.get(
        "/embed/map/?region=IT-45&theme=dark", headers={"accept-language": "ja,en;q=0.5"}
    )

    assert (response.status_code, response["Location"]) == (
        302,
        "/ja/embed/map/?region=IT-45&theme=dark",
    )


def test_partnership_says_how_it_stands_and_what_came_first_and_last(
    client: Client, db: None
) -> None:
    partnership = make_partnership(summary_en="How they met.", first_contact="1980")
    for signed, kind in (
        ("1986", "twinning"),
        ("1990-05", "protocol"),
        ("2001-02-03", "memorandum"),
    ):
        make_agreement(partnership=partnership, signed=signed, kind=kind)
    make_agreement(partnership=partnership, signed="")
    make_event(partnerships=(partnership,), start="2005-06", title_en="A visit")
    make_event(partnerships=(partnership,), start="", title_en="Some day")

    html = client.get(f"/en/embed/partnership/{partnership.slug}/").content.decode()

    facts = dict(
        zip(
            *(
                [
                    " ".join(re.sub(r"<[^>]+>", "", cell).split())
                    for cell in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
                ]
                for tag in ("dt", "dd")
            ),
            strict=True,
        )
    )
    assert "How they met." in html
    assert facts == {
        "Status": "In force",
        "First contact": "1980",
        "First agreement": "1986 · Twinning",
        "Last agreement": "3 February 2001 · Memorandum of understanding",
        "Last event": "June 2005 · A visit",
        "On record": "4 agreements · 2 events",
    }


def test_a_year_is_never_said_more_precisely(client: Client, db: None) -> None:
    act = make_agreement(signed="1986")

    html = client.get(f"/en/embed/partnership/{act.partnership.slug}/").content.decode()

    assert re.findall(r'<time datetime="([^"]+)"', html) == ["1986"]


def test_source_line_counts_the_sources(client: Client, db: None) -> None:
    act = make_agreement()
    event = make_event(partnerships=(act.partnership,))
    make_citation(agreement=act)
    make_citation(event=event)
    make_citation(agreement=make_agreement())
    sources = Source.objects.of_partnerships(Partnership.objects.filter(pk=act.partnership.pk))

    pages = [
        client.get(f"/en/embed/{path}").content.decode()
        for path in (
            f"partnership/{act.partnership.slug}/",
            f"place/{act.partnership.italian_place.slug}/",
            f"map/?region={act.partnership.italian_place.territory.code}",
            f"timeline/?region={act.partnership.italian_place.territory.code}",
        )
    ]

    foots = [" ".join(html.partition("<footer")[2].split()) for html in pages]
    assert [re.findall(r"(\d+) sources?", foot) for foot in foots] == [[str(sources.count())]] * 4


def test_place_names_the_oldest_partnerships_and_counts_the_rest(client: Client, db: None) -> None:
    place = make_italian_city()
    for year in range(1990, 2000):
        partnership = make_partnership(slug=f"of-{year}", italian_place=place)
        make_agreement(partnership=partnership, signed=str(year))

    html = client.get(f"/en/embed/place/{place.slug}/").content.decode()

    listed = html.partition("framed__list")[2].partition("</ul>")[0]
    assert re.findall(r"/partnerships/of-(\d+)/", listed) == [str(y) for y in range(1990, 1998)]
    assert "and 2 more" in " ".join(listed.split())
    assert number_in(html, "partnerships") == 10


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize(
    "query", ["", "?region=IT-45", "?region=IT-45&sector=culture", "?q=nagoya"]
)
def test_map_and_timeline_show_as_many_as_the_home_page(
    client: Client, atlas: None, language: str, query: str
) -> None:
    (home,) = (client.get(f"/{language}/{query}").context["page"].paginator.count,)

    embed = client.get(f"/{language}/embed/map/{query}")
    timeline = client.get(f"/{language}/embed/timeline/{query}")

    assert embed.context["page"]().paginator.count == home
    assert timeline.context["numbers"]()[0] == home
    listed = embed.content.decode().partition("framed__list")[2].partition("</ul>")[0]
    assert listed.count("/partnerships/") == home


def test_filter_in_force_is_said_in_words(client: Client, atlas: None) -> None:
    html = client.get("/en/embed/map/?region=IT-45&from=1980").content.decode()

    count = re.sub(r"<[^>]+>", "", html.partition("framed__count")[2].partition("</p>")[0])
    assert " ".join(count.split()).endswith("partnerships · Emilia-Romagna, from 1980")


def test_links_of_the_timeline_lead_to_the_timeline(client: Client, atlas: None) -> None:
    html = client.get("/en/embed/timeline/?region=IT-45").content.decode()

    links = re.findall(r'<a [^>]*?href="([^"]+)"', html)
    assert [link for link in links if link.startswith(("?", "#"))] == []
    assert any(link.startswith("/en/timeline/?region=IT-45&amp;from=") for link in links)


def test_bundles_of_a_dense_map_lead_to_the_home_page(
    client: Client, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("relations.views.home"), "MOST_CURVES", 1)

    html = client.get("/en/embed/map/?from=1950").content.decode()

    bundles = re.findall(r'class="bundle"\s+href="([^"]+)"', html)
    assert bundles
    assert [link for link in bundles if not link.startswith("/en/?region=")] == []


@pytest.mark.parametrize(
    ("path", "theme"),
    [("", None), ("?theme=auto", None), ("?theme=dark", "dark"), ("?theme=light", "light")],
)
def test_theme_is_that_of_the_reader_unless_one_is_asked_for(
    client: Client, atlas: None, path: str, theme: str | None
) -> None:
    html = client.get(f"/en/embed/place/torino/{path}").content.decode()

    found = re.search(r'<html lang="en"(?: data-theme="(\w+)")?>', html)
    assert found is not None
    assert found[1] == theme


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("partnership/atlantis/", 404, "There is no such page"),
        ("place/atlantis/", 404, "There is no such page"),
        ("map/?region=IT-99", 400, "“IT-99” is not a value of “region”."),
        ("map/?page=9", 404, "There is no such page"),
        ("timeline/?event=feast", 400, "“feast” is not a value of “event”."),
        ("place/torino/?theme=pink", 400, "“pink” is not a value of “theme”."),
    ],
)
def test_an_error_is_a_small_page_too(
    client: Client, atlas: None, path: str, status: int, sentence: str
) -> None:
    response = client.get(f"/en/embed/{path}")

    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert "masthead" not in html
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]


def test_a_withdrawn_partnership_is_gone_and_says_where_to_read_why(
    client: Client, db: None
) -> None:
    act = make_agreement(
        state="withdrawn",
        withdrawn_on=date(2026, 11, 8),
        withdrawn_reason_en="Never signed.",
        summary_en="What it said.",
    )

    response = client.get(f"/en/embed/partnership/{act.partnership.slug}/")

    html = response.content.decode()
    assert response.status_code == 410
    assert act.partnership.get_absolute_url() in html
    assert "What it said." not in html
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize(
    ("path", "most"), [("partnership/torino-nagoya/", 20), ("place/torino/", 20), ("map/", 80)]
)
def test_a_small_page_is_small(client: Client, whole_atlas: None, path: str, most: int) -> None:
    response = client.get(f"/ja/embed/{path}")

    assert len(gzip.compress(response.content)) < most * 1000


@pytest.mark.parametrize("rows", [1, 3])
def test_small_pages_take_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    place = make_italian_city()
    for _ in range(rows):
        act = make_agreement(partnership=make_partnership(italian_place=place))
        make_event(partnerships=(act.partnership,))
        make_agreement(partnership=act.partnership)
        make_citation(agreement=act)
    partnership = place.partnerships_as_italian.first()
    client.get("/en/")  # which reads the index of this version

    counts = []
    for path in (
        f"partnership/{partnership.slug}/",
        f"place/{place.slug}/",
        "map/",
        "timeline/",
    ):
        with django_assert_num_queries(99, exact=False) as captured:  # type: ignore[operator]
            client.get(f"/en/embed/{path}")
        counts.append(len(captured))

    # each the version; the partnership and its life; the place, its partnerships and sources; sources
    # (the rest is kept from the home page); what is found, acts, events, records, years, sources
    assert counts == [12, 8, 2, 12]
