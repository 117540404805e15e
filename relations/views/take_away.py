"""“Take it with you”: what a page offers as files, with rows and sizes, and the way to ask the API for the same."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relations.exports import Selection, write
from relations.filters.index import Index
from relations.formats import Format, formats_of
from relations.linked.downloads import API
from relations.uris import path_of
from relations.views import selections
from relations.views.filtered import filtered
from relations.views.tombstones import tombstoned

# To know the size of a file is to write it: of more rows it would take too long.
MOST_ROWS = 2000
# The lists of the API that have the rows of a page.
IN_API = {"timeline": ("agreements", "events"), "anniversaries": ("agreements",)}


@dataclass(frozen=True, slots=True)
class File:
    """A file that is offered: its format, its address, and its size in bytes where that is known."""

    form: Format
    url: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page offers; `more` is the page that says the sizes too."""

    count: int
    files: list[File]
    more: str


def offer(kind: str, page: str, count: int) -> Offer:
    """What a page offers, whose rows are of a kind; `page` is its path with the query string that filters."""
    path, _mark, query = page.partition("?")
    query = f"?{query}" if query else ""
    files = [
        File(form, f"{path.removesuffix('/')}.{form.suffix}{query}") for form in formats_of(kind)
    ]
    return Offer(count, files, f"{path}take-away/{query}")


def _page_view(select: Callable[..., Selection]) -> Callable[..., HttpResponse]:
    """A page on the files of what a function selects from a request."""

    @require_safe
    @filtered
    @tombstoned
    def view(request: HttpRequest, **named: Any) -> HttpResponse:
        selection = select(request, **named)
        sizes = _sizes(selection)
        context = {
            "section": "data",
            "selection": selection,
            "files": [
                replace(file, size=sizes[file.form.suffix])
                for file in offer(selection.kind, selection.page, selection.count).files
            ],
            "apis": [f"{selection.context.site}{each}" for each in _apis(selection)],
            "is_measured": selection.count <= MOST_ROWS,
        }
        return render(request, "relations/take_away.html", context)

    return view


list_take_away = _page_view(selections.of_list)
partnership_take_away = _page_view(selections.of_partnership)
place_take_away = _page_view(selections.of_place)
anniversary_take_away = _page_view(selections.of_year)


def _sizes(selection: Selection) -> dict[str, int | None]:
    """The bytes of each format, as it is sent to who takes it uncompressed; written once until the data change."""
    suffixes = [form.suffix for form in formats_of(selection.kind)]
    if selection.count > MOST_ROWS:
        return dict.fromkeys(suffixes)

    def measure(missing: Collection[str]) -> dict[str, int | None]:
        return {suffix: _size(suffix, selection) for suffix in missing}

    what = ("sizes", get_language(), selection.context, selection.page)
    return Index.current().keep(what, suffixes, measure)


def _size(suffix: str, selection: Selection) -> int | None:
    try:
        return len(write(selection, suffix))
    except ValueError:  # a text that no cell of a workbook can hold
        return None


def _apis(selection: Selection) -> Iterator[str]:
    """The addresses of the same in the API."""
    if selection.subject:
        yield f"{API}{path_of(selection.subject).strip('/')}"
        return
    _path, _mark, query = selection.page.partition("?")
    for name in IN_API.get(selection.kind, (selection.kind,)):
        asked = QueryDict(query, mutable=True)
        if name != "events":
            asked.pop("event", None)
        yield f"{API}{name}?{asked.urlencode()}".removesuffix("?")
