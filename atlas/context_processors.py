"""What every template may need, without a query."""

from django.conf import settings
from django.core.exceptions import DisallowedHost, TooManyFieldsSent
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_path

from relations import uris

NATIVE_NAMES = {"it": "Italiano", "ja": "日本語", "en": "English"}
# As Open Graph writes a language: with the territory whose usage it follows.
LOCALES = {"it": "it_IT", "ja": "ja_JP", "en": "en_GB"}


def site(request: HttpRequest) -> dict[str, object]:
    """Where the site is, whom to write to, and the same view in each language.

    The paths in `languages` are relative to the host: `url` keeps the query string, for the
    language switch; `path` has none, for the addresses by which pages are known elsewhere,
    as has `neutral_path`, which leads to the page in the reader's language. `layout` is what a
    filtered page extends: with `fragment` in the query string only its content is sent, for
    `static/js/live.js`.
    """
    return {
        "languages": [
            {
                "code": code,
                "name": name,
                "locale": LOCALES[code],
                "url": _in_language(request, request.get_full_path(), code),
                "path": _in_language(request, request.path, code),
                "active": code == get_language(),
            }
            for code, name in NATIVE_NAMES.items()
        ],
        "neutral_path": _neutral(request.path),
        "origin": _origin(request),
        "layout": "fragment.html" if _is_fragment(request) else "base.html",
        "contact_email": settings.CONTACT_EMAIL,
    }


def _is_fragment(request: HttpRequest) -> bool:
    """Whether a part of the page is asked for; not on the page that refuses what cannot be read."""
    try:
        return "fragment" in request.GET
    except TooManyFieldsSent:
        return False


def _in_language(request: HttpRequest, address: str, code: str) -> str:
    """An address of this request in another language, where there is one; see `_neutral`.

    As `django.urls.translate_url` has it, which takes a millisecond for each.
    """
    if request.resolver_match is None or not get_language_from_path(request.path_info):
        return address
    script = request.path.removesuffix(request.path_info)
    _language, slash, rest = address.removeprefix(f"{script}/").partition("/")
    return f"{script}/{code}{slash}{rest}"


def _neutral(path: str) -> str:
    """A path without its language: `/partnerships/` for `/it/partnerships/`."""
    language = get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language else path


def _origin(request: HttpRequest) -> str:
    """The beginning of every address, see `relations.uris`; empty on the page that refuses a host."""
    try:
        return uris.origin(request)
    except DisallowedHost:
        return ""
