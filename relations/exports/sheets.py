"""Rows for programs for tables: CSV (RFC 4180) and Excel workbooks.

A table of the atlas has its own columns, with which the desk can read it again, and behind them
those that follow from others (`relations.tables.DERIVED`). The timeline and anniversaries have
columns of their own. Codes are text; no cell is a formula.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from relations.exports.chronicle import ANNIVERSARIES, TIMELINE
from relations.exports.selection import Selection
from relations.tables import DERIVED, TABLES, separated
from relations.tables.workbooks import write_workbook


def head_of(kind: str) -> list[str]:
    """The names of the columns."""
    if kind in TABLES:
        return [*TABLES[kind].names, *(column.name for column in DERIVED[kind])]
    return [column.name for column in _OWN[kind]]


def write_csv(selection: Selection) -> bytes:
    """UTF-8 without a mark, parted by commas."""
    return separated.write_csv(_with_head(selection))


def write_csv_for_excel(selection: Selection) -> bytes:
    """As Excel expects it in the language of the page."""
    return separated.write_csv_for_excel(_with_head(selection))


def write_xlsx(selection: Selection) -> bytes:
    """A workbook of one sheet, all of whose cells are text.

    Raises:
        ValueError: a text does not fit into a cell.
    """
    return write_workbook(selection.kind, head_of(selection.kind), _rows(selection))


def _with_head(selection: Selection) -> Iterator[list[str]]:
    yield head_of(selection.kind)
    yield from _rows(selection)


def _rows(selection: Selection) -> Iterator[list[str]]:
    context = selection.context
    for record in selection.rows():
        if table := TABLES.get(selection.kind):
            derived = [column.cell(record, context) for column in DERIVED[selection.kind]]
            yield [*table.row(record), *derived]
        else:
            yield [column.cell(record, context) for column in _OWN[selection.kind]]


_OWN: dict[str, Sequence[Any]] = {"timeline": TIMELINE, "anniversaries": ANNIVERSARIES}
