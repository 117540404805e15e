"""What the counts beside the options of a filter are counts of."""

from relations.enums import Country
from relations.filters.atlas_filter import AtlasFilter
from relations.filters.index import FACETS
from relations.models import Agreement, Partnership

# The parameters whose value all rows of a partnership share.
_OF_PARTNERSHIPS = {*Country.values, "status"}


class Tally:
    """How many agreements, or else how many partnerships, each option of a filter would leave."""

    def __init__(
        self, atlas_filter: AtlasFilter, unit: type[Agreement] | type[Partnership]
    ) -> None:
        index, answer = atlas_filter.index, atlas_filter.answer
        self._masks = answer.masks
        under = {name: answer.rows(skip={name}) for name in FACETS}
        if unit is Agreement:
            self._under = {name: rows & index.acts for name, rows in under.items()}
            self._counts = dict.fromkeys(FACETS, index.count_rows)
        else:
            # Where no row of a partnership is left out without the others, each is counted by its first.
            self._under = {
                name: index.firsts_of(rows) if name in _OF_PARTNERSHIPS else rows
                for name, rows in under.items()
            }
            self._counts = {
                name: index.count_rows if name in _OF_PARTNERSHIPS else index.count_partnerships
                for name in FACETS
            }

    def count(self, name: str, value: int | str) -> int:
        """How many count beside an option of a parameter of FACETS, under all other parameters."""
        return self._counts[name](self._under[name] & self._masks[name].get(value, 0))
