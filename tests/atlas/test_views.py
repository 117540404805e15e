"""What the site answers beside its pages."""

import struct

import pytest
from django.test import Client


def test_programs_may_read_everything_but_the_desk_and_parts_of_pages(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?fragment=",
        "Disallow: /*&fragment=",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_where_there_is_no_desk_programs_are_told_of_none(client: Client, settings: object) -> None:
    settings.DESK = False  # type: ignore[attr-defined]

    assert "/admin/" not in client.get("/robots.txt").content.decode()


def test_the_sitemap_is_named_where_the_site_is_for_ever(client: Client, settings: object) -> None:
    settings.SITE_URL = "https://atlas.example.org"  # type: ignore[attr-defined]

    said = client.get("/robots.txt").content.decode()
    assert said.splitlines()[-1] == "Sitemap: https://atlas.example.org/sitemap.xml"


def test_who_asks_for_the_old_icon_gets_it(client: Client) -> None:
    response = client.get("/favicon.ico")

    _reserved, kind, count, width, height = struct.unpack("<HHHBB", response.content[:8])
    size, offset = struct.unpack("<II", response.content[14:22])
    assert response["Content-Type"] == "image/vnd.microsoft.icon"
    assert (kind, count, width, height) == (1, 1, 48, 48)
    assert response.content[offset:][:8] == b"\x89PNG\r\n\x1a\n"
    assert len(response.content) == offset + size


def test_a_home_screen_gets_an_icon(client: Client) -> None:
    response = client.get("/apple-touch-icon.png")

    assert response["Content-Type"] == "image/png"
    assert struct.unpack(">II", response.content[16:24]) == (180, 180)


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_an_icon_is_kept(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (first["Cache-Control"], again.status_code) == ("public, max-age=604800", 304)
