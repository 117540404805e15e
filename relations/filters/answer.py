"""Which rows of the index meet a filter, and which would if one of its parameters were not set."""

from collections.abc import Collection
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from relations.enums import Country
from relations.filters.bits import Masks
from relations.filters.index import FACETS
from relations.models import Agreement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relations.filters.atlas_filter import AtlasFilter

YEARS, TEXT = "years", "text"


class Answer:
    """The rows that meet each parameter that is set: those of FACETS, the years, and the text."""

    def __init__(self, atlas_filter: "AtlasFilter") -> None:
        self._filter = atlas_filter
        self._index = atlas_filter.index

    def rows(self, skip: Collection[str] = ()) -> int:
        """The rows that meet all parameters but some."""
        sets = (rows for name, rows in self._chosen.items() if name not in skip)
        return reduce(and_, sets, self._index.everything)

    @cached_property
    def masks(self) -> dict[str, Masks]:
        """For each parameter of FACETS the rows of each value, on the day of the filter."""
        return self._index.masks | {"status": self._index.by_status(self._filter.on)}

    @cached_property
    def _chosen(self) -> dict[str, int]:
        chosen = {
            name: reduce(or_, (self.masks[name].get(value, 0) for value in values))
            for name, values in self._values.items()
            if values
        }
        if self._filter.year_from or self._filter.year_to:
            years = (self._filter.year_from, self._filter.year_to)
            chosen[YEARS] = self._index.within_years(*years)
        if self._filter.text:
            chosen[TEXT] = self._index.keep_one((TEXT, self._filter.text), self._search)
        return chosen

    @property
    def _values(self) -> dict[str, "Sequence[int | str]"]:
        """The values that are set of each parameter of FACETS."""
        atlas_filter = self._filter
        places = [atlas_filter.territories[code] for code in atlas_filter.regions]
        return {
            **{c.value: [place.pk for place in places if place.country == c] for c in Country},
            "sector": [atlas_filter.vocabulary[code].pk for code in atlas_filter.sectors],
            "kind": atlas_filter.kinds,
            "status": atlas_filter.statuses,
        }

    def _search(self) -> int:
        """The rows that have the text, which the database looks up."""
        skip = {*FACETS, YEARS}
        acts = self._filter.apply(Agreement.objects.published(), skip)
        told = self._filter.told(skip).order_by().values_list("event", "partnership")
        index = self._index
        return index.rows_of(
            [
                *map(index.place_of_act.get, acts.order_by().values_list("pk", flat=True)),
                *map(index.place_of_telling.get, told),
            ]
        )
