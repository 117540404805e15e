"""What the public is told of a change, and the moments of its records, which move with it."""

from datetime import datetime
from typing import Any

from django.db import models

from relations.enums import PublicationState, PublicStep
from relations.models.agreements import Agreement
from relations.models.events import Event
from relations.models.parties import Party, Signatory
from relations.models.partnerships import Partnership
from relations.models.public_changes import PARTS, PublicChange, facts_in, step_between
from relations.models.states import Name, State

_COLUMNS: dict[str, type[models.Model]] = {
    "agreement_id": Agreement,
    "event_id": Event,
    "partnership_id": Partnership,
}
# What has parts.
WHOLES = (Agreement, Event, Partnership)


class Announcements:
    """What is told of one change, at its moment: one entry for each record, of however many parts."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._entries: dict[Name, PublicChange] = {}
        self._public: dict[Name, bool] = {}
        self._moved: set[Name] = set()

    def announce(
        self, model: type[models.Model], key: int, before: State | None, after: State | None
    ) -> None:
        """Tell of a record or a part that passes from one state to another; None is no record."""
        if model in WHOLES:
            self._announce_record((model, key), before, after)
        elif model in PARTS:
            whole = _name_of_whole(model, after or before or {})
            if whole is not None:
                self.move(whole)
                self._tell(whole, None, {PARTS[model]})

    def move(self, name: Name) -> None:
        """Move the moment of the last change of an agreement or event, once."""
        model, key = name
        if name not in self._moved and model in (Agreement, Event):
            model._base_manager.filter(pk=key).update(changed=self._moment)  # noqa: SLF001 # documented API
            self._moved.add(name)

    def _announce_record(self, name: Name, before: State | None, after: State | None) -> None:
        """It was saved, which has moved its moment already."""
        self._moved.add(name)
        if step := step_between(_publication(before), _publication(after)):
            self._tell(name, step, ())
        elif before and after:
            changed = {column for column in after if before.get(column) != after[column]}
            self._tell(name, None, facts_in(name[0], changed))

    def _tell(self, name: Name, step: PublicStep | None, facts: Any) -> None:
        if step:
            self._public[name] = step != PublicStep.WITHDRAWN
        if step or (facts and self._is_public(name)):
            entry = self._entries.setdefault(name, _entry(name, self._moment))
            entry.add(step or "", facts)
            entry.save()

    def _is_public(self, name: Name) -> bool:
        if name not in self._public:
            model, key = name
            records = model._base_manager.filter(pk=key)  # noqa: SLF001 # documented API
            self._public[name] = (
                Partnership.objects.published().filter(pk=key).exists()
                if model is Partnership
                else records.filter(state=PublicationState.PUBLISHED).exists()
            )
        return self._public[name]


def _publication(state: State | None) -> str | None:
    return state.get("state") if state else None


def _entry(name: Name, moment: datetime) -> PublicChange:
    model, key = name
    return PublicChange(moment=moment, **{f"{model.__name__.lower()}_id": key})


def _name_of_whole(model: type[models.Model], part: State) -> Name | None:
    """The record that a state of a part, which may be gone, names; None where its party is gone."""
    if model is Signatory:
        party = Party.objects.filter(pk=part["party_id"]).values("agreement_id").first()
        return _name_of_whole(Party, dict(party)) if party else None
    return next(
        ((whole, part[column]) for column, whole in _COLUMNS.items() if part.get(column)), None
    )
