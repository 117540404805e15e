"""What every hostile request has in common: a clear answer, nothing leaked, nothing written down as our failure."""

import logging
import re

import pytest
from django.conf import settings
from django.core.signals import got_request_exception
from django.test import Client

from tests.atlas.hostile.addresses import slugs
from tests.atlas.hostile.inputs import SUM

# What the specification of oEmbed wants where a format is asked for that is not there.
OEMBED_HAS_NO_SUCH_FORMAT = 501
CLEAR = {200, 204, 301, 302, 303, 304, 400, 403, 404, 405, 406, 410, 412, 413, 414, 416, 422}
LEAKS = re.compile(
    "|".join(
        [
            *(re.escape(secret) for secret in (str(settings.BASE_DIR), settings.SECRET_KEY)),
            *("Traceback", "site-packages", "SELECT ", "relations_[a-z]", "root:x:0"),
            *("OperationalError", "DataError", "psycopg", "sqlite3", "SECRET_KEY *="),
            *(r"Django/[\d.]", r"gunicorn/[\d.]", r"Python/[\d.]", r"\[fonts\]", SUM),
        ]
    )
)


class Asker:
    """Asks, and gathers the answers that are not harmless."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.client = Client(raise_request_exception=False)
        self.slugs = slugs()
        self.caplog = caplog
        self.asked = 0
        self.failures: list[str] = []

    def ask(self, case: str, path: str, method: str = "GET", *, status=CLEAR, **extra) -> None:
        """Send one request, and look at what it is answered with, whose status must be one of some."""
        self.asked += 1
        response = self.client.generic(method, path, **extra)
        if problem := self._problem(response, path, status):
            self.failures.append(f"{case}: {method[:9]} {path[:120]!r}: {problem}")
        self.caplog.clear()
        response.close()

    def _problem(self, response, path: str, status: set[int]) -> str:
        if path.startswith("/oembed?"):
            status = status | {OEMBED_HAS_NO_SUCH_FORMAT}
        if response.status_code not in status:
            return f"status {response.status_code}"
        records = self.caplog.records
        if errors := [r.getMessage()[:200] for r in records if r.levelno >= logging.ERROR]:
            return f"logged {errors}"
        body = b"".join(response) if response.streaming else response.content
        return _told(response, body[:200_000].decode("utf-8", "replace"))

    def harmless(self) -> None:
        """Nothing that was asked did any harm."""
        assert self.asked > 0
        assert not self.failures, "\n".join(self.failures)


def _told(response, body: str) -> str:
    """What an answer says that it should not, of us or of what the client sent."""
    headers = str(response.headers)
    if leak := LEAKS.search(headers + body):
        return f"leaks {leak[0]!r}"
    if response.cookies or "evil" in headers or "\\n" in headers:
        return f"the client wrote in {headers}"
    if response.get("Location", "").startswith(("//", "/\\")):
        return f"leads elsewhere: {response['Location']}"
    if "html" in response.get("Content-Type", "") and ("<img src=x" in body or "evil." in body):
        return "the client wrote in the page"
    return ""


@pytest.fixture
def asker(atlas: None, caplog: pytest.LogCaptureFixture) -> Asker:
    """Who asks; the atlas is there to be asked."""
    return Asker(caplog)


@pytest.fixture(autouse=True)
def _no_failure_goes_unseen():
    """A view that fails says so, whatever is answered."""
    failed: list[object] = []

    def note(sender: object, **named: object) -> None:
        failed.append(sender)

    got_request_exception.connect(note)
    yield
    got_request_exception.disconnect(note)
    assert failed == []
