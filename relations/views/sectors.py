"""What the cooperation is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relations import queries


@require_safe
def sector_list(request: HttpRequest) -> HttpResponse:
    """All sectors in two levels, with the number of partnerships about each."""
    context = {"section": "sectors", "sectors": queries.sector_counts()}
    return render(request, "relations/sector_list.html", context)
