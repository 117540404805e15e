"""The home page: who is linked with whom, on two maps and in a list."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations import maps, queries
from relations.enums import Status
from relations.filters import AtlasFilter, Facet, facets_of, years_of
from relations.models import Partnership
from relations.models.partnerships import PartnershipQuerySet
from relations.views.filtered import PAGE_SIZE, filtered, ordered, page_of
from relations.views.partnerships import sort_columns

WORLD = "world"
FRAMES = {"": (maps.WIDE, maps.TALL), WORLD: (maps.WORLD, maps.WORLD_TALL)}
# Up to so many partnerships each has its curve, and all are on one page of the list.
MOST_CURVES = 120


@require_safe
@filtered
def home(request: HttpRequest) -> HttpResponse:
    """Two maps, or one of the world, and the list of the same partnerships beside them."""
    columns = sort_columns()
    atlas_filter = AtlasFilter(request.GET, sorts=columns, views=(WORLD,))
    found = atlas_filter.partnerships(Partnership.objects.published())
    count = found.count()
    size = MOST_CURVES if count <= MOST_CURVES else PAGE_SIZE
    rows = ordered(queries.listed(found, atlas_filter.on), atlas_filter, columns, default="since")
    page = page_of(rows, atlas_filter, size)
    facets = facets_of(atlas_filter, Partnership)
    context = {
        "section": "home",
        "filter": atlas_filter,
        "facets": facets,
        "years": years_of(atlas_filter),
        "page": page,
        "sources": queries.source_counts(page.object_list),
        "on": atlas_filter.on,
        "total": Partnership.objects.published().count() if atlas_filter.is_set else count,
        "orders": _orders(),
        **_maps(atlas_filter, facets, found if count > size else None, page.object_list),
    }
    if "fragment" not in request.GET:
        context |= {"numbers": queries.numbers(), "latest": queries.latest_agreements(5)}
    return render(request, "relations/home.html", context)


def _orders() -> list[tuple[str, Any]]:
    """The ways to sort the list, the usual one first."""
    return [
        ("", _("By first agreement")),
        ("-since", _("By latest first agreement")),
        ("italian", _("By Italian place")),
        ("japanese", _("By Japanese place")),
        ("-event", _("By last event")),
    ]


def _maps(
    atlas_filter: AtlasFilter,
    facets: Sequence[Facet],
    bundled: PartnershipQuerySet | None,
    rows: Sequence[Partnership],
) -> dict[str, Any]:
    """What the maps of the page draw: all rows of the list, or bundles where they are too many."""
    pairs = queries.pairs_of_territories(bundled) if bundled is not None else {}
    regions = [option for facet in facets[:2] for _label, group in facet.groups for option in group]
    return {
        "drawings": [
            maps.draw(frame, rows, maps.draw_bundles(frame, pairs, atlas_filter.territories))
            for frame in FRAMES[atlas_filter.view]
        ],
        "is_bundled": bool(pairs),
        "statuses": [status for status in Status if any(row.status == status for row in rows)],  # type: ignore[attr-defined] # annotated
        "tints": maps.Tints.of(option.count for option in regions),
        "selected": next((row for row in rows if row.slug == atlas_filter.selected), None),
    }
