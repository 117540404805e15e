"""The figures for Prometheus: what they count, that two workers count together, that they are off by themselves."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import OperationalError
from prometheus_client import CollectorRegistry, generate_latest

from atlas import metrics

CONFIGURATION = """
from atlas import metrics

def when_ready(server): metrics.serve({port})
def child_exit(server, worker): metrics.worker_exit(worker.pid)
"""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> CollectorRegistry:
    """Figures that are on, apart from those of the process."""
    registry = CollectorRegistry()
    made = metrics.Meters(registry)
    monkeypatch.setattr(metrics, "meters", lambda: made)
    return registry


def figures(registry: CollectorRegistry) -> dict[str, float]:
    lines = generate_latest(registry).decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs if "_created" not in name}


def test_a_request_is_counted_by_the_name_of_its_view(client, db, registry) -> None:
    for path in ("/it/about/", "/ja/about/", "/it/none/", "/static/css/base.css"):
        client.get(path).close()
    client.generic("BREW", "/it/about/")

    found = figures(registry)
    counted = {
        name: value for name, value in found.items() if name.startswith("atlas_requests_total")
    }
    assert counted == {
        'atlas_requests_total{method="GET",route="relations:about",status="200"}': 2,
        'atlas_requests_total{method="GET",route="none",status="404"}': 1,
        'atlas_requests_total{method="GET",route="static",status="200"}': 1,
        'atlas_requests_total{method="other",route="none",status="405"}': 1,
    }
    assert found['atlas_request_seconds_count{route="relations:about"}'] == 2
    assert found["atlas_requests_in_flight"] == 0


def test_other_parts_count_what_they_alone_know(registry) -> None:
    metrics.count_answer("hit")
    metrics.count_answer("hit")
    metrics.count_answer("stale")
    metrics.count_database_error(OperationalError("no"))

    found = figures(registry)
    assert found['atlas_page_cache_answers_total{answer="hit"}'] == 2
    assert found['atlas_page_cache_answers_total{answer="stale"}'] == 1
    assert found['atlas_database_errors_total{error="OperationalError"}'] == 1


def test_a_failure_of_the_database_that_nobody_caught_is_counted(
    client, db, registry, monkeypatch
) -> None:
    def fail(*_args: object) -> None:
        raise OperationalError("gone")

    client.raise_request_exception = False
    monkeypatch.setattr("atlas.views.reverse", fail)

    client.get("/robots.txt")

    assert figures(registry)['atlas_database_errors_total{error="OperationalError"}'] == 1


def test_the_age_of_the_data_is_that_of_its_last_change(client, atlas, registry) -> None:
    client.get("/readyz")

    changed = figures(registry)["atlas_dataset_changed_timestamp_seconds"]
    assert 0 <= time.time() - changed < 3600


def test_off_by_itself_nothing_is_loaded() -> None:
    code = "import django; django.setup(); from atlas import metrics; metrics.count_answer('hit'); import sys; print('prometheus_client' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "atlas.settings", "METRICS_PORT": ""}

    done = subprocess.run(  # noqa: S603 # our own code
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False\n"


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def fetched(url: str) -> str:
    """What stands at an address, as soon as somebody answers there."""
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(url, timeout=10) as response:  # noqa: S310 # our own
                return response.read().decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.mark.portable
def test_two_workers_count_together_and_one_that_died_is_still_counted(tmp_path) -> None:
    web, port = free_port(), free_port()
    file = tmp_path / "conf.py"
    file.write_text(CONFIGURATION.format(port=port), encoding="utf-8")
    environment = os.environ | {
        "METRICS_PORT": str(port),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'none'}",
    }
    bound = ["--bind", f"127.0.0.1:{web}", "--workers", "2", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "atlas.wsgi", "-c", str(file), *bound]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)  # noqa: S603 # our own
    try:
        for _ in range(30):
            fetched(f"http://127.0.0.1:{web}/robots.txt")
        line = 'atlas_requests_total{method="GET",route="robots",status="200"} 30.0'
        assert line in fetched(f"http://127.0.0.1:{port}/metrics").splitlines()

        children = subprocess.run(  # noqa: S603
            ["/usr/bin/pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=True
        )
        os.kill(int(children.stdout.split()[0]), signal.SIGKILL)
        fetched(f"http://127.0.0.1:{web}/robots.txt")

        after = fetched(f"http://127.0.0.1:{port}/metrics").splitlines()
        assert line.replace("30.0", "31.0") in after
        assert "atlas_requests_in_flight 0.0" in after
    finally:
        server.terminate()
        server.wait(timeout=60)
