"""What each kind of answer tells a browser to forbid."""

import re

import pytest
from django.conf import settings as atlas_settings
from django.test import Client

from relations.models import Partnership, Place

EVERYWHERE = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
OURS = {
    "a page": "/it/",
    "a list": "/ja/partnerships/",
    "a feed": "/en/changes.atom",
    "a calendar": "/en/anniversaries.ics",
    "the icon": "/favicon.ico",
    "a style sheet": "/static/css/base.css",
    "a script": "/static/js/theme.js",
    "the robots' file": "/robots.txt",
    "the sitemap": "/sitemap.xml",
    "an unknown page": "/it/atlantide/",
    "an unknown file": "/data/none.zip",
    "a refused filter": "/it/partnerships/?status=%00",
    "an unknown static file": "/static/none.css",
    "a redirect to a language": "/partnerships/",
    "the desk's sign-in": "/admin/login/",
}
OPEN = {
    "the way to a record": "/catalog/",
    "a list as a file": "/it/partnerships.csv",
    "a matrix as a file": "/it/matrix.csv",
    "the whole data": "/data/partnerships.csv",
    "the API": "/api/v1/partnerships",
    "the API's refusal": "/api/v1/none",
    "linked data": "/catalog.ttl",
    "oEmbed": "/oembed?url=x",
    "a picture to share": "/it/home.png",
}
EMBEDS = ("map/", "timeline/", "partnership/{partnership}/", "place/{place}/", "place/none/")


@pytest.fixture
def asked(client: Client, atlas: None, settings: object):
    """Ask over HTTPS, as in public."""
    settings.SECURE_HSTS_SECONDS = 31536000  # type: ignore[attr-defined]
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True  # type: ignore[attr-defined]

    def ask(path: str, **headers: str):
        response = client.get(path, secure=True, headers=headers)
        response.close()  # a static file is one
        return response

    return ask


def said(response, names=EVERYWHERE) -> dict[str, str | None]:
    return {name: response.get(name) for name in names}


@pytest.mark.parametrize("path", OURS.values(), ids=OURS)
def test_what_is_for_our_pages_alone_can_be_used_by_no_other_site(asked, path: str) -> None:
    assert said(asked(path)) == EVERYWHERE


@pytest.mark.parametrize("path", OPEN.values(), ids=OPEN)
def test_what_is_for_everybody_says_so_and_forbids_the_rest(asked, path: str) -> None:
    wanted = EVERYWHERE | {"Cross-Origin-Resource-Policy": "cross-origin"}

    assert said(asked(path)) == wanted


@pytest.mark.parametrize("path", EMBEDS)
def test_an_embed_may_be_framed_and_forbids_the_rest(asked, path: str) -> None:
    slugs = {
        "partnership": Partnership.objects.published().first().slug,  # type: ignore[union-attr]
        "place": Place.objects.first().slug,  # type: ignore[union-attr]
    }
    policy = EVERYWHERE["Content-Security-Policy"].replace("'none'; object", "*; object")

    response = asked(f"/it/embed/{path.format_map(slugs)}")

    assert said(response) == EVERYWHERE | {
        "Content-Security-Policy": policy,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize("path", [*OURS.values(), *OPEN.values()])
def test_no_answer_leaves_a_camera_or_the_like_to_anybody(asked, path: str) -> None:
    features = re.findall(r"([a-z-]+)=\(\)(?:, |$)", asked(path)["Permissions-Policy"])

    assert tuple(features) == atlas_settings.FORBIDDEN_FEATURES
    assert {"camera", "geolocation", "microphone", "payment", "usb"} <= set(features)


def test_a_renewed_answer_does_not_take_back_what_the_page_allowed(asked) -> None:
    first = asked("/it/home.png")
    again = asked("/it/home.png", **{"if-none-match": first["ETag"]})

    kept = {name: value for name, value in EVERYWHERE.items() if name != "Content-Security-Policy"}
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again
    assert said(again, kept) == kept | {"Cross-Origin-Resource-Policy": None}


def test_a_host_that_is_refused_before_anything_else_is_refused_with_all_headers(
    client: Client, settings: object
) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]

    response = client.get("/it/", headers={"host": "evil.example"})

    wanted = {name: value for name, value in EVERYWHERE.items() if not name.startswith("Strict")}
    assert response.status_code == 400
    assert said(response, wanted) == wanted


def test_no_policy_makes_an_exception() -> None:
    policy = atlas_settings.SECURITY_HEADERS["Content-Security-Policy"]

    assert re.findall(r"unsafe|nonce|data:|https?:|\*", policy) == []
