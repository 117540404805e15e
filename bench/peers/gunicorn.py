"""The atlas, and a Django that says hello, in the same Gunicorn: one worker with four threads."""

import secrets
import shutil
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from bench.data import WORK
from bench.processes import Server, free_port, running

_WORKER = ["--worker-class", "gthread", "--workers", "1", "--threads", "4"]
_QUIET = ["--log-level", "warning", "--no-control-socket"]


def atlas(name: str, database: str) -> AbstractContextManager[Server]:
    """The atlas as it runs in public, except that it is reached over plain HTTP."""
    kept = WORK / "pages" / name.replace(" ", "-")
    shutil.rmtree(kept, ignore_errors=True)
    environment = {
        "DATABASE_URL": database,
        "DEBUG": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PAGE_CACHE_DIR": str(kept),
        "REDIS_URL": "",
        "METRICS_PORT": "0",
        "MALLOC_ARENA_MAX": "1",  # as deploy/ sets it
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    return _serve(name, ["atlas.wsgi"], environment)


def hello() -> AbstractContextManager[Server]:
    """A Django that answers 12 bytes."""
    folder = Path(__file__).parent / "hello"
    return _serve("hello", ["--pythonpath", str(folder), "hello_site:application"], {})


def _serve(
    name: str, application: list[str], environment: dict[str, str]
) -> AbstractContextManager[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *application, "--bind", f"127.0.0.1:{port}"]
    return running(name, [*command, *_WORKER, *_QUIET], port, folder=WORK, environment=environment)
