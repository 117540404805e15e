"""Single records of the API, with what belongs to them."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import BaseModel

from relations import listings
from relations.api.lists import as_json
from relations.api.parameters import filter_of
from relations.api.problems import problem
from relations.api.schemas import (
    AgreementDetail,
    EventDetail,
    PartnershipDetail,
    PlaceDetail,
    SourceDetail,
)
from relations.exports import records
from relations.exports.items import item
from relations.filters import AtlasFilter
from relations.models import Agreement, Citation, Event, Partnership, Place, Sector, Source
from relations.tables import Context
from relations.uris import origin
from relations.views.tombstones import public_partnership


def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """A partnership with its agreements, events, citations and sources."""
    context = _context(request)
    key = public_partnership(Partnership.objects.all(), slug).pk
    (found,) = records.read("partnerships", [key], context.on)
    acts = _read(
        "agreements", Agreement.objects.published().filter(partnership=key), "signed", context
    )
    events = _read("events", Event.objects.published().filter(partnerships=key), "start", context)
    cited = Citation.objects.published().of_partnerships(Partnership.objects.filter(pk=key))
    sources = listings.keys_of(
        Source.objects.filter(pk__in=cited.values("source")).order_by("slug")
    )
    return as_json(
        PartnershipDetail(
            **dict(item(found, context)),
            agreements=acts,
            events=events,
            citations=_citations(cited, context),
            sources=_items("sources", sources, context),
        )
    )


def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """An agreement with its citations."""
    return _cited(request, Agreement, slug, AgreementDetail)


def event(request: HttpRequest, slug: str) -> HttpResponse:
    """An event with its citations."""
    return _cited(request, Event, slug, EventDetail)


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A place with the partnerships of it, or within it."""
    context = _context(request)
    key = get_object_or_404(Place, slug=slug)
    (found,) = records.read("places", [key.pk], context.on)
    within = listings.partnerships(AtlasFilter(QueryDict()), within=key)
    partnerships = _items("partnerships", within, context)
    return as_json(PlaceDetail(**dict(item(found, context)), partnerships=partnerships))


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A source with what it says."""
    context = _context(request)
    found = Source.objects.published().filter(slug=slug).first()
    if found is None:
        get_object_or_404(Source.objects.withdrawn(), slug=slug)
        return problem(HTTPStatus.GONE)
    (row,) = records.read("sources", [found.pk], context.on)
    cited = Citation.objects.published().filter(source=found)
    return as_json(SourceDetail(**dict(item(row, context)), citations=_citations(cited, context)))


def sector(request: HttpRequest, code: str) -> HttpResponse:
    """A sector."""
    key = get_object_or_404(Sector, code=code).pk
    atlas_filter = filter_of(request, "sectors", ())
    (row,) = records.rows_of("sectors", [key], atlas_filter)
    return as_json(item(row, Context(origin(request), atlas_filter.on)))


def _cited(
    request: HttpRequest, model: type[Agreement | Event], slug: str, shape: type[BaseModel]
) -> HttpResponse:
    """An agreement or an event with its citations; 410 where it is withdrawn."""
    context = _context(request)
    found = model.objects.published().filter(slug=slug).first()
    if found is None:
        get_object_or_404(model.objects.withdrawn(), slug=slug)
        return problem(HTTPStatus.GONE)
    kind, name = ("agreements", "agreement") if model is Agreement else ("events", "event")
    (row,) = records.read(kind, [found.pk], context.on)
    cited = Citation.objects.filter(**{name: found})
    return as_json(shape(**dict(item(row, context)), citations=_citations(cited, context)))


def _context(request: HttpRequest) -> Context:
    return Context(origin(request), timezone.localdate())


def _read(kind: str, rows: QuerySet[Any], date: str, context: Context) -> list[Any]:
    """Records in the order of a date."""
    keys = listings.keys_of(rows.order_by(F(f"{date}_earliest").asc(nulls_last=True), "slug"))
    return _items(kind, keys, context)


def _citations(cited: QuerySet[Citation], context: Context) -> list[Any]:
    return _items("citations", listings.keys_of(cited), context)


def _items(kind: str, keys: Sequence[int], context: Context) -> list[Any]:
    return [item(row, context) for row in records.read(kind, keys, context.on)]
