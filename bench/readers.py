"""Readers who ask for pages without a pause, and count what they get."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Thread

READERS = 4
# Pages that are kept, those that few ask for, and such as nobody has asked for yet: {n} is a number.
PAGES = (
    "/en/",
    "/it/partnerships/torino-nagoya/",
    "/ja/timeline/",
    "/en/agreements/?q={n}",
    "/it/?q=monte+{n}",
    "/en/places/?q={n}",
    "/en/sources/",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and after how long; without a status nothing came, and `body` says why."""

    status: int
    body: bytes
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether it is the page, and nothing in place of it."""
        return self.status == 200


def ask(port: int, path: str) -> Answer:
    """Ask once, on a connection of its own."""
    started = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        status, body = response.status, response.read()
    except (OSError, HTTPException) as error:
        status, body = 0, repr(error).encode()
    finally:
        connection.close()
    return Answer(status, body, time.monotonic() - started)


class Tally:
    """A line on some answers."""

    def __init__(self, answers: list[Answer]) -> None:
        self._answers = answers

    def __str__(self) -> str:
        waited = [answer.seconds * 1000 for answer in self._answers]
        if len(waited) < 2:
            return f"{len(waited):9}"
        p = statistics.quantiles(waited, n=100)
        failed = sum(not answer.is_good for answer in self._answers)
        return f"{len(waited):9}{failed:8}{p[49]:8.0f}{p[98]:8.0f}{max(waited):9.0f}"


class Readers:
    """Some who ask a site for pages by turns."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = count()
        self._stop = Event()
        self._all: list[Answer] = []
        self._seen = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let them read, and come back when the last has the answer to its last request."""
        threads = [Thread(target=self._read) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def turn(self) -> Tally:
        """The answers since the last turn."""
        first, self._seen = self._seen, len(self._all)
        return Tally(self._all[first : self._seen])

    def all(self) -> Tally:
        """All answers."""
        return Tally(self._all)

    def complaints(self) -> set[str]:
        """What came in place of pages."""
        return {
            f"{answer.status}: {answer.body[-200:]!r}" for answer in self._all if not answer.is_good
        }

    def _read(self) -> None:
        while not self._stop.is_set():
            number = next(self._numbers)
            path = PAGES[number % len(PAGES)].format(n=number)
            self._all.append(ask(self._port, path))
