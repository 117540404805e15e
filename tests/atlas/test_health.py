"""The two probes: whether the process lives, and whether it can answer from the data."""

import logging

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from relations.models import DatasetVersion


class Unreachable:
    """A database that does not answer, and says more of itself than anybody should read."""

    def __call__(self, *_args: object) -> None:
        raise OperationalError("connection to db.internal failed")


def test_the_process_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_ready_is_who_reads_the_data_of_the_newest_migration(client: Client, atlas: None) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "parts": {"database": "ok", "migrations": "ok", "version": "ok"},
    }
    assert response["Cache-Control"] == "no-store"


def test_not_ready_without_the_database_and_says_why_in_the_log_alone(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.execute_wrapper(Unreachable()):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "parts": {"database": "cannot be read", "migrations": "not tried", "version": "not tried"},
    }
    assert (
        "atlas.health",
        logging.WARNING,
        "Not ready: database: connection to db.internal failed",
    ) in caplog.record_tuples


def test_the_process_lives_without_the_database(client: Client, db: None) -> None:
    with connection.execute_wrapper(Unreachable()):
        response = client.get("/healthz")

    assert response.status_code == 200


def test_not_ready_before_the_migrations(client: Client, atlas: None) -> None:
    last = MigrationRecorder.Migration.objects.filter(app="relations").order_by("name").last()
    assert last
    last.delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"] == {
        "database": "ok",
        "migrations": "1 not applied: manage.py migrate",
        "version": "not tried",
    }


def test_not_ready_without_data(client: Client, db: None) -> None:
    DatasetVersion.objects.all().delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["version"] == "no data loaded: manage.py load_atlas"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.0.0.7", "10.0.0.7:8000", "evil.example", ""])
def test_a_balancer_asks_by_number_and_over_plain_http(
    client: Client, atlas: None, settings: object, path: str, host: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]

    response = client.get(path, headers={"host": host})

    assert response.status_code == 200


def test_a_probe_says_nothing_of_the_host_that_was_asked(client: Client, atlas: None) -> None:
    response = client.get("/readyz", headers={"host": "evil.example"})

    assert b"evil" not in response.content + bytes(str(response.headers), "utf-8")


def test_nothing_is_sent_to_a_probe(client: Client, db: None) -> None:
    assert client.post("/healthz").status_code == 405
