"""What the filtered lists have in common: the 400 page, paging, sortable columns."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from relations import queries
from relations.filters import AtlasFilter, FilterError
from relations.listings import keys_of
from relations.models import Partnership

PAGE_SIZE = 50

View = Callable[..., HttpResponse]


def filtered(view: View) -> View:
    """Wrap a view that reads an `AtlasFilter` from the query string.

    What a form sends empty is taken out of the address, so that one view has one address.
    A query string that cannot be understood is answered by a page that names what is wrong.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **named: Any) -> HttpResponse:
        pairs = [(name, value) for name, values in request.GET.lists() for value in values]
        if not all(value for _name, value in pairs):
            said = urlencode([(name, value) for name, value in pairs if value])
            return redirect(f"{request.path}?{said}" if said else request.path)
        try:
            return view(request, **named)
        except FilterError as error:
            context = {"problems": error.problems, "back": request.path}
            return render(request, "400.html", context, status=400)

    return wrapped


def exact_list(page: str, matching: QuerySet[Any], query: str, keys: Collection[int]) -> str:
    """The address of a list with a query string, where what matches there is exactly the rows of these keys; else nothing."""
    return f"{reverse(page)}?{query}" if set(keys_of(matching)) == set(keys) else ""


def page_of(
    keys: Sequence[int],
    read: Callable[[Sequence[int]], Sequence[Any]],
    atlas_filter: AtlasFilter,
    size: int = PAGE_SIZE,
) -> Page[Any]:
    """The page that is asked for of what was found, `read` in its order; a page beyond the last is not found.

    What a list shows of a row is read for the page alone: for all that was found, whose
    keys are enough to count and to sort it, it would take the database far longer.
    """
    try:
        page = Paginator(keys, size).page(atlas_filter.page)
    except EmptyPage as error:
        raise Http404(_("The list has no page %(page)d.") % {"page": atlas_filter.page}) from error
    page.object_list = read(list(page.object_list))
    return page


def partnerships_of(
    atlas_filter: AtlasFilter,
) -> Callable[[Sequence[int]], list[Partnership]]:
    """Reads partnerships with all that a row of a list shows of them, each once until the data change.

    Each has its `status` and the number of its sources, `source_count`.
    """

    def read(keys: Collection[int]) -> dict[int, Partnership]:
        rows = Partnership.objects.with_places().with_life().in_bulk(list(keys))
        atlas_filter.set_status(rows.values())
        for key, count in queries.source_counts(rows.values()).items():
            vars(rows[key])["source_count"] = count
        return rows

    def kept(keys: Sequence[int]) -> list[Partnership]:
        rows = atlas_filter.index.keep(("partnership", atlas_filter.on), keys, read)
        return [rows[key] for key in keys if key in rows]

    return kept


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a sortable column: how it is sorted now (a value of `aria-sort`) and the way to sort by it."""

    direction: str
    query: str


def columns_of(
    atlas_filter: AtlasFilter, names: Mapping[str, str], default: str
) -> dict[str, Column]:
    """The heads of the sortable columns; the one sorted by now turns round."""
    sort = atlas_filter.sort or default
    heads = {}
    for name in names:
        directions = {name: "ascending", f"-{name}": "descending"}
        turned = f"-{name}" if sort == name else name
        wanted = None if turned == default else turned
        heads[name] = Column(directions.get(sort, "none"), atlas_filter.query(sort=wanted))
    return heads
