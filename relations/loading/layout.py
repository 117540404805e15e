"""The ten fixture files: what each holds, in which order, and how its records are known.

They are standard Django fixtures (YAML, natural keys), so `loaddata` reads them too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from relations.enums import Language
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    PlaceName,
    Sector,
    Signatory,
    Source,
)
from relations.models.publication import WITHDRAWAL

Key = tuple[str, ...]
Content = dict[str, Any]

_TARGETS = ("partnership", "agreement", "event")


def _spelled_out(columns: str) -> list[str]:
    return [
        name.replace("*", language)
        for name in columns.split()
        for language in (Language if "*" in name else [""])
    ]


@dataclass(frozen=True)
class Layout:
    """The form of one file.

    `columns` are its fields in the order in which they are written (`name_*` stands for
    the three languages), `rare` those that are written only where there is something to
    write, `known_by` gives the natural key from a record's content, and
    `order` what the records of the file are sorted by.
    """

    file: str
    model: type[models.Model]
    columns: str
    known_by: Callable[[Content], Key]
    order: Callable[[Any], Any]
    rare: str = ""

    @cached_property
    def label(self) -> str:
        """The name of the model in the file, for example `relations.place`."""
        return self.model._meta.label_lower  # noqa: SLF001 # public in all but name

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The model's fields by name, in the order of the file."""
        names = _spelled_out(f"{self.columns} {self.rare}")
        return {name: self.model._meta.get_field(name) for name in names}  # noqa: SLF001 # likewise

    @cached_property
    def rare_fields(self) -> set[str]:
        """The names of those that are written only where there is something to write."""
        return set(_spelled_out(self.rare))

    @cached_property
    def references(self) -> dict[str, Any]:
        """The fields that refer to one other record."""
        return {name: field for name, field in self.fields.items() if field.many_to_one}

    @cached_property
    def many(self) -> dict[str, Any]:
        """The fields that refer to any number of other records."""
        return {name: field for name, field in self.fields.items() if field.many_to_many}

    @cached_property
    def written(self) -> list[str]:
        """The columns of the table, derived ones included."""
        fields = self.model._meta.concrete_fields  # noqa: SLF001 # likewise
        return [field.name for field in fields if not field.primary_key]


def _key(*columns: str) -> Callable[[Content], Key]:
    """The natural key that consists of columns; that of another record is taken apart."""

    def known_by(content: Content) -> Key:
        parts: list[str] = []
        for column in columns:
            value = content[column]
            parts += value if isinstance(value, list) else [value]
        return tuple(parts)

    return known_by


def _citation_key(content: Content) -> Key:
    """Its source, the kind of its target, the target, the field and what is stated."""
    kind = next((kind for kind in _TARGETS if content[kind]), "")
    target = content[kind] if kind else [""]
    return (*content["source"], kind, *target, content["field"], content["stated"])


def _party_order(party: Party) -> tuple[str, ...]:
    place = party.place
    return (party.agreement.slug, place.country, place.slug, party.institution, party.name_en)


def _citation_order(citation: Citation) -> tuple[Any, ...]:
    kind, target = citation.target_kind, citation.target
    what = (citation.field, citation.source.slug, citation.stated)
    return (_TARGETS.index(kind), target.slug, *what)


def _by_slug(record: Any) -> str:
    return str(record.slug)


# A record refers to records of its own file or of those before it.
LAYOUTS = (
    Layout(
        "01_sectors.yaml",
        Sector,
        "code parent order colour name_*",
        known_by=_key("code"),
        order=lambda sector: sector.order,
    ),
    Layout(
        "02_places.yaml",
        Place,
        "slug kind country region macro_area name_* reading latitude longitude code wikidata",
        known_by=_key("slug"),
        order=lambda place: (place.country, not place.is_territory, place.code),
    ),
    Layout(
        "03_place_names.yaml",
        PlaceName,
        "place text language",
        known_by=_key("place", "text", "language"),
        order=lambda name: (name.place.slug, name.language, name.text),
    ),
    Layout(
        "04_sources.yaml",
        Source,
        "slug kind publisher title url archived_url language published retrieved note_*",
        known_by=_key("slug"),
        order=_by_slug,
    ),
    Layout(
        "05_partnerships.yaml",
        Partnership,
        "slug italian_place japanese_place first_contact summary_*",
        known_by=_key("slug"),
        order=_by_slug,
    ),
    Layout(
        "06_agreements.yaml",
        Agreement,
        "slug partnership kind title_* signed signed_at term_months renewal ended ended_reason_* "
        "supersedes renews sectors summary_* clair_heads clair_general clair_council state",
        known_by=_key("slug"),
        order=_by_slug,
        rare=" ".join(WITHDRAWAL),
    ),
    Layout(
        "07_parties.yaml",
        Party,
        "agreement place institution name_*",
        known_by=_key("agreement", "place", "institution", "name_en"),
        order=_party_order,
    ),
    Layout(
        "08_signatories.yaml",
        Signatory,
        "party name name_ja office_*",
        known_by=_key("party", "name"),
        order=lambda person: (*_party_order(person.party), person.name),
    ),
    Layout(
        "09_events.yaml",
        Event,
        "slug kind title_* start end place partnerships places agreement sectors summary_* state",
        known_by=_key("slug"),
        order=_by_slug,
        rare=" ".join(WITHDRAWAL),
    ),
    Layout(
        "10_citations.yaml",
        Citation,
        "source partnership agreement event field stated preferred note_*",
        known_by=_citation_key,
        order=_citation_order,
    ),
)
LAYOUT_OF = {layout.model: layout for layout in LAYOUTS}
