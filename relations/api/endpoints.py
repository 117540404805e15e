"""The addresses of the API, version 1.

What they answer is written in `lists` and `details`; here is what they are called, take and promise.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from ninja.operation import Operation

from relations.api import details, lists
from relations.api.facets import facets_under
from relations.api.parameters import (
    AgreementParameters,
    EventParameters,
    FacetParameters,
    ListParameters,
    PartnershipParameters,
)
from relations.api.problems import problem
from relations.api.schemas import (
    AgreementDetail,
    EventDetail,
    Facets,
    Page,
    PartnershipDetail,
    PlaceDetail,
    Problem,
    SourceDetail,
)
from relations.exports.schemas import (
    AgreementItem,
    CitationItem,
    EventItem,
    PartnershipItem,
    PlaceItem,
    SectorItem,
    SourceItem,
)
from relations.filters import FilterError
from relations.views.tombstones import GoneError

DESCRIPTION = """\
The partnerships of Italian and Japanese places, their agreements, events and sources, as the atlas
shows them. It only reads, needs no key, and any site may ask it (CORS).

The filter is that of the pages: the same query string leaves the same rows. Dates are EDTF
(ISO 8601-2) and never more precise than their source: 1986 is a year, and no day of it. Slugs, codes and
URIs last. The version stands in the path: within it, names and meanings stay, and what is new is added.

Data: CC BY 4.0.
"""


class _Api(NinjaAPI):
    """Calls its operations by the names of their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name."""
        return operation.view_func.__name__


api = _Api(
    title="Italy–Japan Twinning Atlas",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,  # see relations.api.document
    docs_url=None,
    urls_namespace="api",
)

# What may go wrong on a list, and on a single record.
OF_LISTS: dict[Any, Any] = {400: Problem, 404: Problem}
OF_RECORDS: dict[Any, Any] = {404: Problem, 410: Problem}
Slug = str


# Lists


@api.get("/partnerships", response={200: Page[PartnershipItem], **OF_LISTS}, tags=["partnerships"])
def partnerships(request: HttpRequest, parameters: Query[PartnershipParameters]) -> HttpResponse:
    """The partnerships that match, by their first agreement."""
    return lists.answer(request, "partnerships", parameters)


@api.get("/agreements", response={200: Page[AgreementItem], **OF_LISTS}, tags=["agreements"])
def agreements(request: HttpRequest, parameters: Query[AgreementParameters]) -> HttpResponse:
    """The agreements that match, the newest first."""
    return lists.answer(request, "agreements", parameters)


@api.get("/events", response={200: Page[EventItem], **OF_LISTS}, tags=["events"])
def events(request: HttpRequest, parameters: Query[EventParameters]) -> HttpResponse:
    """The events in the life of the partnerships that match, the newest first."""
    return lists.answer(request, "events", parameters)


@api.get("/places", response={200: Page[PlaceItem], **OF_LISTS}, tags=["places"])
def places(request: HttpRequest, parameters: Query[ListParameters]) -> HttpResponse:
    """The places of the partnerships that match, and the regions and prefectures that they lie in; all of these where nothing is asked."""
    return lists.answer(request, "places", parameters)


@api.get("/sectors", response={200: Page[SectorItem], **OF_LISTS}, tags=["sectors"])
def sectors(request: HttpRequest, parameters: Query[ListParameters]) -> HttpResponse:
    """All sectors, with how many of the partnerships and events that match are about each."""
    return lists.answer(request, "sectors", parameters)


@api.get("/sources", response={200: Page[SourceItem], **OF_LISTS}, tags=["sources"])
def sources(request: HttpRequest, parameters: Query[ListParameters]) -> HttpResponse:
    """The sources of the partnerships that match, the newest first."""
    return lists.answer(request, "sources", parameters)


@api.get("/citations", response={200: Page[CitationItem], **OF_LISTS}, tags=["sources"])
def citations(request: HttpRequest, parameters: Query[ListParameters]) -> HttpResponse:
    """Which source says what of each fact of the partnerships that match. Two values of one fact are a conflict, and both are here."""
    return lists.answer(request, "citations", parameters)


@api.get("/facets", response={200: Facets, 400: Problem}, tags=["facets"])
def facets(request: HttpRequest, parameters: Query[FacetParameters]) -> HttpResponse:
    """The values of the filter's parameters, each with how many results it would leave under all the others."""
    return facets_under(request, parameters)


# Records


@api.get(
    "/partnerships/{slug}", response={200: PartnershipDetail, **OF_RECORDS}, tags=["partnerships"]
)
def partnership(request: HttpRequest, slug: Slug) -> HttpResponse:
    """One partnership with its agreements, events, citations and sources."""
    return details.partnership(request, slug)


@api.get("/agreements/{slug}", response={200: AgreementDetail, **OF_RECORDS}, tags=["agreements"])
def agreement(request: HttpRequest, slug: Slug) -> HttpResponse:
    """One agreement with its citations."""
    return details.agreement(request, slug)


@api.get("/events/{slug}", response={200: EventDetail, **OF_RECORDS}, tags=["events"])
def event(request: HttpRequest, slug: Slug) -> HttpResponse:
    """One event with its citations."""
    return details.event(request, slug)


@api.get("/places/{slug}", response={200: PlaceDetail, 404: Problem}, tags=["places"])
def place(request: HttpRequest, slug: Slug) -> HttpResponse:
    """One place with its partnerships, or with those of all places in it."""
    return details.place(request, slug)


@api.get("/sectors/{code}", response={200: SectorItem, 404: Problem}, tags=["sectors"])
def sector(request: HttpRequest, code: Slug) -> HttpResponse:
    """One sector."""
    return details.sector(request, code)


@api.get("/sources/{slug}", response={200: SourceDetail, **OF_RECORDS}, tags=["sources"])
def source(request: HttpRequest, slug: Slug) -> HttpResponse:
    """One source with what it says."""
    return details.source(request, slug)


# What goes wrong


@api.exception_handler(FilterError)
def _refused(_request: HttpRequest, error: FilterError) -> HttpResponse:
    return problem(HTTPStatus.BAD_REQUEST, error.problems)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Where: in the query, among the parameters, the parameter, and of which of its values.
    said = [f"{_parameter(each['loc'])}: {each['msg']}." for each in error.errors]
    return problem(HTTPStatus.BAD_REQUEST, said)


def _parameter(where: Sequence[int | str]) -> str:
    """The name of a parameter, at the end of where it stands or before the number of its value."""
    return [part for part in where if isinstance(part, str)][-1]


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND)


@api.exception_handler(GoneError)
def _gone(_request: HttpRequest, _error: GoneError) -> HttpResponse:
    return problem(HTTPStatus.GONE)
