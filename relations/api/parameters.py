"""The parameters of the lists: those of the filter, which the pages have too, and the page."""

from collections.abc import Collection
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from relations import listings
from relations.enums import AgreementKind, EventKind, Status
from relations.filters import AtlasFilter, FilterError
from relations.filters.atlas_filter import FIRST_YEAR, LAST_YEAR, MAX_TEXT, MAX_WORDS

LIMIT, MOST = 50, 500
LAST_PAGE = 999_999

Year = Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class FilterParameters(Schema):
    """The filter; several values of one parameter widen the result, different parameters narrow it."""

    region: list[str] = Field(
        [],
        description="ISO 3166-2 codes of Italian regions and Japanese prefectures; the two countries count as two parameters.",
    )
    sector: list[str] = Field(
        [], description="Codes of sectors; a broad one finds its narrower ones."
    )
    kind: list[AgreementKind] = Field([], description="Kinds of agreements.")
    status: list[Status] = Field([], description="Of the partnership, today.")
    from_: Year = Field(
        None, alias="from", description="Signed, or happened, in this year or later."
    )
    to: Year = Field(None, description="Signed, or happened, in this year or earlier.")
    q: str | None = Field(
        None,
        min_length=1,
        max_length=MAX_TEXT,
        pattern=r"^[^\x00]*$",
        description=f"At most {MAX_WORDS} words of names, titles, summaries or persons; accents, macrons, kana, kanji and other spellings are folded.",
    )


class ListParameters(FilterParameters):
    """The filter and the page."""

    page: int = Field(1, ge=1, le=LAST_PAGE)
    limit: int = Field(LIMIT, ge=1, le=MOST, description="Items on a page.")


class EventParameters(ListParameters):
    """The filter, the page, and the kinds of events."""

    event: list[EventKind] = Field([], description="Kinds of events.")


class PartnershipParameters(ListParameters):
    """The filter, the page and the order."""

    sort: str | None = Field(
        None,
        pattern="^-?(italian|japanese|since|event)$",
        description="By place, first agreement or last event; with a minus the other way round.",
    )


class AgreementParameters(ListParameters):
    """The filter, the page and the order."""

    sort: str | None = Field(
        None,
        pattern="^-?(signed|title|kind)$",
        description="By date, title or kind; with a minus the other way round.",
    )


class FacetParameters(FilterParameters):
    """The filter, and what to count."""

    unit: Literal["partnerships", "agreements"] = Field(
        "partnerships", description="What is counted."
    )


def filter_of(request: HttpRequest, kind: str, known: Collection[str]) -> AtlasFilter:
    """The filter that a request sets; `known` are the parameters that the address has.

    Raises:
        FilterError: a parameter is unknown or empty, or has a value that does not exist.
    """
    listed = ", ".join(sorted(known)) or "–"
    problems = [
        _("“%(name)s” is not a parameter of this address. Its parameters are: %(known)s.")
        % {"name": name[:MAX_TEXT], "known": listed}
        for name in sorted(request.GET.keys() - set(known))
    ]
    problems += [
        _("“%(name)s” is empty. Leave it out, or give it a value.") % {"name": name}
        for name, values in request.GET.lists()
        if name in known and "" in values
    ]
    if problems:
        raise FilterError(problems)
    sorts = listings.sorts_of(kind)
    return AtlasFilter(request.GET, sorts=sorts, has_events=kind == "events")


def names_of(schema: type[Schema]) -> list[str]:
    """The names of parameters, as they stand in an address."""
    return [field.alias or name for name, field in schema.model_fields.items()]
