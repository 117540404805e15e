"""The code that frames a page elsewhere, and what oEmbed says of it."""

from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.utils.translation import override

from relations import embedding
from relations.embedding import Embed, Picture
from relations.filters import AtlasFilter
from relations.views.home import home_filter
from relations.views.timeline import timeline_filter
from tests.factories import make_italian_city, make_partnership

SITE = "https://atlas.example"
EMBED = Embed("partnership", "“A & B”", f"{SITE}/it/embed/partnership/a-b/?x=1&y=2")


def test_code_is_as_wide_as_there_is_room_and_escapes_what_it_says():
    assert EMBED.code == (
        '<iframe src="https://atlas.example/it/embed/partnership/a-b/?x=1&amp;y=2" title="“A &amp; B”"'
        ' width="100%" height="520" loading="lazy" frameborder="0"></iframe>'
    )


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        ((None, None), (640, 520)),
        ((400, None), (400, 520)),
        ((None, 300), (640, 300)),
        ((2000, 2000), (640, 520)),
        ((1, 1), (1, 1)),
    ],
)
def test_description_keeps_to_the_greatest_size(most, expected):
    said = EMBED.described(SITE, most)

    assert (said["width"], said["height"]) == expected
    assert f'width="{expected[0]}" height="{expected[1]}"' in said["html"]


def test_description_has_what_a_rich_response_must_have():
    said = EMBED.described(SITE, (None, None))

    assert {name: said[name] for name in said if name != "html"} == {
        "version": "1.0",
        "type": "rich",
        "title": "“A & B”",
        "provider_name": "Italy–Japan Twinning Atlas",
        "provider_url": "https://atlas.example/",
        "cache_age": 86400,
        "width": 640,
        "height": 520,
    }


def test_description_has_a_thumbnail_where_there_is_a_picture():
    said = EMBED.described(SITE, (None, None), Picture(f"{SITE}/a.png", 1200, 630))

    assert [said[f"thumbnail_{name}"] for name in ("url", "width", "height")] == [
        "https://atlas.example/a.png",
        1200,
        630,
    ]


def test_description_as_xml_says_the_same():
    said = EMBED.described(SITE, (None, None))

    root = ElementTree.fromstring(embedding.as_xml(said))  # noqa: S314 # our own

    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in said.items()
    }


def test_address_without_a_language_leads_each_reader_to_their_own():
    with override("it"):
        assert embedding.neutral(EMBED).url == (
            "https://atlas.example/embed/partnership/a-b/?x=1&y=2"
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "address", "title"),
    [
        ("", "/en/embed/map/", "How Italy and Japan are linked"),
        (
            "to=2000&from=1960&sort=-since&page=1",
            "/en/embed/map/?from=1960&to=2000",
            "How Italy and Japan are linked: from 1960, until 2000",
        ),
        ("view=world", "/en/embed/map/?view=world", "How Italy and Japan are linked"),
    ],
)
def test_map_keeps_the_filter_and_the_view_and_drops_the_order(query, address, title):
    embed = embedding.of_map(home_filter(QueryDict(query)), SITE)

    assert (embed.url, embed.title) == (SITE + address, title)


@pytest.mark.django_db
def test_timeline_keeps_its_kinds_of_events():
    embed = embedding.of_timeline(timeline_filter(QueryDict("event=none&view=japan")), SITE)

    assert embed.url == f"{SITE}/en/embed/timeline/?event=none&view=japan"


@pytest.mark.django_db
def test_partnership_and_place_are_called_by_their_names():
    partnership, place = make_partnership(slug="a-b"), make_italian_city(slug="c", name_en="C")

    embeds = embedding.of_partnership(partnership, SITE), embedding.of_place(place, SITE)

    assert [(embed.title, embed.url) for embed in embeds] == [
        (str(partnership), f"{SITE}/en/embed/partnership/a-b/"),
        ("C", f"{SITE}/en/embed/place/c/"),
    ]


@pytest.mark.django_db
def test_links_of_a_filter_lead_to_the_page_whose_address_is_set():
    atlas_filter = AtlasFilter(QueryDict("from=1960"))
    atlas_filter.address = "/en/timeline/"

    assert atlas_filter.query(to=1970) == "/en/timeline/?from=1960&to=1970"
    assert atlas_filter.selecting("a-b") == "/en/timeline/?from=1960&sel=a-b"
    assert AtlasFilter(QueryDict("")).selecting("a-b") == "?sel=a-b"
