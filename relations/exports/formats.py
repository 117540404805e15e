"""The formats in which a list can be taken away, and which lists have which."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from relations.exports.calendars import write_ics
from relations.exports.documents import write_json
from relations.exports.entries import write_atom
from relations.exports.features import write_geojson
from relations.exports.selection import Selection
from relations.exports.sheets import write_csv, write_csv_for_excel, write_xlsx

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Format:
    """A format: the end of its addresses, its media type, what it is called and good for, and its writer."""

    suffix: str
    media_type: str
    label: "StrPromise | str"
    purpose: "StrPromise"
    write: Callable[[Selection], bytes]

    @property
    def short_type(self) -> str:
        """The media type without its parameters, as `type` of a link has it."""
        return self.media_type.partition(";")[0]


FORMATS = {
    form.suffix: form
    for form in (
        Format(
            "csv",
            "text/csv; charset=utf-8; header=present",
            "CSV",
            _("a table for programs, UTF-8, commas"),
            write_csv,
        ),
        Format(
            "excel.csv",
            "text/csv; charset=utf-8; header=present",
            _("CSV (Excel)"),
            _("a table that Excel opens with a double click"),
            write_csv_for_excel,
        ),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel",
            _("a workbook, codes as text"),
            write_xlsx,
        ),
        Format("json", "application/json", "JSON", _("whole records for programs"), write_json),
        Format(
            "geojson",
            "application/geo+json",
            "GeoJSON",
            _("points and lines for maps"),
            write_geojson,
        ),
        Format(
            "ics",
            "text/calendar; charset=utf-8",
            "iCalendar",
            _("days for your calendar"),
            write_ics,
        ),
        Format(
            "atom",
            "application/atom+xml; charset=utf-8",
            "Atom",
            _("a feed to follow changes"),
            write_atom,
        ),
    )
}
_ALL = tuple(FORMATS)
_SHEETS = ("csv", "excel.csv", "xlsx", "json")
# What has no place on a map has no GeoJSON, and what has no date no calendar and no feed.
SUFFIXES: dict[str, tuple[str, ...]] = {
    "partnerships": _ALL,
    "agreements": _ALL,
    "timeline": _ALL,
    "anniversaries": _ALL,
    "places": (*_SHEETS, "geojson"),
    "sectors": _SHEETS,
    "sources": _SHEETS,
}


def formats_of(kind: str) -> list[Format]:
    """The formats of a list."""
    return [FORMATS[suffix] for suffix in SUFFIXES[kind]]
