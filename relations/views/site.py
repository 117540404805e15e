"""What the atlas says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import queries
from relations.enums import AgreementKind, Status


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Method, definitions, counting, accessibility, privacy."""
    context = {
        "section": "about",
        "numbers": queries.numbers(),
        "kinds": AgreementKind.choices,
        "statuses": Status.choices,
        "on": timezone.localdate(),
    }
    return render(request, "relations/about.html", context)
