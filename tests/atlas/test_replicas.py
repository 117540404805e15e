"""Public pages come from a replica while it is there and up to date, and no request notices when it is not."""

from collections.abc import Callable, Iterator
from time import sleep

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from atlas import env, replicas
from atlas.postgres.base import DatabaseWrapper
from bench.clusters import Cluster, clusters, free_port
from relations.models import DatasetVersion, Place

# Servers of their own, on a busy machine, may be late.
pytestmark = [pytest.mark.postgres, pytest.mark.flaky(reruns=2)]

PRIMARY, REPLICA = "own_primary", "own_replica"
ROUTER = replicas.Router()
Middleware = Callable[[HttpRequest], HttpResponse]


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary and a streaming replica of it."""
    with clusters(free_port(), free_port()) as (primary, replica):
        primary.create()
        replica.copy_of(primary)
        yield primary, replica


@pytest.fixture
def pair(
    servers: tuple[Cluster, Cluster], settings, monkeypatch: pytest.MonkeyPatch, django_db_blocker
) -> Iterator[tuple[Cluster, Cluster]]:
    """The two, as databases of the site; both run at the end."""
    for alias, server in zip((PRIMARY, REPLICA), servers, strict=True):
        monkeypatch.setenv("OWN_URL", server.url())
        config = env.database("OWN_URL", default="", pool_size=2)
        configured = connections.configure_settings({"default": config})["default"]
        monkeypatch.setitem(connections.settings, alias, configured)
    monkeypatch.setattr(replicas, "DEFAULT_DB_ALIAS", PRIMARY)
    monkeypatch.setattr(replicas, "LEFT_ALONE", 0.3)
    monkeypatch.setattr(replicas, "CHECKED_EVERY", 0)
    settings.DATABASE_REPLICAS = {REPLICA: {}}
    settings.REPLICA_MAX_LAG = 1
    monkeypatch.setattr(DatabaseWrapper, "_closed_until", {})
    monkeypatch.setattr(DatabaseWrapper, "_failures", {})
    with django_db_blocker.unblock():
        _wait_for_the_stream()
        yield servers
        for alias, server in zip((PRIMARY, REPLICA), servers, strict=True):
            if not server.is_running():
                server.start()
            connections[alias].close()
            connections[alias].close_pool()
            del connections[alias]


def _wait_for_the_stream() -> None:
    """Return when the replica follows the primary, after one of them was stopped by the test before."""
    for _ in range(250):
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(replicas.LAG)
            [lag] = cursor.fetchone()
        if lag == 0:
            break
        sleep(0.1)
    assert lag == 0
    connections[REPLICA].close()


def where() -> str:
    """From where what asks here reads."""
    with connections[ROUTER.db_for_read(DatasetVersion) or PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return "replica" if cursor.fetchone()[0] else "primary"


def read(site: Middleware, path: str = "/en/") -> str:
    """Ask for a page as a reader does."""
    answer = site(RequestFactory().get(path)).content.decode()
    for alias in (PRIMARY, REPLICA):
        connections[alias].close()  # as Django does when a request is over
    return answer


def page(_request: HttpRequest) -> HttpResponse:
    """A page that says from where it was read."""
    return HttpResponse(where())


@pytest.mark.usefixtures("pair")
def test_a_public_page_is_read_from_the_replica_and_the_desk_from_the_primary() -> None:
    site = replicas.ReadFromReplicas(page)

    answers = [read(site, path) for path in ("/en/", "/admin/", "/data/places.csv")]

    assert answers == ["replica", "primary", "replica"]


@pytest.mark.usefixtures("pair")
def test_what_is_sent_is_no_reading_and_what_is_written_goes_to_the_primary() -> None:
    site = replicas.ReadFromReplicas(page)

    posted = site(RequestFactory().post("/en/")).content

    assert posted == b"primary"
    assert ROUTER.db_for_write(Place) == PRIMARY
    assert [ROUTER.allow_migrate(alias, "relations") for alias in (PRIMARY, REPLICA)] == [
        True,
        False,
    ]


@pytest.mark.usefixtures("pair")
def test_outside_of_a_request_django_chooses() -> None:
    assert ROUTER.db_for_read(Place) is None


def test_a_replica_that_is_away_is_left_alone_and_then_used_again(
    pair: tuple[Cluster, Cluster],
) -> None:
    site = replicas.ReadFromReplicas(page)
    pair[1].stop("immediate")

    away = [read(site), read(site)]
    pair[1].start()
    sleep(1.1)  # so long the pool may refuse
    _wait_for_the_stream()

    assert (away, read(site)) == (["primary", "primary"], "replica")


def test_a_request_in_whose_middle_the_replica_breaks_off_is_run_again(
    pair: tuple[Cluster, Cluster],
) -> None:
    seen = []

    def long_page(request: HttpRequest) -> HttpResponse:
        seen.append((where(), hasattr(request, "noted")))
        request.noted = True  # type: ignore[attr-defined]
        if pair[1].is_running():
            pair[1].stop("immediate")
        try:
            return HttpResponse(where())
        except replicas.UNREACHABLE:
            return HttpResponse("as it was an hour ago")

    answer = read(replicas.ReadFromReplicas(long_page))

    assert answer == "primary"
    assert seen == [("replica", False), ("primary", False)]


def test_an_error_that_is_not_the_replicas_is_no_reason_to_run_again(
    pair: tuple[Cluster, Cluster],
) -> None:
    runs = []

    def wrong(_request: HttpRequest) -> HttpResponse:
        runs.append(where())
        try:
            with connections[ROUTER.db_for_read(Place) or ""].cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        except replicas.Error as error:
            return HttpResponse(str(error))
        raise AssertionError

    assert read(replicas.ReadFromReplicas(wrong)) == "division by zero"
    assert runs == ["replica"]


def test_who_is_lost_with_all_databases_gets_what_the_site_has_to_say(
    pair: tuple[Cluster, Cluster],
) -> None:
    def honest(_request: HttpRequest) -> HttpResponse:
        try:
            return HttpResponse(where())
        except replicas.UNREACHABLE:
            return HttpResponse("sorry", status=503)

    for server in pair:
        server.stop("immediate")

    assert read(replicas.ReadFromReplicas(honest)) == "sorry"


def test_a_replica_is_behind_when_it_has_not_replayed_what_came_and_not_when_nothing_came(
    pair: tuple[Cluster, Cluster], settings
) -> None:
    site = replicas.ReadFromReplicas(page)
    settings.REPLICA_MAX_LAG = 0.5
    sleep(0.8)
    idle = read(site)

    _execute(REPLICA, "SELECT pg_wal_replay_pause()")
    _execute(PRIMARY, "CREATE TABLE IF NOT EXISTS written (id int); INSERT INTO written VALUES (1)")
    sleep(0.8)
    behind = read(site)
    _execute(REPLICA, "SELECT pg_wal_replay_resume()")
    _wait_for_the_stream()
    caught_up = read(site)

    assert (idle, behind, caught_up) == ("replica", "primary", "replica")


def test_a_replica_that_is_behind_is_better_than_nothing(
    pair: tuple[Cluster, Cluster], settings
) -> None:
    site = replicas.ReadFromReplicas(page)
    settings.REPLICA_MAX_LAG = 0.2
    pair[0].stop("immediate")
    sleep(0.5)

    assert read(site) == "replica"


def _execute(alias: str, statement: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
    connections[alias].close()
