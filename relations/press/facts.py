"""One fact of a release beside what the atlas has of it: new, the same or another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from relations.dates import PartialDate, format_date, parse
from relations.enums import AgreementKind, CitedField, Renewal
from relations.models import Agreement, Event, Place
from relations.press.readings import Body, Named, Person
from relations.representations import describe_duration
from relations.text import fold


class Standing(StrEnum):
    """How a fact stands to what the atlas has."""

    NEW = "new"
    CONFIRMS = "confirms"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class Fact:
    """How a fact stands; `atlas` says in words what the atlas has, empty where it has nothing."""

    standing: Standing
    atlas: str = ""


NEW = Fact(Standing.NEW)


def key_of(place: Place) -> str:
    """How the reader names a place: IT-011015, and JP-27 for a prefecture."""
    return place.code if place.is_territory else f"{place.country}-{place.code}"


def is_same_day(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates may be of the same day, one of them perhaps less precise."""
    if None in (one.earliest, one.latest, other.earliest, other.latest):
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest  # type: ignore[operator] # just looked at


def fact_of_act(act: Agreement, name: CitedField, value: Any) -> Fact:
    """How a value of a reading stands to an act, whose parties, signatories and sectors are fetched."""
    return _OF_ACTS[name](act, value)


def fact_of_event(event: Event, name: CitedField, value: Any) -> Fact:
    """How a value of a reading stands to an event, whose sectors, places and partnerships are fetched."""
    match name:
        case CitedField.KIND:
            return _same(event.kind == value, event.get_kind_display())
        case CitedField.START:
            return _date(event.start_date, value)
        case CitedField.END:
            return _date(event.end_date, value)
        case CitedField.SECTORS:
            return _sector(event, value)
        case _:
            return _among(value.key, places_of(event))


def places_of(event: Event) -> list[Place]:
    """All places that an event concerns."""
    pairs = [
        place
        for pair in event.partnerships.all()
        for place in (pair.italian_place, pair.japanese_place)
    ]
    return [*pairs, *event.places.all(), *([event.place] if event.place else [])]


def _same(is_same: bool, atlas: object) -> Fact:  # noqa: FBT001 # what it is all about
    return Fact(Standing.CONFIRMS if is_same else Standing.DISAGREES, str(atlas))


def _kind(act: Agreement, value: AgreementKind) -> Fact:
    return _same(act.kind == value, act.get_kind_display())


def _signed(act: Agreement, value: str) -> Fact:
    return _date(act.signed_date, value)


def _date(known: PartialDate, value: str) -> Fact:
    if not known.is_known:
        return NEW
    return _same(is_same_day(known, parse(value)), format_date(known))


def _signed_at(act: Agreement, value: Named) -> Fact:
    return _same(key_of(act.signed_at) == value.key, act.signed_at) if act.signed_at else NEW


def _term(act: Agreement, value: int) -> Fact:
    if not act.term_months:
        return NEW
    return _same(act.term_months == value, describe_duration(act.term_months))


def _renewal(act: Agreement, value: Renewal) -> Fact:
    if act.renewal == Renewal.UNKNOWN:
        return NEW
    return _same(act.renewal == value, act.get_renewal_display())


def _party(act: Agreement, value: Body) -> Fact:
    for party in act.parties.all():
        if key_of(party.place) == value.place.key and party.institution == value.institution:
            return Fact(Standing.CONFIRMS, str(party))
    return NEW


def _signatory(act: Agreement, value: Person) -> Fact:
    """Names are the same where one has all words of the other, in any order."""
    words = set(fold(value.name).split())
    others = []
    for party in act.parties.all():
        for person in party.signatories.all():
            known = {*fold(person.name).split()}
            if words <= known or known <= words or fold(value.name) == fold(person.name_ja):
                return Fact(Standing.CONFIRMS, str(person))
            if value.country in (None, party.place.country):
                others.append(str(person))
    return Fact(Standing.DISAGREES, ", ".join(others)) if others else NEW


def _sector(record: Agreement | Event, value: str) -> Fact:
    for sector in record.sectors.all():
        if value in (sector.code, sector.parent.code if sector.parent else ""):
            return Fact(Standing.CONFIRMS, str(sector))
    return NEW


def _among(key: str, places: Iterable[Place]) -> Fact:
    there = next((place for place in places if key_of(place) == key), None)
    return Fact(Standing.CONFIRMS, str(there)) if there else NEW


_OF_ACTS: dict[CitedField, Callable[[Agreement, Any], Fact]] = {
    CitedField.KIND: _kind,
    CitedField.SIGNED: _signed,
    CitedField.SIGNED_AT: _signed_at,
    CitedField.PARTIES: _party,
    CitedField.SIGNATORIES: _signatory,
    CitedField.TERM: _term,
    CitedField.RENEWAL: _renewal,
    CitedField.SECTORS: _sector,
}
