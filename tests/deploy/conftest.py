"""The site as Gunicorn serves it, for tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.conftest import BASE_DIR

SECONDS_TO_START = 60


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def workers_of(server):
    """The process ids of the workers of a master."""
    children = f"/proc/{server.pid}/task/{server.pid}/children"
    with open(children, encoding="ascii") as file:  # noqa: PTH123 # a file of the kernel
        return set(map(int, file.read().split()))


def wait_for(condition, seconds):
    """Return whether something comes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def answers(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 # ours
            return response.status == 200
    except OSError:
        return False


@contextmanager
def gunicorn(**environment) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The master and the port of a site that gunicorn.conf.py configures."""
    port = free_port()
    public = {
        "DEBUG": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "x" * 50,
        "SECRET_KEY_FILE": "",
        "METRICS_PORT": "",
        "BIND": f"127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "gunicorn"]
    with subprocess.Popen(command, cwd=BASE_DIR, env=os.environ | public | environment) as server:  # noqa: S603 # ours
        try:
            address = f"http://127.0.0.1:{port}/robots.txt"
            assert wait_for(lambda: answers(address), SECONDS_TO_START), "Gunicorn does not answer."
            yield server, port
        finally:
            server.terminate()
