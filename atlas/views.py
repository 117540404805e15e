"""What the site answers beside its pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

ROBOTS = "User-agent: *\nDisallow:\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # the same for everyone
    """All pages may be read and indexed by programs."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
