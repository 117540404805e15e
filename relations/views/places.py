"""Cities, regions and prefectures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import embedding, headlines, listings, maps, queries
from relations.enums import Country
from relations.filters import AtlasFilter
from relations.filters.index import Index
from relations.models import Event, Partnership, Place, Source
from relations.models.events import EventQuerySet
from relations.models.partnerships import PartnershipQuerySet
from relations.uris import origin
from relations.views.filtered import filtered
from relations.views.parts import once
from relations.views.rows import partnership_rows
from relations.views.take_away import offer

# As many as a small map shows without a tangle.
MOST_CURVES = 60
# Of a region or prefecture, for which the list of partnerships and the timeline have all.
MOST_ROWS = 100
MOST_EVENTS = 12


@require_safe
@filtered
def place_list(request: HttpRequest) -> HttpResponse:
    """All regions and prefectures, with the places in them that have a partnership; under a filter those that match."""
    atlas_filter = AtlasFilter(request.GET)
    shown = once(lambda: listings.places(atlas_filter))
    counts = once(lambda: listings.partnership_counts(atlas_filter))
    context = {
        "section": "places",
        "headline": headlines.of_page("places", atlas_filter),
        "filter": atlas_filter,
        "countries": once(
            lambda: [(c, queries.territories(c, shown(), counts())) for c in Country]
        ),
        "offer": once(
            lambda: offer("places", request.path + atlas_filter.rows_query, len(shown()))
        ),
        "on": atlas_filter.on,
    }
    return render(request, "relations/place_list.html", context)


@require_safe
def place_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One place: its partnerships and those within it, and what happened there."""
    place = get_object_or_404(
        Place.objects.select_related("region").prefetch_related("spellings"), slug=slug
    )
    return show_place(request, place, {"preview": False})


def show_place(request: HttpRequest, place: Place, more: dict[str, Any]) -> HttpResponse:
    """The page of a place; with the drafts of its events too in a `preview`."""
    today = timezone.localdate()
    within = Partnership.objects.published().of_place_or_within(place)
    partnerships = once(lambda: _listed(within, today))
    index = Index.current()
    count = within.count()
    context = {
        "section": "places",
        "headline": headlines.of_place(place, count),
        "place": place,
        "partnerships": partnerships,
        "rows": once(lambda: partnership_rows(index, [row.pk for row in partnerships()], today)),
        "count": count,
        "offer": offer("partnerships", place.get_absolute_url(), count),
        "drawing": once(lambda: drawing_of(place, partnerships())),
        "index": index,
        "events": once(lambda: _events_at(place, drafts=more["preview"])),
        "sources": once(lambda: Source.objects.of_place(place).latest_first()),
        "withdrawn": once(lambda: Event.objects.withdrawn().at(place)),
        "embed": embedding.of_place(place, origin(request)),
        "on": today,
        **more,
    }
    return render(request, "relations/place_detail.html", context)


def _listed(within: PartnershipQuerySet, on: date) -> list[Partnership]:
    rows = within.with_places().with_status(on).with_dates()
    return list(rows.oldest_first()[:MOST_ROWS])


def _events_at(place: Place, *, drafts: bool) -> EventQuerySet:
    """What happened at a place or concerns it: of a region or prefecture the last; in a preview all."""
    happened = Event.objects.previewed() if drafts else Event.objects.published()
    events = queries.listed_events(happened.at(place))
    return events[:MOST_EVENTS] if place.is_territory and not drafts else events


def drawing_of(place: Place, partnerships: Sequence[Partnership]) -> maps.Drawing:
    """A small map of the partnerships of a place; a region or prefecture is shown close."""
    frame = maps.closeup(place.code) if place.is_territory else maps.SMALL
    return maps.draw(frame, partnerships[:MOST_CURVES], place=place)
