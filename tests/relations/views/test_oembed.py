"""oEmbed: what a consumer learns of a page, and how it finds out."""

import re
from html import unescape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import make_agreement, make_partnership

SITE = "http://testserver"


def ask(client: Client, url: str, more: str = "", **headers: str):
    """What is answered of an address."""
    return client.get(f"/oembed?url={quote(url, safe='')}{more}", headers=headers)


@pytest.mark.parametrize(
    ("url", "src", "title"),
    [
        (
            "/it/partnerships/torino-nagoya/",
            "/it/embed/partnership/torino-nagoya/",
            "Torino – Nagoya",
        ),
        (
            "/ja/partnerships/torino-nagoya/",
            "/ja/embed/partnership/torino-nagoya/",
            "トリノ市と名古屋市",
        ),
        (
            "/partnerships/torino-nagoya/",
            "/embed/partnership/torino-nagoya/",
            "Turin – Nagoya",
        ),
        ("/places/torino/", "/embed/place/torino/", "Turin"),
        ("/it/places/torino/", "/it/embed/place/torino/", "Torino"),
        ("/en/", "/en/embed/map/", "How Italy and Japan are linked"),
        ("/", "/embed/map/", "How Italy and Japan are linked"),
        (
            "/en/?region=IT-45&sort=-since&utm_source=x",
            "/en/embed/map/?region=IT-45",
            "How Italy and Japan are linked: Emilia-Romagna",
        ),
        (
            "/en/timeline/?event=none&region=IT-45",
            "/en/embed/timeline/?region=IT-45&event=none",
            "Since when Italy and Japan are linked: Emilia-Romagna",
        ),
    ],
)
def test_a_page_in_any_language_or_none_is_framed(
    client: Client, atlas: None, url: str, src: str, title: str
) -> None:
    response = ask(client, SITE + url)

    said = response.json()
    found = re.search(r'src="([^"]+)"', said["html"])
    assert found is not None
    assert unescape(found[1]) == SITE + src
    assert (said["title"], said["type"], said["version"]) == (title, "rich", "1.0")
    assert response["Content-Type"] == "application/json"


def test_the_frame_that_is_told_is_there(client: Client, atlas: None) -> None:
    said = ask(client, f"{SITE}/en/partnerships/torino-nagoya/").json()

    found = re.search(r'src="http://testserver([^"]+)"', said["html"])
    assert found is not None
    assert client.get(found[1]).status_code == 200


def test_xml_says_the_same_as_json(client: Client, atlas: None) -> None:
    url = f"{SITE}/it/places/torino/"

    response = ask(client, url, "&format=xml&maxwidth=300")

    root = ElementTree.fromstring(response.content)  # noqa: S314 # our own
    said = ask(client, url, "&format=json&maxwidth=300").json()
    assert {child.tag: child.text for child in root} == {k: str(v) for k, v in said.items()}
    assert response["Content-Type"] == "text/xml; charset=utf-8"


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ("", (640, 520)),
        ("&maxwidth=320", (320, 520)),
        ("&maxheight=200", (640, 200)),
        ("&maxwidth=320&maxheight=200", (320, 200)),
        ("&maxwidth=9999&maxheight=", (640, 520)),
    ],
)
def test_size_keeps_to_what_is_asked(
    client: Client, atlas: None, more: str, size: tuple[int, int]
) -> None:
    said = ask(client, f"{SITE}/en/partnerships/torino-nagoya/", more).json()

    assert (said["width"], said["height"]) == size


