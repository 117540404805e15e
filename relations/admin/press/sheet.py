"""What was read, as rows of a form: a suggestion in each, with the fields in which it is corrected."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from relations.admin.press.fields import (
    Places,
    choice_field,
    date_field,
    sector_choices,
    term_field,
    text_field,
)
from relations.admin.press.release_form import Received
from relations.admin.press.words import STAGES
from relations.dates import format_date
from relations.enums import (
    AgreementKind,
    CitedField,
    Country,
    EventKind,
    Institution,
    Language,
    Renewal,
    SourceKind,
)
from relations.models import Agreement, Event, Partnership, Party
from relations.permissions import may_change
from relations.press.comparison import ComparedAct, ComparedEvent, Comparison
from relations.press.facts import Fact, Standing, fact_of_act, fact_of_event
from relations.press.readings import UNSURE, ActReading, EventReading, Reading, Stage, Suggestion

NEW, NONE = "new", "none"
PAIR = ("italian_place", "japanese_place")
_TITLE = 300


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
    act: ComparedAct | None = None
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
class Sheet:
    """All of a reading as a form: its fields by name, and its parts."""

    reading: Reading
    comparison: Comparison
    received: Received
    user: Any
    fields: dict[str, forms.Field] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = Places(self.comparison.places, self.user)
        self._sectors = sector_choices()
        self.source = self._source()
        self.acts = [
            self._act(number, act, compared)
            for number, (act, compared) in enumerate(
                zip(self.reading.acts, self.comparison.acts, strict=True), 1
            )
        ]
        self.events = [
            self._event(number, event, compared)
            for number, (event, compared) in enumerate(
                zip(self.reading.events, self.comparison.events, strict=True), 1
            )
        ]

    @property
    def parts(self) -> list[Part]:
        """The source, the acts and the events."""
        return [self.source, *self.acts, *self.events]

    def rows(self) -> Iterator[Row]:
        """The rows of all parts."""
        for part in self.parts:
            yield from part.rows()

    def _row(  # noqa: PLR0913, PLR0917 # what a row has
        self,
        row_id: str,
        label: str,
        suggestion: Suggestion[Any] | None,
        fields: dict[str, forms.Field],
        fact: Fact | None = None,
        cited: CitedField | None = None,
    ) -> Row:
        names = tuple(f"{row_id}{suffix}" for suffix in fields)
        for name, one in zip(names, fields.values(), strict=True):
            one.label = one.label or label
            self.fields[name] = one
        row = Row(row_id, label, names, suggestion, fact, cited)
        if suggestion:
            self.fields[row.take] = forms.BooleanField(
                required=False, label=label, initial=_is_preselected(suggestion, fact)
            )
        return row

    # The source

    def _source(self) -> Part:
        read, given = self.reading.source, self.received
        choices = [(str(source.pk), str(source)) for source in self._known_sources()]
        if choices:
            self.fields["source"] = choice_field(
                [*choices, (NEW, _("A new source"))], choices[0][0]
            )
            self.fields["source"].widget = forms.RadioSelect(choices=self.fields["source"].choices)  # type: ignore[attr-defined] # of its class
        publisher = None if given.publisher else read.publisher
        rows = (
            self._row(
                "source-publisher",
                _("Publisher"),
                publisher,
                {"": text_field(given.publisher or _value(read.publisher, ""))},
            ),
            self._row(
                "source-title",
                _("Title"),
                read.title,
                {"": text_field(_value(read.title, ""), _TITLE)},
            ),
            self._row(
                "source-published",
                _("Date of publication"),
                read.published,
                {"": date_field(_value(read.published, ""))},
            ),
            self._row("source-url", _("URL"), None, {"": self._url()}),
            self._row(
                "source-kind",
                _("Kind"),
                None,
                {"": choice_field(SourceKind.choices, SourceKind.PRESS_RELEASE)},
            ),
            self._row(
                "source-language",
                _("Language"),
                None,
                {"": choice_field(Language.choices, self.reading.language)},
            ),
        )
        target = "source" if choices else ""
        return Part("source", _("Where you read it"), (Group("", rows),), target)

    def _url(self) -> forms.URLField:
        return forms.URLField(
            required=False,
            initial=self.received.url,
            assume_scheme="https",
            widget=forms.URLInput({"class": "vURLField"}),
        )

    def _known_sources(self) -> list[Any]:
        texts = [kept.source for kept in self.comparison.texts]
        return list(dict.fromkeys([*texts, *self.comparison.sources]))

    # Acts

    def _act(self, number: int, act: ActReading, compared: ComparedAct) -> Part:
        part = f"act-{number}"
        self.fields[f"{part}-target"] = _target(
            [(str(one.pk), _named_act(one)) for one in compared.acts if may_change(self.user, one)],
            _("A new agreement"),
            self._target_of_act(act, compared),
        )
        likely = compared.likely
        groups = (
            Group(_("Between whom"), self._pair(part, compared), tuple(self._near_misses())),
            Group(_("The act"), self._what(part, act, compared), _notes(act, compared, self.user)),
            Group(_("Parties"), self._parties(part, act, likely)),
            Group(_("Signatories"), self._signatories(part, act, likely)),
            Group(_("Term"), self._term(part, act, likely)),
            Group(_("Sectors"), self._sector_rows(part, act, likely)),
        )
        many = len(self.reading.acts) > 1
        heading = _("Act %(number)d") % {"number": number} if many else _("The agreement")
        return Part(
            part,
            heading,
            tuple(g for g in groups if g.rows or g.notes),
            f"{part}-target",
            act=compared,
        )

    def _target_of_act(self, act: ActReading, compared: ComparedAct) -> str:
        if compared.likely:
            return str(compared.likely.pk) if may_change(self.user, compared.likely) else NONE
        stage = act.stage.value if act.stage else Stage.SIGNED
        is_no_act = stage == Stage.HOPED_FOR or (stage == Stage.PLANNED and not act.signed)
        return NONE if is_no_act else NEW

    def _pair(self, part: str, compared: ComparedAct) -> tuple[Row, ...]:
        known = compared.partnership
        labels = (_("Italian place"), _("Japanese place"))
        sides = (compared.sides.italian, compared.sides.japanese)
        near = [one.value for one in self.reading.near_misses]
        made = []
        for name, label, side, country in zip(PAIR, labels, sides, Country, strict=True):
            fact = Fact(Standing.CONFIRMS, str(getattr(known, name))) if known else None
            offered = [place for place in near if place.country == country]
            place = self._places.field(Partnership, name, side, offered)
            made.append(
                self._row(
                    f"{part}-{name}", label, side, {"": place}, fact or self._in_atlas(side),
                    CitedField(name),
                )
            )  # fmt: skip
        return tuple(made)

    def _in_atlas(self, side: Suggestion[Any] | None) -> Fact | None:
        place = self.comparison.places.get(side.value.key) if side else None
        return None if place else Fact(Standing.NEW)

    def _near_misses(self) -> Iterator[str]:
        for one in self.reading.near_misses:
            yield one.reason

    def _what(self, part: str, act: ActReading, compared: ComparedAct) -> tuple[Row, ...]:
        likely = compared.likely
        kinds = [("", "---------"), *AgreementKind.choices]
        made = [
            self._row(
                f"{part}-kind", _("Kind"), act.kind,
                {"": choice_field(kinds, _value(act.kind, ""))},
                _fact(likely, CitedField.KIND, act.kind), CitedField.KIND,
            ),
            self._row(
                f"{part}-signed", _("Date of signature"), act.signed,
                {"": date_field(_value(act.signed, ""))},
                _fact(likely, CitedField.SIGNED, act.signed), CitedField.SIGNED,
            ),
        ]  # fmt: skip
        if act.signed_at:
            made.append(
                self._row(
                    f"{part}-signed_at", _("Place of signature"), act.signed_at,
                    {"": self._places.field(Agreement, "signed_at", act.signed_at)},
                    _fact(likely, CitedField.SIGNED_AT, act.signed_at), CitedField.SIGNED_AT,
                )
            )  # fmt: skip
        if compared.renewed and act.stage:
            earlier = [(str(one.pk), _named_act(one)) for one in compared.acts]
            made.append(
                self._row(
                    f"{part}-renews", _("Renews"), act.stage,
                    {"": choice_field([("", "---------"), *earlier], str(compared.renewed.pk))},
                )
            )  # fmt: skip
        return tuple(made)

    def _parties(self, part: str, act: ActReading, likely: Agreement | None) -> tuple[Row, ...]:
        made = []
        for number, body in enumerate(act.bodies, 1):
            place = Suggestion(
                body.value.place, body.evidence, body.confidence, body.reason,
                others=tuple(dict.fromkeys(one.place for one in body.others)),
            )  # fmt: skip
            fields: dict[str, forms.Field] = {
                "": self._places.field(Party, "place", place),
                "-institution": choice_field(Institution.choices, body.value.institution),
                "-name": text_field(body.value.name),
            }
            fields["-institution"].label = _("Institution")
            fields["-name"].label = _("Name, if it is not the place’s government")
            made.append(
                self._row(
                    f"{part}-party-{number}", _("Party"), body, fields,
                    _fact(likely, CitedField.PARTIES, body), CitedField.PARTIES,
                )
            )  # fmt: skip
        return tuple(made)

    def _signatories(self, part: str, act: ActReading, likely: Agreement | None) -> tuple[Row, ...]:
        sides = [("", "---------"), *Country.choices]
        made = []
        for number, person in enumerate(act.signatories, 1):
            fields: dict[str, forms.Field] = {
                "": text_field(person.value.name),
                "-office": text_field(person.value.office),
                "-country": choice_field(sides, person.value.country or ""),
            }
            fields["-office"].label = _("Office")
            fields["-country"].label = _("Side")
            made.append(
                self._row(
                    f"{part}-signatory-{number}", _("Signatory"), person, fields,
                    _fact(likely, CitedField.SIGNATORIES, person), CitedField.SIGNATORIES,
                )
            )  # fmt: skip
        return tuple(made)

    def _term(self, part: str, act: ActReading, likely: Agreement | None) -> tuple[Row, ...]:
        made = []
        if act.term_months:
            made.append(
                self._row(
                    f"{part}-term", _("Term"), act.term_months,
                    {"": term_field(act.term_months.value)},
                    _fact(likely, CitedField.TERM, act.term_months), CitedField.TERM,
                )
            )  # fmt: skip
        if act.renewal:
            made.append(
                self._row(
                    f"{part}-renewal", _("Renewal"), act.renewal,
                    {"": choice_field(Renewal.choices, act.renewal.value)},
                    _fact(likely, CitedField.RENEWAL, act.renewal), CitedField.RENEWAL,
                )
            )  # fmt: skip
        return tuple(made)

    def _sector_rows(
        self, part: str, told: ActReading | EventReading, likely: Agreement | Event | None
    ) -> tuple[Row, ...]:
        return tuple(
            self._row(
                f"{part}-sector-{number}", _("Sector"), sector,
                {"": choice_field(self._sectors, sector.value)},
                _fact(likely, CitedField.SECTORS, sector), CitedField.SECTORS,
            )
            for number, sector in enumerate(told.sectors, 1)
        )  # fmt: skip

    # Events

    def _event(self, number: int, event: EventReading, compared: ComparedEvent) -> Part:
        part, likely = f"event-{number}", compared.likely
        known = [(str(likely.pk), str(likely))] if likely and may_change(self.user, likely) else []
        is_sure = event.kind.confidence >= UNSURE
        chosen = NEW if is_sure else NONE
        if likely:
            chosen = known[0][0] if known else NONE
        self.fields[f"{part}-target"] = _target(known, _("A new event"), chosen)
        rows = [
            self._row(
                f"{part}-kind", _("Kind"), event.kind,
                {"": choice_field(EventKind.choices, event.kind.value)},
                _fact(likely, CitedField.KIND, event.kind), CitedField.KIND,
            )
        ]  # fmt: skip
        for name, label, when in (
            ("start", _("Date"), event.start),
            ("end", _("Last day"), event.end),
        ):
            if when:
                rows.append(
                    self._row(
                        f"{part}-{name}", label, when, {"": date_field(when.value)},
                        _fact(likely, CitedField(name), when), CitedField(name),
                    )
                )  # fmt: skip
        for position, place in enumerate(event.places, 1):
            rows.append(
                self._row(
                    f"{part}-place-{position}", _("Place concerned"), place,
                    {"": self._places.field(Event, "place", place)},
                    _fact(likely, CitedField.PLACES, place), CitedField.PLACES,
                )
            )  # fmt: skip
        groups = (Group("", (*rows, *self._sector_rows(part, event, likely))),)
        heading = _("Event: %(kind)s") % {"kind": EventKind(event.kind.value).label}
        return Part(part, heading, groups, f"{part}-target", event=compared)


def _value(suggestion: Suggestion[Any] | None, otherwise: Any) -> Any:
    return suggestion.value if suggestion else otherwise


def _is_preselected(suggestion: Suggestion[Any], fact: Fact | None) -> bool:
    """What is sure, and does not speak against the atlas."""
    is_against = fact is not None and fact.standing == Standing.DISAGREES
    return suggestion.confidence >= UNSURE and not is_against


def _fact(
    record: Agreement | Event | None, name: CitedField, suggestion: Suggestion[Any] | None
) -> Fact | None:
    if record is None or suggestion is None:
        return None
    if isinstance(record, Agreement):
        return fact_of_act(record, name, suggestion.value)
    return fact_of_event(record, name, suggestion.value)


def _named_act(act: Agreement) -> str:
    return f"{act} ({act.get_kind_display()}, {format_date(act.signed_date)}, {act.get_state_display()})"


def _target(known: list[tuple[str, str]], new: str, chosen: str) -> forms.ChoiceField:
    choices = [*known, (NEW, new), (NONE, _("Leave it out"))]
    return forms.ChoiceField(
        choices=choices, initial=chosen, widget=forms.RadioSelect, label=_("What it is")
    )


def _notes(act: ActReading, compared: ComparedAct, user: Any) -> tuple[str, ...]:
    notes = [str(STAGES[act.stage.value])] if act.stage else []
    likely = compared.likely
    if likely and not may_change(user, likely):
        notes.append(
            _("The atlas has it: “%(act)s”. It is not a draft, and only publishers add to it.")
            % {"act": likely}
        )
    elif likely and likely.is_published:
        notes.append(
            _("“%(act)s” is public: what is added to it is seen at once.") % {"act": likely}
        )
    return tuple(notes)
