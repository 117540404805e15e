"""SIGHUP replaces every worker, and no request is lost by it."""

import http.client
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.deploy.conftest import gunicorn, wait_for, workers_of

READERS = 4
RELOADS = 2
PAUSE = 0.02  # between the requests of one reader: this is no measure of speed


def read_anew(port, stop):
    """Ask on a connection of its own each time, until told to stop; how many answers were right."""
    right = wrong = 0
    while not stop.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        good = asked(connection)
        connection.close()
        right, wrong = right + good, wrong + (not good)
    return right, wrong


def read_on(port, stop):
    """The same on one connection, for as long as the server keeps it."""
    right = wrong = 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while not stop.is_set():
        good = asked(connection)
        right, wrong = right + good, wrong + (not good)
    connection.close()
    return right, wrong


def asked(connection):
    time.sleep(PAUSE)
    try:
        connection.request("GET", "/robots.txt")
        response = connection.getresponse()
        return response.read().startswith(b"User-agent") and response.status == 200
    except (OSError, http.client.HTTPException):
        connection.close()
        return False


def test_a_reload_under_load_loses_no_request():
    stop = Event()
    with gunicorn() as (server, port), ThreadPoolExecutor(2 * READERS) as readers:
        try:
            reading = [
                readers.submit(read, port, stop)
                for read in (read_anew, read_on)
                for _ in range(READERS)
            ]
            for _ in range(RELOADS):
                before = workers_of(server)
                time.sleep(0.5)
                server.send_signal(signal.SIGHUP)
                assert wait_for(lambda old=before: not old & workers_of(server), 30)
            time.sleep(0.5)
        finally:
            stop.set()
        counts = [reader.result() for reader in reading]

    assert [wrong for _right, wrong in counts] == [0] * (2 * READERS)
    assert min(right for right, _wrong in counts) > RELOADS


def test_a_request_that_was_half_sent_when_the_reload_came_is_answered():
    with gunicorn() as (server, port):
        before = workers_of(server)
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            time.sleep(0.5)
            server.send_signal(signal.SIGHUP)
            assert wait_for(lambda: workers_of(server) - before, 30)
            connection.sendall(b"Connection: close\r\n\r\n")
            answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
