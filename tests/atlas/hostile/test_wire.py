"""Bytes that no client library would send, to a real Gunicorn: it refuses, or hangs up, and goes on answering."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from tests.atlas.hostile.conftest import LEAKS

pytestmark = pytest.mark.portable

END = b"\r\n\r\n"
HEAD = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CLOSE = HEAD + b"Connection: close\r\n"
# What may come back: a refusal, the answer to the harmless part of it, or nothing at all.
REFUSED = {400, 404, 405, 408, 413, 414, 417, 431, 501, 505}
ANSWERED = {200}
HUNG_UP = {0}

# Sent, and with which statuses it may be answered
SENT = {
    "nonsense": (b"\x00\x01\x02\xff" * 50 + END, REFUSED),
    "TLS on a plain port": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + END, REFUSED),
    "no version": (b"GET /" + END, REFUSED),
    "a version of the future": (b"GET / HTTP/9.9\r\nHost: 127.0.0.1" + END, REFUSED),
    "HTTP/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", REFUSED),
    "a method of nulls": (b"\x00\x00 / HTTP/1.1\r\nHost: 127.0.0.1" + END, REFUSED),
    "a method in small letters": (b"get / HTTP/1.1\r\nHost: 127.0.0.1" + END, REFUSED),
    "a long method": (b"A" * 5000 + b" / HTTP/1.1\r\nHost: 127.0.0.1" + END, REFUSED),
    "a null in the path": (b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1" + END, REFUSED),
    "raw bytes in the path": (
        b"GET /it/\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close" + END,
        REFUSED,
    ),
    "up without escapes": (
        b"GET /static/../../atlas/settings.py HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close"
        + END,
        REFUSED,
    ),
    "an absolute address of another": (
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close" + END,
        REFUSED,
    ),
    "an address of none": (
        b"GET * HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close" + END,
        REFUSED,
    ),
    "a line of 64 KB": (b"GET /?q=" + b"a" * 65536 + b" HTTP/1.1" + END, REFUSED),
    "a header of 64 KB": (HEAD + b"X: " + b"a" * 65536 + END, REFUSED),
    "10,000 headers": (
        HEAD + b"".join(b"X%d: 1\r\n" % n for n in range(10_000)) + b"\r\n",
        REFUSED,
    ),
    "a header without a name": (CLOSE + b": 1" + END, REFUSED),
    "a header without a colon": (CLOSE + b"nothing" + END, REFUSED),
    "a header with a blank before the colon": (CLOSE + b"X : 1" + END, REFUSED),
    "a header with a null": (CLOSE + b"X: a\x00b" + END, REFUSED | ANSWERED),
    "a folded header": (CLOSE + b"X: a\r\n b" + END, REFUSED),
    "an end without a return": (
        b"GET /robots.txt HTTP/1.1\nHost: 127.0.0.1\n\n",
        REFUSED | HUNG_UP,
    ),
    "a host twice": (CLOSE + b"Host: evil.example" + END, REFUSED),
    "no host": (b"GET /robots.txt HTTP/1.1\r\nConnection: close" + END, REFUSED | ANSWERED),
    "a length below zero": (CLOSE + b"Content-Length: -1" + END, REFUSED),
    "a length in words": (CLOSE + b"Content-Length: ten" + END, REFUSED),
    "two lengths": (CLOSE + b"Content-Length: 1\r\nContent-Length: 2" + END + b"ab", REFUSED),
    "a length beyond all": (CLOSE + b"Content-Length: " + b"9" * 50 + END, REFUSED | ANSWERED),
    "a body shorter than it says": (CLOSE + b"Content-Length: 10" + END + b"a", ANSWERED | REFUSED),
    "a body longer than it says": (CLOSE + b"Content-Length: 1" + END + b"abc" * 99, ANSWERED),
    "chunks and a length": (
        CLOSE + b"Content-Length: 4\r\nTransfer-Encoding: chunked" + END + b"0" + END,
        REFUSED,
    ),
    "chunks of nonsense": (
        CLOSE + b"Transfer-Encoding: chunked" + END + b"zz\r\n",
        REFUSED | ANSWERED,
    ),
    "a chunk below zero": (
        CLOSE + b"Transfer-Encoding: chunked" + END + b"-1\r\n",
        REFUSED | ANSWERED,
    ),
    "an unknown encoding": (CLOSE + b"Transfer-Encoding: cow" + END, REFUSED),
    "chunks spelled otherwise": (CLOSE + b"Transfer-Encoding: xchunked" + END, REFUSED),
    "an expectation of nonsense": (
        CLOSE + b"Expect: the-spanish-inquisition" + END,
        REFUSED | ANSWERED,
    ),
    "a header of another's making": (
        CLOSE + b"X-Forwarded-Proto: https" + END,
        ANSWERED | {301, 403},
    ),
    "underscores for dashes": (CLOSE + b"X_Request_Id: abcdefgh" + END, REFUSED | ANSWERED),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The site as in public, but for HTTPS, with one worker: its port, and what it has written."""
    folder = tmp_path_factory.mktemp("wire")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    data = folder / "data"
    with sqlite3.connect(data) as database:  # all that an address without a page reads
        database.execute("CREATE TABLE relations_datasetversion (token TEXT)")
    environment = os.environ | {
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{data}",
        "LOG_FORMAT": "json",
        "DJANGO_SETTINGS_MODULE": "tests.atlas.hostile.wire_settings",
    }
    bound = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "atlas.wsgi", "--worker-class", "gthread", *bound]
    written = folder / "written"
    with written.open("wb") as file:
        running = subprocess.Popen(  # noqa: S603 # our own code
            command, cwd=settings.BASE_DIR, env=environment, stdout=file, stderr=file
        )
        until = time.monotonic() + 60
        while b"200" not in _answer(port, CLOSE + END) and time.monotonic() < until:
            time.sleep(0.2)
        yield port, written
        running.terminate()
        running.wait(timeout=60)


