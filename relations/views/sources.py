"""Where the facts come from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import headlines, listings, queries
from relations.filters import AtlasFilter
from relations.filters.index import Index
from relations.models import Source
from relations.views.filtered import filtered
from relations.views.parts import once
from relations.views.take_away import offer

# What all that a source supports takes in memory.
SUPPORTED = 50_000


@require_safe
@filtered
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source that something public cites; under a filter those of what matches."""
    atlas_filter = AtlasFilter(request.GET)
    found = once(lambda: _found(atlas_filter))
    context = {
        "section": "sources",
        "headline": headlines.of_page("sources", atlas_filter),
        "filter": atlas_filter,
        "years": once(lambda: queries.by_year(found())),
        "offer": once(
            lambda: offer("sources", request.path + atlas_filter.rows_query, len(found()))
        ),
        "on": atlas_filter.on,
    }
    return render(request, "relations/source_list.html", context)


def _found(atlas_filter: AtlasFilter) -> list[Source]:
    rows = queries.listed_sources()
    if atlas_filter.is_set:
        rows = rows.filter(pk__in=listings.sources(atlas_filter))
    return list(rows)


@require_safe
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One source and every fact that it supports; 410 where nothing public cites it any more."""
    source = Source.objects.published().filter(slug=slug).first()
    if source is None:
        get_object_or_404(Source.objects.withdrawn(), slug=slug)
        return render(request, "relations/source_gone.html", {"section": "sources"}, status=410)
    index = Index.current()
    supported = _supported(source, index)
    citations = sum(len(named) for _record, named in supported)
    context = {
        "section": "sources",
        "headline": headlines.of_source(source, citations, len(supported)),
        "source": source,
        "supported": supported,
        "index": index,
        "on": timezone.localdate(),
    }
    return render(request, "relations/source_detail.html", context)


def _supported(source: Source, index: Index) -> queries.Supported:
    """What a source supports, read once until the data change."""
    what = ("supported", source.pk)
    return index.keep_one(what, lambda: queries.supported_by(source), weight=SUPPORTED)
