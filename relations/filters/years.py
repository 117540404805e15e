"""The years of signature: what stands behind the choice of `from` and `to`."""

from collections import Counter
from dataclasses import dataclass

from relations.dates import year_of
from relations.filters.atlas_filter import AtlasFilter
from relations.models import Agreement


@dataclass(frozen=True, slots=True)
class Years:
    """How many agreements were signed in each year.

    `counts` are pairs of a year and a number, from the first year that has any to the
    last, or to the present one, without a gap; `undated` is how many were signed in a
    decade or at a time of which nothing is known.
    """

    counts: list[tuple[int, int]]
    undated: int

    @property
    def most(self) -> int:
        """The greatest number of one year, by which a drawing is scaled; 0 where no year has any."""
        return max((count for _year, count in self.counts), default=0)


def years_of(atlas_filter: AtlasFilter) -> Years:
    """The agreements that match all of a filter but its years, by the year of signature."""
    acts = atlas_filter.apply(Agreement.objects.published(), skip={"years"})
    found = Counter(year_of(signed) for signed in acts.order_by().values_list("signed", flat=True))
    undated = found.pop(None, 0)
    known = [year for year in found if year]
    last = max([atlas_filter.on.year, *known])
    first = min(known, default=last + 1)
    return Years([(year, found[year]) for year in range(first, last + 1)], undated)
