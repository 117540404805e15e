"""Lists of the API: a page of what matches, and the way to the others."""

from collections.abc import Collection, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Schema

from relations import listings
from relations.api.parameters import ListParameters, filter_of, names_of
from relations.api.problems import problem
from relations.api.schemas import Page
from relations.exports import records
from relations.exports.items import item
from relations.filters import AtlasFilter
from relations.freshness import last_change
from relations.linked.downloads import API_DESCRIPTION
from relations.tables import Context
from relations.uris import origin


def answer(request: HttpRequest, kind: str, parameters: ListParameters) -> HttpResponse:
    """The page that is asked for of a list; 404 where it has no such page.

    Raises:
        FilterError: a parameter is unknown, or has a value that does not exist.
    """
    atlas_filter = filter_of(request, kind, names_of(type(parameters)))
    keys = listings.LISTS[kind](atlas_filter)
    paginator = Paginator(keys, parameters.limit)
    try:
        page = paginator.page(parameters.page)
    except EmptyPage:
        said = _("The list has no page %(page)d.") % {"page": parameters.page}
        return problem(HTTPStatus.NOT_FOUND, [said])
    context = Context(origin(request), atlas_filter.on)
    found: Page[Any] = Page(
        count=paginator.count,
        page=parameters.page,
        pages=paginator.num_pages,
        as_of=atlas_filter.on,
        modified=last_change(),
        items=[],
    )
    items = _items(kind, list(page.object_list), atlas_filter, context)
    response = as_json(found, ",".join(items))
    response["Link"] = _links(request, parameters, paginator.num_pages)
    return response


def _items(
    kind: str, keys: Sequence[int], atlas_filter: AtlasFilter, context: Context
) -> list[str]:
    """The rows of some keys as JSON, each written once until the data change; what became a draft is left out.

    Of places and sectors a filter counts what it leaves: under one they are written each time.
    """

    def write(missing: Collection[int]) -> dict[int, str]:
        rows = records.rows_of(kind, list(missing), atlas_filter)
        return {row.pk: item(row, context).model_dump_json() for row in rows}

    if kind in records.COUNTED:
        return list(write(keys).values())
    kept = atlas_filter.index.keep(("in the API", kind, get_language(), context), keys, write)
    return [kept[key] for key in keys if key in kept]


def as_json(found: Schema | Any, items: str = "") -> HttpResponse:
    """An object as the body of an answer; `items` is what its list of that name, the last of its fields, holds."""
    body = found.model_dump_json()
    if items:
        body = f"{body.removesuffix('[]}')}[{items}]}}"
    return HttpResponse(body, content_type="application/json")


def _links(request: HttpRequest, parameters: ListParameters, last: int) -> str:
    """The header `Link`: the first, last, next and previous page (RFC 8288), and what describes them."""
    ways = {"first": 1, "prev": parameters.page - 1, "next": parameters.page + 1, "last": last}
    asked = [
        (name, value) for name, values in request.GET.lists() for value in values if name != "page"
    ]
    address = f"{origin(request)}{request.path}"
    links = [
        f'<{address}?{urlencode([*asked, ("page", number)])}>; rel="{way}"'
        for way, number in ways.items()
        if 1 <= number <= last
    ]
    described = f'<{origin(request)}{API_DESCRIPTION}>; rel="service-desc"; type="application/json"'
    return ", ".join([*links, described])
