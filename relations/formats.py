"""The formats in which a list can be taken away, and which lists have which; `relations.exports` writes them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the end of its addresses, its media type, what it is called and good for."""

    suffix: str
    media_type: str
    label: "StrPromise | str"
    purpose: "StrPromise"

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
        ),
        Format(
            "excel.csv",
            "text/csv; charset=utf-8; header=present",
            _("CSV (Excel)"),
            _("a table that Excel opens with a double click"),
        ),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel",
            _("a workbook, codes as text"),
        ),
        Format("json", "application/json", "JSON", _("whole records for programs")),
        Format("geojson", "application/geo+json", "GeoJSON", _("points and lines for maps")),
        Format("ics", "text/calendar; charset=utf-8", "iCalendar", _("days for your calendar")),
        Format(
            "atom", "application/atom+xml; charset=utf-8", "Atom", _("a feed to follow changes")
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
# The lists that have one address each; the anniversaries have one for each year.
LISTS = tuple(kind for kind in SUFFIXES if kind != "anniversaries")


def formats_of(kind: str) -> list[Format]:
    """The formats of a list."""
    return [FORMATS[suffix] for suffix in SUFFIXES[kind]]
