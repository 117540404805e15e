"""The parts of a record as a file has them: what is missing is removed, the rest kept, changed or added."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from relations.bulk.lookups import Lookups
from relations.models import Agreement, Citation, Party, Place, PlaceName, Signatory
from relations.tables import CellError, Column, party_names

Key = tuple[Any, ...]
Content = dict[str, Any]
Writer = Callable[[models.Model], None]


class Parts:
    """Writes the parts of one record; `write` and `remove` are what saves and deletes them.

    A record that was read has its parts already, see `Table.fetch`; one that is new has none.
    """

    def __init__(self, lookups: Lookups, write: Writer, remove: Writer, *, is_new: bool) -> None:
        self._lookups = lookups
        self._write = write
        self._remove = remove
        self._is_new = is_new
        self._parties: dict[Key, Party] | None = None
        self._column = ""
        self.written: list[tuple[str, Key, models.Model]] = []

    def _current(self, record: Any, name: str) -> Any:
        return () if self._is_new else getattr(record, name).all()

    def set(self, record: Any, column: Column, value: tuple[Any, ...]) -> None:
        """Bring the parts in a column to a value.

        Raises:
            ValidationError: one of them is wrong, or may not be removed.
        """
        setters: dict[str, Callable[[Any, tuple[Any, ...]], None]] = {
            "parties": self._set_parties,
            "signatories": self._set_signatories,
            "citations": self._set_citations,
            "spellings": self._set_spellings,
        }
        self._column = column.name
        if setter := setters.get(column.name):
            setter(record, value)
        else:
            model = column.form.model  # type: ignore[attr-defined] # the only other form of many
            keys = [self._lookups.find(model, slug).pk for slug in value]
            related = getattr(record, column.name)
            if self._is_new:
                related.add(*keys)
            else:
                related.set(keys)

    def _known_parties(self, act: Agreement) -> dict[Key, Party]:
        if self._parties is None:
            self._parties = {
                (p.place.slug, p.institution, p.name_en): p for p in self._current(act, "parties")
            }
        return self._parties

    def _set_parties(self, act: Agreement, lines: tuple[Any, ...]) -> None:
        wanted = {
            (place, institution, name_en): {"name_it": name_it, "name_ja": name_ja}
            for place, institution, name_it, name_ja, name_en in lines
        }

        def make(key: Key) -> Party:
            place = self._lookups.find("place", key[0])
            return Party(agreement=act, place=place, institution=key[1], name_en=key[2])

        self._parties = self._merge(self._known_parties(act), wanted, make)

    def _set_signatories(self, act: Agreement, lines: tuple[Any, ...]) -> None:
        parties = self._known_parties(act)
        current = {
            (*key, person.name): person
            for key, party in parties.items()
            for person in self._current(party, "signatories")
        }
        names = ("name_ja", "office_it", "office_ja", "office_en")
        wanted = {
            (*party, name): dict(zip(names, rest, strict=True)) for party, name, *rest in lines
        }
        self._merge(current, wanted, lambda key: Signatory(party=parties[key[:3]], name=key[3]))

    def _set_citations(self, record: Any, lines: tuple[Any, ...]) -> None:
        about = record._meta.model_name  # noqa: SLF001 # public in all but name
        current = {
            (c.source.slug, c.field, c.stated): c for c in self._current(record, "citations")
        }
        preferred = [line[1] for line in lines if line[3]]
        if len(preferred) > len(set(preferred)):  # the database holds neither of them yet
            raise ValidationError(_("Another citation of this fact is already the preferred one."))
        names = ("preferred", "note_it", "note_ja", "note_en")
        wanted = {
            (source, field, stated): dict(zip(names, rest, strict=True))
            # A preference is let go of before another citation takes it.
            for source, field, stated, *rest in sorted(lines, key=lambda line: bool(line[3]))
        }

        def make(key: Key) -> Citation:
            source = self._lookups.find("source", key[0])
            return Citation(**{about: record}, source=source, field=key[1], stated=key[2])

        self._merge(current, wanted, make)

    def _set_spellings(self, place: Place, lines: tuple[Any, ...]) -> None:
        current = {(name.text, name.language): name for name in self._current(place, "spellings")}
        wanted: dict[Key, Content] = {line: {} for line in lines}
        self._merge(
            current, wanted, lambda key: PlaceName(place=place, text=key[0], language=key[1])
        )

    def _merge(
        self,
        current: dict[Any, Any],
        wanted: dict[Any, Content],
        make: Callable[[Key], Any],
    ) -> dict[Any, Any]:
        """Remove, change and add parts; returns them as they then are."""
        kept = {}
        for key in current.keys() - wanted.keys():
            self._remove(current[key])
        for key, content in wanted.items():
            part = kept[key] = current.get(key) or make(key)
            if part.pk and all(getattr(part, name) == value for name, value in content.items()):
                continue
            for name, value in content.items():
                setattr(part, name, value)
            self.written.append((self._column, key, part))
            try:
                self._write(part)
            except ValidationError as refusal:
                raise named(key, refusal) from refusal
        return kept


def named(key: Key, refusal: ValidationError) -> ValidationError:
    """The sentences on a part, with the line that it stands in."""
    line = " | ".join(map(str, key))
    return ValidationError(
        [
            _("In the line “%(line)s”: %(problem)s") % {"line": line, "problem": sentence}
            for sentence in refusal.messages
        ]
    )


def resolved(lines: Iterable[Key], parties: Iterable[Key]) -> tuple[Key, ...]:
    """Lines of signatories whose party is no longer named by its shortest name, but by its whole key.

    Raises:
        CellError: no party, or more than one, is meant.
    """
    keys = list(parties)
    names = party_names(keys)
    found = []
    for name, *rest in lines:
        meant = [
            key for key in keys if name in (names[key], "/".join(key), "/".join(key[:2]), key[0])
        ]
        if len(meant) != 1:
            raise CellError(
                _("“%(name)s” does not name one of the parties. They are: %(parties)s.")
                % {"name": name, "parties": ", ".join(sorted(names.values())) or "–"}
            )
        found.append((meant[0], *rest))
    return tuple(sorted(found))
