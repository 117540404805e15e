"""The columns of files that hold agreements and events in one list, or the anniversaries of a year."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from relations.anniversaries import Anniversary
from relations.enums import Language
from relations.models import Agreement, Event, Partnership, Place
from relations.tables.derived import (
    Derived,
    Value,
    edtf,
    joined,
    territory_code,
)
from relations.uris import uri_of


def pairs_of(record: Agreement | Event) -> list[Partnership]:
    """The partnerships in whose life something happened, in alphabetical order."""
    if isinstance(record, Agreement):
        return [record.partnership]
    return sorted(record.partnerships.all(), key=lambda partnership: partnership.slug)


def started(record: Agreement | Event) -> str:
    """When it was signed or began, EDTF."""
    return record.signed if isinstance(record, Agreement) else record.start


def held_at(record: Agreement | Event) -> Place | None:
    """Where it was signed or took place."""
    return record.signed_at if isinstance(record, Agreement) else record.place


def _column(name: str, meaning: Any, read: Callable[[Any], Value]) -> Derived:
    return Derived(name, meaning, lambda record, _context: read(record))


def _partners(side: str) -> Callable[[Any], Value]:
    def read(record: Agreement | Event) -> Value:
        places = [getattr(pair, f"{side}_place") for pair in pairs_of(record)]
        return joined(dict.fromkeys(place.slug for place in places))

    return read


def _titles(read: Callable[[Any], Any]) -> tuple[Derived, ...]:
    meanings = {
        Language.ITALIAN: _("Italian title"),
        Language.JAPANESE: _("Japanese title"),
        Language.ENGLISH: _("English title"),
    }

    def title(language: Language) -> Derived:
        name = f"title_{language}"
        return _column(name, meanings[language], lambda row: getattr(read(row), name))

    return tuple(map(title, Language))


TIMELINE = (
    _column(
        "record",
        _("agreement or event"),
        lambda r: "agreement" if isinstance(r, Agreement) else "event",
    ),
    _column("slug", _("slug"), lambda r: r.slug),
    Derived("uri", _("lasting address of the record"), lambda r, c: uri_of(r, c.site)),
    _column("kind", _("kind"), lambda r: r.kind),
    *_titles(lambda r: r),
    _column("start", _("day of the signature, or first day of the event"), started),
    _column("end", _("last day of the event"), lambda r: "" if isinstance(r, Agreement) else r.end),
    _column("place", _("place"), lambda r: place.slug if (place := held_at(r)) else ""),
    _column("partnerships", _("partnerships"), lambda r: joined(p.slug for p in pairs_of(r))),
    _column("italian_places", _("slugs of the Italian places"), _partners("italian")),
    _column("japanese_places", _("slugs of the Japanese places"), _partners("japanese")),
    _column("sectors", _("sectors"), lambda r: joined(sorted(s.code for s in r.sectors.all()))),
    _column("source_count", _("number of sources"), lambda r: r.source_count),
)


def _of_places(read: Callable[[Place], str], side: str) -> Callable[[Anniversary], Value]:
    return lambda anniversary: read(getattr(anniversary.agreement.partnership, f"{side}_place"))


ANNIVERSARIES = (
    _column(
        "date",
        _("the anniversary, as far as the date of the signature tells"),
        lambda a: edtf(a.when),
    ),
    _column("years", _("years since the signature"), lambda a: a.years),
    _column("agreement", _("agreement"), lambda a: a.agreement.slug),
    Derived("uri", _("lasting address of the record"), lambda a, c: uri_of(a.agreement, c.site)),
    _column("partnership", _("partnership"), lambda a: a.agreement.partnership.slug),
    _column("kind", _("kind"), lambda a: a.agreement.kind),
    *_titles(lambda a: a.agreement),
    _column("signed", _("signed"), lambda a: a.agreement.signed),
    _column(
        "italian_place", _("slug of the Italian place"), _of_places(lambda p: p.slug, "italian")
    ),
    _column(
        "italian_region",
        _("ISO 3166-2 code of the region or prefecture"),
        _of_places(territory_code, "italian"),
    ),
    _column(
        "japanese_place", _("slug of the Japanese place"), _of_places(lambda p: p.slug, "japanese")
    ),
    _column(
        "japanese_prefecture",
        _("ISO 3166-2 code of the region or prefecture"),
        _of_places(territory_code, "japanese"),
    ),
    Derived(
        "status",
        _("as it follows from the agreements on that day"),
        lambda a, _c: a.agreement.status,
    ),
    Derived(
        "status_as_of", _("the day of which the status speaks"), lambda _a, c: c.on.isoformat()
    ),
)
