"""What the API answers with, besides the records themselves (`relations.exports.schemas`)."""

from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from relations.exports.schemas import (
    AgreementItem,
    CitationItem,
    EventItem,
    PartnershipItem,
    PlaceItem,
    SourceItem,
)
from relations.licence import LICENCE_URL

Item = TypeVar("Item", bound=BaseModel)


class Page(BaseModel, Generic[Item]):
    """A page of a list; the header `Link` has the way to the others (RFC 8288)."""

    count: Annotated[int, Field(description="How many match, on all pages.")]
    page: int
    pages: int
    as_of: Annotated[date, Field(description="The day of which every status speaks.")]
    modified: Annotated[datetime | None, Field(description="The last change of anything public.")]
    licence: Annotated[str, Field(description="Of the data.")] = LICENCE_URL
    items: list[Item]


class PartnershipDetail(PartnershipItem):
    """A partnership with all that is public of its life."""

    agreements: Annotated[list[AgreementItem], Field(description="The oldest first.")]
    events: Annotated[list[EventItem], Field(description="The oldest first.")]
    citations: list[CitationItem]
    sources: list[SourceItem]


class AgreementDetail(AgreementItem):
    """An agreement with the sources of its facts."""

    citations: list[CitationItem]


class EventDetail(EventItem):
    """An event with the sources of its facts."""

    citations: list[CitationItem]


class PlaceDetail(PlaceItem):
    """A place with its partnerships; of a region or prefecture, with those of all places in it."""

    partnerships: Annotated[list[PartnershipItem], Field(description="The oldest first.")]


class SourceDetail(SourceItem):
    """A source with what it says."""

    citations: list[CitationItem]


class OptionItem(BaseModel):
    """A value of a parameter, and how many would be left if it alone were chosen."""

    value: str
    label: Annotated[str, Field(description="In the language of the request (Accept-Language).")]
    count: int
    selected: bool
    narrower: list["OptionItem"]


class FacetItem(BaseModel):
    """A parameter of the filter with its values."""

    parameter: str
    label: str
    options: list[OptionItem]


class Facets(BaseModel):
    """What can be chosen under a filter."""

    unit: Annotated[str, Field(description="What is counted: partnerships or agreements.")]
    facets: list[FacetItem]


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: Annotated[str, Field(description="What kind of problem it is.", examples=["about:blank"])]
    title: str
    status: int
    detail: Annotated[str, Field(description="What was wrong, and what was expected.")]
    problems: Annotated[list[str], Field(description="A sentence for each thing that is wrong.")]