def _answer(port: int, sent: bytes, patience: float = 5) -> bytes:
    """What comes back until the server hangs up, or until nothing has come for a while."""
    found = b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=patience) as wire:
        with suppress(BrokenPipeError, ConnectionResetError):  # it need not read to the end
            wire.sendall(sent)
        with suppress(OSError):  # neither need half a request ever be answered
            wire.shutdown(socket.SHUT_WR)
        while piece := wire.recv(65536):
            found += piece
    return found


def _status(answer: bytes) -> int:
    """The first status, or 0 where nothing came."""
    line = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(line[1]) if line else 0


@pytest.mark.parametrize("name", SENT)
def test_what_is_no_request_is_refused(server: tuple[int, Path], name: str) -> None:
    port, _written = server
    sent, allowed = SENT[name]

    answer = _answer(port, sent)

    # Who is refused before all was read may find the connection reset, and the answer gone.
    assert _status(answer) in allowed | (HUNG_UP if allowed != ANSWERED else set()), answer[:300]
    leak = LEAKS.search(answer.decode("latin-1"))
    assert leak is None
    assert b"evil.example" not in answer.partition(END)[0]
    assert _status(_answer(port, CLOSE + END)) == 200


def test_who_never_ends_a_request_leaves_nothing_behind(server: tuple[int, Path]) -> None:
    """While they last, such clients hold the threads: a proxy takes them off our hands (SECURITY.md)."""
    port, _written = server
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
    for connection in slow:
        connection.sendall(b"GET /robots.txt HTTP/1.1\r\n")  # and never the rest
    for connection in slow:
        connection.close()

    assert _status(_answer(port, CLOSE + END)) == 200


def test_a_second_request_hidden_in_the_first_is_not_answered(server: tuple[int, Path]) -> None:
    port, _written = server
    hidden = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    smuggled = HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked" + END + b"0" + END + hidden

    answer = _answer(port, smuggled)

    assert b"ok\n" not in answer
    assert answer.count(b"HTTP/1.1 200") == 0


def test_nothing_of_all_this_was_a_failure_of_ours(server: tuple[int, Path]) -> None:
    port, written = server
    _answer(port, b"GET /it/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close" + END)

    said = written.read_text("utf-8")
    assert re.findall(r"Traceback|CRITICAL|\"level\": \"ERROR\"|WORKER TIMEOUT", said) == []
    assert '"status": 400' in said
