"""What all tests share."""

import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import settings as hypothesis_settings

# Every run at home tries something new; CI tries the same each time, so that it says something of the change.
hypothesis_settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis_settings.load_profile("ci")

BASE_DIR = Path(__file__).resolve().parent.parent
PRESS_RELEASES = BASE_DIR / "tests" / "press_releases"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# Chromium's driver runs an event loop in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _skip_or_fail(required: str, reason: str) -> None:
    """Skip with a reason on a user's machine; fail where the environment requires the test."""
    if os.environ.get(required) == "1":
        pytest.fail(f"{required}=1, but {reason}")
    pytest.skip(reason)


def pytest_configure() -> None:
    """Serve static files as they lie in the tree: tests need no collected, hashed ones. Keep pictures in memory."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pictures"}
    # A test may change what pages are made of without changing the data: no page is kept, but where that is tested.
    none = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "pictures": memory, "pages": none}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.RELEASES_DIR = BASE_DIR / "var" / "none"  # not those of this machine
    settings.PAGE_CACHE_DIR = Path(tempfile.mkdtemp(prefix="atlas-pages-"))
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    _keep_connections_of_tests()


def pytest_unconfigure() -> None:
    shutil.rmtree(settings.PAGE_CACHE_DIR, ignore_errors=True)


def _keep_connections_of_tests() -> None:
    """Let a test close an answer: the end of a request gives no connection back in the middle of a transaction.

    In public no request ends in one; a test is one, and its data would be gone.
    """
    give_back = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def outside_transactions(wrapper: BaseDatabaseWrapper) -> None:
        if not wrapper.in_atomic_block:
            give_back(wrapper)

    BaseDatabaseWrapper.close_if_unusable_or_obsolete = outside_transactions


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Run the tests that need Chromium or PostgreSQL only where these are."""
    if item.get_closest_marker("browser") and not CHROMIUM:
        _skip_or_fail("REQUIRE_BROWSER", "there is no Chromium: apt-get install chromium")
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        _skip_or_fail("REQUIRE_POSTGRES", "DATABASE_URL names no PostgreSQL database")


@pytest.fixture
def kept_pages(settings: Any, tmp_path: Path) -> None:
    """Pages are kept as in public, in memory; large ones in a folder of this test."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test"}
    settings.CACHES = {**settings.CACHES, "pages": memory}
    settings.PAGE_CACHE_DIR = tmp_path / "pages"
    caches["pages"].clear()


@pytest.fixture
def atlas(db: None) -> None:
    """The facts of the four press releases that the project started from: a small atlas that stays as it is."""
    call_command("load_atlas", PRESS_RELEASES, verbosity=0)


@pytest.fixture
def whole_atlas(db: None) -> None:
    """The dataset of the project, loaded."""
    call_command("load_atlas", verbosity=0)


@pytest.fixture
def groups(db: None) -> None:
    """A browser test before this one may have emptied all tables: make the groups as the migration does."""
    editor = connection.schema_editor()
    import_module("relations.migrations.0006_editors_and_publishers").make_groups(apps, editor)
    import_module("relations.migrations.0007_editors_delete_drafts").allow(apps, editor)
    import_module("relations.migrations.0013_press_releases").allow(apps, editor)
