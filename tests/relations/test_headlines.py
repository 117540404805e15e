"""Each page is called what it is, in three languages, and says no more than the facts do."""

import re
from collections import Counter
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation

from relations import headlines, sitemaps
from relations.filters import AtlasFilter
from relations.models import Partnership
from tests.factories import (
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_source,
)

TODAY = timezone.localdate()
# The fewest and the most letters of a description; Japanese says as much in half as many.
LENGTHS = {"it": (70, 165), "ja": (35, 106), "en": (70, 165)}


def test_a_partnership_says_where_it_is_and_what_is_on_record(db: None) -> None:
    partnership = make_partnership(
        italian_place=make_italian_city(name_en="Turin", region=make_region(name_en="Piedmont")),
        japanese_place=make_prefecture(name_en="Aichi"),
    )
    read = Partnership.objects.with_places().with_status(TODAY).get(pk=partnership.pk)

    proposed = headlines.of_partnership(read, [], 1)

    assert proposed.title == "Turin – Aichi: proposed partnership"
    assert proposed.description == (
        "Turin (Piedmont) and Aichi, a proposed partnership: 1 event on record, with the source of every fact."
    )
    assert proposed.picture == f"/en/partnerships/{partnership.slug}.png"
    assert proposed.picture_text == "Map of Italy and Japan: a line joins Turin and Aichi."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Nagoya 名古屋市 (Aichi): no partnership between Italy and Japan is on record here"),
        (1, "Nagoya 名古屋市 (Aichi): 1 partnership between Italy and Japan on a map"),
        (3, "Nagoya 名古屋市 (Aichi): 3 partnerships between Italy and Japan on a map"),
    ],
)
def test_a_place_says_how_many_partnerships_it_has(db: None, count: int, said: str) -> None:
    nagoya = make_japanese_city(
        name_en="Nagoya", name_ja="名古屋市", region=make_prefecture(name_en="Aichi")
    )

    headline = headlines.of_place(nagoya, count)

    assert headline.title == "Nagoya 名古屋市 (Aichi): partnerships with Italy"
    assert headline.description.startswith(said)


def test_a_source_is_called_by_its_title_and_who_published_it(db: None) -> None:
    source = make_source(title="Firmato l’accordo", publisher="Comune", published="2025-09")

    headline = headlines.of_source(source, 20, 2)

    assert headline.title == "Firmato l’accordo (Comune)"
    assert headline.description.endswith(
        "“Firmato l’accordo” (September 2025). The atlas cites it 20 times, for 2 records."
    )


def test_a_list_says_what_it_is_filtered_by(atlas: None) -> None:
    asked = AtlasFilter(QueryDict("region=IT-45&kind=twinning&from=1980&q=x&sort="))

    headline = headlines.of_page("partnerships", asked, 2)

    assert headline.title == "Partnerships: Emilia-Romagna, Twinning, from 1980, “x”, page 2"
    assert headline.description.startswith(
        "Partnerships: Emilia-Romagna, Twinning, from 1980, “x”. Every known partnership"
    )
    assert headline.query == "?region=IT-45&kind=twinning&from=1980&q=x&page=2"
    assert (headline.is_article, headline.picture) == (False, "/en/home.png")


def test_what_is_typed_does_not_make_a_title_without_end(atlas: None) -> None:
    asked = AtlasFilter(QueryDict(f"q={'a' * 100}&from=1980&to=2025&status=unknown"))

    headline = headlines.of_page("partnerships", asked)

    for text, most in ((headline.title, 120), (headline.description, 200)):
        assert most - 20 < len(text) <= most
        assert text[-1] == "…"


@pytest.mark.portable
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_every_page_has_a_title_and_a_description_of_its_own_that_fit(
    client: Client, whole_atlas: None, language: str
) -> None:
    with translation.override(language):
        paths = [
            pages.location(item)
            for section in sitemaps.SECTIONS.values()
            for pages in (section("http://testserver"),)
            for item in pages.items()
        ]
    said = [_said(client.get(path).content.decode()) for path in paths]

    least, most = LENGTHS[language]
    titles, descriptions = Counter(t for t, _ in said), Counter(d for _, d in said)
    assert [title for title, count in titles.items() if count > 1] == []
    assert [text for text, count in descriptions.items() if count > 1] == []
    assert [text for text in descriptions if not least <= len(text) <= most] == []
    assert [text for text in [*titles, *descriptions] if "%(" in text or "None" in text] == []


def _said(html: str) -> tuple[str, str]:
    """The title and the description of a page."""
    title = re.findall(r"<title>(.*?)</title>", html, re.DOTALL)[0]
    description = re.findall(r'<meta name="description"\s+content="(.*?)">', html, re.DOTALL)[0]
    return unescape(title), unescape(description)


@pytest.mark.parametrize(
    ("language", "left"),
    [
        # Words of the English patterns, and of no title of a source.
        ("it", r"partnership|agreement| since | with | cites |proposed| ended"),
        ("ja", r"partnership|agreement| since | with | cites |proposed| ended"),
    ],
)
def test_nothing_is_left_in_english(
    client: Client, whole_atlas: None, language: str, left: str
) -> None:
    with translation.override(language):
        paths = [
            pages.location(item)
            for name in ("pages", "partnerships", "places")
            for pages in (sitemaps.SECTIONS[name]("http://testserver"),)
            for item in pages.items()
        ]

    said = [" ".join(_said(client.get(path).content.decode())) for path in paths]

    assert [text for text in said if re.search(left, text)] == []
