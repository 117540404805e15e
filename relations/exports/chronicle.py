"""The columns of files that hold agreements and events in one list, or the anniversaries of a year."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from relations.anniversaries import Anniversary
from relations.enums import Language
from relations.models import Agreement, Event, Partnership, Place
from relations.tables.derived import (
    STATUS_AS_OF,
    Derived,
    Value,
    column,
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
        return column(name, meanings[language], lambda row: getattr(read(row), name))

    return tuple(map(title, Language))


TIMELINE = (
    column(
        "record",
        _("agreement or event"),
        lambda r: "agreement" if isinstance(r, Agreement) else "event",
    ),
    column("slug", _("slug"), lambda r: r.slug),
    Derived("uri", _("lasting address of the record"), lambda r, c: uri_of(r, c.site)),
    column("kind", _("kind"), lambda r: r.kind),
    *_titles(lambda r: r),
    column("start", _("day of the signature, or first day of the event"), started),
    column("end", _("last day of the event"), lambda r: "" if isinstance(r, Agreement) else r.end),
    column("place", _("place"), lambda r: place.slug if (place := held_at(r)) else ""),
    column("partnerships", _("partnerships"), lambda r: joined(p.slug for p in pairs_of(r))),
    column("italian_places", _("slugs of the Italian places"), _partners("italian")),
    column("japanese_places", _("slugs of the Japanese places"), _partners("japanese")),
    column("sectors", _("sectors"), lambda r: joined(sorted(s.code for s in r.sectors.all()))),
    column("source_count", _("number of sources"), lambda r: r.source_count),
)


def _of_places(read: Callable[[Place], str], side: str) -> Callable[[Anniversary], Value]:
    return lambda anniversary: read(getattr(anniversary.agreement.partnership, f"{side}_place"))


ANNIVERSARIES = (
    column(
        "date",
        _("the anniversary, as far as the date of the signature tells"),
        lambda a: edtf(a.when),
    ),
    column("years", _("years since the signature"), lambda a: a.years),
    column("agreement", _("agreement"), lambda a: a.agreement.slug),
    Derived("uri", _("lasting address of the record"), lambda a, c: uri_of(a.agreement, c.site)),
    column("partnership", _("partnership"), lambda a: a.agreement.partnership.slug),
    column("kind", _("kind"), lambda a: a.agreement.kind),
    *_titles(lambda a: a.agreement),
    column("signed", _("signed"), lambda a: a.agreement.signed),
    column(
        "italian_place", _("slug of the Italian place"), _of_places(lambda p: p.slug, "italian")
    ),
    column(
        "italian_region",
        _("ISO 3166-2 code of the region or prefecture"),
        _of_places(territory_code, "italian"),
    ),
    column(
        "japanese_place", _("slug of the Japanese place"), _of_places(lambda p: p.slug, "japanese")
    ),
    column(
        "japanese_prefecture",
        _("ISO 3166-2 code of the region or prefecture"),
        _of_places(territory_code, "japanese"),
    ),
    column(
        "status", _("as it follows from the agreements on that day"), lambda a: a.agreement.status
    ),
    STATUS_AS_OF,
)
