"""An act of a reading, as rows: in the groups of the form of an agreement."""

from typing import Any

from django.utils.translation import gettext as _

from relations.admin.press.fields import choice_field, date_field, term_field, text_field
from relations.admin.press.rows import EMPTY, NEW, NONE, PAIR, Form, Group, Part, Row, Rows
from relations.admin.press.words import STAGES
from relations.dates import format_date
from relations.enums import AgreementKind, CitedField, Country, Institution, Renewal
from relations.models import Agreement, Partnership, Party
from relations.permissions import may_change
from relations.press.comparison import ComparedAct, Comparison
from relations.press.facts import Fact, Standing
from relations.press.readings import ActReading, Reading, Stage, Suggestion


def act_part(form: Form, number: int, reading: Reading, comparison: Comparison) -> Part:
    """The act of a number, from 1."""
    act, compared = reading.acts[number - 1], comparison.acts[number - 1]
    rows = Rows(form, f"act-{number}", compared.likely)
    known = [(str(one.pk), _named(one)) for one in compared.acts if may_change(form.user, one)]
    near = tuple(one.reason for one in reading.near_misses)
    groups = (
        Group(_("Between whom"), _pair(rows, reading, comparison, compared), near),
        Group(_("The act"), _what(rows, act, compared), _notes(act, compared, form.user)),
        Group(_("Parties"), _parties(rows, act)),
        Group(_("Signatories"), _signatories(rows, act)),
        Group(_("Term"), _term(rows, act)),
        Group(_("Sectors"), rows.sectors(act.sectors)),
    )
    is_one_of_many = len(reading.acts) > 1
    return Part(
        rows.part,
        _("Act %(number)d") % {"number": number} if is_one_of_many else _("The agreement"),
        tuple(group for group in groups if group.rows or group.notes),
        rows.target(known, _("A new agreement"), _chosen(act, compared, form.user)),
    )


def _chosen(act: ActReading, compared: ComparedAct, user: Any) -> str:
    """What is proposed to become of it: what is only hoped for is no act."""
    if compared.likely:
        return str(compared.likely.pk) if may_change(user, compared.likely) else NONE
    stage = act.stage.value if act.stage else Stage.SIGNED
    is_no_act = stage == Stage.HOPED_FOR or (stage == Stage.PLANNED and not act.signed)
    return NONE if is_no_act else NEW


def _named(act: Agreement) -> str:
    return f"{act} ({act.get_kind_display()}, {format_date(act.signed_date)}, {act.get_state_display()})"


def _notes(act: ActReading, compared: ComparedAct, user: Any) -> tuple[str, ...]:
    notes = [str(STAGES[act.stage.value])] if act.stage else []
    likely = compared.likely
    if likely and not may_change(user, likely):
        sentence = _(
            "The atlas has it: “%(act)s”. It is not a draft, and only publishers add to it."
        )
        notes.append(sentence % {"act": likely})
    elif likely and likely.is_published:
        sentence = _("“%(act)s” is public: what is added to it is seen at once.")
        notes.append(sentence % {"act": likely})
    return tuple(notes)


def _pair(
    rows: Rows, reading: Reading, comparison: Comparison, compared: ComparedAct
) -> tuple[Row, ...]:
    """The two places; beside each stand those of its country that a misspelt word may mean."""
    labels = (_("Italian place"), _("Japanese place"))
    sides = (compared.sides.italian, compared.sides.japanese)
    made = []
    for name, label, side, country in zip(PAIR, labels, sides, Country, strict=True):
        near = [one.value for one in reading.near_misses if one.value.country == country]
        place = rows.form.places.field(label, (Partnership, name), side, near)
        fact = _standing(side, name, comparison, compared)
        made.append(rows.row(name, side, {"": place}, CitedField(name), fact))
    return tuple(made)


def _standing(
    side: Suggestion[Any] | None, name: str, comparison: Comparison, compared: ComparedAct
) -> Fact | None:
    if compared.partnership:
        return Fact(Standing.CONFIRMS, str(getattr(compared.partnership, name)))
    is_new = side is not None and side.value.key not in comparison.places
    return Fact(Standing.NEW) if is_new else None


def _what(rows: Rows, act: ActReading, compared: ComparedAct) -> tuple[Row, ...]:
    kind = choice_field(
        _("Kind"), [EMPTY, *AgreementKind.choices], act.kind.value if act.kind else ""
    )
    signed = date_field(_("Date of signature"), act.signed.value if act.signed else "")
    made = [
        rows.row("kind", act.kind, {"": kind}, CitedField.KIND),
        rows.row("signed", act.signed, {"": signed}, CitedField.SIGNED),
    ]
    if act.signed_at:
        place = rows.form.places.field(
            _("Place of signature"), (Agreement, "signed_at"), act.signed_at
        )
        made.append(rows.row("signed_at", act.signed_at, {"": place}, CitedField.SIGNED_AT))
    if compared.renewed and act.stage:
        earlier = [EMPTY, *((str(one.pk), _named(one)) for one in compared.acts)]
        renews = choice_field(_("Renews"), earlier, str(compared.renewed.pk))
        made.append(rows.row("renews", act.stage, {"": renews}))
    return tuple(made)


def _parties(rows: Rows, act: ActReading) -> tuple[Row, ...]:
    made = []
    for number, body in enumerate(act.bodies, 1):
        others = tuple(dict.fromkeys(one.place for one in body.others))
        place = Suggestion(
            body.value.place, body.evidence, body.confidence, body.reason, others=others
        )
        fields = {
            "": rows.form.places.field(_("Party"), (Party, "place"), place),
            "-institution": choice_field(
                _("Institution"), Institution.choices, body.value.institution
            ),
            "-name": text_field(_("Name, if it is not the place’s government"), body.value.name),
        }
        made.append(rows.row(f"party-{number}", body, fields, CitedField.PARTIES))
    return tuple(made)


def _signatories(rows: Rows, act: ActReading) -> tuple[Row, ...]:
    made = []
    for number, person in enumerate(act.signatories, 1):
        fields = {
            "": text_field(_("Signatory"), person.value.name),
            "-office": text_field(_("Office"), person.value.office),
            "-country": choice_field(
                _("Side"), [EMPTY, *Country.choices], person.value.country or ""
            ),
        }
        made.append(rows.row(f"signatory-{number}", person, fields, CitedField.SIGNATORIES))
    return tuple(made)


def _term(rows: Rows, act: ActReading) -> tuple[Row, ...]:
    made = []
    if act.term_months:
        term = term_field(_("Term"), act.term_months.value)
        made.append(rows.row("term", act.term_months, {"": term}, CitedField.TERM))
    if act.renewal:
        renewal = choice_field(_("Renewal"), Renewal.choices, act.renewal.value)
        made.append(rows.row("renewal", act.renewal, {"": renewal}, CitedField.RENEWAL))
    return tuple(made)
