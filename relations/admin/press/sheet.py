"""All of a reading as a form."""

from collections.abc import Iterator
from typing import Any

from relations.admin.press.act_rows import act_part
from relations.admin.press.event_rows import event_part
from relations.admin.press.fields import Places, sector_choices
from relations.admin.press.release_form import Received
from relations.admin.press.rows import Form, Part, Row
from relations.admin.press.source_rows import source_part
from relations.press.comparison import Comparison
from relations.press.readings import Reading


class Sheet:
    """The fields of a reading by name, and the rows in its source, its acts and its events."""

    def __init__(
        self, reading: Reading, comparison: Comparison, received: Received, user: Any
    ) -> None:
        self.reading, self.comparison = reading, comparison
        self.received, self.user = received, user
        form = Form(Places(comparison.places, user), sector_choices(), user)
        self.fields = form.fields
        self.source = source_part(form, reading, comparison, received)
        self.acts = [
            act_part(form, number, reading, comparison)
            for number in range(1, len(reading.acts) + 1)
        ]
        events = zip(reading.events, comparison.events, strict=True)
        self.events = [
            event_part(form, number, event, compared)
            for number, (event, compared) in enumerate(events, 1)
        ]

    @property
    def parts(self) -> list[Part]:
        """The source, the acts and the events."""
        return [self.source, *self.acts, *self.events]

    def rows(self) -> Iterator[Row]:
        """The rows of all parts."""
        for part in self.parts:
            yield from part.rows()
