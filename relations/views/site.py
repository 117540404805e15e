"""What the atlas says of itself: its method, its counts, and what is weak in its data."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import counts, headlines, queries
from relations.counts import Reckoning, Tally, Unit
from relations.enums import AgreementKind, Country, Status
from relations.filters import AtlasFilter
from relations.filters.index import Index
from relations.models import Agreement, Partnership, Source
from relations.quality import Matter, quality
from relations.views.filtered import exact_list
from relations.views.parts import once

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Method, definitions, counting, accessibility, privacy."""
    on = timezone.localdate()
    context = {
        "section": "about",
        "headline": headlines.of_page("about"),
        "numbers": once(queries.numbers),
        "kinds": AgreementKind.choices,
        "statuses": Status.choices,
        "weak": once(lambda: quality(on).total),
        "index": Index.current(),
        "on": on,
    }
    return render(request, "relations/about.html", context)


@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    """Conflicts, facts with one source, imprecise dates, old records, missing translations."""
    on = timezone.localdate()
    found = once(lambda: quality(on))
    context = {
        "section": "about",
        "headline": headlines.of_page("data_quality"),
        "found": found,
        "labels": dict(Matter.choices),
        "countries": once(lambda: [(c.label, found().by_territory(c)) for c in Country]),
        "index": Index.current(),
        "on": on,
    }
    return render(request, "relations/data_quality.html", context)


class Row(NamedTuple):
    """A line of the tables of counts, with the addresses of the lists that hold exactly what it counts."""

    label: "StrPromise"
    tally: Tally
    agreements_url: str
    partnerships_url: str


class Line(NamedTuple):
    """A published figure with its source and, where one holds exactly what is counted, the address of a list."""

    reckoning: Reckoning
    source: Source | None
    url: str


@require_safe
def count_page(request: HttpRequest) -> HttpResponse:
    """What is counted, also by CLAIR's tests, and published figures beside what a stated rule gives."""
    on = timezone.localdate()
    acts = once(lambda: list(queries.counted_agreements(on)))
    context = {
        "section": "about",
        "headline": headlines.of_page("counts"),
        "numbers": once(queries.numbers),
        "standing": once(lambda: _standing(acts())),
        "kinds": once(lambda: _kinds(acts())),
        "tests": once(lambda: counts.by_tests(acts())),
        "lines": once(lambda: _lines(acts())),
        "index": Index.current(),
        "on": on,
    }
    return render(request, "relations/counts.html", context)


def _standing(acts: list[Agreement]) -> list[Row]:
    return [_row(s.label, t, f"status={s.value}") for s, t in counts.by_status(acts).items()]


def _kinds(acts: list[Agreement]) -> list[Row]:
    return [_row(k.label, t, f"kind={k.value}") for k, t in counts.by_kind(acts).items()]


def _lines(acts: list[Agreement]) -> list[Line]:
    reckonings = [counts.reckon(published, acts) for published in counts.PUBLISHED]
    sources = queries.sources_by_slug(published.source for published in counts.PUBLISHED)
    return [Line(r, sources.get(r.published.source), _list_of(r)) for r in reckonings]


def _row(label: "StrPromise", tally: Tally, query: str) -> Row:
    acts = AtlasFilter(QueryDict(query)).apply(Agreement.objects.published())
    return Row(
        label,
        tally,
        exact_list("relations:agreement_list", acts, query, tally.agreements),
        _partnership_list(query, tally.partnerships),
    )


def _partnership_list(query: str, keys: Collection[int]) -> str:
    found = AtlasFilter(QueryDict(query)).partnerships(Partnership.objects.published())
    return exact_list("relations:partnership_list", found, query, keys)


def _list_of(reckoning: Reckoning) -> str:
    rule = reckoning.published.rule
    return _partnership_list(rule.query, reckoning.pairs) if rule.unit == Unit.PAIRS else ""
