"""While the database or the shared cache is away, pages go on."""

import gzip
import json
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg.errors import ConnectionFailure, DeadlockDetected

from relations import queries
from relations.models.versions import DatasetVersionManager
from relations.views import site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_pages")]


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Takes the database away, and brings it back."""

    def fail(_manager: Any) -> str:
        raise OperationalError("connection refused: password=secret")

    real = DatasetVersionManager.read

    def switch(*, away: bool) -> None:
        monkeypatch.setattr(DatasetVersionManager, "read", fail if away else real)

    return switch


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/it/partnerships/", "I dati al momento non sono raggiungibili. Questa pagina è"),
        ("/ja/partnerships/", "現在、データに接続できません。"),
        ("/en/", "The data cannot be reached at the moment. This page is as of"),
        ("/en/embed/map/", "The data cannot be reached at the moment. This page is as of"),
    ],
)
def test_a_page_goes_on_and_says_of_when_it_is(
    client: Client, atlas: None, away: Any, path: str, sentence: str
) -> None:
    before = client.get(path, headers={"accept-encoding": "zstd"})
    away(away=True)
    during = client.get(path, headers={"accept-encoding": "gzip"})
    plain = client.get(path).content.decode()
    away(away=False)
    after = client.get(path)

    assert (before.status_code, during.status_code) == (200, 200)
    assert gzip.decompress(during.content).decode() == plain
    assert sentence in plain
    assert ("ETag" in during, "stale-if-error" in during["Cache-Control"]) == (False, False)
    assert sentence not in after.content.decode()


def test_a_file_goes_on_as_it_was(client: Client, atlas: None, away: Any) -> None:
    before = client.get("/it/agreements.csv")
    away(away=True)
    during = client.get("/it/agreements.csv")

    assert (during.status_code, during.content) == (200, before.content)


@pytest.mark.parametrize("path", ["/it/partnerships/", "/data/places.csv", "/ja/embed/map/"])
def test_what_was_never_made_is_unavailable_for_now(
    client: Client, atlas: None, away: Any, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    away(away=True)
    response = client.get(path)

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Cache-Control"] == "no-store"
    body = response.content.decode()
    assert "I dati non sono raggiungibili" in body
    assert "データに接続できません" in body
    assert "secret" not in body


def test_a_program_is_told_so_in_its_own_way(client: Client, atlas: None, away: Any) -> None:
    away(away=True)
    response = client.get("/api/v1/partnerships")

    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(response.content)["status"] == 503


def test_a_database_that_goes_away_in_the_middle_is_no_error(
    client: Client, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, new = "/it/about/", "/ja/about/"
    client.get(known)

    def fail(*_args: object, **_named: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(site, "render", fail)
    monkeypatch.setattr("atlas.page_cache.state._moment_of_releases", lambda: 1)
    during = client.get(known)
    never = client.get(new)

    assert (during.status_code, never.status_code) == (200, 503)
    assert 'class="as-of"' in during.content.decode()


@pytest.mark.usefixtures("atlas")
@pytest.mark.parametrize(
    ("cause", "tried", "status"),
    [(DeadlockDetected, 2, 200), (ConnectionFailure, 1, 503)],
    ids=["for another's sake", "since the server is away"],
)
def test_a_query_that_was_given_up_for_a_migration_is_made_again(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    cause: type[Exception],
    tried: int,
    status: int,
) -> None:
    real, asked = queries.numbers, []

    def fail_once() -> Any:
        asked.append(1)
        if len(asked) == 1:
            raise OperationalError("ended") from cause()
        return real()

    monkeypatch.setattr(queries, "numbers", fail_once)
    response = client.get("/it/about/")

    assert (response.status_code, len(asked)) == (status, tried)


def test_without_its_shared_cache_the_site_is_only_slower(
    client: Client, atlas: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    from atlas import env  # noqa: PLC0415

    settings.CACHES = {**settings.CACHES, "pages": _redis(env, "redis://127.0.0.1:1/0")}
    begun = time.monotonic()
    responses = [client.get("/it/about/") for _ in range(5)]

    assert {r.status_code for r in responses} == {200}
    assert time.monotonic() - begun < 5
    assert caplog.text.count("The cache of pages does not answer") == 1


def _redis(env: Any, url: str) -> dict[str, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REDIS_URL", url)
        return env.page_cache("REDIS_URL", most=10)  # type: ignore[no-any-return]
