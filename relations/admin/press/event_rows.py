"""An event of a reading, as rows."""

from django.utils.translation import gettext as _

from relations.admin.press.fields import choice_field, date_field
from relations.admin.press.rows import NEW, NONE, Form, Group, Part, Row, Rows
from relations.enums import CitedField, EventKind
from relations.models import Event
from relations.permissions import may_change
from relations.press.comparison import ComparedEvent
from relations.press.readings import UNSURE, EventReading


def event_part(form: Form, number: int, event: EventReading, compared: ComparedEvent) -> Part:
    """The event of a number, from 1."""
    rows, likely = Rows(form, f"event-{number}", compared.likely), compared.likely
    known = [(str(likely.pk), str(likely))] if likely and may_change(form.user, likely) else []
    proposed = NEW if likely is None else known[0][0] if known else NONE
    chosen = proposed if event.kind.confidence >= UNSURE else NONE
    made = (*_when(rows, event), *_where(rows, event), *rows.sectors(event.sectors))
    return Part(
        rows.part,
        _("Event: %(kind)s") % {"kind": EventKind(event.kind.value).label},
        (Group("", (_kind(rows, event), *made)),),
        rows.target(known, _("A new event"), chosen),
        compared,
    )


def _kind(rows: Rows, event: EventReading) -> Row:
    kinds = choice_field(_("Kind"), EventKind.choices, event.kind.value)
    return rows.row("kind", event.kind, {"": kinds}, CitedField.KIND)


def _when(rows: Rows, event: EventReading) -> list[Row]:
    days = ((CitedField.START, _("Date"), event.start), (CitedField.END, _("Last day"), event.end))
    return [
        rows.row(cited.value, when, {"": date_field(label, when.value)}, cited)
        for cited, label, when in days
        if when
    ]


def _where(rows: Rows, event: EventReading) -> list[Row]:
    made = []
    for number, place in enumerate(event.places, 1):
        field = rows.form.places.field(_("Place concerned"), (Event, "place"), place)
        made.append(rows.row(f"place-{number}", place, {"": field}, CitedField.PLACES))
    return made
