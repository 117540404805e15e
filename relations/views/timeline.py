"""The timeline: when agreements were signed, and what has happened since."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relations import embedding, headlines, queries, timelines
from relations.enums import AgreementKind
from relations.filters import AtlasFilter, events_facet, facets_of, years_of
from relations.models import Agreement, Event, Partnership
from relations.timelines import LANES, Choice, Entry
from relations.uris import origin
from relations.views.filtered import filtered, partnerships_of
from relations.views.parts import each, once
from relations.views.take_away import offer


@require_safe
@filtered
def timeline(request: HttpRequest) -> HttpResponse:
    """Every agreement that matches and every event of their partnerships, once each."""
    atlas_filter = timeline_filter(request.GET)
    shown = once(lambda: timeline_of(atlas_filter))
    context = {
        "section": "timeline",
        "headline": headlines.of_page("timeline", atlas_filter),
        "filter": atlas_filter,
        "facets": once(
            lambda: [
                *facets_of(atlas_filter, Partnership),
                events_facet(atlas_filter, shown()["kinds_of_events"]),
            ]
        ),
        "years": once(lambda: years_of(atlas_filter)),
        "lanes": LANES,
        "offer": once(
            lambda: offer(
                "timeline", request.path + atlas_filter.rows_query, sum(shown()["numbers"][1:])
            )
        ),
        "embed": embedding.of_timeline(atlas_filter, origin(request)),
        **each(("timeline", "kinds", "numbers", "total"), shown),
        "on": atlas_filter.on,
        "selected": once(lambda: _selected(atlas_filter)),
    }
    return render(request, "relations/timeline.html", context)


def timeline_filter(params: QueryDict) -> AtlasFilter:
    """The filter of the timeline as a query string sets it."""
    return AtlasFilter(params, views=LANES.keys() - {""}, has_events=True)


def timeline_of(atlas_filter: AtlasFilter) -> dict[str, Any]:
    """What matches, drawn and counted; `kinds_of_events` counts the events of each kind, chosen or not."""
    found = atlas_filter.partnerships(Partnership.objects.published())
    vocabulary = atlas_filter.vocabulary
    acts = timelines.acts_of(atlas_filter.apply(Agreement.objects.published()), vocabulary)
    events = timelines.events_of(atlas_filter.happened(Event.objects.published()), vocabulary)
    kinds = Counter(event.kind for event in events)
    if atlas_filter.events:
        events = [event for event in events if event.kind in atlas_filter.events]
    years = (atlas_filter.year_from, atlas_filter.year_to)
    drawn = timelines.draw(
        (acts, events),
        _records(acts, events, atlas_filter),
        Choice(atlas_filter.view, years, atlas_filter.on),
        (atlas_filter.territories, vocabulary),
    )
    return {
        "timeline": drawn,
        "kinds_of_events": kinds,
        "kinds": [kind for kind in AgreementKind.choices if kind[0] in {act.kind for act in acts}],
        "numbers": (found.count(), len(acts), len(events)),
        "total": atlas_filter.index.total,
        "on": atlas_filter.on,
    }


def _records(
    acts: Sequence[Entry], events: Sequence[Entry], atlas_filter: AtlasFilter
) -> dict[tuple[bool, int], Agreement | Event]:
    """The records of the entries; none where there are too many to be drawn one by one."""
    if timelines.is_folded(acts, events):
        return {}
    signed = queries.drawn_agreements(atlas_filter.on).in_bulk([act.key for act in acts])
    told = queries.drawn_events().in_bulk([event.key for event in events])
    return {(False, key): act for key, act in signed.items()} | {
        (True, key): event for key, event in told.items()
    }


def _selected(atlas_filter: AtlasFilter) -> Partnership | None:
    """The partnership that is selected, with all that a line on it says."""
    if not atlas_filter.selected:
        return None
    (key,) = Partnership.objects.filter(slug=atlas_filter.selected).values_list("pk", flat=True)
    (selected,) = partnerships_of(atlas_filter)([key])
    return selected
