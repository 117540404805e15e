"""Accepted suggestions → drafts, in one transaction: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import transaction
from django.db.models import Model
from django.utils.translation import override

from relations.admin.agreement_forms import pair_of, titles
from relations.admin.forms import free_slug
from relations.admin.press.citing import Citer
from relations.admin.press.reading_form import ReadingForm
from relations.admin.press.rows import NEW, PAIR, Part
from relations.dates import year_of
from relations.enums import (
    AgreementKind,
    CitedField,
    Country,
    EventKind,
    Institution,
    Language,
    PublicationState,
    Renewal,
)
from relations.models import (
    Agreement,
    Event,
    Partnership,
    Party,
    Place,
    PressRelease,
    Sector,
    Signatory,
    Source,
)
from relations.permissions import check_change

Record = TypeVar("Record", bound=Model)

# The columns of an act by the name of the row that fills them, and what they hold where nothing is known.
_COLUMNS = {
    "signed": "signed",
    "signed_at": "signed_at",
    "term": "term_months",
    "renewal": "renewal",
}
_UNKNOWN = ("", None, Renewal.UNKNOWN)


@dataclass
class Made:
    """What was made, or added to."""

    source: Source
    acts: list[Agreement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


@transaction.atomic
def make_drafts(form: ReadingForm) -> Made:
    """Make what a valid form accepts, and keep the text of the release.

    Raises:
        ValidationError: the sentences that say why not; nothing is left of what was made before.
    """
    maker = _Maker(form)
    made = Made(maker.source())
    for part in form.kept(form.sheet.acts):
        made.acts.append(maker.act(part, made.source))
    for part in form.kept(form.sheet.events):
        made.events.append(maker.event(part, made))
    PressRelease.objects.keep(form.sheet.reading.text, made.source, form.sheet.user)
    maker.log()
    return made


class _Maker:
    """Makes the records of a form, one after the other."""

    def __init__(self, form: ReadingForm) -> None:
        self._form = form
        self._reading = form.sheet.reading
        self._places: dict[tuple[str, str], Place] = {}
        self._new: list[Model] = []
        self._cite = Citer(form, self._save)

    def log(self) -> None:
        """Let Django’s own log name each new record."""
        for record in self._new:
            LogEntry.objects.log_actions(
                self._form.sheet.user.pk,
                [record],
                ADDITION,
                change_message=[{"added": {}}],
                single_object=True,
            )

    def source(self) -> Source:
        """The chosen one, or else a new one."""
        if known := self._form.known_source():
            return known
        typed = {
            row.id.removeprefix("source-"): self._form.value(row) or ""
            for row in self._form.sheet.source.rows()
        }
        slug = free_slug(Source, f"{typed['publisher']} {typed['title']}")
        read_on = self._form.sheet.received.received if typed["url"] else None
        return self._save(Source(**typed, slug=slug, retrieved=read_on))

    # Acts

    def act(self, part: Part, source: Source) -> Agreement:
        """A new act, or the one that it is; with its citations. What is no draft gets these alone."""
        key = self._form.target(part)
        act = self._new_act(part) if key == NEW else self._known_act(part, key)
        is_new = act in self._new
        if act.state == PublicationState.DRAFT:
            self._add_parties(part, act)
            self._add_signatories(part, act)
            self._add_sectors(part, act)
        if is_new and act.partnership in self._new:
            for name in PAIR:
                self._cite.fact(source, act.partnership, CitedField(name), part.rows(name))
        self._cite.record(source, act, part, is_new=is_new)
        check_change(self._form.sheet.user, act)
        return act

    def _new_act(self, part: Part) -> Agreement:
        pair = self._pair(*(self._place(self._form.value(part.row(name))) for name in PAIR))
        kind = AgreementKind(self._form.value(part.row("kind")))
        act = Agreement(partnership=pair, kind=kind, **titles(kind, pair))
        self._fill(part, act)
        act.renews = pair.agreements.filter(pk=self._form.value(part.row("renews")) or 0).first()
        act.slug = free_slug(Agreement, Agreement.slug_for(pair, act.signed))
        return self._save(act)

    def _known_act(self, part: Part, key: str) -> Agreement:
        """One that the atlas has: what it does not know of a draft is filled in, and nothing else."""
        act = Agreement.objects.select_related("partnership").get(pk=key)
        if act.state == PublicationState.DRAFT and self._fill(part, act):
            act.full_clean()
            act.save()
        return act

    def _fill(self, part: Part, act: Agreement) -> bool:
        """Fill in what is not known of an act; whether there was anything."""
        filled = False
        for name, column in _COLUMNS.items():
            value = self._form.value(part.row(name))
            value = self._place(value) if isinstance(value, Place) else value
            if value not in _UNKNOWN and getattr(act, column) in _UNKNOWN:
                setattr(act, column, value)
                filled = True
        return filled

    def _pair(self, italian: Place, japanese: Place) -> Partnership:
        pair = pair_of(italian, japanese)
        return pair if pair.pk else self._save(pair)

    def _add_parties(self, part: Part, act: Agreement) -> None:
        for row in part.rows("party"):
            place = self._form.value(row)
            if not place:
                continue
            institution = self._form.value(row, "-institution") or Institution.LOCAL_GOVERNMENT
            names = _names("name", self._form.value(row, "-name"), self._reading.language)
            if institution != Institution.LOCAL_GOVERNMENT:
                names = {"name_en": next(iter(names.values()), ""), **names}
            self._party(act, self._place(place), institution, names)

    def _party(
        self, act: Agreement, place: Place, institution: str, names: dict[str, str]
    ) -> Party:
        there = act.parties.filter(place=place, institution=institution).first()
        return there or self._save(
            Party(agreement=act, place=place, institution=institution, **names)
        )

    def _add_signatories(self, part: Part, act: Agreement) -> None:
        for row in part.rows("signatory"):
            name = self._form.value(row)
            if not name or (row.fact and row.fact.atlas and self._form.target(part) != NEW):
                continue  # known, or known otherwise: what the source states is cited
            country = self._form.value(row, "-country") or Country.ITALY
            office = _names("office", self._form.value(row, "-office"), self._reading.language)
            party = self._party_of(act, country)
            if not party.signatories.filter(name=name).exists():
                self._save(Signatory(party=party, name=name, **office))

    def _party_of(self, act: Agreement, country: str) -> Party:
        """The first party of a side; who signs for a side without one signs for its government."""
        parties = act.parties.filter(place__country=country).order_by("pk")
        pair = act.partnership
        place = pair.italian_place if country == Country.ITALY else pair.japanese_place
        return parties.first() or self._party(act, place, Institution.LOCAL_GOVERNMENT, {})

    # Events

    def event(self, part: Part, made: Made) -> Event:
        """A new event, or the one that it is; with its citations."""
        key = self._form.target(part)
        event = self._new_event(part, made) if key == NEW else Event.objects.get(pk=key)
        if event.state == PublicationState.DRAFT:
            self._add_sectors(part, event)
        self._cite.record(made.source, event, part, is_new=key == NEW)
        check_change(self._form.sheet.user, event)
        return event

    def _new_event(self, part: Part, made: Made) -> Event:
        kind = EventKind(self._form.value(part.row("kind")))
        places = [self._place(place) for place in self._values(part, "place")]
        pair = self._pair_of_event(part, places, made)
        partners = (pair.italian_place, pair.japanese_place) if pair else ()
        event = Event(kind=kind, **_event_titles(kind, pair, places))
        event.start = self._form.value(part.row("start")) or ""
        event.end = self._form.value(part.row("end")) or ""
        year = year_of(event.start) if event.start else ""
        event.slug = free_slug(
            Event, f"{pair.slug if pair else places[0].slug if places else ''}-{kind}-{year or ''}"
        )
        self._save(event)
        if pair:
            event.partnerships.add(pair)
        event.places.add(*(place for place in places if place not in partners))
        return event

    def _pair_of_event(self, part: Part, places: Sequence[Place], made: Made) -> Partnership | None:
        """That of its own two places, if they have one; where it names no two, that of the first act."""
        sides = {place.country: place for place in reversed(places)}
        if len(sides) == len(Country):
            return Partnership.objects.between(sides["IT"], sides["JP"]).with_places().first()
        if made.acts:
            return made.acts[0].partnership
        return part.event.partnership if part.event else None

    # What they share

    def _add_sectors(self, part: Part, record: Agreement | Event) -> None:
        record.sectors.add(*Sector.objects.filter(code__in=self._values(part, "sector")))

    def _values(self, part: Part, name: str) -> list[Any]:
        """The accepted values of the rows of a name."""
        return [value for row in part.rows(name) if (value := self._form.value(row))]

    def _place(self, place: Place) -> Place:
        """A place, saved; the same for all rows that name it."""
        if place.pk:
            return place
        key = (place.country, place.code)
        if key not in self._places:
            if Place.objects.filter(
                slug=place.slug
            ).exists():  # another one of this name, just made
                place.slug = f"{place.slug}-{place.code}"
            self._places[key] = self._save(place)
        return self._places[key]

    def _save(self, record: Record) -> Record:
        record.full_clean()
        record.save()
        self._new.append(record)
        return record


def _names(column: str, text: str | None, language: Language) -> dict[str, str]:
    """A text in the column of the language of the release."""
    return {f"{column}_{language}": text} if text else {}


def _event_titles(
    kind: EventKind, pair: Partnership | None, places: Sequence[Place]
) -> dict[str, str]:
    """A plain title in each language: Delegation: La Spezia – Izumisano."""
    made = {}
    for language in Language:
        with override(language):
            whom = str(pair) if pair else ", ".join(map(str, places))
            made[f"title_{language}"] = f"{kind.label}: {whom}" if whom else str(kind.label)
    return made
