"""Caches in front of the site are told when the data have changed, and only then."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from atlas.purging import purge
from relations.models import Sector
from tests.conftest import PRESS_RELEASES
from tests.factories import make_sector


class _Cache(BaseHTTPRequestHandler):
    asked: list[tuple[str, Any]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.headers.get("Authorization", ""), json.loads(body)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def asked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Any]]]:
    """What a cache in front of the site is asked."""
    found: list[tuple[str, Any]] = []
    handler = type("Handler", (_Cache,), {"asked": found})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        settings.PURGE_URLS = [f"http://127.0.0.1:{server.server_port}/purge"]
        settings.PURGE_TOKEN = "let-me-in"  # of this test
        # Who asks is waited for.
        monkeypatch.setattr(Thread, "start", Thread.run)
        yield found
        monkeypatch.undo()
        server.shutdown()
        thread.join()


def test_a_cache_is_told_with_its_token(asked: list[tuple[str, Any]]) -> None:
    purge()

    assert asked == [("Bearer let-me-in", {"purge_everything": True})]


@pytest.mark.django_db(transaction=True)
def test_a_load_tells_it_once_and_a_second_or_a_dry_one_does_not(
    asked: list[tuple[str, Any]],
) -> None:
    call_command("load_atlas", PRESS_RELEASES, verbosity=0, dry_run=True)
    dry = len(asked)
    call_command("load_atlas", PRESS_RELEASES, verbosity=0)
    loaded = len(asked)
    call_command("load_atlas", PRESS_RELEASES, verbosity=0)

    assert (dry, loaded, len(asked)) == (0, 1, 1)


def test_who_saves_at_the_desk_tells_it(
    asked: list[tuple[str, Any]],
    client: Client,
    atlas: None,
    admin_user: object,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.force_login(admin_user)  # type: ignore[arg-type]
    sector = make_sector()
    address = reverse("admin:relations_sector_delete", args=(sector.pk,))
    with django_capture_on_commit_callbacks(execute=True):
        client.get(address)
    looked = len(asked)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"post": "yes"})

    assert (looked, Sector.objects.filter(pk=sector.pk).exists(), len(asked)) == (0, False, 1)


def test_one_that_does_not_answer_is_written_down_without_its_address(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PURGE_URLS = ["http://127.0.0.1:1/purge?key=secret"]
    for thread in purge():
        thread.join()

    assert "could not be told" in caplog.text
    assert "secret" not in caplog.text
