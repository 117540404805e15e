"""The round anniversaries of a year, and the terms that run out in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import anniversaries, headlines
from relations.filters import AtlasFilter, Facet, facets_of
from relations.models import Agreement
from relations.views.filtered import filtered
from relations.views.parts import once
from relations.views.take_away import offer


@require_safe
def anniversaries_of_this_year(request: HttpRequest) -> HttpResponse:
    """On to the year of today, under the same filter."""
    page = reverse("relations:anniversary_list", args=(timezone.localdate().year,))
    query = request.META["QUERY_STRING"]
    return redirect(f"{page}?{query}" if query else page)


@require_safe
@filtered
def anniversary_list(request: HttpRequest, year: int) -> HttpResponse:
    """What falls in a year, of the agreements that match the filter."""
    atlas_filter = AtlasFilter(request.GET)
    acts = atlas_filter.apply(Agreement.objects.published())
    found = once(lambda: anniversaries.of_years(acts, [year], atlas_filter.on))
    choices = once(lambda: _choices(facets_of(atlas_filter, Agreement)[:2]))
    context = {
        "section": "anniversaries",
        "headline": headlines.of_anniversaries(year, atlas_filter),
        "filter": atlas_filter,
        "choices": choices,
        "kept": once(lambda: _kept(atlas_filter, {chosen for _facet, chosen in choices()})),
        "year": year,
        "previous": year - 1 if year > anniversaries.FIRST_YEAR else None,
        "next": year + 1 if year < anniversaries.LAST_YEAR else None,
        "count": once(lambda: len(found())),
        "offer": once(
            lambda: offer("anniversaries", request.path + atlas_filter.rows_query, len(found()))
        ),
        "by_day": once(lambda: [due for due in found() if due.has_day]),
        "day_unknown": once(lambda: [due for due in found() if not due.has_day]),
        "terms": once(lambda: anniversaries.terms_of_years(acts, [year], atlas_filter.on)),
        "on": atlas_filter.on,
    }
    return render(request, "relations/anniversary_list.html", context)


def _choices(facets: list[Facet]) -> list[tuple[Facet, str]]:
    """The regions and the prefectures, each with the first one that is chosen."""
    return [
        (
            facet,
            next((o.value for _label, group in facet.groups for o in group if o.selected), ""),
        )
        for facet in facets
    ]


def _kept(atlas_filter: AtlasFilter, chosen: set[str]) -> list[tuple[str, str]]:
    """What is asked for besides the chosen regions, and stays so when others are chosen."""
    return [
        (name, value)
        for name, values in atlas_filter.asked.items()
        for value in values
        if name != "region" or value not in chosen
    ]
