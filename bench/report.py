"""How much is measured, and what comes out of it."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.measuring import Figures


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured; `main` is the size at which everything is."""

    sizes: Sequence[int]
    rounds: int
    seconds: float
    postgres: bool
    browser: bool
    is_quick: bool = False

    @property
    def main(self) -> int:
        """The size at which everything is measured."""
        return 10_000 if 10_000 in self.sizes else max(self.sizes)


@dataclass
class Report:
    """What came out: of each subject, single figures, and sentences on what could not be measured."""

    results: dict[str, Figures] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    ready: float = 0
    load: float = field(default_factory=lambda: os.getloadavg()[0])

    def say(self, sentence: str) -> None:
        """Tell who waits what happens now."""
        print(f"{time.monotonic() - self.began:5.0f} s  {sentence}", flush=True)

    def fail(self, sentence: str) -> None:
        """Note what could not be measured."""
        self.failures.append(sentence)
        self.say(f"NOT MEASURED: {sentence}")

    def remark(self, sentence: str) -> None:
        """Note what a reader of the tables should know."""
        self.remarks.append(sentence)
        self.say(sentence)

    def keep(self, name: str, figures: Figures) -> None:
        """Note what a subject answered, under its name and as single figures."""
        self.results[name] = figures
        for unit, value in (
            ("req/s", figures.rate),
            ("p50 ms", figures.p50),
            ("CPU ms", figures.cpu),
            ("bytes", figures.size),
        ):
            self.figures[f"{name} {unit}"] = value
