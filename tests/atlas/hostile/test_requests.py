"""Every public address is asked for what nobody should ask: it answers clearly, and tells nothing.

One test asks one address many times, so that a failure names all that is wrong with it.
"""

from itertools import cycle
from urllib.parse import quote, urlencode

import pytest
from django.urls import resolve
from django.utils import translation

from tests.atlas.hostile.addresses import routes, template
from tests.atlas.hostile.inputs import (
    BODIES,
    HEADERS,
    HOSTS,
    METHODS,
    PARAMETERS,
    QUERIES,
    TAILS,
    VALUES,
)

# As in public: what is asked again with other headers comes from what is kept.
pytestmark = pytest.mark.usefixtures("kept_pages")

with translation.override("en"):
    ROUTES = routes()
ADDRESSES = {route: template(route) for route in ROUTES}
# Those that read all parameters get each value in each.
READERS = ("/en/agreements/", "/api/v1/partnerships", "/en/places.csv")
FOLDERS = ("/", "//", "/static/", "/static/css/", "/data/", "/data/releases/", "/en/places/")


def test_every_public_pattern_has_an_example_that_leads_to_it(asker) -> None:
    with translation.override("en"):
        led = {resolve(path.format_map(asker.slugs)).route for path in ADDRESSES.values()}

    assert led == set(ROUTES)
    assert len(ROUTES) > 60


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address(asker, address: str) -> None:
    path = address.format_map(asker.slugs)

    _ask_values(asker, path)
    _ask_paths(asker, path)
    _ask_with_headers(asker, path)
    _ask_by_methods(asker, path)

    asker.harmless()


def _ask_values(asker, path: str) -> None:
    """All parameters at once with each value, each parameter alone with one, and broken query strings."""
    for name, value in VALUES.items():
        asker.ask(name, f"{path}?{urlencode(dict.fromkeys(PARAMETERS, value))}")
    for parameter, (name, value) in zip(PARAMETERS, cycle(VALUES.items()), strict=False):
        asker.ask(f"{name} in {parameter}", f"{path}?{parameter}={quote(value)}")
    for name, query in QUERIES.items():
        asker.ask(name, path, QUERY_STRING=query)


def _ask_paths(asker, path: str) -> None:
    """Behind the address, and in the place of its last part."""
    folder = path.rpartition("/")[0]
    for name, tail in TAILS.items():
        asker.ask(f"{name} behind", path + tail)
        asker.ask(f"{name} instead", f"{folder}/{tail}")


def _ask_with_headers(asker, path: str) -> None:
    """Hosts that are not ours, which are refused by all that says where it is; then other headers."""
    for host in HOSTS:
        asker.ask(
            f"host {host[:30]!r}", path, headers={"host": host}, status={200, 302, 303, 400, 404}
        )
    for name, headers in HEADERS.items():
        asker.ask(name, path, headers=headers)


def _ask_by_methods(asker, path: str) -> None:
    """What is not to be read is refused, whatever comes with it."""
    for method in METHODS:
        asker.ask(f"method {method[:9]}", path, method, status={405})
    asker.ask("method OPTIONS", path, "OPTIONS", status={204, 405})
    for name, (body, media_type) in BODIES.items():
        sent = {"data": body, "content_type": media_type}
        asker.ask(name, path, "POST", status={405}, **sent)
        asker.ask(f"{name} with GET", path, "GET", **sent)


@pytest.mark.parametrize("path", READERS)
def test_each_value_in_each_parameter(asker, path: str) -> None:
    for parameter in PARAMETERS:
        for name, value in VALUES.items():
            asker.ask(f"{name} in {parameter}", f"{path}?{parameter}={quote(value)}")

    asker.harmless()


@pytest.mark.parametrize("folder", FOLDERS)
def test_paths_where_files_are(asker, folder: str) -> None:
    for suffix in ("", "/", ".csv", ".png", ".zip"):
        for name, tail in TAILS.items():
            asker.ask(name, f"{folder}{tail}{suffix}")

    asker.harmless()
