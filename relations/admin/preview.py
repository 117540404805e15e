"""The page of a partnership or place as it will be once its drafts are published, for editors alone."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, override

from relations.enums import Language
from relations.models import Partnership, Place
from relations.models.localized import active_language
from relations.views.partnerships import show_partnership
from relations.views.places import show_place

Show = Callable[[HttpRequest, Any, dict[str, Any]], HttpResponse]


def preview_of(key: int, model: str = "partnership") -> str:
    """Where a partnership or place (by its key) is previewed, in the active language."""
    return reverse(_url(model), args=(key, active_language()))


def preview_partnership(request: HttpRequest, key: int, language: str) -> HttpResponse:
    """The page of a partnership. The caller checks who asks."""
    partnerships = Partnership.objects.with_places().with_status(timezone.localdate())
    return _preview(request, get_object_or_404(partnerships, pk=key), language, show_partnership)


def preview_place(request: HttpRequest, key: int, language: str) -> HttpResponse:
    """The page of a place. The caller checks who asks."""
    places = Place.objects.select_related("region").prefetch_related("spellings")
    return _preview(request, get_object_or_404(places, pk=key), language, show_place)


def _url(model: str) -> str:
    return f"admin:relations_{model}_preview"


def _preview(
    request: HttpRequest, record: Partnership | Place, language: str, show: Show
) -> HttpResponse:
    """The real page, with all that is not withdrawn, marked as not public."""
    if language not in Language.values:
        raise Http404
    url = _url(str(record._meta.model_name))  # noqa: SLF001 # public in all but name
    languages = [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": reverse(url, args=(record.pk, code)),
            "active": code == language,
        }
        for code in Language.values
    ]
    with override(language):
        response = show(request, record, {"preview": True, "languages": languages})
        response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
