"""What the counts beside the options of a filter are counts of."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from relations.enums import Country
from relations.filters.atlas_filter import AtlasFilter
from relations.filters.index import FACETS
from relations.models import Agreement, Partnership

if TYPE_CHECKING:
    from collections.abc import Sequence


class Tally:
    """How many agreements, or else how many partnerships, each option of a filter would leave."""

    def __init__(
        self, atlas_filter: AtlasFilter, unit: type[Agreement] | type[Partnership]
    ) -> None:
        self.index = atlas_filter.index
        self._masks = self.index.masks | {"status": self.index.by_status(atlas_filter.on)}
        is_of_acts = unit is Agreement
        self._count = self.index.count_rows if is_of_acts else self.index.count_partnerships
        rows = _without_facets(atlas_filter) & (self.index.acts if is_of_acts else -1)
        chosen = self._chosen(atlas_filter)
        self._under = {
            name: reduce(lambda left, other: left & chosen[other], chosen.keys() - {name}, rows)
            for name in FACETS
        }

    def count(self, name: str, value: int | str) -> int:
        """How many count beside an option of a parameter of FACETS, under all other parameters."""
        return self._count(self._under[name] & self._masks[name].get(value, 0))

    def _chosen(self, atlas_filter: AtlasFilter) -> dict[str, int]:
        """The rows that meet each parameter that is set."""
        places = [atlas_filter.territories[code] for code in atlas_filter.regions]
        values: dict[str, Sequence[int | str]] = {
            **{c.value: [place.pk for place in places if place.country == c] for c in Country},
            "sector": [atlas_filter.vocabulary[code].pk for code in atlas_filter.sectors],
            "kind": atlas_filter.kinds,
            "status": atlas_filter.statuses,
        }
        return {
            name: reduce(or_, (self._masks[name].get(value, 0) for value in of_name))
            for name, of_name in values.items()
            if of_name
        }


def _without_facets(atlas_filter: AtlasFilter) -> int:
    """The rows that meet the text and the years, which the database looks up."""
    index = atlas_filter.index
    if not (atlas_filter.text or atlas_filter.year_from or atlas_filter.year_to):
        return index.everything
    acts = atlas_filter.apply(Agreement.objects.published(), skip=FACETS)
    told = atlas_filter.told(skip=FACETS).order_by().values_list("event", "partnership")
    return index.rows_of(
        [
            *(index.place_of_act.get(act) for act in acts.order_by().values_list("pk", flat=True)),
            *(index.place_of_telling.get(telling) for telling in told),
        ]
    )
