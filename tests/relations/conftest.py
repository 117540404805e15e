"""What the tests of the domain share."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    """A page that another test asked for leaves its language active; these start in English."""
    with translation.override("en"):
        yield
