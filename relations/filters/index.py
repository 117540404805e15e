"""What a filter is answered and counted from, as sets of bits.

Read once for each version of the dataset and kept by the process: see `Index.current`.
"""

import threading
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache, reduce
from heapq import merge
from itertools import compress
from operator import itemgetter, or_
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from relations.dates import year_of
from relations.enums import Country, Status
from relations.filters.bits import Masks, Order, Places, flags_of, masks_of, places_in, set_of
from relations.filters.kept import RECORD, Kept, Key, Made
from relations.models import Agreement, DatasetVersion, Event, Partnership, Place, Sector

# The parameters that have counts beside their values, the regions of the two countries apart.
FACETS = (*Country.values, "sector", "kind", "status")

# An event as part of the life of one of its partnerships.
Telling = Event.partnerships.through

# Partnership, record, whether it is an agreement, kind, region, prefecture, date as it is written, first and last day.
Row = tuple[int, int, bool, str, int, int, str, date | None, date | None]


class Index:
    """Every public agreement, and every telling of a partnership that has none, as one bit.

    The rows of a partnership stand next to each other, so that a set of rows becomes a set
    of partnerships by a few shifts. A set is a whole number, whose bit n is row n.

    `masks` are such sets by parameter of FACETS and by value: the primary key of a
    territory or sector, or else a code. `signed` are the agreements by the year in which they were
    signed, those of no known year at None. `records` and `partnerships` are the keys of the
    agreement or event and of the partnership of each row.
    """

    def __init__(self) -> None:
        places = Place.objects.territories().order_by("code")
        self.territories: dict[str, Place] = {place.code: place for place in places}
        sectors = Sector.objects.select_related("parent")
        self.vocabulary: dict[str, Sector] = {sector.code: sector for sector in sectors}
        self._read_rows()
        # The rows that are about each sector itself, a bit each.
        self._exact: list[tuple[Sector, bytes]] = []
        self.masks["sector"] = self._about()
        self._statuses: dict[date, tuple[list[str], Masks]] = {}
        self._orders: dict[Hashable, Order] = {}
        self._kept = Kept()

    def _read_rows(self) -> None:
        self.partnerships, self.records = array("q"), array("q")
        is_act, italian, japanese = bytearray(), array("q"), array("q")
        columns: tuple[list[Any], ...] = ([], [], [], [])
        for row in merge(_acts(), _tellings(), key=itemgetter(0)):
            self.partnerships.append(row[0])
            self.records.append(row[1])
            is_act.append(row[2])
            italian.append(row[4])
            japanese.append(row[5])
            years = (year_of(row[6]), *(day and day.year for day in row[7:]))
            for column, value in zip(columns, (row[3], *years), strict=True):
                column.append(value)
        self.size = len(self.partnerships)
        self.everything = (1 << self.size) - 1
        self.acts = set_of(compress(range(self.size), is_act), self.size)
        # Where each agreement is, and each event of a partnership.
        acts = zip(self.records, range(self.size), strict=True)
        self.place_of_act = Places(compress(acts, is_act))
        self.place_of_telling = {
            (self.records[n], self.partnerships[n]): n for n in range(self.size) if not is_act[n]
        }
        kinds, signed, self._first_years, self._last_years = map(masks_of, columns)
        self.signed = {year: rows & self.acts for year, rows in signed.items()}
        self.masks: dict[str, Masks] = {
            Country.ITALY: masks_of(italian),
            Country.JAPAN: masks_of(japanese),
            "kind": kinds,
        }
        self._territories = array("Q", map(_pair, italian, japanese))

    @staticmethod
    def current() -> "Index":
        """The index of the data as they are now."""
        version = DatasetVersion.objects.current()
        if not version:
            return Index()
        with _READING:  # once, however many requests wait for it
            return _of_version(version)

    # What pages make of the data

    def keep(
        self,
        what: Hashable,
        keys: Collection[Key],
        make: Callable[[Collection[Key]], Mapping[Key, Made]],
        weight: int = RECORD,
    ) -> dict[Key, Made]:
        """What has been made for some keys, or is made now for those that are missing; until the data change.

        It is shared by all requests: nobody may change it. `weight` is about how many bytes each takes.
        """
        return self._kept.take(what, keys, make, weight)

    def keep_one(self, what: Hashable, make: Callable[[], Made], weight: int = RECORD) -> Made:
        """The same of a single thing."""
        return self.keep(what, (None,), lambda _keys: {None: make()}, weight)[None]

    # Which rows

    def within_years(self, first: int | None, last: int | None) -> int:
        """The rows that may have been signed, or have happened, from one year to another."""
        rows = self.everything
        if first:
            rows &= _union(
                rows for year, rows in self._last_years.items() if year and year >= first
            )
        if last:
            rows &= _union(
                rows for year, rows in self._first_years.items() if year and year <= last
            )
        return rows

    def rows_of(self, places: Iterable[int | None]) -> int:
        """The set of the rows that stand at some places; None stands nowhere."""
        return set_of(places, self.size)

    def place_of_partnership(self, key: int) -> int | None:
        """Where the first row of a partnership is; None where it is not public."""
        place = bisect_left(self.partnerships, key)
        found = place < self.size and self.partnerships[place] == key
        return place if found else None

    def order(self, of: Hashable, places: Callable[[], Iterable[int | None]]) -> Order:
        """An order of rows, whose places are read once until the data change."""
        if of not in self._orders:
            self._orders[of] = Order(places(), self.size)
        return self._orders[of]

    # By status, which depends on the day

    def status_of(self, key: int, on: date) -> str:
        """The status of a partnership on a day."""
        place = self.place_of_partnership(key)
        return Status.PROPOSED if place is None else self._of_day(on)[0][place]

    def by_status(self, on: date) -> Masks:
        """The rows of the partnerships of each status on a day."""
        return self._of_day(on)[1]

    def _of_day(self, on: date) -> tuple[list[str], Masks]:
        if on not in self._statuses:
            known = {status.value: status.value for status in Status}  # each text once
            standing = [known[Status.PROPOSED]] * self.size
            rows = Partnership.objects.published().order_by().with_status(on)
            for key, status in rows.values_list("pk", F("status")).iterator():
                place = self.place_of_partnership(key)
                while place is not None and place < self.size and self.partnerships[place] == key:
                    standing[place] = known[status]
                    place += 1
            # The day before is asked for no more.
            self._statuses = {on: (standing, masks_of(standing))}
        return self._statuses[on]

    # Counting

    def count_rows(self, rows: int) -> int:
        """How many rows are in a set."""
        return rows.bit_count()

    def firsts_of(self, rows: int) -> int:
        """The first row of each partnership that has a row in a set."""
        for step, same in self._neighbours:
            rows |= (rows >> step) & same
        return rows & self.firsts

    def count_partnerships(self, rows: int) -> int:
        """How many partnerships have a row in a set."""
        return self.firsts_of(rows).bit_count()

    def partnerships_of(self, rows: int) -> set[int]:
        """The keys of the partnerships that have a row in a set."""
        return {self.partnerships[place] for place in places_in(rows)}

    def count_pairs(self, rows: int) -> Counter[tuple[str, str]]:
        """How many of the partnerships that have a row in a set each region has with each prefecture, by their codes."""
        codes = {place.pk: code for code, place in self.territories.items()}
        flags = flags_of(self.firsts_of(rows), self.size)
        counted = Counter(compress(self._territories, flags))
        pairs = {_unpair(pair): n for pair, n in counted.items()}
        return Counter({(codes[it], codes[jp]): n for (it, jp), n in pairs.items()})

    @cached_property
    def total(self) -> int:
        """How many partnerships there are."""
        return self.firsts.bit_count()

    @cached_property
    def firsts(self) -> int:
        """The first row of each partnership."""
        keys = self.partnerships
        first = (n for n, key in enumerate(keys) if n == 0 or keys[n - 1] != key)
        return set_of(first, self.size)

    @cached_property
    def _neighbours(self) -> list[tuple[int, int]]:
        """Steps of 1, 2, 4 … rows, each with the rows that are so far from another of their own partnership."""
        keys = self.partnerships
        steps = []
        step = 1
        while same := set_of(
            (n for n in range(self.size - step) if keys[n] == keys[n + step]), self.size
        ):
            steps.append((step, same))
            step *= 2
        return steps

    def sectors_of(self, places: Iterable[int | None]) -> list[Sector]:
        """The sectors that the agreements or events at some places are about, in the order of the vocabulary."""
        those = [(place >> 3, place & 7) for place in places if place is not None]
        found = []
        for sector, bits in self._exact:
            for byte, bit in those:
                if bits[byte] >> bit & 1:
                    found.append(sector)
                    break
        return found

    def _about(self) -> Masks:
        """By sector: the rows about it or, where it is a broad one, about a narrower one."""
        about: dict[int, bytearray] = defaultdict(lambda: bytearray(self.size // 8 + 1))
        tellings = defaultdict(list)
        for (event, _partnership), telling in self.place_of_telling.items():
            tellings[event].append(telling)
        for act, key in _pairs_of(Agreement.sectors.through, "agreement"):
            if (place := self.place_of_act.get(act)) is not None:
                about[key][place >> 3] |= 1 << (place & 7)
        for event, key in _pairs_of(Event.sectors.through, "event"):
            for telling in tellings.get(event, ()):
                about[key][telling >> 3] |= 1 << (telling & 7)
        masks: dict[int, int] = defaultdict(int)
        for sector in self.vocabulary.values():
            self._exact.append((sector, bytes(about[sector.pk])))
            rows = int.from_bytes(about[sector.pk], "little")
            masks[sector.pk] |= rows
            if sector.parent_id:
                masks[sector.parent_id] |= rows
        return masks


_READING = threading.Lock()
_PAIR = 1 << 32


@lru_cache(maxsize=2)
def _of_version(version: str) -> Index:  # noqa: ARG001 # what it is kept for
    return Index()


def _union(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def _pair(italian: int, japanese: int) -> int:
    """The keys of two territories as one number."""
    return italian * _PAIR + japanese


def _unpair(pair: int) -> tuple[int, int]:
    return divmod(pair, _PAIR)


def _pairs_of(through: Any, record: str) -> Iterator[tuple[int, int]]:
    pairs: Iterator[tuple[int, int]] = through.objects.values_list(record, "sector").iterator()
    return pairs


def _acts() -> Iterator[Row]:
    """Every public agreement, by partnership."""
    rows = Agreement.objects.published().annotate(
        record=F("pk"), is_act=Value(value=True), of_kind=F("kind")
    )
    return _values(rows, "signed")


def _tellings() -> Iterator[Row]:
    """Every public event of each partnership that has no public agreement; it is of no kind of act."""
    signed = Agreement.objects.published().values("partnership")
    rows = Telling.objects.filter(event__in=Event.objects.published())
    rows = rows.exclude(partnership__in=signed).annotate(
        record=F("event"), is_act=Value(value=False), of_kind=Value("")
    )
    return _values(rows, "event__start")


def _values(rows: QuerySet[Any], when: str) -> Iterator[Row]:
    columns = ("partnership", "record", "is_act", "of_kind")
    places = (_territory("italian"), _territory("japanese"))
    dates = (when, f"{when}_earliest", f"{when}_latest")
    return rows.order_by("partnership", "pk").values_list(*columns, *places, *dates).iterator()


def _territory(side: str) -> Coalesce:
    """The region or prefecture of a partner, which may be one itself."""
    place = f"partnership__{side}_place"
    return Coalesce(f"{place}__region", place)
