"""What every template may need, without a query."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    """Where the site is, whom to write to, and the same view in each language.

    The links of `languages` are relative to the host and keep the query string; they
    serve the language switch and `hreflang`. `layout` is what a filtered page extends: with
    `fragment` in the query string only its content is sent, for `static/js/live.js`.
    """
    path = request.get_full_path()
    native = {"it": "Italiano", "ja": "日本語", "en": "English"}
    return {
        "languages": [
            {
                "code": code,
                "name": name,
                "url": translate_url(path, code),
                "active": code == get_language(),
            }
            for code, name in native.items()
        ],
        "origin": _origin(request),
        "layout": "fragment.html" if "fragment" in request.GET else "base.html",
        "contact_email": settings.CONTACT_EMAIL,
    }


def _origin(request: HttpRequest) -> str:
    """The scheme and host asked for; empty on the page that refuses a host."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
