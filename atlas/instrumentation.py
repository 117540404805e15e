"""The outermost middleware: each request gets a number, and is timed, counted and written down.

It runs on every answer, cached ones too, and so does nothing that takes longer than some
microseconds.
"""

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from atlas import metrics
from atlas.logs import identify, printable, request_id

_LOG = logging.getLogger("atlas.requests")

GetResponse = Callable[[HttpRequest], HttpResponse]


def instrument(get_response: GetResponse) -> GetResponse:
    """Number a request, and hand its answer on with the number in `X-Request-ID`."""
    logged, meters = settings.LOG_REQUESTS, metrics.meters()
    if meters:
        metrics.count_uncaught_database_errors()

    def instrumented(request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        number = identify(request.META.get("HTTP_X_REQUEST_ID"))
        token = request_id.set(number)
        if meters:
            meters.in_flight.inc()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = number
            seconds = perf_counter() - started
            if meters:
                meters.observe(route_of(request), request.method, response.status_code, seconds)
            if logged:
                _write(request, response, seconds)
            return response
        finally:
            if meters:
                meters.in_flight.dec()
            request_id.reset(token)

    return instrumented


def route_of(request: HttpRequest) -> str:
    """The name of the view that a request led to.

    An answer from the cache has asked no view: who keeps it may set `request.route` to the
    name that was kept with it.
    """
    if match := request.resolver_match:
        return match.view_name or "unnamed"
    if kept := vars(request).get("route"):
        return str(kept)
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def _write(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    method, path, status = request.method or "-", printable(request.path), response.status_code
    ms = round(seconds * 1000, 1)
    fields = {
        "method": printable(method),
        "route": route_of(request),
        "path": path,
        "status": status,
        "ms": ms,
        "bytes": None if response.streaming else len(response.content),
    }
    _LOG.info("%s %s %d in %s ms", fields["method"], path, status, ms, extra=fields)
