"""What stands where a partnership was: 410, its names, since when it is withdrawn and why."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from relations import queries
from relations.models import Partnership
from relations.models.partnerships import PartnershipQuerySet


class GoneError(Exception):
    """A partnership was public and is no longer."""

    def __init__(self, partnership: Partnership) -> None:
        super().__init__(partnership.slug)
        self.partnership = partnership


def public_partnership(rows: PartnershipQuerySet, slug: str) -> Partnership:
    """The public one of some partnerships with this slug.

    Raises:
        GoneError: all that was public of it is withdrawn.
        Http404: there is none, or nothing of it has ever been public.
    """
    try:
        return get_object_or_404(rows.published(), slug=slug)
    except Http404:
        gone = Partnership.objects.withdrawn().with_places().filter(slug=slug).first()
        if gone is None:
            raise
        raise GoneError(gone) from None


def tombstoned(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view that asks for a `public_partnership`: what is gone gets its page."""

    @wraps(view)
    def wrapped(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except GoneError as gone:
            context = {
                "section": "partnerships",
                "partnership": gone.partnership,
                "withdrawn": queries.withdrawn_of(gone.partnership),
            }
            return render(request, "410.html", context, status=410)

    return wrapped
