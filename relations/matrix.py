"""The matrix: how many partnerships each Italian region has with each Japanese prefecture. Pure: no query, no request.

Whoever can be linked has a row or a column, so that what is empty is seen too.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from relations.cells import guarded
from relations.enums import Country, MacroArea
from relations.models import Place

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# The codes of a region and a prefecture, and how many partnerships they have.
Pairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or a column: a territory, or else an area, which has no `url`.

    `codes` are those of its territories.
    """

    label: str
    area: MacroArea
    codes: tuple[str, ...]
    url: str = ""

    @property
    def code(self) -> str:
        """The code of a territory."""
        return self.codes[0]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of partnerships; `codes` are the values of `region` that find just these.

    `label` says between whom they are, where the heads of the table may be out of sight.
    """

    count: int
    codes: tuple[str, ...]
    label: str = ""


_NOTHING = Cell(0, ())


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of an Italian region or area, and their sum."""

    head: Head
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """Italy in the rows, Japan in the columns, with the sums of each and of all."""

    rows: tuple[Row, ...]
    columns: tuple[Head, ...]
    totals: tuple[Cell, ...]
    total: Cell

    @property
    def row_groups(self) -> "list[tuple[StrPromise, list[Row]]]":
        """The rows of each area of Italy."""
        return [
            (area.label, list(rows)) for area, rows in groupby(self.rows, lambda row: row.head.area)
        ]

    @property
    def column_groups(self) -> "list[tuple[StrPromise, list[Head]]]":
        """The columns of each area of Japan."""
        return [
            (area.label, list(heads))
            for area, heads in groupby(self.columns, lambda head: head.area)
        ]

    @property
    def counts(self) -> list[int]:
        """The numbers of all cells that are no sums."""
        return [cell.count for row in self.rows for cell in row.cells]

    @property
    def sums(self) -> list[int]:
        """The numbers of all rows and columns."""
        return [cell.count for cell in (*(row.total for row in self.rows), *self.totals)]


def by_territory(
    pairs: Pairs, territories: Mapping[str, Place], chosen: Collection[str] = ()
) -> Table:
    """Regions by prefectures. `chosen` are the codes to which a filter is set already."""
    return _table(pairs, chosen, lambda country: _territories(territories, country))


def by_area(pairs: Pairs, territories: Mapping[str, Place], chosen: Collection[str] = ()) -> Table:
    """The same, as the five areas of Italy by the eight of Japan."""
    return _table(pairs, chosen, lambda country: _areas(territories, country))


def csv_rows(table: Table) -> list[list[str | int]]:
    """The table as lines of a file: a head with codes and names, a line for each region, the sums."""
    head: list[str | int] = [_("Code"), _("Region")]
    head += [f"{column.code} {column.label}" for column in table.columns]
    lines: list[list[str | int]] = [
        [row.head.code, guarded(row.head.label), *(c.count for c in row.cells), row.total.count]
        for row in table.rows
    ]
    sums = [cell.count for cell in table.totals]
    return [[*head, _("Total")], *lines, ["", _("Total"), *sums, table.total.count]]


def _territories(territories: Mapping[str, Place], country: str) -> list[Head]:
    """Area by area, and in each from north to south by the latitude of their seats."""
    places = [(code, place) for code, place in territories.items() if place.country == country]
    order = MacroArea.values
    places.sort(key=lambda item: (order.index(item[1].macro_area), -float(item[1].latitude)))
    return [
        Head(str(place.name), MacroArea(place.macro_area), (code,), place.get_absolute_url())
        for code, place in places
    ]


def _areas(territories: Mapping[str, Place], country: str) -> list[Head]:
    heads = _territories(territories, country)
    return [
        Head(str(area.label), area, tuple(head.code for head in within))
        for area, within in groupby(heads, lambda head: head.area)
    ]


def _table(pairs: Pairs, chosen: Collection[str], heads: Callable[[str], list[Head]]) -> Table:
    rows, columns = heads(Country.ITALY), heads(Country.JAPAN)
    area_of = {code: head for head in (*rows, *columns) for code in head.codes}
    counts: Counter[tuple[Head | None, Head | None]] = Counter()
    for (italian, japanese), count in pairs.items():
        row, column = area_of[italian], area_of[japanese]
        for key in ((row, column), (row, None), (None, column), (None, None)):
            counts[key] += count
    asked = {country: _within(chosen, country) for country in Country}

    def cell(row: Head | None, column: Head | None) -> Cell:
        if not (count := counts[row, column]):
            return _NOTHING
        codes = (*_narrowed(row, asked[Country.ITALY]), *_narrowed(column, asked[Country.JAPAN]))
        if row and column:
            return Cell(
                count,
                codes,
                _("%(italian)s – %(japanese)s") % {"italian": row.label, "japanese": column.label},
            )
        return Cell(count, codes, " ".join(head.label for head in (row, column) if head))

    return Table(
        tuple(Row(row, tuple(cell(row, m) for m in columns), cell(row, None)) for row in rows),
        tuple(columns),
        tuple(cell(None, column) for column in columns),
        cell(None, None),
    )


def _within(codes: Iterable[str], country: str) -> tuple[str, ...]:
    return tuple(sorted(code for code in codes if code.startswith(country)))


def _narrowed(head: Head | None, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of a head, in the order of every address, without those that a filter rules out; of all, those chosen."""
    if head is None:
        return chosen
    return tuple(sorted(code for code in head.codes if not chosen or code in chosen))
