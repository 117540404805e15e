"""The one file that configures Gunicorn."""

import os
import subprocess
import sys

from gunicorn.app.wsgiapp import WSGIApplication

from tests.conftest import BASE_DIR


def configured(monkeypatch, **environment):
    """What Gunicorn makes of its file and of an environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(BASE_DIR)
    monkeypatch.setattr(sys, "argv", ["gunicorn"])
    return WSGIApplication().cfg


def test_it_finds_its_file_and_the_site_by_itself(monkeypatch):
    cfg = configured(monkeypatch)

    assert (cfg.wsgi_app, cfg.worker_class_str, cfg.workers, cfg.threads) == (
        "atlas.wsgi",
        "gthread",
        2,
        4,
    )
    assert cfg.accesslog is None
    assert cfg.control_socket_disable


def test_what_differs_between_machines_comes_from_the_environment(monkeypatch):
    cfg = configured(
        monkeypatch,
        BIND="127.0.0.1:8130,unix:/run/atlas.sock",
        WEB_WORKERS="3",
        WEB_THREADS="8",
        WEB_TIMEOUT="20",
        WEB_GRACEFUL_TIMEOUT="15",
        WEB_KEEPALIVE="5",
        WEB_MAX_REQUESTS="1000",
        WEB_LOG_LEVEL="info",
    )

    assert cfg.bind == ["127.0.0.1:8130", "unix:/run/atlas.sock"]
    assert (cfg.workers, cfg.threads, cfg.timeout, cfg.graceful_timeout) == (3, 8, 20, 15)
    assert (cfg.keepalive, cfg.max_requests, cfg.max_requests_jitter) == (5, 1000, 200)
    assert cfg.loglevel == "info"


def test_a_wrong_number_stops_the_start_with_a_sentence():
    command = [sys.executable, "-m", "gunicorn"]
    environment = os.environ | {"WEB_WORKERS": "many"}
    ended = subprocess.run(  # noqa: S603 # ours
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert "WEB_WORKERS is 'many'. Expected a whole number, 1 or more." in ended.stderr
