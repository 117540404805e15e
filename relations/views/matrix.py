"""The matrix of regions and prefectures, as a page and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relations import headlines, maps
from relations import matrix as matrices
from relations.filters import AtlasFilter, facets_of, years_of
from relations.models import Partnership
from relations.tables.separated import write_csv_for_excel
from relations.views.filtered import filtered
from relations.views.opened import open_to_all
from relations.views.parts import each, once


@require_safe
@filtered
def matrix(request: HttpRequest) -> HttpResponse:
    """How many of the partnerships that match the filter each region has with each prefecture."""
    atlas_filter = AtlasFilter(request.GET)
    context = {
        "section": "places",
        "headline": headlines.of_page("matrix", atlas_filter),
        "filter": atlas_filter,
        "facets": once(lambda: facets_of(atlas_filter, Partnership)),
        "years": once(lambda: years_of(atlas_filter)),
        **each(("tables", "count"), lambda: _tables_of(atlas_filter)),
        "total": atlas_filter.index.total,
        "on": atlas_filter.on,
    }
    return render(request, "relations/matrix.html", context)


def _tables_of(atlas_filter: AtlasFilter) -> dict[str, Any]:
    """The matrix for a wide window and for a small one, with their tints; and how many partnerships are in it."""
    pairs = atlas_filter.index.count_pairs(atlas_filter.answer.rows())
    drawn = (pairs, atlas_filter.territories, atlas_filter.regions)
    tables = {"wide": matrices.by_territory(*drawn), "small": matrices.by_area(*drawn)}
    tinted = [
        (name, table, maps.Tints.of(table.counts), maps.Tints.of(table.sums))
        for name, table in tables.items()
    ]
    return {"tables": tinted, "count": tables["wide"].total.count}


@require_safe
@open_to_all
@filtered
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers as comma-separated values for Excel."""
    atlas_filter = AtlasFilter(request.GET)
    pairs = atlas_filter.index.count_pairs(atlas_filter.answer.rows())
    table = matrices.by_territory(pairs, atlas_filter.territories)
    headers = {"Content-Disposition": f'attachment; filename="matrix-{get_language()}.csv"'}
    content = write_csv_for_excel(matrices.csv_rows(table))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
