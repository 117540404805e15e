"""Excel workbooks (Office Open XML), all of whose cells are text."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LONGEST_CELL = 32_767
_TEXT_FORMAT = "@"


def write_workbook(kind: str, head: list[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook of one sheet, all of whose cells are text.

    Raises:
        ValueError: a text does not fit into a cell of a workbook; the sentence says which.
    """
    rows = [list(row) for row in rows]
    for name, text in (pair for row in rows for pair in zip(head, row, strict=True)):
        _check_fits(name, text)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind)
    sheet.freeze_panes = "B2"
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _check_fits(name: str, text: str) -> None:
    if len(text) > LONGEST_CELL or ILLEGAL_CHARACTERS_RE.search(text):
        raise ValueError(
            _("A text in the column “%(column)s” does not fit into a workbook. Take the CSV file.")
            % {"column": name}
        )


def _cell(sheet: Any, text: str) -> Any:
    """A cell of text, which stays text when it is typed anew: 011015 keeps its zero."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    return cell
