"""What was read in a release. Nothing here touches the database, the network or a clock.

Every suggestion has evidence in the text: there is none without. Offsets count characters
(code points) of `Reading.text`, which is the release as it was tidied, not the file as it came.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from relations.enums import (
    AgreementKind,
    Country,
    EventKind,
    Institution,
    Language,
    PlaceKind,
    Renewal,
)

Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 # reads better where it is used


class Stage(StrEnum):
    """How far an act has come, as the release tells it."""

    SIGNED = "signed"
    RENEWED = "renewed"
    PLANNED = "planned"  # decided or dated: a council has voted, a day is set
    HOPED_FOR = "hoped_for"  # only wished: somebody would like it


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (the first) to `end` (behind the last) of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[Value]):
    """One value that the text gives, where it gives it, and why it is taken for that.

    `evidence` is never empty. `confidence` is between 0 and 1; below `UNSURE` the desk asks
    for a look. `reason` is one sentence for the editor, in the active language.
    `implied` marks what the text does not say but what follows from it (an anniversary's
    year); `others` are values that the evidence allows too, the likeliest first.
    """

    value: Value
    evidence: tuple[Span, ...]
    confidence: float
    reason: str
    implied: bool = False
    others: tuple[Value, ...] = ()


UNSURE = 0.7


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the gazetteer or the atlas: `key` is its country and official code (IT-011015, JP-27)."""

    key: str
    country: Country
    kind: PlaceKind
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body that is bound: the government of a place, or another institution there with its name."""

    place: Named
    institution: Institution
    name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed: the name as written, the office as written, the side (None where it is not told)."""

    name: str
    office: str
    country: Country | None


@dataclass(frozen=True, slots=True)
class SourceReading:
    """The release itself. Dates are EDTF (`relations.dates`)."""

    publisher: Suggestion[str] | None = None
    title: Suggestion[str] | None = None
    published: Suggestion[str] | None = None
    dateline: Suggestion[Named] | None = None


@dataclass(frozen=True, slots=True)
class ActReading:
    """One act that the release tells of. Every act has a kind or bodies; all else may be missing."""

    kind: Suggestion[AgreementKind] | None = None
    stage: Suggestion[Stage] | None = None
    signed: Suggestion[str] | None = None
    signed_at: Suggestion[Named] | None = None
    bodies: tuple[Suggestion[Body], ...] = ()
    signatories: tuple[Suggestion[Person], ...] = ()
    term_months: Suggestion[int] | None = None
    renewal: Suggestion[Renewal] | None = None
    sectors: tuple[Suggestion[str], ...] = ()  # codes of the vocabulary


@dataclass(frozen=True, slots=True)
class EventReading:
    """Something else that the release tells in passing: a mission, a donation, a visit."""

    kind: Suggestion[EventKind]
    start: Suggestion[str] | None = None
    end: Suggestion[str] | None = None
    places: tuple[Suggestion[Named], ...] = ()
    sectors: tuple[Suggestion[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one release.

    The first of `acts` is what the release is about. `places` are all of the two countries
    that it names, each once; `near_misses` are words that look like a place's name but are
    none, with the places that they may mean. `remarks` are sentences for the editor about
    the whole (a damaged date, no place, another country's twinning).
    """

    text: str
    language: Language
    source: SourceReading = SourceReading()
    places: tuple[Suggestion[Named], ...] = ()
    near_misses: tuple[Suggestion[Named], ...] = ()
    acts: tuple[ActReading, ...] = ()
    events: tuple[EventReading, ...] = ()
    remarks: tuple[str, ...] = ()
