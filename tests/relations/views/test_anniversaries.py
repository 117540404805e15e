"""The anniversaries of a year as HTTP answers them, and where other pages name them."""

import re
from datetime import date

import pytest
from django.utils import timezone

from relations.enums import AgreementKind
from tests.factories import (
    make_agreement,
    make_italian_city,
    make_partnership,
    make_region,
    make_sector,
)

LANGUAGES = ("it", "ja", "en")


@pytest.fixture
def today(monkeypatch):
    """A day on which all these tests take place."""
    day = date(2026, 11, 25)
    monkeypatch.setattr(timezone, "localdate", lambda: day)
    return day


def ids_of(items):
    """The acts of a part of the page, by slug."""
    return [item.agreement.slug for item in items]


def heads(html):
    """The headings of the second level."""
    return [" ".join(head.split()) for head in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)]


def feeds_of(html):
    """The addresses of the feeds that a page names in its head, by type."""
    links = re.findall(
        r'<link rel="alternate"\s+type="((?!\w+/\w+\+oembed)[^"]+)"\s+title="[^"]+"\s+href="([^"]+)">',
        html,
    )
    return {kind: address.replace("&amp;", "&") for kind, address in links}


# Addresses


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", "?region=IT-45&kind=twinning"])
def test_the_page_without_a_year_leads_to_this_year(client, db, today, language, query):
    response = client.get(f"/{language}/anniversaries/{query}")

    assert response.status_code == 302
    assert response["Location"] == f"/{language}/anniversaries/2026/{query}"


@pytest.mark.parametrize(
    ("year", "status"),
    [
        ("1899", 404),
        ("1900", 200),
        ("2100", 200),
        ("2101", 404),
        ("02026", 404),
        ("26", 404),
        ("2026x", 404),
    ],
)
def test_a_page_is_there_for_the_years_from_1900_to_2100(client, db, year, status):
    assert client.get(f"/en/anniversaries/{year}/").status_code == status


@pytest.mark.parametrize(
    ("year", "neighbours"), [(1900, (None, 1901)), (2026, (2025, 2027)), (2100, (2099, None))]
)
def test_a_year_leads_to_those_beside_it_under_the_same_filter(client, atlas, year, neighbours):
    response = client.get(f"/en/anniversaries/{year}/?region=IT-45&sector=culture")
    links = re.findall(r'rel="(?:prev|next)"\s+href="([^"]+)"', response.content.decode())

    assert (response.context["previous"], response.context["next"]) == neighbours
    assert links == [
        f"/en/anniversaries/{other}/?region=IT-45&amp;sector=culture"
        for other in neighbours
        if other
    ]


def test_a_wrong_value_gets_a_400_page_that_leads_back_to_the_year(client, atlas):
    response = client.get("/en/anniversaries/2026/?region=IT-99")

    assert (response.status_code, response.context["back"]) == (400, "/en/anniversaries/2026/")
    assert "“IT-99” is not a value of “region”." in response.content.decode()


