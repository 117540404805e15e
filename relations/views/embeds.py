"""Small pages that other sites may frame, and no other page may be: no cookie, no script, the source on each.

Their links lead to the atlas in a window of its own.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations import maps, queries
from relations.filters import AtlasFilter, FilterError
from relations.filters.index import Index
from relations.models import Partnership, Place, Source
from relations.models.partnerships import last_dated
from relations.views.home import home_filter, map_of
from relations.views.opened import framed_anywhere
from relations.views.parts import each, once
from relations.views.places import MOST_CURVES, drawing_of
from relations.views.timeline import timeline_filter, timeline_of
from relations.views.tombstones import GoneError, public_partnership

THEMES = ("auto", "light", "dark")
# Of a place; its page has all.
MOST_ROWS = 8

View = Callable[..., HttpResponse]


def framed(view: View) -> Callable[..., HttpResponseBase]:
    """Let other sites frame a view. Its errors are small pages too, which can be read in the frame."""

    @wraps(view)
    def wrapped(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            _check_theme(request)
            return view(request, **named)
        except FilterError as error:
            return _refuse(request, 400, {"problems": error.problems})
        except GoneError as gone:
            return _refuse(request, 410, {"partnership": gone.partnership})
        except Http404:
            return _refuse(request, 404, {})

    return framed_anywhere(require_safe(wrapped))


def _check_theme(request: HttpRequest) -> None:
    theme = request.GET.get("theme", "auto")
    if theme not in THEMES:
        raise FilterError(
            [
                _("“%(value)s” is not a value of “%(name)s”.")
                % {"value": theme[:100], "name": "theme"}
                + f" {', '.join(THEMES)}"
            ]
        )


def _refuse(request: HttpRequest, status: int, context: dict[str, Any]) -> HttpResponse:
    context |= {"status": status, "page_url": reverse("relations:home")}
    return render(request, "embed/error.html", context, status=status)


@framed
def embed_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """A partnership in a few lines: both places, how it stands, its dates, a map."""
    today = timezone.localdate()
    partnerships = Partnership.objects.with_places().with_status(today)
    partnership = public_partnership(partnerships, slug)
    context = {
        "page_url": partnership.get_absolute_url(),
        "partnership": partnership,
        **each(
            ("life", "ends", "last_event", "drawing", "sources"),
            lambda: _lived(partnership, today),
        ),
        "index": Index.current(),
        "on": today,
    }
    return render(request, "embed/partnership.html", context)


def _lived(partnership: Partnership, on: date) -> dict[str, Any]:
    life = queries.life_of(partnership, on)
    dated = [act for act in life.agreements if act.signed_date.is_known]
    return {
        "life": life,
        "ends": dated[:1] + dated[1:][-1:],
        "last_event": last_dated(life.events),
        "drawing": maps.draw(maps.SMALL, [partnership]),
        "sources": len(life.provenance.sources),
    }


@framed
def embed_place(request: HttpRequest, slug: str) -> HttpResponse:
    """A place with its partnerships, the oldest first, and a map of them."""
    place = get_object_or_404(Place.objects.select_related("region"), slug=slug)
    today = timezone.localdate()
    context = {
        "page_url": place.get_absolute_url(),
        "place": place,
        **each(
            ("partnerships", "count", "more", "drawing", "sources"),
            lambda: _within(place, today),
        ),
        "index": Index.current(),
        "on": today,
    }
    return render(request, "embed/place.html", context)


def _within(place: Place, on: date) -> dict[str, Any]:
    within = Partnership.objects.published().of_place_or_within(place)
    rows = list(queries.listed(within, on).oldest_first()[:MOST_CURVES])
    count = within.count()
    return {
        "partnerships": rows[:MOST_ROWS],
        "count": count,
        "more": count - min(count, MOST_ROWS),
        "drawing": drawing_of(place, rows),
        "sources": Source.objects.of_place(place).count(),
    }


@framed
def embed_map(request: HttpRequest) -> HttpResponse:
    """The two maps, or that of the world, under the filter of the home page."""
    atlas_filter = home_filter(request.GET)
    context = {
        **each(
            ("page", "total", "is_bundled", "drawings", "statuses", "selected"),
            lambda: map_of(atlas_filter),
        ),
        **_asked(atlas_filter, "relations:home"),
    }
    return render(request, "embed/map.html", context)


@framed
def embed_timeline(request: HttpRequest) -> HttpResponse:
    """The timeline under its filter."""
    atlas_filter = timeline_filter(request.GET)
    # Its links narrow the filter, and so lead to the timeline itself.
    context = {
        "filter": atlas_filter,
        **each(("timeline", "kinds", "numbers", "total"), lambda: timeline_of(atlas_filter)),
        **_asked(atlas_filter, "relations:timeline"),
    }
    return render(request, "embed/timeline.html", context)


def _asked(atlas_filter: AtlasFilter, page: str) -> dict[str, Any]:
    """The filter, whose links lead to a page of the atlas, and on how many sources rests what matches."""
    atlas_filter.address = reverse(page)
    found = atlas_filter.partnerships(Partnership.objects.published())
    return {
        "asked": atlas_filter,
        "page_url": atlas_filter.query(page=None).removesuffix("?"),
        "sources": once(Source.objects.of_partnerships(found).count),
        "index": atlas_filter.index,
        "on": atlas_filter.on,
    }
