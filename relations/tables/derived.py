"""Columns that follow from others, for readers: they stand behind a table's own in public files.

An import passes over them. They are also the properties of the features on a map.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from relations.cells import guarded
from relations.dates import PartialDate
from relations.enums import Language
from relations.models import Agreement, Partnership, Place
from relations.tables.forms import BETWEEN
from relations.uris import uri_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Context:
    """What is true of a whole file: where the site is (see `relations.uris.origin`), and of which day it speaks."""

    site: str
    on: date


@dataclass(frozen=True)
class Derived:
    """A column: its lasting name, what it is, and how it follows from a record."""

    name: str
    meaning: "StrPromise"
    read: Callable[[Any, Context], Value]

    def cell(self, record: Any, context: Context) -> str:
        """What stands in a file of rows: nothing that a program could work out."""
        value = self.read(record, context)
        return str(value) if isinstance(value, int) else guarded(value or "")


def column(name: str, meaning: "StrPromise", read: Callable[[Any], Value]) -> Derived:
    """A column that follows from a record alone."""
    return Derived(name, meaning, lambda record, _context: read(record))


def joined(values: Iterable[str]) -> str:
    """Several codes or slugs in one cell."""
    return f"{BETWEEN} ".join(values)


def edtf(when: PartialDate) -> str:
    """A date as far as it is known, empty where nothing is."""
    return when.edtf if when.is_known else ""


def territory_code(place: Place) -> str:
    """The ISO 3166-2 code of the region or prefecture that a place lies in, or is."""
    return place.territory.code


def _named(attribute: str) -> Callable[[Any, Context], Value]:
    return lambda record, _context: getattr(record, attribute)


def _partnership(record: Partnership | Agreement) -> Partnership:
    return record.partnership if isinstance(record, Agreement) else record


def _partner(side: str) -> tuple[Derived, ...]:
    """What a reader wants to know of one of the two places without another table."""

    def place(record: Any) -> Place:
        partner: Place = getattr(_partnership(record), f"{side}_place")
        return partner

    def name(language: Language) -> Derived:
        label = {
            Language.ITALIAN: _("name of the place, in Italian"),
            Language.JAPANESE: _("name of the place, in Japanese"),
            Language.ENGLISH: _("name of the place, in English"),
        }[language]
        return Derived(
            f"{side}_place_name_{language}",
            label,
            lambda r, _c: getattr(place(r), f"name_{language}"),
        )

    return (
        *map(name, Language),
        Derived(
            f"{side}_place_code",
            _("official code of the place: ISTAT, JIS X 0402 or ISO 3166-2"),
            lambda r, _c: place(r).code,
        ),
        Derived(
            "italian_region" if side == "italian" else "japanese_prefecture",
            _("ISO 3166-2 code of the region or prefecture"),
            lambda r, _c: territory_code(place(r)),
        ),
    )


_URI = Derived("uri", _("lasting address of the record"), lambda r, c: uri_of(r, c.site))
STATUS_AS_OF = Derived(
    "status_as_of", _("the day of which the status speaks"), lambda _r, c: c.on.isoformat()
)
_STATUS = (
    Derived("status", _("as it follows from the agreements on that day"), _named("status")),
    STATUS_AS_OF,
)
_SOURCES = Derived("source_count", _("number of sources"), _named("source_count"))
_PARTNERSHIP_COUNT = Derived(
    "partnership_count", _("number of partnerships"), _named("partnership_count")
)


_PARTNERSHIPS = (
    _URI,
    *_partner("italian"),
    *_partner("japanese"),
    column("first_signed", _("date of the first agreement"), lambda p: edtf(p.first_signed_date)),
    *_STATUS,
    column("kinds", _("kinds of its agreements"), lambda p: joined(p.kinds)),
    column(
        "sectors", _("sectors of its agreements"), lambda p: joined(s.code for s in p.all_sectors)
    ),
    column("agreement_count", _("number of agreements"), lambda p: len(p.public_agreements)),
    column("event_count", _("number of events"), lambda p: len(p.public_events)),
    _SOURCES,
    column(
        "last_event",
        _("date of the last event on record"),
        lambda p: edtf(p.last_event.start_date) if p.last_event else "",
    ),
    column("distance_km", _("distance of the two places in kilometres"), lambda p: p.distance_km),
)
_AGREEMENTS = (
    _URI,
    column(
        "italian_place", _("slug of the Italian place"), lambda a: a.partnership.italian_place.slug
    ),
    *_partner("italian"),
    column(
        "japanese_place",
        _("slug of the Japanese place"),
        lambda a: a.partnership.japanese_place.slug,
    ),
    *_partner("japanese"),
    column(
        "signed_precision", _("how much of the date is known"), lambda a: a.signed_date.precision
    ),
    column("term_end", _("end of the term"), lambda a: edtf(a.term_end_date)),
    *_STATUS,
    _SOURCES,
)
_EVENTS = (
    _URI,
    column("start_precision", _("how much of the date is known"), lambda e: e.start_date.precision),
    _SOURCES,
)
_PLACES = (
    _URI,
    column("region_code", _("ISO 3166-2 code of the region or prefecture"), territory_code),
    _PARTNERSHIP_COUNT,
)
DERIVED: dict[str, tuple[Derived, ...]] = {
    "partnerships": _PARTNERSHIPS,
    "agreements": _AGREEMENTS,
    "events": _EVENTS,
    "places": _PLACES,
    "sources": (
        _URI,
        Derived("citation_count", _("number of facts that it supports"), _named("citation_count")),
    ),
    "sectors": (
        _URI,
        _PARTNERSHIP_COUNT,
        Derived("event_count", _("number of events"), _named("event_count")),
    ),
    "citations": (),
}
