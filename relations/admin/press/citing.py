"""What a release states, as citations."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model

from relations.admin.press.reading_form import ReadingForm
from relations.admin.press.rows import PAIR, Part, Row
from relations.admin.press.words import stated
from relations.enums import CitedField
from relations.models import Agreement, Citation, Event, Source
from relations.text import fold


class Citer:
    """Cites what a form accepts; `save` checks and saves a citation."""

    def __init__(self, form: ReadingForm, save: Callable[[Citation], Citation]) -> None:
        self._form, self._save = form, save
        self._reading = form.sheet.reading

    def record(
        self, source: Source, record: Agreement | Event, part: Part, *, is_new: bool
    ) -> None:
        """Cite a record as a whole, and each fact that the release states."""
        self._add(source, record, CitedField.RECORD, "", preferred=False)
        rows = [row for row in part.rows() if row.cited and row.cited not in PAIR]
        for name in dict.fromkeys(row.cited for row in rows if row.cited):
            of_fact = [row for row in rows if row.cited == name]
            self.fact(source, record, name, of_fact, is_new=is_new)

    def fact(
        self,
        source: Source,
        record: Model,
        name: CitedField,
        rows: Sequence[Row],
        *,
        is_new: bool = True,
    ) -> None:
        """Cite one fact, in the words of the release. Of a new record the atlas follows it."""
        taken = [row for row in rows if row.suggestion and self._form.value(row)]
        if not taken:
            return
        said = stated(self._reading, [row.suggestion for row in taken if row.suggestion])
        if not is_new and all(row.is_confirmed for row in taken):
            said = self._as_before(record, name) or said
        self._add(source, record, name, said, preferred=is_new)

    def _as_before(self, record: Any, name: CitedField) -> str:
        """What another source states of a fact, if the release has the very words; else it would seem a conflict."""
        text = fold(self._reading.text)
        for there in record.citations.filter(field=name).order_by("-preferred", "pk"):
            if all(f" {fold(part)} " in f" {text} " for part in there.stated.split(";")):
                return str(there.stated)
        return ""

    def _add(
        self, source: Source, record: Model, name: CitedField, said: str, *, preferred: bool
    ) -> None:
        about = {
            "source": source,
            str(record._meta.model_name): record,  # noqa: SLF001 # public in all but name
            "field": name,
            "stated": said,
        }
        if not Citation.objects.filter(**about).exists():
            self._save(Citation(**about, preferred=preferred))
