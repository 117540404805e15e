"""The page of a partnership as it will be once its drafts are published, for editors alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, override

from relations.enums import Language
from relations.models import Partnership
from relations.models.localized import active_language
from relations.views.partnerships import show_partnership

_URL = "admin:relations_partnership_preview"


def preview_of(key: int) -> str:
    """Where a partnership (by its key) is previewed, in the active language."""
    return reverse(_URL, args=(key, active_language()))


def preview(request: HttpRequest, key: int, language: str) -> HttpResponse:
    """The real page, with all that is not withdrawn, marked as not public. The caller checks who asks."""
    if language not in Language.values:
        raise Http404
    partnerships = Partnership.objects.with_places().with_status(timezone.localdate())
    partnership = get_object_or_404(partnerships, pk=key)
    languages = [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": reverse(_URL, args=(key, code)),
            "active": code == language,
        }
        for code in Language.values
    ]
    with override(language):
        response = show_partnership(request, partnership, {"preview": True, "languages": languages})
        response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
