"""A database that is down is noticed at once, and one that is back is used again without a restart."""

import logging
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connections

from atlas import env
from atlas.postgres import base
from bench.clusters import Cluster, clusters, free_port

# Servers of their own, on a busy machine, may be late.
pytestmark = [pytest.mark.postgres, pytest.mark.flaky(reruns=2)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with clusters(free_port()) as [made]:
        made.create()
        yield made


@pytest.fixture
def database(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, django_db_blocker
) -> Iterator[base.DatabaseWrapper]:
    """A connection as the site has it, to a server of the test's own."""
    monkeypatch.setenv("OWN_URL", cluster.url())
    config = env.database("OWN_URL", default="", pool_size=2)
    settings = connections.configure_settings({"default": config})["default"]
    monkeypatch.setattr(base.DatabaseWrapper, "_closed_until", {})
    monkeypatch.setattr(base.DatabaseWrapper, "_failures", {})
    wrapper = base.DatabaseWrapper(settings, alias="own")
    with django_db_blocker.unblock():
        yield wrapper
        wrapper.close()
        wrapper.close_pool()


def ask(database: base.DatabaseWrapper) -> float:
    """Ask once, as a request does; say how many seconds it took."""
    started = monotonic()
    try:
        with database.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        database.close()
    return monotonic() - started


def refusal(database: base.DatabaseWrapper) -> tuple[float, str]:
    """How long it took to be refused, and why."""
    started = monotonic()
    with pytest.raises(OperationalError) as caught:
        ask(database)
    return monotonic() - started, str(caught.value)


def test_requests_share_a_connection(database: base.DatabaseWrapper) -> None:
    ask(database)
    made = database.pool.get_stats()["connections_num"]

    for _ in range(5):
        ask(database)

    assert database.pool.get_stats()["connections_num"] == made


def test_a_server_that_was_restarted_between_two_requests_is_not_noticed(
    cluster: Cluster, database: base.DatabaseWrapper
) -> None:
    ask(database)

    cluster.stop("immediate")
    cluster.start()

    assert ask(database) < 1


def test_a_server_that_is_down_is_noticed_once_and_refused_to_all_after(
    cluster: Cluster, database: base.DatabaseWrapper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="atlas.postgres.base")
    ask(database)
    cluster.stop("immediate")

    (first, _), (second, why) = refusal(database), refusal(database)
    sleep(base.LEFT_ALONE)
    refusal(database)
    cluster.start()
    sleep(base.LEFT_ALONE)
    ask(database)

    assert first < 2
    assert second < 0.1
    assert why == "The database “own” could not be reached a moment ago."
    assert [record.getMessage() for record in caplog.records] == [
        "The database own cannot be reached: couldn't get a connection after 1.00 sec",
        "The database own can be reached again.",
    ]


def test_a_pool_that_is_merely_busy_is_not_taken_for_a_server_that_is_down(
    database: base.DatabaseWrapper,
) -> None:
    database.pool.open()
    taken = [database.pool.getconn() for _ in range(2)]

    _, why = refusal(database)
    for connection in taken:
        database.pool.putconn(connection)

    assert why == "couldn't get a connection after 1.00 sec"
    assert ask(database) < 0.5
