"""Every signed act, one a row."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from relations import headlines, listings
from relations.filters import AtlasFilter, facets_of, years_of
from relations.models import Agreement
from relations.views.filtered import columns_of, filtered, page_of
from relations.views.rows import agreement_rows
from relations.views.take_away import offer


@require_safe
@filtered
def agreement_list(request: HttpRequest) -> HttpResponse:
    """All agreements that match the filter."""
    columns = listings.agreement_sorts()
    atlas_filter = AtlasFilter(request.GET, sorts=columns)
    keys = listings.agreements(atlas_filter)

    def read(shown: Sequence[int]) -> list[SafeString]:
        return agreement_rows(atlas_filter.index, shown, atlas_filter.on)

    page = page_of(keys, read, atlas_filter)
    context = {
        "section": "agreements",
        "headline": headlines.of_page("agreements", atlas_filter, page.number),
        "filter": atlas_filter,
        "facets": facets_of(atlas_filter, Agreement),
        "years": years_of(atlas_filter),
        "columns": columns_of(atlas_filter, columns, default="-signed"),
        "page": page,
        "offer": offer("agreements", request.path + atlas_filter.rows_query, len(keys)),
        "on": atlas_filter.on,
    }
    return render(request, "relations/agreement_list.html", context)
