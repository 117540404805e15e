"""A site to measure: as `make serve` runs it, on a free port of this machine."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
PAGE = "it/"
SECONDS_TO_START = 60
# Each worker reads its templates and its data before anything is measured.
WARM_UPS = 8


@contextmanager
def serving(url: str = "") -> Iterator[str]:
    """The address of the page to measure; without one, of a site that is started and stopped here.

    The database is the one that DATABASE_URL names, or else the local one. It and the static
    files must have been made: `make measure` sees to that.
    """
    if url:
        _warm_up(url)
        yield url
        return
    if not (BASE_DIR / "var/static/staticfiles.json").exists():
        raise SystemExit("The static files are not collected: run `make measure`.")
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn"]  # as gunicorn.conf.py says
    public = {"DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1,localhost"}
    own = {"BIND": f"127.0.0.1:{port}", "SECRET_KEY": secrets.token_urlsafe(50)}
    environment = os.environ | public | own
    with subprocess.Popen(command, cwd=BASE_DIR, env=environment) as server:  # noqa: S603 # our own
        try:
            address = f"http://127.0.0.1:{port}/{PAGE}"
            _wait_for(address, server)
            _warm_up(address)
            yield address
        finally:
            server.terminate()


def fetch(url: str, encoding: str = "identity") -> tuple[bytes, str]:
    """A body as it is sent to who accepts this encoding, and how it is encoded."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})  # noqa: S310 # of the site
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        return response.read(), response.headers.get("Content-Encoding", "")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the site answers."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            fetch(url)
        except ConnectionError:
            time.sleep(0.2)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"No site answers at {url}.")


def _warm_up(url: str) -> None:
    """Ask at once often enough that each worker has answered, and has its templates ready."""
    with ThreadPoolExecutor(8) as readers:
        list(readers.map(fetch, [url] * 32))
