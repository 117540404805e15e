"""What the counts beside the options of a filter are counts of, read in a few flat queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from relations.enums import Country
from relations.filters.atlas_filter import AtlasFilter
from relations.filters.conditions import FACETS
from relations.models import Agreement, Event, Partnership

Pairs = Iterable[tuple[int, int]]


class Tally:
    """Which agreements, or else which partnerships, count beside each option of a filter.

    Sets of primary keys, by parameter of FACETS and by value: the primary key of a territory
    or sector, or else a code.
    """

    def __init__(
        self, atlas_filter: AtlasFilter, unit: type[Agreement] | type[Partnership]
    ) -> None:
        self.filter = atlas_filter
        self.of_agreements = unit is Agreement
        self.found: dict[str, dict[Any, set[int]]] = {name: defaultdict(set) for name in FACETS}
        self._add_agreements()
        if not self.of_agreements:
            self._add_tellings()
        self._broaden()

    def count(self, name: str, value: int | str) -> int:
        """How many count beside an option."""
        return len(self.found[name].get(value, ()))

    def _add_agreements(self) -> None:
        rows = self.filter.apply(Agreement.objects.published(), skip=FACETS)
        rows = rows.annotate(record=F("pk"), of_kind=F("kind"))
        about = Agreement.sectors.through.objects.values_list("agreement", "sector")
        self._add(_with_misses(rows, self.filter.conditions.of_agreements), about)

    def _add_tellings(self) -> None:
        rows = self.filter.told(skip=FACETS).annotate(record=F("event"), of_kind=Value(""))
        about = Event.sectors.through.objects.values_list("event", "sector")
        self._add(_with_misses(rows, self.filter.conditions.of_tellings), about)

    def _add(self, rows: Iterable[tuple[Any, str | None]], about: Pairs) -> None:
        """Add rows to what counts beside their values.

        A row that meets the whole filter counts in all parameters, one that misses a
        single parameter in this one. `about` are the sectors of all records.
        """
        standing = self.filter.conditions.standing
        themed = defaultdict(list)
        for (record, partnership, kind, italian, japanese), misses in rows:
            row = record if self.of_agreements else partnership
            for name, value in (
                (Country.ITALY, italian),
                (Country.JAPAN, japanese),
                ("kind", kind),
                ("status", standing.get(partnership)),
            ):
                if misses is None or misses == name:
                    self.found[name][value].add(row)
            if misses is None or misses == "sector":
                themed[record].append(row)
        for record, sector in about:
            self.found["sector"][sector].update(themed.get(record, ()))

    def _broaden(self) -> None:
        """Count beside a broad sector what counts beside a narrower one."""
        sectors = self.found["sector"]
        for sector in self.filter.vocabulary.values():
            if sector.parent_id:
                sectors[sector.parent_id] |= sectors[sector.pk]


def _with_misses(rows: QuerySet[Any], conditions: dict[str, Q]) -> Iterator[tuple[Any, str | None]]:
    """The values of each row that misses one condition at most, and the name of this one."""
    meets = {f"meets_{name}": condition for name, condition in conditions.items()}
    columns = ("record", "partnership", "of_kind", _territory("italian"), _territory("japanese"))
    for row in rows.order_by().annotate(**meets).values_list(*columns, *meets):
        met = row[len(columns) :]
        missed = [name for name, is_met in zip(conditions, met, strict=True) if not is_met]
        if len(missed) <= 1:
            yield row[: len(columns)], missed[0] if missed else None


def _territory(side: str) -> Coalesce:
    """The region or prefecture of a partner, which may be one itself."""
    place = f"partnership__{side}_place"
    return Coalesce(f"{place}__region", place)
