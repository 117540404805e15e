"""What the cooperation is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relations import headlines, listings, queries
from relations.filters import AtlasFilter
from relations.views.filtered import filtered
from relations.views.parts import once
from relations.views.take_away import offer


@require_safe
@filtered
def sector_list(request: HttpRequest) -> HttpResponse:
    """All sectors in two levels, with the number of the partnerships that match about each."""
    atlas_filter = AtlasFilter(request.GET)
    rows = len(atlas_filter.vocabulary)
    context = {
        "section": "sectors",
        "headline": headlines.of_page("sectors", atlas_filter),
        "filter": atlas_filter,
        "sectors": once(lambda: queries.sector_counts(*listings.told(atlas_filter))),
        "offer": offer("sectors", request.path + atlas_filter.rows_query, rows),
        "on": atlas_filter.on,
    }
    return render(request, "relations/sector_list.html", context)
