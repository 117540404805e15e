"""The table of all partnerships, and the life of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relations import anniversaries, maps, queries, related, stories
from relations.filters import AtlasFilter, facets_of, years_of
from relations.models import Partnership
from relations.views.filtered import (
    columns_of,
    filtered,
    keys_of,
    ordered,
    page_of,
    partnerships_of,
)


def sort_columns() -> dict[str, str]:
    """The sortable columns and their fields; Japanese names sort by reading in Japanese."""
    language = get_language()
    return {
        "italian": f"italian_place__name_{language}",
        "japanese": "japanese_place__reading"
        if language == "ja"
        else f"japanese_place__name_{language}",
        "since": "first_signed",
        "event": "last_told",
    }


@require_safe
@filtered
def partnership_list(request: HttpRequest) -> HttpResponse:
    """All partnerships that match the filter."""
    columns = sort_columns()
    atlas_filter = AtlasFilter(request.GET, sorts=columns)
    found = atlas_filter.partnerships(Partnership.objects.published()).with_dates()
    keys = keys_of(ordered(found, atlas_filter, columns, default="since"))
    page = page_of(keys, partnerships_of(atlas_filter), atlas_filter)
    context = {
        "section": "partnerships",
        "filter": atlas_filter,
        "facets": facets_of(atlas_filter, Partnership),
        "years": years_of(atlas_filter),
        "columns": columns_of(atlas_filter, columns, default="since"),
        "page": page,
        "on": atlas_filter.on,
    }
    return render(request, "relations/partnership_list.html", context)


@require_safe
def partnership_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The life of one partnership: every agreement, event and fact with its sources."""
    today = timezone.localdate()
    partnerships = Partnership.objects.published().with_places().with_status(today)
    partnership = get_object_or_404(partnerships, slug=slug)
    life = queries.life_of(partnership, today)
    context = {
        "section": "partnerships",
        "partnership": partnership,
        "life": life,
        "story": stories.tell(partnership, life.agreements, life.events, today),
        "anniversaries": anniversaries.among(life.agreements, today.year),
        "drawing": maps.draw(maps.SMALL, [partnership]),
        "related": related.related_to(partnership, life.sectors),
        "on": today,
    }
    return render(request, "relations/partnership_detail.html", context)
