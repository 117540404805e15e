"""The site's own middleware."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

DESK = "/admin/"


def forget_visitors(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take the cookies off every request but those to the desk, before anything can read them.

    So no public page can know a visitor, vary by cookie, or answer a stale cookie with a new one.
    """

    def forget(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return forget
