"""The table of all partnerships, and the life of one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from relations import anniversaries, embedding, headlines, listings, maps, queries, related, stories
from relations.filters import AtlasFilter, facets_of, years_of
from relations.filters.index import Index
from relations.models import Partnership
from relations.uris import origin
from relations.views.filtered import columns_of, filtered, page_of
from relations.views.parts import once
from relations.views.rows import partnership_rows
from relations.views.take_away import offer
from relations.views.tombstones import public_partnership, tombstoned

# What all that is known of a partnership takes in memory.
LIFE = 100_000


@require_safe
@filtered
def partnership_list(request: HttpRequest) -> HttpResponse:
    """All partnerships that match the filter."""
    columns = listings.partnership_sorts()
    atlas_filter = AtlasFilter(request.GET, sorts=columns)
    keys = listings.partnerships(atlas_filter)

    def read(shown: Sequence[int]) -> list[SafeString]:
        return partnership_rows(atlas_filter.index, shown, atlas_filter.on)

    page = page_of(keys, read, atlas_filter)
    context = {
        "section": "partnerships",
        "headline": headlines.of_page("partnerships", atlas_filter, page.number),
        "filter": atlas_filter,
        "facets": facets_of(atlas_filter, Partnership),
        "years": years_of(atlas_filter),
        "columns": columns_of(atlas_filter, columns, default="since"),
        "page": page,
        "offer": offer("partnerships", request.path + atlas_filter.rows_query, len(keys)),
        "on": atlas_filter.on,
    }
    return render(request, "relations/partnership_list.html", context)


@require_safe
@tombstoned
def partnership_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The life of one partnership: every agreement, event and fact with its sources."""
    partnerships = Partnership.objects.with_places().with_status(timezone.localdate())
    return show_partnership(request, public_partnership(partnerships, slug), {"preview": False})


def show_partnership(
    request: HttpRequest, partnership: Partnership, more: dict[str, Any]
) -> HttpResponse:
    """The page of a partnership that is read with its places and status; its drafts too in a `preview`."""
    today = timezone.localdate()
    index = Index.current()
    life = _life(partnership, today, index, drafts=more["preview"])
    context = {
        "section": "partnerships",
        "headline": headlines.of_partnership(partnership, life.agreements, len(life.events)),
        "partnership": partnership,
        "life": life,
        "story": once(lambda: stories.tell(partnership, life.agreements, life.events, today)),
        "anniversaries": once(lambda: anniversaries.among(life.agreements, today.year)),
        "drawing": once(lambda: maps.draw(maps.SMALL, [partnership])),
        "related": once(lambda: related.related_to(partnership, life.sectors)),
        "withdrawn": once(lambda: queries.withdrawn_of(partnership)),
        "index": index,
        "offer": offer(
            "timeline", partnership.get_absolute_url(), len(life.agreements) + len(life.events)
        ),
        "changed": _last_changed(life),
        "embed": embedding.of_partnership(partnership, origin(request)),
        "on": today,
        **more,
    }
    return render(request, "relations/partnership_detail.html", context)


def _life(partnership: Partnership, on: date, index: Index, *, drafts: bool) -> queries.Life:
    """All that is public of a partnership, read once until the data change; its drafts too, where they are asked for."""
    if drafts:
        return queries.life_of(partnership, on, drafts=True)
    what = ("life", on, partnership.pk)
    return index.keep_one(what, lambda: queries.life_of(partnership, on), weight=LIFE)


def _last_changed(life: queries.Life) -> datetime | None:
    moments: list[datetime] = [act.changed for act in life.agreements]
    moments += [event.changed for event in life.events]
    return max(moments, default=None)
