"""The addresses below /api/v1/."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from relations.api.document import openapi
from relations.api.edge import edge
from relations.api.endpoints import api
from relations.api.problems import problem

app_name = "api"


def _nothing(_request: HttpRequest) -> HttpResponse:
    """What an address answers that the API does not have."""
    return problem(HTTPStatus.NOT_FOUND)


def _edged(pattern: URLPattern) -> URLPattern:
    pattern.callback = edge(pattern.callback)
    return pattern


urlpatterns = [
    *(
        _edged(each)
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.name != "api-root"
    ),
    path("openapi.json", edge(openapi), name="openapi"),
    re_path("^.*$", edge(_nothing)),
]
