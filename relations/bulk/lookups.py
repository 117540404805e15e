"""The records that a file refers to, each read once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from relations.models import GazetteerEntry, Place
from relations.models.gazetteer import KEY
from relations.tables import CellError, Column, Table
from relations.tables.forms import BETWEEN, Choice, One
from relations.tables.lines import Lines

# The key of an entry of the gazetteer and, behind a colon, the Japanese name that it lacks.
_KEY = re.compile(rf"{KEY.pattern}(?::(.+))?")
_TABLE_OF = {
    "place": "places",
    "source": "sources",
    "partnership": "partnerships",
    "agreement": "agreements",
    "event": "events",
    "sector": "sectors",
}


class Lookups:
    """Finds records by slug, and makes places of entries of the gazetteer; `may_add` says whether it may."""

    def __init__(self, *, may_add: bool = True) -> None:
        self._found: dict[str, dict[str, Model]] = {name: {} for name in _TABLE_OF}
        self._may_add = may_add
        self.new_places: list[Place] = []

    def prepare(self, model: str, slugs: set[str]) -> None:
        """Read several at once."""
        found = self._found[model]
        if wanted := [slug for slug in slugs if slug not in found]:
            for record in self._records(model, wanted):
                self.add(model, record)

    def prepare_for(self, table: Table, rows: Iterable[Mapping[str, str]]) -> None:
        """Read at once what some rows refer to, as far as it is told at a glance."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for column in table.columns:
            first = (
                next(iter(column.form.fields.values()), None)
                if isinstance(column.form, Lines)
                else column.form
            )
            if isinstance(first, One):
                for row in rows:
                    wanted[first.model].update(_slugs(row.get(column.name, "")))
        for model, slugs in wanted.items():
            self.prepare(model, slugs)

    def add(self, model: str, record: Model) -> None:
        """Remember one, for example because it has just been saved."""
        self._found[model][str(getattr(record, _by(model)))] = record

    def find(self, model: str, slug: str) -> Any:
        """The record with this slug; of a place also the key of an entry of the gazetteer.

        Raises:
            CellError: there is none.
        """
        self.prepare(model, {slug})
        if found := self._found[model].get(slug):
            return found
        if model == "place" and (match := _KEY.fullmatch(slug)):
            return self._place(slug, *match.groups())
        raise CellError(
            _(
                "“%(slug)s” is not in the table “%(table)s”. Check the spelling, or add it there first."
            )
            % {"slug": slug, "table": _TABLE_OF[model]}
        )

    def settled(self, column: Column, value: Any) -> Any:
        """A value whose references are all known: a key of the gazetteer is the slug of its place."""
        match column.form:
            case Lines():
                return tuple(sorted(self._settled_line(column.form, line) for line in value))
            case One() if isinstance(value, tuple):
                return tuple(sorted({self._slug(column.form, slug) for slug in value}))
            case One() if value:
                return self._slug(column.form, value)
            case _:
                return value

    def _settled_line(self, form: Lines, line: tuple[Any, ...]) -> tuple[Any, ...]:
        for name, field, value in zip(form.fields, form.fields.values(), line, strict=True):
            if name != "name_ja" and isinstance(field, (One, Choice)) and not value:
                raise CellError(
                    _("In the line “%(line)s”: %(problem)s")
                    % {
                        "line": " | ".join(map(str, line)),
                        "problem": _("“%(field)s” is missing.") % {"field": name},
                    }
                )
        return tuple(
            self._slug(field, value) if isinstance(field, One) else value
            for field, value in zip(form.fields.values(), line, strict=True)
        )

    def _slug(self, form: One, slug: str) -> str:
        record = self.find(form.model, slug)
        return str(record.code if form.model == "sector" else record.slug)

    def _place(self, key: str, country: str, code: str, name_ja: str | None) -> Place:
        """The place of the atlas with this code, or else a new one."""
        place = Place.objects.filter(country=country, code=code).first()
        if place is None:
            place = self._made(key, country, code, (name_ja or "").strip())
        self._found["place"][key] = self._found["place"][place.slug] = place
        return place

    def _made(self, key: str, country: str, code: str, name_ja: str) -> Place:
        entry = GazetteerEntry.objects.filter(country=country, code=code).first()
        if entry is None:
            raise CellError(
                _(
                    "“%(key)s” is neither in the atlas nor in the gazetteer. Check the official code."
                )
                % {"key": key}
            )
        if not self._may_add:
            raise CellError(_("You may not add places: “%(key)s” is none yet.") % {"key": key})
        place = entry.place()
        place.name_ja = place.name_ja or name_ja
        if not place.name_ja:
            raise CellError(
                _(
                    "The atlas does not know the Japanese name of %(place)s yet: write it behind the code, %(key)s:日本語名."
                )
                % {"place": entry.name_it, "key": key}
            )
        try:
            place.full_clean()
        except ValidationError as refusal:
            raise CellError(" ".join(refusal.messages)) from refusal
        place.save()
        self.new_places.append(place)
        return place

    @staticmethod
    def _records(model: str, slugs: list[str]) -> Any:
        records = apps.get_model("relations", model)._default_manager.filter(  # noqa: SLF001 # public in all but name
            **{f"{_by(model)}__in": slugs}
        )
        joined = {"partnership": ("italian_place", "japanese_place"), "place": ("region",)}
        return records.select_related(*joined[model]) if model in joined else records


def _slugs(cell: str) -> Iterator[str]:
    """What a cell may name: itself, the parts of a list, or the first fields of lines."""
    for line in cell.split("\n"):
        for part in line.partition("|")[0].split(BETWEEN):
            if slug := part.strip():
                yield slug


def _by(model: str) -> str:
    return "code" if model == "sector" else "slug"
