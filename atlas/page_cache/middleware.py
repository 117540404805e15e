"""The way of a request for a public page past what is kept."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from atlas import metrics
from atlas.desk import is_of_the_desk
from atlas.instrumentation import route_of
from atlas.page_cache import answers
from atlas.page_cache.address import VARIES, Address
from atlas.page_cache.encodings import GZIP, IDENTITY, ZSTD, encode
from atlas.page_cache.state import State
from atlas.page_cache.store import Entry, Store
from atlas.page_cache.turns import Turns
from atlas.postgres import is_given_up
from relations.models import DatasetVersion

logger = logging.getLogger("atlas.page_cache")

# A migration takes one table after the other, and may be met more than once.
_TRIES = 3

# What is made of the code and the settings alone, and answers for itself.
_WITHOUT_DATA = frozenset(("/robots.txt", "/favicon.ico", "/apple-touch-icon.png"))

Answer = Callable[[HttpRequest], HttpResponseBase]


class PageCache:
    """Answers from what is kept, and keeps what was made.

    The desk passes untouched: its pages belong to one person, and hold tokens that compression
    can give away (BREACH). What is asked otherwise than by GET or HEAD passes too.

    While the database is away pages go on as they were, and say so; what was never kept is 503.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response
        self._store = Store()
        self._turns = Turns()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if (
            request.method not in ("GET", "HEAD")
            or request.path_info in _WITHOUT_DATA
            or is_of_the_desk(request)
        ):
            return self._get_response(request)
        address = Address.of(request)
        try:
            state = State.read()
        except DatabaseError as error:
            return self._without_the_database(request, address, error)
        if answers.is_known(request, state, address.etag(state)):
            metrics.count_answer("not_modified")
            return answers.not_modified(state, address)
        if response := self._kept(request, address, state):
            return response
        with self._turns.of(f"{address.key}.{address.kept_as}") as was_made:
            if was_made and (response := self._kept(request, address, state)):
                return response
            metrics.count_answer("miss")
            return self._made(request, address, state)

    def _kept(
        self, request: HttpRequest, address: Address, state: State
    ) -> HttpResponseBase | None:
        """The answer as it was made in this state; None where none is kept."""
        entry = self._store.get(address, address.kept_as)
        if not entry or entry.state != state.token:
            return None
        response = answers.from_entry(entry, state, address)
        return response and _counted("hit", request, entry, response)

    def _made(self, request: HttpRequest, address: Address, state: State) -> HttpResponseBase:
        with DatasetVersion.objects.held(state.version):
            response, failure = self._tried(request)
        if failure:
            return self._without_the_database(request, address, failure)
        if not isinstance(response, HttpResponse) or not answers.can_keep(response):
            return _compressed(response, address)
        entry, body = answers.entry_of(route_of(request), response, state, address)
        if state.version:
            self._store.keep(address, entry, body)
        if address.encoding and entry.encoding:
            response.content = body
            response["Content-Encoding"] = entry.encoding
        response["Content-Length"] = str(len(response.content))
        answers.describe(response, state, address)
        return response

    def _tried(self, request: HttpRequest) -> tuple[HttpResponseBase, Exception | None]:
        """The answer of a view, and what it lacked; a query that was given up for a migration's sake is made again."""
        for _ in range(_TRIES):
            request.failed_for_want_of_data = None  # type: ignore[attr-defined]
            response = self._get_response(request)
            failure: Exception | None = request.failed_for_want_of_data  # type: ignore[attr-defined]
            if not failure or not is_given_up(failure):
                break
        return response, failure

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Have an answer that fails because the database went away in its middle taken for one that cannot be made."""
        is_ours = hasattr(request, "failed_for_want_of_data")
        if not is_ours or not isinstance(error, OperationalError | InterfaceError):
            return None
        request.failed_for_want_of_data = error  # type: ignore[attr-defined]
        return answers.unavailable(request)

    def _without_the_database(
        self, request: HttpRequest, address: Address, error: Exception
    ) -> HttpResponseBase:
        metrics.count_database_error(error)
        logger.error("The database does not answer (%s): %s", type(error).__name__, request.path)
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:  # none of a public page, but that of a test
                connection.close_if_unusable_or_obsolete()
        for encoding in dict.fromkeys((address.kept_as, GZIP, ZSTD)):
            entry = self._store.get(address, encoding)
            if entry and (response := answers.as_of(request, entry, address)):
                return _counted("stale", request, entry, response)
        return answers.unavailable(request)


def _counted(
    what: str, request: HttpRequest, entry: Entry, response: HttpResponseBase
) -> HttpResponseBase:
    """An answer that no view was asked for, counted as one of the view that made it."""
    metrics.count_answer(what)
    request.route = entry.route  # type: ignore[attr-defined] # see `atlas.instrumentation`
    return response


def _compressed(response: HttpResponseBase, address: Address) -> HttpResponseBase:
    """An answer that is not kept, such as an error or a redirect."""
    patch_vary_headers(response, [VARIES[0]])
    if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
        return response
    body, encoding = encode(response.content, response.get("Content-Type", ""), address.encoding)
    if encoding != IDENTITY:
        response.content = body
        response["Content-Encoding"] = encoding
    if response.content:
        response["Content-Length"] = str(len(response.content))
    return response
