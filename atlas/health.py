"""Whether the process lives (`/healthz`) and whether it can answer from the data (`/readyz`), for who watches over it.

Answered by the first middleware, before the host and the scheme are looked at: a balancer
asks an address of the inner network, by number and over plain HTTP. So neither is redirected,
translated, logged, counted or kept.

`/readyz` is for the start and for a change of version. A balancer that takes away whoever is
not ready takes all away while the database is down, though pages could still be answered from
the cache: for that, let it ask `/healthz`.
"""

import logging
from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse

from atlas import metrics
from relations.freshness import last_change
from relations.models import DatasetVersion

_LOG = logging.getLogger("atlas.health")

GetResponse = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: GetResponse) -> GetResponse:
    """Answer the two probes, and hand on everything else."""
    probes = {"/healthz": healthz, "/readyz": readyz}

    def answer(request: HttpRequest) -> HttpResponse:
        probe = probes.get(request.path_info)
        if probe is None or request.method not in ("GET", "HEAD"):
            return get_response(request)
        response = probe()
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return answer


def healthz() -> HttpResponse:
    """200: the process answers. It touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def readyz() -> HttpResponse:
    """200 with each part `ok`, or 503 with the part that fails; why it does is in the log alone.

    The parts after one that fails are not tried, and say so: each would wait as long.
    """
    parts = dict.fromkeys(_PARTS, "not tried")
    ready = True
    for name, check in _PARTS.items():
        try:
            failure = check()
        except Error as error:
            failure = "cannot be read"
            _LOG.warning("Not ready: %s: %s", name, error)
        ready = not failure
        parts[name] = failure or "ok"
        if not ready:
            break
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": ready, "parts": parts}, status=status)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    missing = newest_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return f"{len(missing)} not applied: manage.py migrate" if missing else ""


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, as the code has it: it rests on all before it."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def _version() -> str:
    if not DatasetVersion.objects.current():
        return "no data loaded: manage.py load_atlas"
    metrics.data_changed(last_change())
    return ""


_PARTS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "version": _version,
}
