"""Where the facts come from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from relations import queries
from relations.models import Source


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source that something public cites."""
    context = {"section": "sources", "years": queries.by_year(queries.listed_sources())}
    return render(request, "relations/source_list.html", context)


@require_safe
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One source and every fact that it supports; 410 where nothing public cites it any more."""
    source = Source.objects.published().filter(slug=slug).first()
    if source is None:
        get_object_or_404(Source.objects.withdrawn(), slug=slug)
        return render(request, "relations/source_gone.html", {"section": "sources"}, status=410)
    context = {"section": "sources", "source": source, "supported": queries.supported_by(source)}
    return render(request, "relations/source_detail.html", context)
