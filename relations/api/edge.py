"""What holds for every address of the API: it only reads, and any site may ask."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from relations.api.problems import problem
from relations.views.opened import open_to_all

View = Callable[..., HttpResponse]
METHODS = "GET, HEAD, OPTIONS"


def edge(view: View) -> View:
    """Wrap a view that answers GET: HEAD too, and a preflight (CORS); anything else is refused."""

    @csrf_exempt
    @open_to_all
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=HTTPStatus.NO_CONTENT)
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif (
            "\0" in request.path_info
        ):  # which no slug has, and which PostgreSQL refuses to compare
            response = problem(HTTPStatus.NOT_FOUND)
        elif request.method in ("GET", "HEAD"):
            response = _as_get(request, view, *args, **named)
        else:
            response = problem(HTTPStatus.METHOD_NOT_ALLOWED)
        if response.status_code in (HTTPStatus.NO_CONTENT, HTTPStatus.METHOD_NOT_ALLOWED):
            response["Allow"] = METHODS
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return wrapped


def _as_get(request: HttpRequest, view: View, *args: Any, **named: Any) -> HttpResponse:
    """The answer to GET, which the server sends without its body where HEAD was asked."""
    asked = request.method
    request.method = "GET"
    try:
        return view(request, *args, **named)
    except TooManyFieldsSent:
        return problem(HTTPStatus.BAD_REQUEST, [_("The address has too many parameters.")])
    finally:
        request.method = asked
