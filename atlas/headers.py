"""What every answer tells a browser to forbid: one middleware, outside of all that answers, caches too."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def set_headers(get_response: GetResponse) -> GetResponse:
    """Give each answer the headers of `SECURITY_HEADERS`, but those that its view has set itself."""
    # As Django keeps them, ready made: to convert and check six constants takes 15 times as long.
    every = {name.lower(): (name, said) for name, said in settings.SECURITY_HEADERS.items()}
    # Of the page that a browser has and this answer renews, which may be framed where others
    # may not: to say it again, wrong, would take that away.
    of_a_page = {name.lower() for name in settings.HEADERS_OF_A_PAGE}
    renewed = {name: pair for name, pair in every.items() if name not in of_a_page}

    def headed(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        wanted = renewed if response.status_code == HTTPStatus.NOT_MODIFIED else every
        response.headers._store = wanted | response.headers._store  # noqa: SLF001 # see above
        return response

    return headed


def policy(directives: Mapping[str, str]) -> str:
    """A Content-Security-Policy as one line."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())
