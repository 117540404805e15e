"""Filters that never come twice, so that no answer to them can have been kept.

The same filters are written as the atlas and as Datasette read them. Each finds a whole page of
rows, where the data have so many: it is drawn by chance and widened until it does.
"""

import hashlib
import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.flat import DATABASE, TABLE

ROWS = 50
FIRST_YEAR, LAST_FROM = 1960, 2015
_STEPS = 12
_STEPS_WITH_SECTORS = 3
# As the atlas counts beside its options.
FACETS = ("italian_region", "prefecture", "sector", "kind", "status")


@dataclass(frozen=True, slots=True)
class Filter:
    """Regions of one country, sectors (none: any), and the first year."""

    column: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    year: int

    def of_atlas(self) -> str:
        """The path of the list of the atlas."""
        asked = [
            *(("region", region) for region in self.regions),
            *(("sector", sector) for sector in self.sectors),
            ("from", self.year),
        ]
        return f"/it/partnerships/?{urlencode(asked)}"

    def of_datasette(self) -> str:
        """The path of Datasette's table, with the same facets and as many rows."""
        asked = [
            _one_of(self.column, self.regions),
            *([_one_of("sector", self.sectors)] if self.sectors else []),
            ("year__gte", str(self.year)),
            *(("_facet", facet) for facet in FACETS),
            ("_size", str(ROWS)),
            ("_sort", "year"),
        ]
        return f"/{DATABASE}/{TABLE}?{urlencode(asked)}"


def _one_of(column: str, values: tuple[str, ...]) -> tuple[str, str]:
    return (f"{column}__in", ",".join(values)) if len(values) > 1 else (column, values[0])


class _Table:
    """The rows of the flat table, a bit each, by the values of a column."""

    def __init__(self, flat: Path) -> None:
        self.sets: dict[str, dict[str, int]] = {
            column: defaultdict(int) for column in ("italian_region", "prefecture", "sector")
        }
        starting: dict[int, int] = defaultdict(int)
        with sqlite3.connect(flat) as table:
            rows = table.execute(
                f"SELECT italian_region, prefecture, sector, year FROM {TABLE} ORDER BY slug"  # noqa: S608 # a constant
            ).fetchall()
        numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        years: dict[int, list[int]] = defaultdict(list)
        for number, (italian, japanese, sector, year) in enumerate(rows):
            for column, value in zip(self.sets, (italian, japanese, sector), strict=True):
                if value:
                    numbers[column, value].append(number)
            if year:
                years[max(year, FIRST_YEAR)].append(number)
        for (column, value), members in numbers.items():
            self.sets[column][value] = _bits(members)
        for year, members in years.items():
            starting[year] = _bits(members)
        self.since: dict[int, int] = {}
        later = 0
        for year in range(max(starting), FIRST_YEAR - 1, -1):
            later |= starting[year]
            self.since[year] = later

    def count(self, asked: Filter) -> int:
        """How many rows match."""
        found = self.since.get(asked.year, 0)
        for column, values in ((asked.column, asked.regions), ("sector", asked.sectors)):
            any_of = 0 if values else found
            for value in values:
                any_of |= self.sets[column][value]
            found &= any_of
        return found.bit_count()


def _bits(numbers: list[int]) -> int:
    """An integer with these bits set."""
    octets = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        octets[number // 8] |= 1 << number % 8
    return int.from_bytes(octets, "little")


def draw(flat: Path, count: int, seed: int = 1) -> list[Filter]:
    """So many different filters for the rows of a flat table, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    table = _Table(flat)
    drawn: dict[Filter, None] = {}
    for candidate in _candidates(rng, table, count):
        drawn[candidate] = None
        if len(drawn) == count:
            break
    return list(drawn)


def _candidates(rng: random.Random, table: _Table, count: int) -> Iterator[Filter]:
    """Filters as they come; not for ever, since a small table has only so many."""
    for _ in range(count * 20):
        column = rng.choice(("italian_region", "prefecture"))
        regions, sectors = _shuffled(rng, table, column), _shuffled(rng, table, "sector")
        many, wide, year = 1, 1, rng.randint(FIRST_YEAR, LAST_FROM)
        for step in range(_STEPS):
            asked = Filter(
                column, tuple(sorted(regions[:many])), tuple(sorted(sectors[:wide])), year
            )
            if table.count(asked) >= ROWS:
                break
            if step < _STEPS_WITH_SECTORS:
                many, wide = many + step % 2, wide + (step + 1) % 2
            else:  # so few rows have no whole page for a sector
                many, wide, year = many + 1, 0, max(FIRST_YEAR, year - 5)
        yield asked


def written(atlas: Path, flat: Path, count: int) -> tuple[Path, Path]:
    """Files of the paths of so many filters as the atlas and as Datasette reads them; kept beside the database."""
    code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    ours, theirs = (
        atlas.with_suffix(f".{name}-{count}-{code}.txt") for name in ("atlas", "datasette")
    )
    if not (ours.exists() and theirs.exists()):
        filters = draw(flat, count)
        ours.write_text("".join(f"{one.of_atlas()}\n" for one in filters))
        theirs.write_text("".join(f"{one.of_datasette()}\n" for one in filters))
    return ours, theirs


def _shuffled(rng: random.Random, table: _Table, column: str) -> list[str]:
    values = sorted(table.sets[column])
    return rng.sample(values, len(values))
