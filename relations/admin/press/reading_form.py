"""The second step: which suggestions an editor accepts, and with which values."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from relations.admin.press.rows import NEW, NONE, PAIR, Part, Row
from relations.admin.press.sheet import Sheet
from relations.models import Source


class ReadingForm(forms.Form):
    """What becomes of a reading. What is not accepted is not checked either."""

    def __init__(self, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.fields.update(sheet.fields)

    def is_taken(self, row: Row) -> bool:
        """Whether a row is accepted; one without a suggestion is whatever is typed there."""
        return row.suggestion is None or bool(self.cleaned_data.get(row.take))

    def value(self, row: Row | None, suffix: str = "") -> Any:
        """The value of an accepted row, None of another or of none."""
        if row is None or not self.is_taken(row):
            return None
        return self.cleaned_data.get(f"{row.id}{suffix}")

    def target(self, part: Part) -> str:
        """What becomes of an act or event: `NEW`, `NONE` or the key of the one that it is."""
        return str(self.cleaned_data.get(part.target) or NONE)

    def kept(self, parts: list[Part]) -> list[Part]:
        """Those of some parts that are not left out."""
        return [part for part in parts if self.target(part) != NONE]

    def known_source(self) -> Source | None:
        """The source that is chosen among those of the atlas, None where it is a new one."""
        key = self.cleaned_data.get("source") or NEW
        return None if key == NEW else Source.objects.filter(pk=key).first()

    def clean(self) -> dict[str, Any]:
        """Ask for what drafts cannot do without."""
        cleaned = super().clean() or self.cleaned_data
        self._forget_what_is_left()
        if not self.kept([*self.sheet.acts, *self.sheet.events]):
            self.add_error(None, _("Everything is left out: there is no draft to make."))
            return cleaned
        self._check_source()
        for part in self.kept(self.sheet.acts):
            self._check_act(part)
        for part in self.kept(self.sheet.events):
            if self.target(part) == NEW:
                sentence = _("An event needs its kind: accept it, or leave the event out.")
                self._need(part.row("kind"), sentence)
        for sentence in self._forbidden():
            self.add_error(None, sentence)
        return cleaned

    def _forget_what_is_left(self) -> None:
        for part in self.sheet.parts:
            is_left = part.target and part.target != "source" and self.target(part) == NONE
            is_known = part.target == "source" and self.known_source()
            for row in part.rows():
                if is_left or is_known or not self.is_taken(row):
                    for name in row.names:
                        self.errors.pop(name, None)

    def _check_source(self) -> None:
        if self.known_source():
            return
        rows = {row.id: row for row in self.sheet.source.rows()}
        self._need(
            rows["source-title"],
            _("A source needs a title: accept it or type one, [in brackets] where it has none."),
        )
        self._need(rows["source-kind"], _("Say what kind of publication it is."))
        self._need(rows["source-language"], _("Say in which language it is written."))

    def _check_act(self, part: Part) -> None:
        if self.target(part) != NEW:
            return
        for name in PAIR:
            self._need(
                part.row(name),
                _("An agreement needs its two places: accept this one or choose another."),
            )
        self._need(part.row("kind"), _("An agreement needs its kind: accept it or choose another."))

    def _need(self, row: Row | None, sentence: str) -> None:
        if row and row.id not in self.errors and not self.value(row):
            self.add_error(row.id, sentence)

    def _forbidden(self) -> Iterator[str]:
        """Sentences about what the editor may not add."""
        user, verbs = self.sheet.user, {"citation"}
        if not self.known_source():
            verbs.add("source")
        if any(self.target(part) == NEW for part in self.sheet.acts):
            verbs |= {"agreement", "partnership", "party", "signatory"}
        if any(self.target(part) == NEW for part in self.sheet.events):
            verbs.add("event")
        if not user.has_perms([f"relations.add_{name}" for name in verbs]):
            yield _("You may not add all that these drafts are made of: ask a publisher.")
