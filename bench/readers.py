"""Readers who ask for pages without a pause, and count what they get."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Thread

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
HEADER = f"{'requests':>9}{'failed':>8}{'p50 ms':>8}{'p99 ms':>8}{'longest':>9}"
PATIENCE = 30  # seconds for which one request is waited for


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and after how long; without a status nothing came, and `body` says why.

    `started` is of the clock `time.monotonic`.
    """

    status: int
    body: bytes
    seconds: float
    started: float = 0.0
    etag: str = ""
    retry_after: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it is the page, or that the reader has it, and nothing in place of it."""
        return self.status in (200, 304)

    @property
    def is_as_of(self) -> bool:
        """Whether it is a page from before the database went away, which says so."""
        return b'class="as-of"' in self.body

    @property
    def is_for_now(self) -> bool:
        """Whether it says in place of the page that it is to be asked for again."""
        return self.status == 503 and bool(self.retry_after) and bool(self.body)


def ask(
    port: int,
    path: str,
    known: str = "",
    source: str = "127.0.0.1",
    patience: float = PATIENCE,
) -> Answer:
    """Ask once, on a connection of its own, from an address of this machine; `known` is the ETag that the reader has."""
    started = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=patience, source_address=(source, 0))
    etag = retry_after = ""
    try:
        connection.request("GET", path, headers={"If-None-Match": known} if known else {})
        response = connection.getresponse()
        etag = response.headers.get("ETag", "")
        retry_after = response.headers.get("Retry-After", "")
        status, body = response.status, response.read()
    except (OSError, HTTPException) as error:
        status, body = 0, repr(error).encode()
    finally:
        connection.close()
    return Answer(status, body, time.monotonic() - started, started, etag, retry_after)


def by_turns(port: int, pages: tuple[str, ...] = PAGES) -> Callable[[int], Answer]:
    """What the nth request asks for: each of some pages in its turn."""
    return lambda n: ask(port, pages[n % len(pages)].format(n=n))


class Tally:
    """A line on some answers; `failed` are those that are not as they should be."""

    def __init__(self, answers: list[Answer], accepts: Callable[[Answer], bool]) -> None:
        self.answers = answers
        self.failed = [answer for answer in answers if not accepts(answer)]

    @property
    def longest(self) -> float:
        """The longest that one was waited for, in seconds."""
        return max((answer.seconds for answer in self.answers), default=0.0)

    def percentile(self, number: int) -> float:
        """So many of a hundred came within this, in seconds."""
        waited = [answer.seconds for answer in self.answers]
        if len(waited) < 2:
            return self.longest
        return statistics.quantiles(waited, n=100, method="inclusive")[number - 1]

    def __str__(self) -> str:
        p50, p99, longest = (
            1000 * seconds for seconds in (self.percentile(50), self.percentile(99), self.longest)
        )
        figures = f"{p50:8.0f}{p99:8.0f}{longest:9.0f}"
        return f"{len(self.answers):9}{len(self.failed):8}{figures}"


class Readers:
    """Some who ask again and again, each when it has the answer, after a pause if one is given (seconds)."""

    def __init__(
        self,
        asks: Callable[[int], Answer],
        number: int = 4,
        accepts: Callable[[Answer], bool] = lambda answer: answer.is_good,
        pause: float = 0.0,
    ) -> None:
        self._asks = asks
        self._number = number
        self._accepts = accepts
        self._pause = pause
        self._numbers = count()
        self._stop = Event()
        self._all: list[Answer] = []
        self._seen = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let them read, and come back when the last has the answer to its last request."""
        threads = [Thread(target=self._read) for _ in range(self._number)]
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
        return Tally(self._all[first : self._seen], self._accepts)

    def all(self) -> Tally:
        """All answers."""
        return Tally(self._all, self._accepts)

    def complaints(self) -> set[str]:
        """What came in place of pages."""
        return {f"{answer.status}: {answer.body[-200:]!r}" for answer in self.all().failed}

    def _read(self) -> None:
        while not self._stop.is_set():
            answer = self._asks(next(self._numbers))
            if self._accepts(answer) and not answer.is_as_of:
                answer = replace(
                    answer, body=answer.body[:1]
                )  # two minutes of pages are a gigabyte
            self._all.append(answer)
            self._stop.wait(self._pause)
