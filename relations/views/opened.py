"""What the scripts of any site may read (CORS): files, linked data, oEmbed and the API."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)


def open_to_all(view: Callable[..., Response]) -> Callable[..., Response]:
    """Wrap a view whose answers the scripts of any site may read, with the headers that tell more of them."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **named: Any) -> Response:
        response = view(request, *args, **named)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    return wrapped
