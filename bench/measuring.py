"""What is asked of a server, how it is checked, and the medians of what came out.

A subject is measured in rounds: by one connection for the time of a request, and by several
for how many it answers. Before each round one answer is looked at; what wrk counts must then be
of the same size, since an error page is fast.
"""

import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import Answer, Server
from bench.wrk import Load, LoadError, press

CONNECTIONS = 8
# Seconds. Who takes longer than SLOW is asked by two connections and longer, so that what is cut
# off at the end counts little; who takes longer than VERY_SLOW is asked once in a round.
SLOW, VERY_SLOW = 0.15, 0.7
_HOPELESS = 5
# How far the bytes of an answer with its headers may be from those that were looked at.
_HEADERS = 2000
_OTHER_FILTER = 3.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests in a second; milliseconds of a request alone, and of the processor; bytes of the body."""

    rate: float
    p50: float
    cpu: float
    size: float


def _nothing() -> None:
    """Needed by whose answer is always ready."""


@dataclass
class Subject:
    """An address of a server, or the paths of a file that are each asked for once.

    `check` raises ValueError where an answer is not what is meant to be measured; `warm_up` is
    called before each round.
    """

    name: str
    server: Server
    check: Callable[[Answer], None]
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    paths: Path | None = None
    rounds: int = 99
    warm_up: Callable[[], None] = _nothing
    asked: int = 0
    results: list[Figures] = field(default_factory=list)

    def measure(self, seconds: float, *, is_quick: bool = False) -> None:
        """Measure one round; quickly, what several connections find stands for one alone too.

        Raises:
            ValueError: the answer is not what is meant.
            LoadError: a request failed, or what was counted is something else.
        """
        self.warm_up()
        before = self.server.cpu_seconds()
        answer = self.ask()
        if SLOW < answer.seconds < _HOPELESS:  # perhaps only since it had slept
            before = self.server.cpu_seconds()
            answer = self.ask()
        if answer.seconds > VERY_SLOW:
            cpu = self.server.cpu_seconds() - before
            rate, milliseconds = 1 / answer.seconds, answer.seconds * 1000
            self.results.append(Figures(rate, milliseconds, cpu * 1000, len(answer.body)))
            return
        is_slow = answer.seconds > SLOW
        least = math.ceil(12 * answer.seconds) if is_slow else 0
        alone = None if is_quick else self._press(max(1, seconds / 2, least / 2), 1)
        before = self.server.cpu_seconds()
        load = self._press(max(seconds, least), 2 if is_slow else CONNECTIONS)
        cpu = (self.server.cpu_seconds() - before) / load.requests
        for one in (alone or load, load):
            self._compare(one, len(answer.body))
        p50 = (alone or load).p50
        self.results.append(Figures(load.rate, p50, cpu * 1000, len(answer.body)))

    def ask(self) -> Answer:
        """Ask once, and make sure that the answer is what is meant.

        Raises:
            ValueError: it is not.
        """
        answer = self.server.ask(self._next(), self.headers)
        self.check(answer)
        return answer

    def figures(self) -> Figures:
        """The medians of all rounds."""
        return Figures(
            *(
                statistics.median(getattr(one, name) for one in self.results)
                for name in ("rate", "p50", "cpu", "size")
            )
        )

    def _next(self) -> str:
        if not self.paths:
            return self.path
        self.asked += 1
        lines = self.paths.read_text().splitlines()
        if self.asked > len(lines):
            raise ValueError(f"There are only {len(lines):,} different filters.")
        return lines[self.asked - 1]

    def _press(self, seconds: float, connections: int) -> Load:
        paths = (self.paths, self.asked) if self.paths else None
        url = f"{self.server.address}{self.path}"
        load = press(url, seconds, connections, self.headers, paths)
        self.asked += load.requests + connections + 1  # those that were cut off, and wrk's own
        return load

    def _compare(self, load: Load, size: int) -> None:
        least, most = size * 0.98, size * 1.02 + _HEADERS
        if self.paths:
            least, most = size / _OTHER_FILTER, size * _OTHER_FILTER + _HEADERS
        if not least <= load.bytes <= most:
            raise LoadError(
                f"Answers had {load.bytes:,.0f} bytes under load, and {size:,} when one was looked at."
            )
