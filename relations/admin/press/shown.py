"""The parts of a reading as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from relations.admin.press.reading_form import ReadingForm
from relations.admin.press.rows import Group, Part, Row
from relations.admin.press.words import how_sure, quote
from relations.press.facts import Fact, Standing
from relations.press.readings import UNSURE


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its bound fields, and what is said of it. `mark` is the number of its first mark in the text."""

    row: Row
    take: BoundField | None
    fields: list[BoundField]
    mark: int = 0
    quotes: str = ""
    sure: str = ""
    is_unsure: bool = False
    standing: str = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of rows."""

    group: Group
    rows: list[ShownRow]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """The source, an act or an event."""

    part: Part
    target: BoundField | None
    groups: list[ShownGroup]


def shown(form: ReadingForm, marks: Mapping[str, int]) -> list[ShownPart]:
    """All parts of a form; `marks` are the numbers of the marks by row."""
    return [
        ShownPart(
            part,
            form[part.target] if part.target else None,
            [
                ShownGroup(group, [_row(form, row, marks.get(row.id, 0)) for row in group.rows])
                for group in part.groups
            ],
        )
        for part in form.sheet.parts
    ]


def _row(form: ReadingForm, row: Row, mark: int) -> ShownRow:
    fields = [form[name] for name in row.names]
    if row.suggestion is None:
        return ShownRow(row, None, fields, standing=_standing(row.fact))
    text = form.sheet.reading.text
    quotes = dict.fromkeys(quote(text, span) for span in row.suggestion.evidence)
    return ShownRow(
        row,
        form[row.take],
        fields,
        mark,
        " … ".join(list(quotes)[:3]),
        how_sure(row.suggestion),
        row.suggestion.confidence < UNSURE,
        _standing(row.fact),
    )


def _standing(fact: Fact | None) -> str:
    """What the atlas has, in words; empty where nothing was compared."""
    if fact is None:
        return ""
    said: dict[Any, str] = {
        Standing.NEW: _("new to the atlas"),
        Standing.CONFIRMS: _("the atlas has the same: %(value)s"),
        Standing.DISAGREES: _("the atlas has another: %(value)s"),
    }
    return said[fact.standing] % {"value": fact.atlas}
