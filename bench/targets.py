"""What is to be reached, in one table: a figure, or its ratio to another of the same run.

Names of figures are those that `bench.compare` gives: a subject and what was measured of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

KIB = 1024
MB = 1e6


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, divided by another where one is named, and the least or the most that it may be."""

    name: str
    figure: str
    bound: float
    over: str = ""
    at_least: bool = False
    unit: str = ""
    scale: float = 1

    def reached(self, figures: Mapping[str, float]) -> float | None:
        """The figure in its unit, or the ratio; None where something was not measured."""
        if self.figure not in figures or (self.over and self.over not in figures):
            return None
        return figures[self.figure] / (figures[self.over] if self.over else self.scale)

    def is_met(self, reached: float) -> bool:
        """Whether it is reached."""
        return reached >= self.bound if self.at_least else reached <= self.bound

    def verdict(self, figures: Mapping[str, float]) -> str:
        """`met`, `missed` or `not measured`."""
        reached = self.reached(figures)
        if reached is None:
            return "not measured"
        return "met" if self.is_met(reached) else "missed"


def _times(name: str, figure: str, over: str, bound: float, *, at_least: bool = True) -> Target:
    return Target(name, figure, bound, over=over, at_least=at_least, unit="×")


def _share(name: str, figure: str, over: str, percent: float) -> Target:
    rate = "req/s"
    return _times(name, f"{figure} {rate}", f"{over} {rate}", percent / 100)


TARGETS = (
    _times(
        "Uncached page at 10,000, to tuned Datasette",
        "Atlas SQLite 10000 uncached req/s",
        "Datasette tuned 10000 req/s",
        10,
    ),
    _times(
        "Uncached page at 100,000, to tuned Datasette",
        "Atlas SQLite 100000 uncached req/s",
        "Datasette tuned 100000 req/s",
        30,
    ),
    _times(
        "Uncached p50 at 100,000, to that at 1,000",
        "Atlas SQLite 100000 uncached p50 ms",
        "Atlas SQLite 1000 uncached p50 ms",
        2.5,
        at_least=False,
    ),
    _share("Cached page, SQLite, to “hello”", "Atlas SQLite 10000 cached", "hello", 75),
    _share("Cached page, PostgreSQL, to “hello”", "Atlas PostgreSQL 10000 cached", "hello", 75),
    _share("304, SQLite, to “hello”", "Atlas SQLite 10000 304", "hello", 60),
    _share("304, PostgreSQL, to “hello”", "Atlas PostgreSQL 10000 304", "hello", 45),
    _share(
        "Behind nginx with its cache, to nginx’s file",
        "nginx cache before the atlas",
        "nginx file gzip",
        60,
    ),
    _share(
        "Whole GeoJSON of 10,000, to nginx’s file",
        "Atlas SQLite 10000 GeoJSON",
        "nginx GeoJSON",
        20,
    ),
    _share(
        "Uncached page, PostgreSQL, to SQLite",
        "Atlas PostgreSQL 10000 uncached",
        "Atlas SQLite 10000 uncached",
        60,
    ),
    Target("Queries of a list page, the most at any N", "list page queries", 3),
    Target("Memory of the worker (PSS) at 10,000", "memory 10000", 100, unit="MB", scale=MB),
    Target("Memory of the worker (PSS) at 100,000", "memory 100000", 150, unit="MB", scale=MB),
    Target("Loading 10,000 agreements in one transaction", "loading written", 5, unit="s"),
    Target("List page without map, gzip", "list page gzip", 12, unit="KiB", scale=KIB),
    Target("Slowest uncached page of the real data, in the process", "real page", 15, unit="ms"),
)
