"""What the cooperation is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relations import listings, queries
from relations.filters import AtlasFilter
from relations.views.filtered import filtered


@require_safe
@filtered
def sector_list(request: HttpRequest) -> HttpResponse:
    """All sectors in two levels, with the number of the partnerships that match about each."""
    atlas_filter = AtlasFilter(request.GET)
    context = {
        "section": "sectors",
        "filter": atlas_filter,
        "sectors": queries.sector_counts(*listings.told(atlas_filter)),
    }
    return render(request, "relations/sector_list.html", context)
