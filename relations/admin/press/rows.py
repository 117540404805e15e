"""Suggestions as rows of a form, with the fields in which each is corrected."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from relations.admin.press.fields import Places, choice_field
from relations.enums import CitedField
from relations.models import Agreement, Event
from relations.press.comparison import ComparedEvent
from relations.press.facts import Fact, Standing, fact_of_act, fact_of_event
from relations.press.readings import UNSURE, Suggestion

# What becomes of an act or event besides one that the atlas has.
NEW, NONE = "new", "none"
PAIR = ("italian_place", "japanese_place")
EMPTY = ("", "---------")

Fields = dict[str, forms.Field]


@dataclass(frozen=True, slots=True)
class Row:
    """One suggestion; `names` are those of its fields, and `fact` how it stands to the likely record."""

    id: str
    label: str
    names: tuple[str, ...]
    suggestion: Suggestion[Any] | None = None
    fact: Fact | None = None
    cited: CitedField | None = None

    @property
    def take(self) -> str:
        """The name of the field that says whether it is accepted; without a suggestion there is none."""
        return f"take-{self.id}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the atlas has the same."""
        return self.fact is not None and self.fact.standing == Standing.CONFIRMS

    @property
    def is_preselected(self) -> bool:
        """Whether it is sure, and does not speak against the atlas."""
        is_against = self.fact is not None and self.fact.standing == Standing.DISAGREES
        return bool(self.suggestion and self.suggestion.confidence >= UNSURE and not is_against)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, as on the form of an agreement."""

    heading: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The source, an act or an event: `target` names the field that says what becomes of it."""

    id: str
    heading: str
    groups: tuple[Group, ...]
    target: str = ""
    event: ComparedEvent | None = None

    def rows(self, name: str = "") -> list[Row]:
        """All rows, or those of a name: kind, sector."""
        return [
            row
            for group in self.groups
            for row in group.rows
            if not name or row.id.removeprefix(f"{self.id}-").partition("-")[0] == name
        ]

    def row(self, name: str) -> Row | None:
        """The one row of a name, if there is one."""
        return next(iter(self.rows(name)), None)


@dataclass
class Form:
    """What the rows of all parts share: the fields that they add, by name, and what these offer."""

    places: Places
    sectors: list[tuple[str, str]]
    user: Any
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Makes the rows of one part, whose `likely` record each of them is compared with."""

    form: Form
    part: str
    likely: Agreement | Event | None = None

    def row(
        self,
        name: str,
        suggestion: Suggestion[Any] | None,
        fields: Fields,
        cited: CitedField | None = None,
        fact: Fact | None = None,
    ) -> Row:
        """A row: its fields have the ends of their names as keys, and the first one has its label."""
        row_id = f"{self.part}-{name}"
        names = tuple(f"{row_id}{end}" for end in fields)
        self.form.fields.update(zip(names, fields.values(), strict=True))
        label = str(next(iter(fields.values())).label)
        row = Row(row_id, label, names, suggestion, fact or self._fact(cited, suggestion), cited)
        if suggestion:
            self.form.fields[row.take] = forms.BooleanField(
                required=False, label=label, initial=row.is_preselected
            )
        return row

    def sectors(self, suggestions: tuple[Suggestion[str], ...]) -> tuple[Row, ...]:
        """A row for each sector."""
        return tuple(
            self.row(
                f"sector-{number}",
                sector,
                {"": choice_field(_("Sector"), self.form.sectors, sector.value)},
                CitedField.SECTORS,
            )
            for number, sector in enumerate(suggestions, 1)
        )

    def target(self, known: list[tuple[str, str]], new: str, chosen: str) -> str:
        """Add the field that says what becomes of the part; its name."""
        name = f"{self.part}-target"
        self.form.fields[name] = forms.ChoiceField(
            label=_("What becomes of it"),
            choices=[*known, (NEW, new), (NONE, _("Leave it out"))],
            initial=chosen,
            widget=forms.RadioSelect,
        )
        return name

    def _fact(self, cited: CitedField | None, suggestion: Suggestion[Any] | None) -> Fact | None:
        if cited is None or suggestion is None or self.likely is None:
            return None
        if isinstance(self.likely, Agreement):
            return fact_of_act(self.likely, cited, suggestion.value)
        return fact_of_event(self.likely, cited, suggestion.value)
