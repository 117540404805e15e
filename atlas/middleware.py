"""The site's own middleware."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

DESK = "/admin/"


def _is_for_the_desk(request: HttpRequest) -> bool:
    return settings.DESK and request.path_info.startswith(DESK)


def forget_visitors(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take the cookies off every request but those to the desk, before anything can read them.

    So no public page can know a visitor, vary by cookie, or answer a stale cookie with a new one.
    """

    def forget(request: HttpRequest) -> HttpResponse:
        if not _is_for_the_desk(request):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return forget


def compress_public_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send every page but those of the desk compressed to who accepts that.

    A length of compressed text can give away a secret that stands beside what a reader typed
    (BREACH). Public pages hold no secret; those of the desk do, and stay as they are.
    """
    gzip = GZipMiddleware(get_response)

    def compress(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not _is_for_the_desk(request):
            gzip.process_response(request, response)  # changes what it is given
        return response

    return compress
