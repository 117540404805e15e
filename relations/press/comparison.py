"""A reading beside the atlas: which partnership, which act, and whether all of it was read before.

The same number of queries for a release of one act as for one of ten.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, Q

from relations.dates import PartialDate, parse
from relations.enums import Country, PlaceKind
from relations.models import Agreement, Event, Partnership, Place, PressRelease, Source
from relations.models.parties import Party
from relations.press.facts import is_same_day, key_of, places_of
from relations.press.readings import (
    UNSURE,
    ActReading,
    EventReading,
    Named,
    Reading,
    Stage,
    Suggestion,
)
from relations.text import fold

# Two dates of one act, as sources give them: the day of the vote and that of the signature, a slip of a year.
_NEAR = timedelta(days=31)
_SLIP = timedelta(days=2 * 366)

Keys = tuple[str, str]  # of an Italian and a Japanese place


@dataclass(frozen=True, slots=True)
class Sides:
    """The two places that an act or event joins, where the release tells them."""

    italian: Suggestion[Named] | None
    japanese: Suggestion[Named] | None

    @property
    def keys(self) -> Keys | None:
        """Those of both, if both are told."""
        return (
            (self.italian.value.key, self.japanese.value.key)
            if self.italian and self.japanese
            else None
        )


@dataclass(frozen=True, slots=True)
class ComparedAct:
    """An act of a reading: its partnership and that one's acts in the atlas, of which `likely` seems to be it."""

    sides: Sides
    partnership: Partnership | None
    acts: tuple[Agreement, ...]
    likely: Agreement | None
    renewed: Agreement | None


