"""Responses from what is kept: whole, as 304, or as it was when the database could last be asked."""

import json
import time
from datetime import UTC, datetime
from http import HTTPStatus

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import get_language_from_request, override

from atlas.page_cache.address import VARIES, Address
from atlas.page_cache.encodings import IDENTITY, decode, encode
from atlas.page_cache.state import State
from atlas.page_cache.store import Entry

# Where `base.html` and the frames of embeds leave room for the sentence on the age of a page.
ROOM = b"<!--as of-->"
# Seconds after which to ask again while the database is away.
RETRY = 10
# Of each answer to whom it is sent; the rest belongs to the answer and is kept with it.
_OF_THE_SENDING = {"content-length", "content-encoding", "etag", "vary", "x-request-id"}


def can_keep(response: HttpResponseBase) -> bool:
    """Whether an answer is the same for everybody who asks for it in this language and encoding."""
    asked = {name.strip() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and asked <= set(VARIES)
        and not any(word in response.get("Cache-Control", "") for word in ("no-store", "private"))
    )


def entry_of(
    route: str, response: HttpResponse, state: State, address: Address
) -> tuple[Entry, bytes]:
    """What is kept of an answer of a view, and its body."""
    response.setdefault("Cache-Control", cache_control())
    body, encoding = encode(response.content, response["Content-Type"], address.kept_as)
    headers = tuple(
        (name, value) for name, value in response.items() if name.lower() not in _OF_THE_SENDING
    )
    moment = time.time()
    return Entry(route, state.token, state.changed, moment, headers, encoding, len(body)), body


def cache_control() -> str:
    """How long others may keep an answer: a browser asks each time, caches between do not.

    When the site does not answer they may send what they have for a week (RFC 5861).
    """
    age = settings.CDN_SECONDS
    return f"public, max-age=0, s-maxage={age}, stale-while-revalidate={age}, stale-if-error=604800"


def describe(response: HttpResponseBase, state: State, address: Address) -> None:
    """Say when an answer was last another one, by which a reader can ask whether it still holds."""
    response["ETag"] = address.etag(state)
    response["Last-Modified"] = http_date(state.changed)
    response["Vary"] = address.vary


def is_known(request: HttpRequest, state: State, etag: str) -> bool:
    """Whether the reader has the answer of this state (RFC 9110, 13.2.2)."""
    if tags := request.META.get("HTTP_IF_NONE_MATCH"):
        return tags == etag or etag in {tag.removeprefix("W/") for tag in parse_etags(tags)}
    since = request.META.get("HTTP_IF_MODIFIED_SINCE", "")
    # Nothing but this moment: where the clock was put back, or an older backup was restored, the
    # reader has an answer that is later than ours and another one.
    return bool(since) and parse_http_date_safe(since) == state.changed


def not_modified(state: State, address: Address) -> HttpResponse:
    """304."""
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    del response["Content-Type"]
    response["Cache-Control"] = cache_control()
    describe(response, state, address)
    return response


def from_entry(entry: Entry, state: State, address: Address) -> HttpResponseBase | None:
    """The answer that is kept; None where its file is gone."""
    try:
        response = _body_of(entry, address)
    except OSError:
        return None
    for name, value in entry.headers:
        response.headers[name] = value
    describe(response, state, address)
    return response


def _body_of(entry: Entry, address: Address) -> HttpResponseBase:
    response: HttpResponseBase
    if entry.encoding and not address.encoding:
        body = decode(entry.read())
        return HttpResponse(body, headers={"Content-Length": str(len(body))})
    response = FileResponse(entry.open()) if entry.file else HttpResponse(entry.body)
    if entry.encoding:
        response["Content-Encoding"] = entry.encoding
    response["Content-Length"] = str(entry.size)
    return response


def as_of(request: HttpRequest, entry: Entry, address: Address) -> HttpResponseBase | None:
    """The last answer that could be made; a page says of when it is. None where its file is gone."""
    try:
        body = decode(entry.read())
    except OSError:
        return None
    language = get_language_from_request(request, check_path=True)
    if ROOM in body:
        with override(language):
            moment = timezone.localtime(datetime.fromtimestamp(entry.made, UTC))
            words = render_to_string("components/_as_of.html", {"moment": moment})
        body = body.replace(ROOM, words.encode(), 1)
    response = HttpResponse()
    for name, value in entry.headers:
        response.headers[name] = value
    response.content, encoding = encode(body, response["Content-Type"], address.encoding)
    if encoding != IDENTITY:
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
    response["Last-Modified"] = http_date(entry.changed)
    response["Cache-Control"] = f"public, max-age=0, s-maxage={RETRY}"
    response["Vary"] = address.vary
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 for what was never kept, while the database is away: a page, or for programs a few words."""
    if request.path_info.startswith("/api/"):
        told = {"type": "about:blank", "title": "Service Unavailable", "status": 503}
        told["detail"] = "The data cannot be reached at the moment. Please ask again shortly."
        response = HttpResponse(json.dumps(told), content_type="application/problem+json")
    else:
        response = HttpResponse(render_to_string("503.html", {"code": 503}))
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response["Retry-After"] = str(RETRY)
    response["Cache-Control"] = "no-store"
    return response