@pytest.mark.parametrize("more", ["&maxwidth=0", "&maxwidth=wide", "&maxheight=-1", "&maxheight=²"])
def test_a_size_that_is_none_is_refused(client: Client, atlas: None, more: str) -> None:
    response = ask(client, f"{SITE}/en/", more)

    assert response.status_code == 400
    assert "is a whole number of pixels" in response.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "torino-nagoya",
        "http://elsewhere.example/en/partnerships/torino-nagoya/",
        "ftp://testserver/en/",
        "http://testserver:81/en/",
        "http://[testserver/en/",
        f"{SITE}/en/partnerships/atlantis/",
        f"{SITE}/en/places/atlantis/",
        f"{SITE}/en/about/",
        f"{SITE}/admin/",
        f"{SITE}/oembed",
        f"{SITE}/en/embed/map/",
        f"{SITE}/fr/partnerships/torino-nagoya/",
        f"{SITE}/en/?region=IT-99",
        f"{SITE}/en/timeline/?event=feast",
    ],
)
def test_what_is_not_ours_or_not_public_is_not_found(client: Client, atlas: None, url: str) -> None:
    assert ask(client, url).status_code == 404


def test_what_is_withdrawn_or_a_draft_is_not_found(client: Client, db: None) -> None:
    gone = make_agreement(state="withdrawn").partnership
    draft = make_agreement(state="draft").partnership

    answers = [
        ask(client, f"{SITE}/en/partnerships/{it.slug}/")
        for it in (gone, draft, make_partnership())
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_another_format_is_not_implemented(client: Client, atlas: None) -> None:
    assert ask(client, f"{SITE}/en/", "&format=yaml").status_code == 501


@pytest.mark.parametrize("more", ["", "&format=xml", "&format=yaml", "&maxwidth=0"])
def test_scripts_of_every_site_may_read_the_answer(client: Client, atlas: None, more: str) -> None:
    assert ask(client, f"{SITE}/en/", more)["Access-Control-Allow-Origin"] == "*"


def test_the_site_for_ever_is_ours_too(client: Client, atlas: None, settings) -> None:
    settings.SITE_URL = "https://atlas.example.org"

    said = ask(client, "https://atlas.example.org/en/places/torino/").json()

    assert 'src="https://atlas.example.org/en/embed/place/torino/"' in said["html"]
    assert said["provider_url"] == "https://atlas.example.org/"


def test_it_is_only_read(client: Client, db: None) -> None:
    assert client.post("/oembed?url=x").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/it/partnerships/torino-nagoya/",
        "/ja/places/torino/",
        "/en/",
        "/en/?region=IT-45&sector=culture",
        "/it/timeline/?region=IT-45",
    ],
)
def test_a_page_tells_programs_where_to_ask(client: Client, atlas: None, path: str) -> None:
    html = client.get(path).content.decode()

    links = re.findall(r'type="(\w+/\w+)\+oembed"\s+title="([^"]+)"\s+href="([^"]+)"', html)
    answers = [client.get(unescape(href).removeprefix(SITE)) for _type, _title, href in links]
    assert [kind for kind, _title, _href in links] == ["application/json", "text/xml"]
    assert [answer["Content-Type"].partition(";")[0] for answer in answers] == [
        "application/json",
        "text/xml",
    ]
    assert unescape(links[0][1]) == answers[0].json()["title"]


@pytest.mark.parametrize(
    "path", ["/en/partnerships/", "/en/about/", "/en/embed/map/", "/en/partnerships/atlantis/"]
)
def test_other_pages_tell_nothing(client: Client, atlas: None, path: str) -> None:
    assert "+oembed" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("path", "embed"),
    [
        ("/it/partnerships/torino-nagoya/", "/it/embed/partnership/torino-nagoya/"),
        ("/ja/places/torino/", "/ja/embed/place/torino/"),
        ("/en/?region=IT-45&page=1", "/en/embed/map/?region=IT-45"),
        ("/en/timeline/?region=IT-45", "/en/embed/timeline/?region=IT-45"),
    ],
)
def test_a_page_has_the_code_that_frames_it(
    client: Client, atlas: None, path: str, embed: str
) -> None:
    html = client.get(path).content.decode()

    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert found is not None
    code = unescape(found[1])
    src = re.search(r'src="([^"]+)"', code)
    assert src is not None
    assert unescape(src[1]) == SITE + embed
