"""Clients that send or take a byte a second, through nginx and without it."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from bench.faults.report import Report
from bench.faults.site import Site
from bench.readers import Readers, Tally, ask

CLIENTS = 30
LARGE = "/data/atlas.jsonld"  # more than the buffers between the two hold
PAGES = ("/en/about/", "/it/sources/", "/ja/places/torino/")


def clients(site: Site, report: Report, seconds: float) -> None:
    """The other readers must not notice them behind nginx; without it they do."""
    report.title(f"8 {CLIENTS} slow clients")
    ask(site.front, LARGE)  # to make it would hold a worker, whoever asks
    usual = _read(site.front, seconds)
    report.row("through nginx, nobody is slow", usual)
    with _slow(site.front):
        beside = _read(site.front, seconds)
    report.row("through nginx, beside slow ones", beside)
    with _slow(site.port):
        direct = _read(site.port, seconds)
    report.row("without nginx, beside slow ones", direct)
    begun = site.recovered("/en/")
    report.figure("they go: a page again after", f"{begun:.2f} s")
    bound = 3 * usual.percentile(99) + 1
    report.bound("through nginx no request fails", holds=not usual.failed and not beside.failed)
    report.complaints(beside)
    report.bound(
        f"through nginx p99 is at most 3 times as long, and a second ({bound * 1000:.0f} ms)",
        holds=beside.percentile(99) <= bound,
    )
    print("            (without nginx each holds a thread: that is why nginx must stand in front)")


def _read(port: int, seconds: float) -> Tally:
    """Some readers from addresses of their own, none of them so often that nginx would refuse them.

    They never ask for the same address twice: nginx has to ask the atlas.
    """
    readers = Readers(
        lambda n: ask(
            port,
            f"{PAGES[n % len(PAGES)]}?slow={time.monotonic_ns()}",
            source=f"127.0.1.{n % 100 + 1}",
            patience=seconds,
        ),
        pause=0.05,
    )
    with readers.reading():
        time.sleep(seconds)
    return readers.all()


@contextmanager
def _slow(port: int) -> Iterator[None]:
    """Half of them send their request by bytes, the others take their answer so; each from an address of its own."""
    stop = Event()
    threads = [
        Thread(target=(_sends, _takes)[n % 2], args=(port, f"127.0.2.{n + 1}", stop))
        for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(2)  # until all are at it
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _sends(port: int, address: str, stop: Event) -> None:
    request = f"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: {'x' * 600}\r\n\r\n".encode()
    while not stop.is_set():
        try:
            with _connected(port, address) as client:
                for byte in request:
                    client.send(bytes([byte]))
                    if stop.wait(1):
                        return
        except OSError:
            stop.wait(1)  # hung up on: once more


def _takes(port: int, address: str, stop: Event) -> None:
    request = f"GET {LARGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    while not stop.is_set():
        try:
            with _connected(port, address) as client:
                client.sendall(request)
                while not stop.wait(1) and _take(client):
                    pass
        except OSError:
            stop.wait(1)


def _take(client: socket.socket) -> bool:
    """Whether there may be more."""
    try:
        return bool(client.recv(1))
    except TimeoutError:
        return True


def _connected(port: int, address: str) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(2)
    client.bind((address, 0))
    client.connect(("127.0.0.1", port))
    return client
