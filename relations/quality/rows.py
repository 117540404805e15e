"""What the report says of each matter, row by row."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from relations.dates import PartialDate
from relations.enums import CitedField, Language
from relations.models import Agreement, Citation, Event, Place, Source
from relations.quality.rules import Record


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
