"""Files → rows of cells, or what is wrong with them as files.

The format is told by the content, whatever the name says.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.bulk.errors import FileError
from relations.bulk.workbooks import Broken, read_workbook
from relations.tables import DERIVED, Table

__all__ = ("FileError", "Sheet", "read_file")

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
_MEGABYTE = 1024 * 1024
_DELIMITERS = ",;\t"
_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

Cells = Sequence[str | Broken]


@dataclass
class Sheet:
    """The rows of a file: `rows` are their numbers, as a program for tables counts them, and their cells by column."""

    columns: list[str]
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    broken: dict[int, dict[str, str]] = field(default_factory=dict)

    def complain(self, number: int, column: str, sentence: str) -> None:
        """Note what is wrong with a cell, or with a row (`column` empty), as a part of the file."""
        self.broken.setdefault(number, {})[column] = sentence


def read_file(content: bytes, table: Table) -> Sheet:
    """Read a CSV file or a workbook.

    Raises:
        FileError: it is no such file, or not one of this table.
    """
    if not content:
        raise FileError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise FileError(
            _("The file has more than %(count)d MB. Split it into smaller ones.")
            % {"count": MOST_BYTES // _MEGABYTE}
        )
    _refuse_other_kinds(content)
    if content.startswith(_ZIP):
        return _sheet(read_workbook(content, table.kind), table)
    return _sheet(_read_csv(content, table), table)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE):
        raise FileError(
            _(
                "This is an old workbook (.xls) or one with a password. Save it as .xlsx, without a password."
            )
        )
    if content.startswith(_PDF):
        raise FileError(_("This is a PDF. Choose a CSV file or a workbook (.xlsx)."))
    if content.startswith(_UTF16):
        raise FileError(
            _("The file is not UTF-8 but UTF-16. In Excel save it as “CSV UTF-8” or as .xlsx.")
        )


def _read_csv(content: bytes, table: Table) -> Iterator[tuple[int, Cells]]:
    text = _decoded(content)
    first, _newline, rest = text.partition("\n")
    start = 1
    delimiter = _delimiter(first, table)
    if first.strip().lower().startswith("sep="):  # Excel's own way to say it
        delimiter, text, start = first.strip()[4:5] or delimiter, rest, 2
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = start - 1
    try:
        for number, cells in enumerate(reader, start):  # named by the sentence below
            yield number, cells
    except csv.Error as error:
        raise FileError(
            _("After row %(number)d the file is not CSV: %(problem)s. Look for a missing quote.")
            % {"number": number, "problem": error}
        ) from error


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(
            _(
                "The file is not UTF-8: line %(line)d cannot be read. In Excel save it as “CSV UTF-8” or as .xlsx."
            )
            % {"line": line}
        ) from error
    if "\0" in text:
        raise FileError(_("This is not text. Choose a CSV file or a workbook (.xlsx)."))
    return text


def _delimiter(head: str, table: Table) -> str:
    """That by which the head has the most columns of the table: Excel in Italy writes semicolons."""

    def known(delimiter: str) -> int:
        names = (name.strip().strip('"').lower() for name in head.split(delimiter))
        return sum(name in table.by_name for name in names)

    return max(_DELIMITERS, key=known)


def _sheet(rows: Iterable[tuple[int, Cells]], table: Table) -> Sheet:
    """The rows below the head, without those that are empty."""
    filled = ((number, cells) for number, cells in rows if any(map(_is_filled, cells)))
    _number, first = next(filled, (0, ()))
    head = _head(first, table)
    sheet = Sheet([name for name in head if name in table.by_name])
    for number, cells in filled:
        if len(sheet.rows) == MOST_ROWS:
            raise FileError(
                _("The file has more than %(count)d rows. Split it into smaller ones.")
                % {"count": MOST_ROWS}
            )
        sheet.rows.append((number, _row(sheet, head, number, cells)))
    if not sheet.rows:
        raise FileError(_("The file has no rows below the names of the columns."))
    return sheet


def _is_filled(cell: str | Broken) -> bool:
    return isinstance(cell, Broken) or bool(cell.strip())


def _head(cells: Cells, table: Table) -> list[str]:
    """The names of the columns, those that a public file has besides and no import reads among them."""
    names = [str(cell).strip().lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    known = ", ".join(table.names)
    derived = {column.name for column in DERIVED[table.kind]}
    if unknown := [name for name in names if name not in {*table.by_name, *derived}]:
        raise FileError(
            _(
                "The first row names columns that the table “%(table)s” does not have: %(unknown)s. Its columns are: %(known)s."
            )
            % {"table": table.kind, "unknown": ", ".join(map(repr, unknown)), "known": known}
        )
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise FileError(
            _("The column “%(column)s” stands twice. Leave one of them.") % {"column": twice[0]}
        )
    if missing := [name for name in table.key if name not in names]:
        raise FileError(
            ngettext(
                "The column %(columns)s is missing, by which the rows are known.",
                "The columns %(columns)s are missing, by which the rows are known.",
                len(missing),
            )
            % {"columns": ", ".join(missing)}
        )
    return names


def _row(sheet: Sheet, head: Sequence[str], number: int, cells: Cells) -> dict[str, str]:
    given = list(cells)
    while given and not _is_filled(given[-1]):
        given.pop()
    if len(given) > len(head):
        sheet.complain(
            number,
            "",
            _(
                "The row has more cells than there are columns. A text with a comma or semicolon needs quotes around it."
            ),
        )
    given += [""] * (len(head) - len(given))
    row = {}
    for name, cell in zip(head, given, strict=False):
        if name not in sheet.columns:
            continue
        if isinstance(cell, Broken):
            sheet.complain(number, name, cell.sentence)
        row[name] = "" if isinstance(cell, Broken) else cell
    return row
