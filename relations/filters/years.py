"""The years of signature: what stands behind the choice of `from` and `to`."""

from collections import Counter
from dataclasses import dataclass

from relations.filters.answer import YEARS
from relations.filters.atlas_filter import AtlasFilter

# The year of the first twinning between the two countries: the range begins there, or before.
FIRST_TWINNING = 1960
HEIGHT = 100


@dataclass(frozen=True, slots=True)
class Years:
    """How many agreements were signed in each year.

    `counts` are pairs of a year and a number, from the first year that has any to the
    last, or to the present one, without a gap; `undated` is how many were signed in a
    decade or at a time of which nothing is known. `asked` is the period of the filter.
    """

    counts: list[tuple[int, int]]
    undated: int
    asked: tuple[int | None, int | None] = (None, None)
    present: int = FIRST_TWINNING

    @property
    def first(self) -> int:
        """Where the range of years begins."""
        return min([FIRST_TWINNING, *(year for year, _count in self.counts[:1])])

    @property
    def last(self) -> int:
        """Where it ends."""
        return max([self.present, *(year for year, _count in self.counts[-1:])])

    @property
    def view_box(self) -> str:
        """The histogram's box, one unit of width a year, as SVG writes it."""
        return f"0 0 {self.last - self.first + 1} {HEIGHT}"

    @property
    def inside(self) -> str:
        """The bars of the years asked for, as an SVG path."""
        return self._bars(inside=True)

    @property
    def outside(self) -> str:
        """The bars of all other years."""
        return self._bars(inside=False)

    def _bars(self, *, inside: bool) -> str:
        least, greatest = self.asked
        start, most = self.first, self.most
        return "".join(
            f"M{year - start} {HEIGHT}V{HEIGHT - round(HEIGHT * count / most)}h.8V{HEIGHT}z"
            for year, count in self.counts
            if count and ((least or year) <= year <= (greatest or year)) == inside
        )

    @property
    def most(self) -> int:
        """The greatest number of one year, by which a drawing is scaled; 0 where no year has any."""
        return max((count for _year, count in self.counts), default=0)


def years_of(atlas_filter: AtlasFilter) -> Years:
    """The agreements that match all of a filter but its years, by the year of signature."""
    rows = atlas_filter.answer.rows(skip={YEARS})
    signed = atlas_filter.index.signed
    found = Counter({year: (rows & acts).bit_count() for year, acts in signed.items()})
    undated = found.pop(None, 0)
    known = [year for year, count in found.items() if count]
    last = max([atlas_filter.on.year, *known])
    first = min(known, default=last + 1)
    return Years(
        [(year, found[year]) for year in range(first, last + 1)],
        undated,
        (atlas_filter.year_from, atlas_filter.year_to),
        atlas_filter.on.year,
    )