def test_what_the_form_sends_empty_is_taken_out_of_the_address(client, db):
    response = client.get("/en/anniversaries/2026/?region=&region=")

    assert (response.status_code, response["Location"]) == (302, "/en/anniversaries/2026/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["anniversaries/", "anniversaries/2026/"])
def test_the_page_only_reads(client, db, method, path):
    assert getattr(client, method)(f"/en/{path}").status_code == 405


# What it shows


def test_the_page_has_days_then_unknown_days_then_terms(client, db):
    make_agreement(slug="month", signed="2016-03")
    make_agreement(slug="year", signed="1986")
    make_agreement(slug="late", signed="2016-12-31")
    make_agreement(slug="early", signed="1951-02-01")
    make_agreement(slug="term", signed="2023-09-23", term_months=36)

    response = client.get("/en/anniversaries/2026/")

    assert ids_of(response.context["by_day"]()) == ["early", "late"]
    assert ids_of(response.context["day_unknown"]()) == ["month", "year"]
    assert ids_of(response.context["terms"]()) == ["term"]
    assert heads(response.content.decode()) == [
        "By day",
        "Day unknown",
        "Terms that run out in 2026",
        "Calendar of anniversaries",
    ]


@pytest.mark.parametrize(
    ("language", "said"), [("it", "40 anni"), ("ja", "40周年"), ("en", "40 years")]
)
def test_the_year_2026_names_emilia_romagna_and_ibaraki(client, atlas, language, said):
    html = client.get(f"/{language}/anniversaries/2026/").content.decode()

    assert 'id="emilia-romagna-ibaraki-1986"' in html
    assert said in html
    assert "茨城県" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_never_becomes_a_day(client, atlas, language):
    html = client.get(f"/{language}/anniversaries/2026/").content.decode()

    assert '<time datetime="2026">' in html
    assert not re.search(r"2026-01|gennaio|1月|January", html)


def test_the_year_2028_says_what_happens_when_the_term_ends(client, atlas):
    response = client.get("/en/anniversaries/2028/")

    assert [end.agreement.partnership.slug for end in response.context["terms"]()] == [
        "la-spezia-izumisano"
    ]
    assert "then it renews itself unless one side gives notice" in response.content.decode()


def test_an_anniversary_about_a_year_says_so(client, db):
    make_agreement(signed="1986~")

    assert "about 2026" in client.get("/en/anniversaries/2026/").content.decode()


@pytest.mark.parametrize(("year", "is_said"), [(2009, True), (2024, False)])
def test_an_anniversary_of_a_leap_day_says_so_in_other_years(client, db, year, is_said):
    make_agreement(signed="2004-02-29")

    html = client.get(f"/en/anniversaries/{year}/").content.decode()

    assert ("It was signed on a 29 February" in html) is is_said


def test_what_is_past_does_not_call(client, db, today):
    make_agreement(signed="2016-11-24")
    make_agreement(signed="2016-11-25")
    make_agreement(signed="2016")

    html = client.get("/en/anniversaries/2026/").content.decode()

    assert (html.count("due--past"), html.count('<li class="life__item')) == (1, 3)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["here", "there"]),
        ("?region=IT-45", ["here"]),
        ("?region=IT-67", []),
        ("?kind=memorandum", ["there"]),
        ("?to=1990", ["here"]),
    ],
)
def test_the_page_shows_what_matches_the_filter(client, db, query, slugs):
    region = make_region(code="IT-45")
    make_region(code="IT-67")
    here = make_partnership(italian_place=make_italian_city(region=region))
    make_agreement(slug="here", partnership=here, signed="1986")
    make_agreement(slug="there", signed="2006", kind=AgreementKind.MEMORANDUM)

    response = client.get(f"/en/anniversaries/2026/{query}")

    assert sorted(ids_of(response.context["day_unknown"]())) == slugs
    assert response.context["count"]() == len(slugs)


def test_the_form_shows_the_chosen_and_keeps_the_rest(client, atlas):
    html = client.get(
        "/en/anniversaries/2026/?region=IT-45&region=IT-21&region=JP-08&sector=culture&from=1980"
    ).content.decode()
    form = html.partition('class="choose"')[2].partition("</form>")[0]

    assert re.findall(r'value="([^"]*)"\s+selected', form) == ["IT-21", "JP-08"]
    assert re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]+)"', form) == [
        ("region", "IT-45"),
        ("sector", "culture"),
        ("from", "1980"),
    ]
    assert form.count("<optgroup") == 13


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("", "Look at another year."),
        ("?region=IT-67", "Take off one of the conditions, or look at another year."),
    ],
)
def test_an_empty_year_says_what_to_loosen(client, atlas, query, hint):
    html = client.get(f"/en/anniversaries/2027/{query}").content.decode()

    assert hint in html
    assert ("Clear all filters" in html) is bool(query)


