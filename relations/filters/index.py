"""What the counts beside the options of a filter are counted from, as sets of bits.

Read once for each version of the dataset and kept by the process: see `Index.current`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from relations.enums import Country, Status
from relations.models import Agreement, DatasetVersion, Event, Partnership, Place, Sector

# The parameters that have counts beside their values, the regions of the two countries apart.
FACETS = (*Country.values, "sector", "kind", "status")

# An event as part of the life of one of its partnerships.
Telling = Event.partnerships.through

Row = tuple[int, int, str, int, int]
Masks = Mapping[Any, int]
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

# So much is kept of what pages have made of the data, before it is begun anew.
MOST_KEPT = 2000


class Index:
    """Every public agreement, and every telling of a partnership that has none, as one bit.

    The rows of a partnership stand next to each other, so that a set of rows becomes a set
    of partnerships by a few shifts. A set is a whole number, whose bit n is row n.

    `masks` are such sets by parameter of FACETS and by value: the primary key of a
    territory or sector, or else a code.
    """

    def __init__(self) -> None:
        places = Place.objects.territories().order_by("code")
        self.territories: dict[str, Place] = {place.code: place for place in places}
        sectors = Sector.objects.select_related("parent")
        self.vocabulary: dict[str, Sector] = {sector.code: sector for sector in sectors}
        acts = [(row, True) for row in _acts()]
        rows = sorted(acts + [(row, False) for row in _tellings()], key=lambda row: row[0][1])
        self.size = len(rows)
        self.everything = (1 << self.size) - 1
        self.acts = _mask([is_act for _row, is_act in rows])
        # Where each agreement is, and each event of a partnership.
        self.place_of_act = {row[0]: n for n, (row, is_act) in enumerate(rows) if is_act}
        self.place_of_telling = {row[:2]: n for n, (row, is_act) in enumerate(rows) if not is_act}
        self._partnerships = [row[1] for row, _is_act in rows]
        # The region and the prefecture of each partnership, by code.
        codes = {place.pk: code for code, place in self.territories.items()}
        self.pairs = {row[1]: (codes[row[3]], codes[row[4]]) for row, _is_act in rows}
        self._statuses: dict[date, tuple[dict[int, str], Masks]] = {}
        self._kept: dict[Hashable, Any] = {}
        self.masks: dict[str, Masks] = {
            Country.ITALY: _masks([row[3] for row, _ in rows]),
            Country.JAPAN: _masks([row[4] for row, _ in rows]),
            "kind": _masks([row[2] for row, _ in rows]),
            "sector": self._about(),
        }

    @staticmethod
    def current() -> "Index":
        """The index of the data as they are now."""
        version = DatasetVersion.objects.current()
        return _of_version(version) if version else Index()

    # What pages make of the data

    def keep(
        self,
        what: Hashable,
        keys: Collection[Key],
        make: Callable[[Collection[Key]], Mapping[Key, Made]],
    ) -> dict[Key, Made]:
        """What has been made for some keys, or is made now for those that are missing; until the data change.

        It is shared by all requests: nobody may change it.
        """
        missing = [key for key in keys if (what, key) not in self._kept]
        made = make(missing) if missing else {}
        found = {key: self._kept[what, key] for key in keys if (what, key) in self._kept} | dict(
            made
        )
        if len(self._kept) + len(made) > MOST_KEPT:
            self._kept = {}
        self._kept.update({(what, key): value for key, value in made.items()})
        return found

    # By status, which depends on the day

    def standing(self, on: date) -> dict[int, str]:
        """The status of every partnership on a day, by its key."""
        return self._of_day(on)[0]

    def by_status(self, on: date) -> Masks:
        """The rows of the partnerships of each status on a day."""
        return self._of_day(on)[1]

    def _of_day(self, on: date) -> tuple[dict[int, str], Masks]:
        if on not in self._statuses:
            partnerships = Partnership.objects.order_by().with_status(on)
            standing = dict(partnerships.values_list("pk", F("status")))
            masks = _masks([standing.get(key, Status.PROPOSED) for key in self._partnerships])
            # The day before is asked for no more.
            self._statuses = {on: (standing, masks)}
            return standing, masks
        return self._statuses[on]

    # Counting

    def count_rows(self, rows: int) -> int:
        """How many rows are in a set."""
        return rows.bit_count()

    def count_partnerships(self, rows: int) -> int:
        """How many partnerships have a row in a set."""
        for step, same in self._neighbours:
            rows |= (rows >> step) & same
        return (rows & self._firsts).bit_count()

    def partnerships_of(self, rows: int) -> set[int]:
        """The keys of the partnerships that have a row in a set."""
        return {key for n, key in enumerate(self._partnerships) if rows >> n & 1}

    def rows_of(self, places: Iterable[int | None]) -> int:
        """The set of the rows that stand at some places; None stands nowhere."""
        bits = bytearray(self.size // 8 + 1)
        for place in places:
            if place is not None:
                bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    @cached_property
    def _firsts(self) -> int:
        """The first row of each partnership."""
        keys = self._partnerships
        return _mask([n == 0 or keys[n - 1] != key for n, key in enumerate(keys)])

    @cached_property
    def _neighbours(self) -> list[tuple[int, int]]:
        """Steps of 1, 2, 4 … rows, each with the rows that are so far from another of their own partnership."""
        keys = self._partnerships
        steps = []
        step = 1
        while same := _mask([a == b for a, b in zip(keys, keys[step:], strict=False)]):
            steps.append((step, same))
            step *= 2
        return steps

    def _about(self) -> Masks:
        """By sector: the rows about it or, where it is a broad one, about a narrower one."""
        places: dict[int, list[int | None]] = defaultdict(list)
        for act, key in Agreement.sectors.through.objects.values_list("agreement", "sector"):
            places[key].append(self.place_of_act.get(act))
        about = defaultdict(list)
        for event, key in Event.sectors.through.objects.values_list("event", "sector"):
            about[event].append(key)
        for (event, _partnership), place in self.place_of_telling.items():
            for key in about.get(event, ()):
                places[key].append(place)
        masks: dict[int, int] = defaultdict(int)
        for sector in self.vocabulary.values():
            rows = self.rows_of(places[sector.pk])
            masks[sector.pk] |= rows
            if sector.parent_id:
                masks[sector.parent_id] |= rows
        return masks


@lru_cache(maxsize=2)
def _of_version(version: str) -> Index:  # noqa: ARG001 # what it is kept for
    return Index()


def _mask(flags: Iterable[bool]) -> int:
    """A set of the places where a flag is set."""
    return int("".join("1" if flag else "0" for flag in flags)[::-1] or "0", 2)


def _masks(values: list[Any]) -> Masks:
    """For each value the set of its places."""
    places: dict[Any, bytearray] = {}
    size = len(values) // 8 + 1
    for n, value in enumerate(values):
        bits = places.setdefault(value, bytearray(size))
        bits[n >> 3] |= 1 << (n & 7)
    return defaultdict(int, {v: int.from_bytes(bits, "little") for v, bits in places.items()})


def _acts() -> list[Row]:
    """Every public agreement."""
    rows = Agreement.objects.published().annotate(record=F("pk"), of_kind=F("kind"))
    return _values(rows)


def _tellings() -> list[Row]:
    """Every public event of each partnership that has no public agreement; it is of no kind of act."""
    signed = Agreement.objects.published().values("partnership")
    rows = Telling.objects.filter(event__in=Event.objects.published())
    rows = rows.exclude(partnership__in=signed).annotate(record=F("event"), of_kind=Value(""))
    return _values(rows)


def _values(rows: QuerySet[Any]) -> list[Row]:
    columns = ("record", "partnership", "of_kind", _territory("italian"), _territory("japanese"))
    return list(rows.order_by().values_list(*columns))


def _territory(side: str) -> Coalesce:
    """The region or prefecture of a partner, which may be one itself."""
    place = f"partnership__{side}_place"
    return Coalesce(f"{place}__region", place)
