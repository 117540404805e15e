"""Excel workbooks (Office Open XML) that come in; for those that go out see `relations.tables.workbooks`.

What is read is bounded: by the sizes that the archive states, beyond which Python does not
unpack. Formulas are not worked out, and no entity of XML is fetched or expanded.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from relations.bulk.errors import FileError

MOST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS = 1000
# A cell far away makes openpyxl fill up all rows and columns before it.
MOST_COLUMNS = 100
LAST_ROW = 50_000
_DOCTYPE = re.compile(rb"<!\s*DOCTYPE|<!\s*ENTITY", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<[A-Za-z_]")
_PROLOG = 1 << 20


@dataclass(frozen=True)
class Broken:
    """A cell that holds no value of its own."""

    sentence: str


def read_workbook(content: bytes, kind: str) -> Iterator[tuple[int, list[str | Broken]]]:
    """The rows of the sheet that is named after the table, or else of the only one that holds anything.

    Raises:
        FileError: it is no workbook, or has several such sheets.
    """
    _check_archive(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        yield from _rows(_sheet(book, kind))
    except FileError:
        raise
    except Exception as error:  # openpyxl has no exception of its own for what it cannot read
        raise FileError(
            _("This workbook cannot be read. Open it in Excel and save it again as .xlsx.")
        ) from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str | Broken]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > LAST_ROW:
            raise FileError(
                _("Below row %(count)d nothing is read. Move the rows up, or split the file.")
                % {"count": LAST_ROW}
            )
        yield number, [_text(cell) for cell in row]


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise FileError(
                    _("This is not an Excel workbook. Save it as .xlsx or as “CSV UTF-8”.")
                )
            unpacked = sum(member.file_size for member in members)
            if unpacked > MOST_UNPACKED or len(members) > MOST_MEMBERS:
                raise FileError(
                    _("This workbook is too large once it is unpacked. Split it into smaller ones.")
                )
            if any(_has_doctype(archive, name) for name in names):
                raise FileError(
                    _("This workbook holds definitions that Excel does not write. It is not read.")
                )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise FileError(
            _("The file is damaged: it begins like a workbook but cannot be unpacked.")
        ) from error


def _has_doctype(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether an XML part declares entities; without them none can be expanded."""
    with archive.open(name) as part:
        start = _COMMENT.sub(b"", part.read(_PROLOG).replace(b"\0", b""))  # UTF-16 too
    root = _ROOT.search(start)
    return bool(_DOCTYPE.search(start, 0, root.start() if root else len(start)))


def _sheet(book: Any, kind: str) -> Any:
    sheets = book.worksheets
    for sheet in sheets:
        sheet.reset_dimensions()  # what a file says of its size may be wrong
    named = [sheet for sheet in sheets if sheet.title.strip().lower() == kind]
    filled = named or [sheet for sheet in sheets if _has_content(sheet)]
    if len(filled) > 1:
        titles = ", ".join(sheet.title for sheet in filled)
        raise FileError(
            _("Several sheets hold something: %(titles)s. Leave one, or name it “%(kind)s”.")
            % {"titles": titles, "kind": kind}
        )
    if not filled:
        raise FileError(_("The file is empty."))
    return filled[0]


def _has_content(sheet: Any) -> bool:
    rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS), LAST_ROW)
    return any(cell.value is not None for row in rows for cell in row)


def _text(cell: Any) -> str | Broken:
    """What a cell holds, as it would stand in a CSV file."""
    value = cell.value
    if cell.data_type == "f":
        return Broken(_("The cell holds a formula. Put its value there (paste as value)."))
    if cell.data_type == "e":
        return Broken(_("The cell holds an error: %(value)s.") % {"value": value})
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text_of_date(value) if isinstance(value, (date, time, timedelta)) else _plain(value)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _text_of_date(value: Any) -> str | Broken:
    if isinstance(value, datetime) and value.time() == time(0):
        value = value.date()
    if type(value) is not date:
        return Broken(_("Excel has made a time of this cell. Format it as text and type it again."))
    return value.isoformat()
