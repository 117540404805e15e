"""Every signed act, one a row."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relations import queries
from relations.filters import AtlasFilter, facets_of, years_of
from relations.models import Agreement
from relations.views.filtered import columns_of, filtered, keys_of, ordered, page_of


def _columns() -> dict[str, str]:
    return {"signed": "signed_earliest", "title": f"title_{get_language()}", "kind": "kind"}


@require_safe
@filtered
def agreement_list(request: HttpRequest) -> HttpResponse:
    """All agreements that match the filter."""
    columns = _columns()
    atlas_filter = AtlasFilter(request.GET, sorts=columns)
    matching = atlas_filter.apply(Agreement.objects.published())
    found = ordered(matching, atlas_filter, columns, default="-signed")
    rows = queries.listed_agreements(Agreement.objects.with_status(atlas_filter.on))
    context = {
        "section": "agreements",
        "filter": atlas_filter,
        "facets": facets_of(atlas_filter, Agreement),
        "years": years_of(atlas_filter),
        "columns": columns_of(atlas_filter, columns, default="-signed"),
        "page": page_of(keys_of(found), rows.in_bulk, atlas_filter),
        "on": atlas_filter.on,
    }
    return render(request, "relations/agreement_list.html", context)
