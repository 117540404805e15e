"""What is weak in the public data: where sources disagree, where one stands alone, what is imprecise, old or not translated."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch

from relations.enums import CitedField, Country, Language
from relations.models import Agreement, Citation, Event, Partnership, Place, Source
from relations.quality import rules
from relations.quality.rows import (
    Conflict,
    Imprecise,
    Lone,
    Matter,
    TerritoryRow,
    TextName,
    Untranslated,
    Unverified,
    Value,
)
from relations.quality.rules import Record

_Key = tuple[str, int]


class Quality:
    """All that is weak in the public data, as of a day.

    Its records are annotated by `_weaknesses`; `disputed` holds the facts that are in
    conflict, `last_verified` the day of each record (see `rules.last_verified`).
    """

    def __init__(
        self,
        records: Iterable[Record],
        citations: Iterable[Citation],
        disputed: Collection[tuple[_Key, str]],
        last_verified: Mapping[_Key, str],
        on: date,
    ) -> None:
        self.on = on
        self._last_verified = last_verified
        self._disputed = disputed
        self._records: dict[_Key, Record] = {_key(record): record for record in records}
        self._citations: dict[_Key, list[Citation]] = defaultdict(list)
        for citation in citations:
            kind = citation.target_kind
            self._citations[kind, getattr(citation, f"{kind}_id")].append(citation)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Every fact for which sources state more than one value."""
        found = []
        for key, record in self._records.items():
            for field, citations in _by_field(self._citations[key]).items():
                if (key, field.value) not in self._disputed:
                    continue
                values: dict[str, list[Citation]] = defaultdict(list)
                for citation in citations:
                    values[citation.stated].append(citation)
                stated = [Value(value, of) for value, of in values.items()]
                stated.sort(key=lambda value: not value.is_followed)
                found.append(Conflict(record, field, stated))
        return found

    @cached_property
    def lone(self) -> list[Lone]:
        """The facts that one source alone supports. What supports a record as a whole supports each of its facts."""
        found = []
        for key, record in self._records.items():
            by_field = _by_field(self._citations[key])
            whole = by_field.get(CitedField.RECORD, [])
            alone: dict[Source, list[CitedField]] = defaultdict(list)
            for field, citations in by_field.items():
                sources = {citation.source for citation in (*citations, *whole)}
                if len(sources) == 1:
                    alone[sources.pop()].append(field)
            found += [Lone(record, source, fields) for source, fields in alone.items()]
        return found

    @cached_property
    def imprecise(self) -> list[Imprecise]:
        """The agreements and events whose date is not known to the day, or not at all."""
        return [
            Imprecise(
                record, record.signed_date if isinstance(record, Agreement) else record.start_date
            )
            for record in self._records.values()
            if not isinstance(record, Partnership) and record.is_vague  # type: ignore[union-attr] # annotated
        ]

    @cached_property
    def unverified(self) -> list[Unverified]:
        """The records whose newest source is older than a year, the oldest first; see `rules.last_verified`."""
        since = rules.verified_since(self.on).isoformat()
        days = {key: self._last_verified.get(key, "") for key in self._records}
        found = [
            Unverified(self._records[key], date.fromisoformat(day) if day else None)
            for key, day in days.items()
            if day < since
        ]
        return sorted(found, key=lambda row: row.last or date.min)

    @cached_property
    def untranslated(self) -> list[Untranslated]:
        """The titles and summaries that are there in one language and missing in another."""
        return [
            Untranslated(record, language, texts)
            for record in self._records.values()
            for language in Language
            if (texts := _missing(record, language))
        ]

    @property
    def counts(self) -> dict[Matter, int]:
        """How much there is of each matter; of facts with one source and texts, every one is counted."""
        return {matter: sum(n for _record, n in rows) for matter, rows in self._weighed.items()}

    @property
    def total(self) -> int:
        """How much there is to work on."""
        return sum(self.counts.values())

    @property
    def by_language(self) -> dict[Language, int]:
        """How many texts are missing in each language."""
        return {
            language: sum(len(row.texts) for row in self.untranslated if row.language == language)
            for language in Language
        }

    def by_territory(self, country: Country) -> list[TerritoryRow]:
        """The same counts for each region or prefecture that something weak concerns, in the order of their codes.

        What concerns several territories counts in each of them, so that the columns may add
        up to more than there is.
        """
        counts: dict[Place, dict[Matter, int]] = defaultdict(lambda: dict.fromkeys(Matter, 0))
        for matter, rows in self._weighed.items():
            for record, n in rows:
                for territory in _territories_of(record, country):
                    counts[territory][matter] += n
        return [
            TerritoryRow(place, counts[place]) for place in sorted(counts, key=lambda p: p.code)
        ]

    @cached_property
    def _weighed(self) -> dict[Matter, list[tuple[Record, int]]]:
        """For each matter the records that have it, and how much of it."""
        return {
            Matter.CONFLICT: [(row.record, 1) for row in self.conflicts],
            Matter.SINGLE: [(row.record, len(row.fields)) for row in self.lone],
            Matter.DATE: [(row.record, 1) for row in self.imprecise],
            Matter.AGE: [(row.record, 1) for row in self.unverified],
            Matter.TRANSLATION: [(row.record, len(row.texts)) for row in self.untranslated],
        }


