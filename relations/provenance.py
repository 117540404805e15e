"""Which sources say what of the facts on a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relations.enums import CitedField
from relations.models import Agreement, Citation, Event, Partnership, Source

if TYPE_CHECKING:
    from relations.models.localized import LocalizedText

Record = Partnership | Agreement | Event


@dataclass(frozen=True, slots=True)
class Mark:
    """The number under which a page lists a source, and what this source states of a fact."""

    number: int
    citation: Citation

    @property
    def url(self) -> str:
        """The place of the source on the same page."""
        return f"#source-{self.number}"

    @property
    def stated(self) -> str:
        """The value in the source's own terms; empty where it supports the record as a whole."""
        return self.citation.stated


@dataclass(frozen=True, slots=True)
class StatedValue:
    """One of the values that sources state of a fact, with those that state it."""

    marks: list[Mark]

    @property
    def stated(self) -> str:
        """The value."""
        return self.marks[0].stated

    @property
    def language(self) -> str:
        """The language in which it is stated."""
        return self.marks[0].citation.source.language

    @property
    def is_preferred(self) -> bool:
        """Whether the atlas follows it."""
        return any(mark.citation.preferred for mark in self.marks)

    @property
    def notes(self) -> "list[LocalizedText]":
        """Why it is, or is not, followed."""
        return [mark.citation.note for mark in self.marks if mark.citation.note]


@dataclass(frozen=True, slots=True)
class CitedFact:
    """The sources of one fact. Where they state different values it is in conflict.

    `is_whole` says that no source is cited for the fact itself: these support the record
    as a whole.
    """

    marks: list[Mark] = field(default_factory=list)
    is_whole: bool = False

    @property
    def sources(self) -> list[Mark]:
        """One mark for each source, however much it states of the fact."""
        first: dict[int, Mark] = {}
        for mark in self.marks:
            first.setdefault(mark.number, mark)
        return list(first.values())

    @property
    def conflict(self) -> list[StatedValue]:
        """The values, the preferred one first, if more than one is stated."""
        values: dict[str, list[Mark]] = {}
        for mark in self.marks:
            values.setdefault(mark.stated, []).append(mark)
        stated = sorted(map(StatedValue, values.values()), key=lambda v: not v.is_preferred)
        return stated if len(stated) > 1 else []

    @property
    def notes(self) -> list[Citation]:
        """The citations that have a note, where there is no conflict to show it with."""
        return [] if self.conflict else [m.citation for m in self.marks if m.citation.note]


class Provenance:
    """The sources of all facts on a page, numbered in the order in which they are first cited."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._numbers: dict[int, int] = {}
        self.sources: list[Source] = []
        self._facts: dict[tuple[str, int, str], list[Mark]] = {}
        for citation in citations:
            target = getattr(citation, f"{citation.target_kind}_id")
            key = (citation.target_kind, target, citation.field)
            mark = Mark(self._number(citation.source), citation)
            self._facts.setdefault(key, []).append(mark)

    def _number(self, source: Source) -> int:
        if source.pk not in self._numbers:
            self.sources.append(source)
            self._numbers[source.pk] = len(self.sources)
        return self._numbers[source.pk]

    def of(self, record: Record, name: str) -> CitedFact:
        """What is cited for a field (see `CitedField`) of a record, or else for the record as a whole."""
        about = (type(record).__name__.lower(), record.pk)
        if marks := self._facts.get((*about, name)):
            return CitedFact(marks)
        return CitedFact(self._facts.get((*about, CitedField.RECORD.value), []), is_whole=True)

    @property
    def conflicts(self) -> int:
        """How many facts of the page are in conflict."""
        return sum(bool(CitedFact(marks).conflict) for marks in self._facts.values())


def say_numbers(marks: Sequence[Mark]) -> str:
    """The numbers of sources as briefly as can be: 1, 3–5."""
    numbers = sorted({mark.number for mark in marks})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_say_run(run) for run in runs)


def _say_run(run: Sequence[int]) -> str:
    if len(run) == 1:
        return str(run[0])
    return f"{run[0]}–{run[-1]}" if len(run) > 2 else f"{run[0]}, {run[1]}"  # noqa: PLR2004 # two are a pair
