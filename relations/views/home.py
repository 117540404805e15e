"""The home page: who is linked with whom, on two maps and in a list."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations import anniversaries, embedding, headlines, listings, maps, queries
from relations.enums import Status
from relations.filters import AtlasFilter, Facet, facets_of, years_of
from relations.models import Agreement, Partnership
from relations.uris import origin
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
    atlas_filter = home_filter(request.GET)
    fragment = request.GET.get("fragment", "")
    shown = map_of(atlas_filter, fragment)
    rows = reverse("relations:partnership_list") + atlas_filter.rows_query
    context = {
        "section": "home",
        "headline": headlines.of_page("home", atlas_filter, shown["page"].number),
        "filter": atlas_filter,
        "years": years_of(atlas_filter),
        "orders": _orders(),
        "offer": offer("partnerships", rows, shown["page"].paginator.count),
        "embed": embedding.of_map(atlas_filter, origin(request)),
        **shown,
        **_tinted(facets_of(atlas_filter, Partnership)),
    }
    if not fragment:
        context |= _below_the_map(atlas_filter)
    return render(request, "relations/home.html", context)


def home_filter(params: QueryDict) -> AtlasFilter:
    """The filter of the home page as a query string sets it."""
    sorts = listings.partnership_sorts()
    return AtlasFilter(params, sorts=sorts, views=FRAMES.keys() - {""})


def map_of(atlas_filter: AtlasFilter, only: str = "") -> dict[str, Any]:
    """What matches: a page of rows, the drawings of them, what their legend says. `only` names one frame."""
    keys = listings.partnerships(atlas_filter)
    is_bundled = len(keys) > MOST_CURVES
    read = partnerships_of(atlas_filter)
    page = page_of(keys, read, atlas_filter, PAGE_SIZE if is_bundled else MOST_CURVES)
    rows = list(page)
    index = atlas_filter.index
    pairs = index.count_pairs(atlas_filter.answer.rows()) if is_bundled else {}
    frames = FRAMES[atlas_filter.view]
    wanted = [frame for frame in frames if frame.name == only] or frames
    statuses = {row.status for row in rows}
    return {
        "page": page,
        "total": index.total,
        "on": atlas_filter.on,
        "is_bundled": is_bundled,
        "drawings": [_draw(frame, rows, pairs, atlas_filter) for frame in wanted],
        "statuses": [status for status in Status if status in statuses],
        "selected": next((row for row in rows if row.slug == atlas_filter.selected), None),
    }


def _draw(
    frame: maps.Frame,
    rows: Sequence[Partnership],
    pairs: Mapping[tuple[str, str], int],
    atlas_filter: AtlasFilter,
) -> maps.Drawing:
    """All rows of the list, and bundles where they are only a page of many; once until the data change."""

    def draw() -> maps.Drawing:
        bundles = maps.draw_bundles(frame, pairs, atlas_filter.territories)
        return maps.draw(frame, rows, bundles)

    if pairs:
        return draw()
    keys = tuple(row.pk for row in rows)
    what = ("drawing", get_language(), atlas_filter.on, frame.name, keys)
    return atlas_filter.index.keep_one(what, draw, weight=2000 * len(rows))


def _tinted(facets: Sequence[Facet]) -> dict[str, Any]:
    """The options of the filter, and the tints of regions and prefectures by what each would leave."""
    regions = [option for facet in facets[:2] for _label, group in facet.groups for option in group]
    return {"facets": facets, "tints": maps.Tints.of(option.count for option in regions)}


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
