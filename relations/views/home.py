"""The home page: who is linked with whom, on two maps and in a list."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations import anniversaries, headlines, listings, maps, queries
from relations.enums import Status
from relations.filters import AtlasFilter, Facet, facets_of, years_of
from relations.models import Agreement, Partnership
from relations.views.filtered import (
    PAGE_SIZE,
    filtered,
    page_of,
    partnerships_of,
)
from relations.views.take_away import offer

# The frames of each view, for a wide window and for a narrow one.
FRAMES = {"": (maps.WIDE, maps.TALL), "world": (maps.WORLD, maps.WORLD_TALL)}
# Up to so many partnerships each has its curve, and all are on one page of the list.
MOST_CURVES = 120
# Anniversaries and ends of terms that are named.
MOST_COMING = 6


@require_safe
@filtered
def home(request: HttpRequest) -> HttpResponse:
    """Two maps, or one of the world, and the list of the same partnerships beside them.

    A fragment (see `static/js/live.js`) names the frame that the window shows, and gets
    that one only.
    """
    sorts = listings.partnership_sorts()
    atlas_filter = AtlasFilter(request.GET, sorts=sorts, views=FRAMES.keys() - {""})
    keys = listings.partnerships(atlas_filter)
    is_bundled = len(keys) > MOST_CURVES
    read = partnerships_of(atlas_filter)
    page = page_of(keys, read, atlas_filter, PAGE_SIZE if is_bundled else MOST_CURVES)
    rows = list(page)
    index = atlas_filter.index
    pairs = Counter(index.pairs[key] for key in keys) if is_bundled else {}
    fragment = request.GET.get("fragment", "")
    frames = FRAMES[atlas_filter.view]
    wanted = [frame for frame in frames if frame.name == fragment] or frames
    context = {
        "section": "home",
        "headline": headlines.of_page("home", atlas_filter, page.number),
        "filter": atlas_filter,
        "years": years_of(atlas_filter),
        "page": page,
        "total": len(index.pairs),
        "orders": _orders(),
        "offer": offer(
            "partnerships",
            reverse("relations:partnership_list") + atlas_filter.rows_query,
            len(keys),
        ),
        "on": atlas_filter.on,
        "is_bundled": is_bundled,
        "drawings": [_draw(frame, rows, pairs, atlas_filter) for frame in wanted],
        **_looks(rows, facets_of(atlas_filter, Partnership), atlas_filter),
    }
    if not fragment:
        context |= _below_the_map(atlas_filter)
    return render(request, "relations/home.html", context)


def _draw(
    frame: maps.Frame,
    rows: Sequence[Partnership],
    pairs: Mapping[tuple[str, str], int],
    atlas_filter: AtlasFilter,
) -> maps.Drawing:
    """All rows of the list, and bundles where they are only a page of many; once until the data change."""

    def draw(_names: Collection[str]) -> dict[str, maps.Drawing]:
        bundles = maps.draw_bundles(frame, pairs, atlas_filter.territories)
        return {frame.name: maps.draw(frame, rows, bundles)}

    if pairs:
        return draw([frame.name])[frame.name]
    what = ("drawing", get_language(), atlas_filter.on, tuple(row.pk for row in rows))
    return atlas_filter.index.keep(what, [frame.name], draw)[frame.name]


def _looks(
    rows: Sequence[Partnership], facets: Sequence[Facet], atlas_filter: AtlasFilter
) -> dict[str, Any]:
    """What the filter, the maps and their legend say of the rows: counts, tints, styles of line, the selection."""
    regions = [option for facet in facets[:2] for _label, group in facet.groups for option in group]
    statuses = {row.status for row in rows}  # type: ignore[attr-defined] # annotated
    return {
        "facets": facets,
        "tints": maps.Tints.of(option.count for option in regions),
        "statuses": [status for status in Status if status in statuses],
        "selected": next((row for row in rows if row.slug == atlas_filter.selected), None),
    }


def _below_the_map(atlas_filter: AtlasFilter) -> dict[str, Any]:
    """What the page says of the whole atlas, whatever is filtered; read once until the data change."""

    def read(_names: Collection[str]) -> dict[str, Any]:
        coming = anniversaries.coming(Agreement.objects.published(), atlas_filter.on)
        return {
            "numbers": queries.numbers(),
            "coming": coming[:MOST_COMING],
            "latest": queries.latest_agreements(5),
        }

    what = ("below the map", atlas_filter.on)
    return atlas_filter.index.keep(what, ("numbers", "coming", "latest"), read)


def _orders() -> list[tuple[str, str]]:
    """The ways to sort the list, the usual one first."""
    return [
        ("", _("By first agreement")),
        ("-since", _("By latest first agreement")),
        ("italian", _("By Italian place")),
        ("japanese", _("By Japanese place")),
        ("-event", _("By last event")),
    ]
