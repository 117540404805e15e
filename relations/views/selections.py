"""What the page at an address holds, for its files and for the panel that offers them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from relations import anniversaries, headlines, listings
from relations.exports import Selection, records
from relations.filters import AtlasFilter
from relations.freshness import last_change
from relations.models import Agreement, Partnership, Place
from relations.tables import Context
from relations.uris import origin
from relations.views.tombstones import public_partnership

Rows = Callable[[], Iterator[Any]]
Found = tuple[Rows, int]


class _Page(NamedTuple):
    """A page: what it is called without its filter, where it is, and the record that it is about."""

    title: str
    path: str
    subject: Any = None


# The routes of the lists.
PAGES = {
    "partnerships": "relations:partnership_list",
    "agreements": "relations:agreement_list",
    "timeline": "relations:timeline",
    "places": "relations:place_list",
    "sectors": "relations:sector_list",
    "sources": "relations:source_list",
}


def of_list(request: HttpRequest, kind: str) -> Selection:
    """The rows of a list, under the filter that the query string sets.

    Raises:
        FilterError: the query string cannot be understood.
    """
    sorts = listings.sorts_of(kind)
    atlas_filter = AtlasFilter(request.GET, sorts=sorts, has_events=kind == "timeline")
    page = _Page(headlines.of_page(kind).title, reverse(PAGES[kind]) + atlas_filter.rows_query)
    return _selection(request, atlas_filter, kind, _rows(kind, atlas_filter), page)


def of_partnership(request: HttpRequest, slug: str) -> Selection:
    """The agreements and events of a partnership, the oldest first.

    Raises:
        GoneError: it was public and is no longer.
        Http404: there is none.
    """
    found = public_partnership(Partnership.objects.with_places(), slug)
    atlas_filter = AtlasFilter(request.GET)
    subject = _record("partnerships", found.pk, atlas_filter)
    entries = listings.chronicle(found.agreements.published(), found.events.published())
    rows = (partial(records.read_timeline, entries, atlas_filter.on), len(entries))
    page = _Page(str(subject), subject.get_absolute_url(), subject)
    return _selection(request, atlas_filter, "timeline", rows, page)


def of_place(request: HttpRequest, slug: str) -> Selection:
    """The partnerships of a place, or of all places in it, the oldest first.

    Raises:
        Http404: there is no such place.
    """
    found = get_object_or_404(Place, slug=slug)
    atlas_filter = AtlasFilter(request.GET)
    subject = _record("places", found.pk, atlas_filter)
    keys = listings.partnerships(atlas_filter, within=found)
    rows = (partial(records.read, "partnerships", keys, atlas_filter.on), len(keys))
    page = _Page(str(subject), subject.get_absolute_url() + atlas_filter.rows_query, subject)
    return _selection(request, atlas_filter, "partnerships", rows, page)


def of_year(request: HttpRequest, year: int) -> Selection:
    """The round anniversaries of a year.

    Raises:
        FilterError: the query string cannot be understood.
    """
    atlas_filter = AtlasFilter(request.GET)
    acts = atlas_filter.apply(Agreement.objects.published())
    found = anniversaries.of_years(acts, [year], atlas_filter.on)
    path = reverse("relations:anniversary_list", args=(year,)) + atlas_filter.rows_query
    page = _Page(_("Anniversaries in %(year)s") % {"year": year}, path)
    rows = (partial(_anniversaries, found, atlas_filter), len(found))
    return _selection(request, atlas_filter, "anniversaries", rows, page)


def _record(kind: str, key: int, atlas_filter: AtlasFilter) -> Any:
    """The record that a page is about, with all that its files say of it; read once until the data change."""

    def read() -> Any:
        (record,) = records.read(kind, [key], atlas_filter.on)
        return record

    return atlas_filter.index.keep_one(("record", kind, atlas_filter.on, key), read)


def _selection(
    request: HttpRequest, atlas_filter: AtlasFilter, kind: str, found: Found, page: _Page
) -> Selection:
    site = origin(request)
    rows, count = found
    return Selection(
        kind=kind,
        rows=rows,
        count=count,
        title=atlas_filter.titled(page.title),
        page=site + page.path,
        address=site + request.path + atlas_filter.rows_query,
        context=Context(site, atlas_filter.on),
        modified=last_change(),
        subject=page.subject,
    )


def _rows(kind: str, atlas_filter: AtlasFilter) -> Found:
    """Of a list, how to read its rows and how many there are."""
    if kind == "timeline":
        entries = listings.timeline(atlas_filter)
        return partial(records.read_timeline, entries, atlas_filter.on), len(entries)
    keys = listings.LISTS[kind](atlas_filter)
    return partial(records.rows_of, kind, keys, atlas_filter), len(keys)


def _anniversaries(
    found: list[anniversaries.Anniversary], atlas_filter: AtlasFilter
) -> Iterator[anniversaries.Anniversary]:
    """With all that files say of the agreements."""
    keys = [anniversary.agreement.pk for anniversary in found]
    acts = {act.pk: act for act in records.read("agreements", keys, atlas_filter.on)}
    for anniversary in found:
        if act := acts.get(anniversary.agreement.pk):
            yield anniversaries.Anniversary(act, anniversary.years)