def test_the_calendar_is_offered_under_the_same_filter(client, atlas):
    html = client.get("/en/anniversaries/2026/?region=IT-45&sector=culture").content.decode()
    address = "/en/anniversaries.ics?region=IT-45&amp;sector=culture"

    assert f'href="webcal://testserver{address}"' in html
    assert f'href="{address}"' in html


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_takes_the_same_number_of_queries_for_any_rows(
    client, db, rows, language, django_assert_num_queries
):
    for _ in range(rows):
        make_agreement(signed="1986", sectors=(make_sector(),))
        make_agreement(signed="2016-05-27", term_months=120)
    client.get("/en/")  # which reads the index of this version

    # version; anniversaries; terms, their renewals
    with django_assert_num_queries(4):
        response = client.get(f"/{language}/anniversaries/2026/")

    assert (response.context["count"](), len(response.context["terms"]())) == (2 * rows, rows)


# On other pages


@pytest.mark.parametrize(
    ("language", "said"),
    [("it", "40 anni nel 2026"), ("ja", "2026年に40周年"), ("en", "40 years in 2026")],
)
def test_a_partnership_bears_the_round_anniversary_of_this_year(
    client, atlas, today, language, said
):
    html = client.get(f"/{language}/partnerships/emilia-romagna-ibaraki/").content.decode()

    assert said in html
    assert f'href="/{language}/anniversaries/2026/#emilia-romagna-ibaraki-1986"' in html


@pytest.mark.parametrize("fields", [{"signed": "1985"}, {"signed": "1986", "ended": "2001"}])
def test_a_partnership_without_one_bears_none(client, db, today, fields):
    act = make_agreement(**fields)

    response = client.get(act.partnership.get_absolute_url())

    assert response.context["anniversaries"]() == []
    assert 'class="jubilee"' not in response.content.decode()


def test_the_home_page_names_what_comes(client, atlas, today):
    response = client.get("/en/")

    assert ids_of(response.context["coming"]) == [
        "emilia-romagna-ibaraki-1986",
        "torino-nagoya-chambers-2006",
    ]
    assert "In the next twelve months" in response.content.decode()


def test_the_home_page_names_six_at_most(client, db, today):
    for _ in range(7):
        make_agreement(signed="1986")

    response = client.get("/en/")

    assert len(response.context["coming"]) == 6
    assert 'href="/en/anniversaries/">All anniversaries' in response.content.decode()


def test_the_home_page_says_nothing_where_nothing_comes(client, db, today):
    make_agreement(signed="1985")

    assert "In the next twelve months" not in client.get("/en/").content.decode()


@pytest.mark.parametrize("path", ["", "agreements/", "partnerships/torino-nagoya/"])
def test_the_page_is_linked_from_others(client, atlas, today, path):
    assert 'href="/it/anniversaries/"' in client.get(f"/it/{path}").content.decode()


@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        ("", ["changes.atom", "anniversaries.ics"]),
        ("partnerships/", ["changes.atom", "anniversaries.ics"]),
        ("agreements/", ["changes.atom", "anniversaries.ics"]),
        ("anniversaries/2026/", ["changes.atom", "anniversaries.ics"]),
        (
            "partnerships/torino-nagoya/",
            [
                "partnerships/torino-nagoya/changes.atom",
                "partnerships/torino-nagoya/anniversaries.ics",
            ],
        ),
        ("places/torino/", ["places/torino/anniversaries.ics"]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_its_feeds_in_its_head(client, atlas, language, path, feeds):
    found = feeds_of(client.get(f"/{language}/{path}").content.decode())

    assert found == {
        "application/atom+xml" if name.endswith(".atom") else "text/calendar": f"/{language}/{name}"
        for name in feeds
    }
    assert {client.get(address).status_code for address in found.values()} == {200}


@pytest.mark.parametrize("path", ["", "partnerships/", "agreements/", "anniversaries/2026/"])
def test_the_feeds_of_a_page_honour_its_filter_and_not_its_look(client, atlas, path):
    look = "&sort=-since" if path == "partnerships/" else ""
    html = client.get(f"/en/{path}?region=IT-45&region=JP-08&q=a%26b{look}").content.decode()

    assert feeds_of(html) == {
        "application/atom+xml": "/en/changes.atom?region=IT-45&region=JP-08&q=a%26b",
        "text/calendar": "/en/anniversaries.ics?region=IT-45&region=JP-08&q=a%26b",
    }
