"""A record has one URI, in every language and on every page."""

import pytest
from django.test import RequestFactory, override_settings
from django.utils import translation

from relations import uris
from relations.models import Partnership, Place, Sector

REQUEST = RequestFactory().get("/it/partnerships/?q=torino", headers={"host": "atlas.test"})


@override_settings(SITE_URL="", ALLOWED_HOSTS=["atlas.test"])
def test_the_origin_is_the_host_that_is_asked_for() -> None:
    assert uris.origin(REQUEST) == "http://atlas.test"


@override_settings(SITE_URL="https://atlas.example.org")
def test_a_site_that_has_its_own_address_says_so_to_all() -> None:
    assert uris.origin(REQUEST) == "https://atlas.example.org"


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_uri_is_the_same_in_every_language(language: str) -> None:
    with translation.override(language):
        found = [
            uris.uri_of(record, "https://a.org")
            for record in (
                Partnership(slug="torino-nagoya"),
                Place(slug="torino"),
                Sector(code="culture"),
            )
        ]

    assert found == [
        "https://a.org/partnerships/torino-nagoya/",
        "https://a.org/places/torino/",
        "https://a.org/sectors/culture/",
    ]
