"""What is weak in the data: where sources disagree, where one stands alone, what is imprecise, old or not translated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dateutil.relativedelta import relativedelta
from django.db.models import F, Prefetch, TextChoices
from django.utils.translation import gettext_lazy

from relations.dates import DatePrecision, PartialDate
from relations.enums import CitedField, Country, Language
from relations.models import Agreement, Citation, Event, Partnership, Place, Source

Record = Partnership | Agreement | Event
_Key = tuple[str, int]

# So many years after the newest of its sources a record counts as not verified.
VERIFIED_FOR = 1
TEXTS_OF: dict[type[Record], tuple[str, ...]] = {
    Partnership: ("summary",),
    Agreement: ("title", "summary"),
    Event: ("title", "summary"),
}


class Matter(TextChoices):
    """What can be weak, in the order of the page."""

    CONFLICT = "conflict", gettext_lazy("Facts in conflict")
    SINGLE = "single", gettext_lazy("Facts with one source")
    DATE = "date", gettext_lazy("Dates not to the day")
    AGE = "age", gettext_lazy("Records not verified for a year")
    TRANSLATION = "translation", gettext_lazy("Missing translations")


class TextName(TextChoices):
    """The texts that are translated."""

    TITLE = "title", gettext_lazy("Title")
    SUMMARY = "summary", gettext_lazy("Summary")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact in its sources' own terms, the citations that state it, and whether the atlas follows it."""

    stated: str
    citations: list[Citation]

    @property
    def is_followed(self) -> bool:
        """Whether the atlas follows it."""
        return any(citation.preferred for citation in self.citations)

    @property
    def notes(self) -> list[Citation]:
        """The citations that say why it is or is not followed."""
        return [citation for citation in self.citations if citation.note]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact of a record on which sources state different values, that which is followed first."""

    record: Record
    field: CitedField
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Lone:
    """The facts of a record that one source alone supports."""

    record: Record
    source: Source
    fields: list[CitedField]


@dataclass(frozen=True, slots=True)
class Imprecise:
    """The date of an agreement or event that is not known to the day."""

    record: Agreement | Event
    when: PartialDate


@dataclass(frozen=True, slots=True)
class Unverified:
    """A record, and the last day of which one of its sources can be; None where none has a date."""

    record: Record
    last: date | None


@dataclass(frozen=True, slots=True)
class Untranslated:
    """The texts of a record that are missing in a language, and there in another."""

    record: Record
    language: Language
    texts: list[TextName]


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """A region or prefecture and how much of each matter the records of its partnerships have."""

    place: Place
    counts: dict[Matter, int]


class Quality:
    """All that is weak in the public data, as of a day."""

    def __init__(self, records: Iterable[Record], citations: Iterable[Citation], on: date) -> None:
        self.on = on
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
                values: dict[str, list[Citation]] = defaultdict(list)
                for citation in citations:
                    values[citation.stated].append(citation)
                if len(values) > 1:
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
        dated = [
            Imprecise(
                record, record.signed_date if isinstance(record, Agreement) else record.start_date
            )
            for record in self._records.values()
            if not isinstance(record, Partnership)
        ]
        return [row for row in dated if row.when.precision != DatePrecision.DAY]

    @cached_property
    def unverified(self) -> list[Unverified]:
        """The records whose newest source is older than a year, the oldest first.

        A source counts by the day on which it was retrieved or, where none is given, was
        published; a year or a month by its last day. The sources of its agreements and events
        count for a partnership too.
        """
        last: dict[_Key, date] = {}
        for key, record in self._records.items():
            days = [day for c in self._citations[key] if (day := _day_of(c.source))]
            for of in (key, *map(_key, partnerships_of(record))):
                last[of] = max([*days, *filter(None, [last.get(of)])], default=date.min)
        since = self.on - relativedelta(years=VERIFIED_FOR)
        found = [
            Unverified(record, None if last[key] == date.min else last[key])
            for key, record in self._records.items()
            if last[key] < since
        ]
        return sorted(found, key=lambda row: row.last or date.min)

    @cached_property
    def untranslated(self) -> list[Untranslated]:
        """The titles and summaries that are there in one language and missing in another."""
        return [
            Untranslated(record, language, texts)
            for record in self._records.values()
            for language in Language
            if (texts := list(_missing(record, language)))
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
        .select_related("partnership__italian_place__region", "partnership__japanese_place__region")
        .order_by(F("signed_earliest").asc(nulls_last=True), "slug")
    )
    events = (
        Event.objects.published()
        .select_related("place__region")
        .prefetch_related(
            Prefetch("partnerships", partnerships),
            Prefetch("places", Place.objects.select_related("region")),
        )
        .order_by(F("start_earliest").asc(nulls_last=True), "slug")
    )
    citations = Citation.objects.published().select_related("source")
    records: list[Record] = [*partnerships.published(), *agreements, *events]
    return Quality(records, citations.order_by("source__published_earliest", "source", "pk"), on)


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


def _day_of(source: Source) -> date | None:
    return source.retrieved or source.published_latest


def _missing(record: Record, language: Language) -> Iterator[TextName]:
    for name in TEXTS_OF[type(record)]:
        texts = {other: getattr(record, f"{name}_{other}") for other in Language}
        if not texts[language] and any(texts.values()):
            yield TextName(name)
