"""Figures of the running site for Prometheus, on a port of their own: METRICS_PORT; off where that is not set.

By prometheus-client alone. django-prometheus wraps the database, the cache and the middleware
twice over, which costs each request more than a finished page takes to send.

With several workers each writes its figures to files, and the process that started them adds
them up for who asks. In `gunicorn.conf.py`:

    def when_ready(server):
        metrics.serve(METRICS_PORT)

    def child_exit(server, worker):
        metrics.worker_exit(worker.pid)

Both after a look whether METRICS_PORT is set, and without `preload_app`: where the files are
must be settled before the workers load prometheus-client, and `serve` does that. The port
answers anybody: METRICS_HOST is 127.0.0.1 where it is not set, and in a container must be an
address of the inner network.
"""

import atexit
import os
import shutil
import sys
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from atlas import env

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
# What an answer from the cache can be: see `count_answer`.
ANSWERS = ("hit", "miss", "stale", "not_modified")
_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST"))
# Seconds: from an answer of the cache to one that somebody waits for.
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Meters:
    """All figures, each named as Prometheus wants it: what is counted, with its unit."""

    def __init__(self, registry: "CollectorRegistry | None") -> None:
        from prometheus_client import Counter, Gauge, Histogram  # noqa: PLC0415 # not loaded where it is off

        self.requests = Counter(
            "atlas_requests", "Requests answered.", ("route", "method", "status"), registry=registry
        )
        self.seconds = Histogram(
            "atlas_request_seconds",
            "Seconds from the request to the answer, in the process.",
            ("route",),
            registry=registry,
            buckets=_BUCKETS,
        )
        self.in_flight = Gauge(
            "atlas_requests_in_flight",
            "Requests that are being answered.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.answers = Counter(
            "atlas_page_cache_answers", "Answers of the page cache.", ("answer",), registry=registry
        )
        self.database_errors = Counter(
            "atlas_database_errors", "Failures of the database.", ("error",), registry=registry
        )
        self.changed = Gauge(
            "atlas_dataset_changed_timestamp_seconds",
            "When the public data last changed (seconds since 1970); its age is time() less this.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )

        # By what they count: to find them by their labels takes longer than to count.
        self._found: dict[tuple[str, str | None, int], tuple[Counter, Histogram]] = {}

    def observe(self, route: str, method: str | None, status: int, seconds: float) -> None:
        """Count an answer. What anybody may make up, as a method, makes no figure of its own."""
        asked = (route, method if method in _METHODS else "other", status)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self.requests.labels(*asked), self.seconds.labels(route)
        requests, histogram = found
        requests.inc()
        histogram.observe(seconds)


@cache
def meters() -> Meters | None:
    """The figures of this process; none where they are off."""
    if not port():
        return None
    from prometheus_client import REGISTRY  # noqa: PLC0415 # likewise

    return Meters(REGISTRY)


def port() -> int:
    """Where the figures are asked for; 0: nowhere."""
    return env.integer("METRICS_PORT", default=0, minimum=0)


# For the rest of the site


def count_answer(answer: str) -> None:
    """Count what the page cache did, one of `ANSWERS`: for the cache to call, on or off."""
    if on := meters():
        on.answers.labels(answer).inc()


def count_database_error(error: BaseException) -> None:
    """Count a failure of the database that somebody has caught; uncaught ones count themselves."""
    if on := meters():
        on.database_errors.labels(type(error).__name__).inc()


def data_changed(moment: datetime | None) -> None:
    """Keep when the data last changed, as whoever reads it learns it."""
    if (on := meters()) and moment:
        on.changed.set(moment.timestamp())


def count_uncaught_database_errors() -> None:
    """Let every request that a failure of the database ended be counted."""
    from django.core.signals import got_request_exception  # noqa: PLC0415 # gunicorn.conf.py has no Django

    got_request_exception.connect(_count_uncaught, dispatch_uid="atlas.metrics")


def _count_uncaught(**_named: object) -> None:
    from django.db import Error  # noqa: PLC0415 # likewise

    error = sys.exc_info()[1]
    if isinstance(error, Error):
        count_database_error(error)


# For the process that starts the workers


def serve(number: int) -> None:
    """Answer who asks for the figures of all workers that are started from now on, in a thread of this process."""
    folder = _folder()
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415 # reads where the files are
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 # likewise

    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    start_http_server(number, env.text("METRICS_HOST", default="127.0.0.1"), registry)


def worker_exit(pid: int) -> None:
    """Forget what only a living worker has, as the requests that it is answering."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 # likewise

    mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _folder() -> str:
    """An empty folder for the files of the workers: PROMETHEUS_MULTIPROC_DIR, or one until this process ends."""
    if folder := os.environ.get(DIRECTORY):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for left in Path(folder).glob("*.db"):  # of workers that are no more
            left.unlink()
        return folder
    os.environ[DIRECTORY] = made = tempfile.mkdtemp(prefix="atlas-metrics-")
    atexit.register(_remove, made, os.getpid())
    return made


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # a worker ends too, and leaves the others their files
        shutil.rmtree(folder, ignore_errors=True)