def quality(on: date) -> Quality:
    """Read all public records and what is cited for them."""
    partnerships = Partnership.objects.with_places()
    agreements = (
        Agreement.objects.published()
        .annotate(**_weaknesses(Agreement))
        .select_related("partnership__italian_place__region", "partnership__japanese_place__region")
        .order_by(F("signed_earliest").asc(nulls_last=True), "slug")
    )
    events = (
        Event.objects.published()
        .annotate(**_weaknesses(Event))
        .select_related("place__region")
        .prefetch_related(
            Prefetch("partnerships", partnerships),
            Prefetch("places", Place.objects.select_related("region")),
        )
        .order_by(F("start_earliest").asc(nulls_last=True), "slug")
    )
    citations = Citation.objects.published()
    records: list[Record] = [
        *partnerships.published().annotate(**_weaknesses(Partnership)),
        *agreements,
        *events,
    ]
    in_order = citations.select_related("source").order_by(
        "source__published_earliest", "source", "pk"
    )
    disputed = {(rules.record_of(row), row["field"]) for row in rules.disputed(citations)}
    return Quality(records, in_order, disputed, rules.last_verified(rules.PUBLIC), on)


def _weaknesses(model: type[Record]) -> dict[str, Any]:
    """What is asked of each public record, as annotations."""
    texts = rules.untranslated(model)
    found: dict[str, Any] = {f"lacks_{column}": missing for column, missing in texts.items()}
    if model in rules.DATE_OF:
        found["is_vague"] = rules.is_vague(rules.DATE_OF[model])
    return found


def partnerships_of(record: Record) -> list[Partnership]:
    """The partnerships that a record is about; itself where it is one."""
    if isinstance(record, Event):
        return list(record.partnerships.all())
    return [record.partnership if isinstance(record, Agreement) else record]


def _territories_of(record: Record, country: Country) -> set[Place]:
    """The regions or prefectures of its partners or, of an event without any, of the places that it concerns."""
    pairs = partnerships_of(record)
    places = [place for pair in pairs for place in (pair.italian_place, pair.japanese_place)]
    if not pairs and isinstance(record, Event):
        places = [*record.places.all()]
    return {place.territory for place in places if place.country == country}


def _key(record: Record) -> _Key:
    return (type(record).__name__.lower(), record.pk)


def _by_field(citations: Iterable[Citation]) -> dict[CitedField, list[Citation]]:
    """The citations of a record by fact, in the order of the vocabulary."""
    by_field: dict[CitedField, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_field[CitedField(citation.field)].append(citation)
    return {field: by_field[field] for field in CitedField if field in by_field}


def _missing(record: Record, language: Language) -> list[TextName]:
    names = rules.TEXTS_OF[type(record)]
    return [TextName(name) for name in names if getattr(record, f"lacks_{name}_{language}")]
