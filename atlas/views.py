"""What the site answers beside its pages."""

import struct
from functools import cache
from http import HTTPStatus
from pathlib import Path

import resvg_py
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from atlas.logs import request_id
from relations import uris

# So long may a browser keep an icon without asking.
ICON_AGE = 7 * 24 * 3600
FAVICON, TOUCH_ICON = 48, 180


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """All pages may be read and indexed by programs, but for the desk and for parts of pages (RFC 9309)."""
    closed = ["/admin/"] if settings.DESK else []
    closed += ["/*?fragment=", "/*&fragment="]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {uris.origin(request)}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@conditional_page
@cache_control(public=True, max_age=ICON_AGE)
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # the same for everyone
    """The icon for programs that ask for /favicon.ico, whatever a page says: a picture in a container (ICO)."""
    png = _icon(FAVICON)
    header = struct.pack("<HHH", 0, 1, 1)  # an icon, of one picture
    entry = struct.pack("<BBBBHHII", FAVICON, FAVICON, 0, 0, 1, 32, len(png), 22)
    return HttpResponse(header + entry + png, content_type="image/vnd.microsoft.icon")


@require_safe
@conditional_page
@cache_control(public=True, max_age=ICON_AGE)
def touch_icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # the same for everyone
    """The icon for the home screen of a telephone or tablet."""
    return HttpResponse(_icon(TOUCH_ICON), content_type="image/png")


@cache
def _icon(size: int) -> bytes:
    """The icon of the pages as a picture (PNG) of so many pixels."""
    drawn = Path(settings.BASE_DIR / "static" / "icon.svg").read_text("utf-8")
    return resvg_py.svg_to_bytes(svg_string=drawn, width=size, height=size)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # nothing of it may fail a second time
    """What broke on our side, with the number under which it was written down: no database, no translation."""
    page = loader.render_to_string("500.html", {"code": 500, "request_id": request_id.get()})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
