"""The site's own middleware."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from atlas.desk import is_of_the_desk
from relations.models import DatasetVersion

API = "/api/v1/"
READING = ("GET", "HEAD")


def forget_visitors(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take the cookies off every request but those to the desk, before anything can read them.

    So no public page can know a visitor, vary by cookie, or answer a stale cookie with a new one.
    """

    def forget(request: HttpRequest) -> HttpResponse:
        if not is_of_the_desk(request):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return forget


def only_read_public_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse to do anything but read, in a sentence, instead of asking for a token that no public page has.

    The API refuses in its own form (`relations.api.edge`).
    """

    def read(request: HttpRequest) -> HttpResponse:
        elsewhere = is_of_the_desk(request) or request.path_info.startswith(API)
        if elsewhere or request.method in READING:
            return get_response(request)
        sentence = _("This address can only be read. Ask for it with GET or HEAD.")
        return HttpResponseNotAllowed(
            READING, f"{sentence}\n", content_type="text/plain; charset=utf-8"
        )

    return read


def guard_the_desk(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Have no page of the desk kept anywhere, and ask for the second factor where it is required.

    An account without one is led to the page that sets it up and reaches nothing else; one that
    has it, but signed in before it was required, signs in again.
    """

    def guard(request: HttpRequest) -> HttpResponse:
        if not is_of_the_desk(request):
            return get_response(request)
        response = _second_factor_first(request) or _told(request, get_response)
        add_never_cache_headers(response)
        return response

    return guard


def _told(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """Answer, and let it be known where that has changed the data."""
    if request.method in ("GET", "HEAD"):
        return get_response(request)
    with DatasetVersion.objects.told():
        return get_response(request)


def _second_factor_first(request: HttpRequest) -> HttpResponse | None:
    if settings.TWO_FACTOR != "required" or not request.user.is_authenticated:
        return None
    if request.user.is_verified():  # type: ignore[attr-defined] # of OTPMiddleware
        return None
    from django_otp import user_has_device  # noqa: PLC0415 # not installed without the desk

    if user_has_device(request.user):
        logout(request)
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    page = reverse("two_factor")
    open_to_all = (page, reverse("admin:logout"))
    return None if request.path in open_to_all else redirect(page)
