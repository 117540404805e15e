"""What the records are called that versions refer to, those too that are no longer there."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from relations.models import Agreement, Citation, Event, Partnership, Party, Place, Sector, Source
from relations.models.states import (
    Name,
    State,
    last_versions,
    many_fields,
    own_fields,
    version_states,
)

# A record is called after those that come later in this list.
_ORDER: tuple[type[models.Model], ...] = (
    Party,
    Event,
    Agreement,
    Partnership,
    Source,
    Sector,
    Place,
)


class Names(dict[Name, str]):
    """What records are called, by model and key."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        self._records: dict[Name, models.Model] = {}

    def want(self, model: type[models.Model], states: Iterable[State]) -> None:
        """Note what some states of a model refer to."""
        for state in states:
            for field in own_fields(model):
                if field.many_to_one and state[field.attname]:
                    self._wanted[field.related_model].add(state[field.attname])
            for name, field in many_fields(model).items():
                self._wanted[field.related_model].update(state[name])

    def look_up(self) -> None:
        """Find what is wanted, in two queries a model at the most; what is gone is called as it was."""
        gone: list[tuple[type[models.Model], State]] = []
        for model in _ORDER:
            wanted = self._wanted[model]
            found = model._base_manager.in_bulk(wanted)  # noqa: SLF001 # documented API
            self._records |= {(model, key): record for key, record in found.items()}
            self.want(model, [_references(record) for record in found.values()])
            if missing := wanted - found.keys():
                last = version_states(model, last_versions(model, missing)).values()
                self.want(model, last)
                gone += [(model, state) for state in last]
        for model, state in reversed(gone):
            self._records[model, state["id"]] = self.record(model, state)
        for name, record in self._records.items():
            self._attach(record)
            self[name] = str(record)

    def record(self, model: type[models.Model], state: State) -> models.Model:
        """A record as a state has it, with those that it refers to; it is not saved."""
        record = model(**{field.attname: state[field.attname] for field in own_fields(model)})
        self._attach(record)
        return record

    def call(self, model: type[models.Model], state: State) -> str:
        """What a record is called in a state; a citation after its source and the fact."""
        record = self.record(model, state)
        if isinstance(record, Citation):
            return f"{self.get((Source, record.source_id), '')} · {record.get_field_display()}"
        return str(record)

    def _attach(self, record: models.Model) -> None:
        for field in own_fields(type(record)):
            if field.many_to_one:
                target = self._records.get((field.related_model, getattr(record, field.attname)))
                if target is not None:
                    setattr(record, field.name, target)


def _references(record: models.Model) -> State:
    """The state of a record as far as it is called after others."""
    model = type(record)
    state: State = {f.attname: None for f in own_fields(model)}
    state |= dict.fromkeys(many_fields(model), ())
    if isinstance(record, Party | Partnership):
        state |= {f.attname: getattr(record, f.attname) for f in own_fields(model)}
    return state