@dataclass(frozen=True, slots=True)
class ComparedEvent:
    """An event of a reading, and the one of the atlas that seems to be it."""

    sides: Sides
    partnership: Partnership | None
    likely: Event | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of a reading beside the atlas. `places` are those that the atlas has, by key."""

    places: dict[str, Place]
    acts: tuple[ComparedAct, ...]
    events: tuple[ComparedEvent, ...]
    texts: tuple[PressRelease, ...]
    sources: tuple[Source, ...]


def compare(reading: Reading, url: str = "") -> Comparison:
    """Look up what the atlas has of a reading; `url` is where the release was found, if it is known."""
    sides = [sides_of(act, reading) for act in reading.acts]
    of_events = [_sides_of_event(event) for event in reading.events]
    pairs = _partnerships({one.keys for one in (*sides, *of_events) if one.keys})
    found = [pairs.get(one.keys) if one.keys else None for one in sides]
    texts = tuple(PressRelease.objects.of_text(reading.text).select_related("source", "read_by"))
    sources = tuple(_sources(reading, url))
    known = {source.pk for source in (*sources, *(kept.source for kept in texts))}
    acts = tuple(
        _compared(act, one, pair, known)
        for act, one, pair in zip(reading.acts, sides, found, strict=True)
    )
    fallback = next(iter(acts), None)
    return Comparison(
        places=_places(_named(reading)),
        acts=acts,
        events=tuple(
            _compared_event(event, one, pairs, fallback)
            for event, one in zip(reading.events, of_events, strict=True)
        ),
        texts=texts,
        sources=sources,
    )


def sides_of(act: ActReading, reading: Reading) -> Sides:
    """The places of the bodies that an act binds; where none is told, the first of each country that is named."""
    return Sides(_side(act, reading, Country.ITALY), _side(act, reading, Country.JAPAN))


def _side(act: ActReading, reading: Reading, country: Country) -> Suggestion[Named] | None:
    for body in act.bodies:
        if body.value.place.country == country:
            return Suggestion(body.value.place, body.evidence, body.confidence, body.reason)
    for place in reading.places:
        if place.value.country == country:
            doubtful = min(place.confidence, UNSURE - 0.1)
            return Suggestion(
                place.value, place.evidence, doubtful, place.reason, others=place.others
            )
    return None


def _sides_of_event(event: EventReading) -> Sides:
    def first(country: Country) -> Suggestion[Named] | None:
        return next((place for place in event.places if place.value.country == country), None)

    return Sides(first(Country.ITALY), first(Country.JAPAN))


def _partnerships(keys: Collection[Keys]) -> dict[Keys, Partnership]:
    """The partnerships of pairs of places, with all that a comparison asks of their acts and events."""
    either = Q()
    for italian, japanese in keys:
        either |= _is("italian_place__", italian) & _is("japanese_place__", japanese)
    if not either:
        return {}
    parties = Party.objects.select_related("place").prefetch_related("signatories")
    acts = Agreement.objects.select_related("signed_at").prefetch_related(
        Prefetch("parties", parties), "sectors__parent", "citations"
    )
    events = Event.objects.select_related("place").prefetch_related(
        "sectors__parent", "places", "partnerships__italian_place", "partnerships__japanese_place"
    )
    found = (
        Partnership.objects.filter(either)
        .with_places()
        .prefetch_related(Prefetch("agreements", acts), Prefetch("events", events), "citations")
    )
    return {(key_of(pair.italian_place), key_of(pair.japanese_place)): pair for pair in found}


def _is(prefix: str, key: str) -> Q:
    """Whether a place has this key: a region's or prefecture's code has its country already."""
    country, _dash, code = key.partition("-")
    of_territory = Q(**{f"{prefix}kind__in": PlaceKind.territories(), f"{prefix}code": key})
    return of_territory | Q(**{f"{prefix}country": country, f"{prefix}code": code})


def _named(reading: Reading) -> set[str]:
    """The keys of all places that a reading names anywhere."""
    suggestions = [*reading.places, *reading.near_misses]
    for act in reading.acts:
        suggestions += [act.signed_at] if act.signed_at else []
    for event in reading.events:
        suggestions += event.places
    if reading.source.dateline:
        suggestions.append(reading.source.dateline)
    named = [place for one in suggestions for place in (one.value, *one.others)]
    named += [
        body.place
        for act in reading.acts
        for one in act.bodies
        for body in (one.value, *one.others)
    ]
    return {place.key for place in named}


def _places(keys: Iterable[str]) -> dict[str, Place]:
    either = Q(pk=None)
    for key in keys:
        either |= _is("", key)
    return {key_of(place): place for place in Place.objects.filter(either).select_related("region")}


def _compared(
    act: ActReading, sides: Sides, pair: Partnership | None, sources: Collection[int]
) -> ComparedAct:
    acts = tuple(sorted(pair.agreements.all(), key=_by_date)) if pair else ()
    likely = _likely(act, acts, sources)
    is_renewal = act.stage is not None and act.stage.value == Stage.RENEWED
    earlier = [one for one in acts if one != likely]
    return ComparedAct(sides, pair, acts, likely, earlier[-1] if is_renewal and earlier else None)


def _by_date(act: Agreement) -> tuple[str, str]:
    return (str(act.signed_earliest or "9"), act.slug)


def _likely(
    act: ActReading, acts: Iterable[Agreement], sources: Collection[int]
) -> Agreement | None:
    """The act that is most like it: of the same time, or of the same kind where time does not speak against it.

    Of two that are as like the one is taken that cites one of the sources.
    """

    def rank(other: Agreement) -> tuple[int, bool]:
        cites = any(citation.source_id in sources for citation in other.citations.all())
        return (_likeness(act, other), cites)

    like = [other for other in acts if _likeness(act, other)]
    return max(like, key=rank, default=None)


def _likeness(act: ActReading, other: Agreement) -> int:
    """How like they are, from 0 (another act) to 6.

    A release that tells no date speaks of the act that is there, whatever it calls it; unless it
    tells of one to come.
    """
    if not _bind_the_same(act, other):
        return 0
    signed = parse(act.signed.value if act.signed else "")
    same_kind = act.kind is not None and act.kind.value == other.kind
    if not signed.is_known or not other.signed_date.is_known:
        is_another = act.stage is not None and act.stage.value != Stage.SIGNED
        return 0 if is_another else 2 if same_kind else 1
    if _is_within(signed, other.signed_date, timedelta(0)):
        return 6 if same_kind else 5
    if _is_within(signed, other.signed_date, _NEAR):
        return 4
    return 3 if same_kind and _is_within(signed, other.signed_date, _SLIP) else 0


def _bind_the_same(act: ActReading, other: Agreement) -> bool:
    """Whether they may bind the same bodies: a city is not its chamber of commerce."""
    told = {body.value.institution for body in act.bodies}
    known = {party.institution for party in other.parties.all()}
    return not told or not known or bool(told & known)


def _is_within(one: PartialDate, other: PartialDate, time: timedelta) -> bool:
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.earliest - time <= other.latest and other.earliest <= one.latest + time


def _compared_event(
    event: EventReading, sides: Sides, pairs: dict[Keys, Partnership], first: ComparedAct | None
) -> ComparedEvent:
    """An event that names no pair belongs to that of the first act."""
    pair = pairs.get(sides.keys) if sides.keys else None
    if not sides.keys and first:
        sides, pair = first.sides, first.partnership
    known = pair.events.all() if pair else ()
    return ComparedEvent(sides, pair, next((one for one in known if _is_it(event, one)), None))


def _is_it(event: EventReading, other: Event) -> bool:
    if event.kind.value != other.kind:
        return False
    if not event.start or not other.start_date.is_known:
        return not event.start and not other.start_date.is_known and _share_a_place(event, other)
    return is_same_day(parse(event.start.value), other.start_date)


def _share_a_place(event: EventReading, other: Event) -> bool:
    there = {key_of(place) for place in places_of(other)}
    return any(place.value.key in there for place in event.places)


def _sources(reading: Reading, url: str) -> list[Source]:
    """Those at the same address, or of the same title and time."""
    read = reading.source
    either = Q(url=url) if url else Q(pk=None)
    when = parse(read.published.value if read.published else "")
    if when.is_known:
        either |= Q(published_earliest__lte=when.latest, published_latest__gte=when.earliest)
    title = fold(read.title.value) if read.title else ""
    found = Source.objects.filter(either)
    return [
        source
        for source in found
        if (url and source.url == url) or (title and fold(source.title) == title)
    ]
