"""What other sites may use: their scripts may read files, linked data, oEmbed and the API; their pages may show pictures and frame small pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[..., Response]


def open_to_all(view: View[Response]) -> View[Response]:
    """Wrap a view whose answers the scripts of any site may read (CORS), with the headers that tell more of them."""
    return _with(
        {
            **_SHOWN,
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "ETag, Link",
        },
        view,
    )


def shown_anywhere(view: View[Response]) -> View[Response]:
    """Wrap a view whose answers, as pictures, the pages of any site may show."""
    return _with(_SHOWN, view)


def framed_anywhere(view: View[Response]) -> View[Response]:
    """Wrap a view whose pages any site may frame."""
    directives = {**settings.CONTENT_SECURITY_POLICY, "frame-ancestors": "*"}
    policy = "; ".join(f"{name} {value}" for name, value in directives.items())
    return xframe_options_exempt(_with({**_SHOWN, "Content-Security-Policy": policy}, view))


# Also on pages that let nothing in that does not say so (Cross-Origin-Embedder-Policy).
_SHOWN = {"Cross-Origin-Resource-Policy": "cross-origin"}


def _with(headers: dict[str, str], view: View[Response]) -> View[Response]:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **named: Any) -> Response:
        response = view(request, *args, **named)
        for name, said in headers.items():
            response[name] = said
        return response

    return wrapped
