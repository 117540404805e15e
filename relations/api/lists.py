"""Lists of the API: a page of what matches, and the way to the others."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema

from relations import listings
from relations.api.parameters import ListParameters, filter_of, names_of
from relations.api.problems import problem
from relations.api.schemas import Page
from relations.exports import records
from relations.exports.items import item
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
    rows = records.rows_of(kind, list(page.object_list), atlas_filter)
    found: Page[Any] = Page(
        count=paginator.count,
        page=parameters.page,
        pages=paginator.num_pages,
        as_of=atlas_filter.on,
        modified=last_change(),
        items=[item(row, context) for row in rows],
    )
    response = as_json(found)
    response["Link"] = _links(request, parameters, paginator.num_pages)
    return response


def as_json(found: Schema | Any) -> HttpResponse:
    """An object as the body of an answer."""
    return HttpResponse(found.model_dump_json(), content_type="application/json")


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
