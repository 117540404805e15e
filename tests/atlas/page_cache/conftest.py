"""A site that keeps its pages, as in public."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> None:
    """Pages are kept in memory, large ones in a folder of this test."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test"}
    settings.CACHES = {**settings.CACHES, "pages": memory}
    settings.PAGE_CACHE_DIR = tmp_path / "pages"
    caches["pages"].clear()
