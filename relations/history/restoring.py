"""Back to an earlier version: through the same checks as any other save."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations.addresses import was_read
from relations.enums import PublicationState
from relations.history.differences import Difference, differences
from relations.history.names import Names
from relations.history.reading import PARTS
from relations.models import Party
from relations.models.publication import STAGE
from relations.models.states import (
    DELETED,
    State,
    many_fields,
    own_fields,
    stored_states,
    version_states,
    versions_of,
)

_NOT_RESTORED = {"id", "added", *STAGE}


@dataclass(frozen=True, slots=True)
class Restoration:
    """What it takes to bring a record back to a version: what changes, and what cannot be had again.

    `current` is the record as it stands, None where it is deleted. `lost` are the names of
    records that it referred to among others and that are no longer there. `parts` are those
    that were deleted with it.
    """

    model: type[models.Model]
    version: Any
    current: Any
    name: str
    target: State
    differences: Sequence[Difference]
    lost: Sequence[str]
    parts: Sequence["Restoration"]

    @property
    def label(self) -> str:
        """What kind of record it is."""
        return capfirst(str(self.model._meta.verbose_name))  # noqa: SLF001 # documented API

    @property
    def digest(self) -> str:
        """Stands for what it would change: another one once the record is no longer as it was shown."""
        return sha256(repr(self.differences).encode()).hexdigest()

    @property
    def all_parts(self) -> list["Restoration"]:
        """The parts, each with its own after it."""
        return [one for part in self.parts for one in (part, *part.all_parts)]


def restoration_to(model: type[models.Model], version: Any) -> Restoration:
    """What it takes to bring a record back to a version of it."""
    (state,) = version_states(model, [version]).values()
    current = model._default_manager.filter(pk=version.id).first()  # noqa: SLF001 # documented API
    before = stored_states(model, [version.id]).get(version.id)
    names = Names()
    names.want(model, filter(None, (state, before)))
    names.look_up()
    target, lost = _attainable(model, state, before, names)
    if current and before and was_read(current):
        target["slug"] = before["slug"]  # its address is lasting
    parts = [] if current else _deleted_with(model, version.id)
    return Restoration(
        model=model,
        version=version,
        current=current,
        name=names.call(model, state),
        target=target,
        differences=differences(model, before, target, names),
        lost=lost,
        parts=parts,
    )


def _attainable(
    model: type[models.Model], state: State, before: State | None, names: Names
) -> tuple[State, list[str]]:
    """A state without what cannot come back, and the names of what that is."""
    kept = before or {"state": PublicationState.DRAFT}
    target, lost = dict(state), []
    for field in own_fields(model):
        if field.name in STAGE:
            empty = field.get_default() if not field.null else None
            target[field.attname] = kept.get(field.attname, empty)
    for name, field in many_fields(model).items():
        there = field.related_model._base_manager.in_bulk(state[name])  # noqa: SLF001 # likewise
        target[name] = tuple(key for key in state[name] if key in there)
        gone = [key for key in state[name] if key not in there]
        lost += [names.get((field.related_model, key), str(key)) for key in gone]
    return target, lost


def _deleted_with(model: type[models.Model], key: int) -> list[Restoration]:
    """The parts that were deleted in the same change as a record."""
    deletion = versions_of(model).objects.filter(id=key, history_type=DELETED).latest()
    found: list[Restoration] = []
    for part, column in PARTS.get(model, {}).items():
        if column == "party_id" and model is not Party:
            continue  # comes back with its party
        gone = versions_of(part).objects.filter(
            change=deletion.change, history_type=DELETED, **{column: key}
        )
        found += [restoration_to(part, one) for one in gone.order_by("history_id")]
    return found


def restore(plan: Restoration) -> models.Model:
    """Carry out a restoration, in a transaction of the caller's.

    Raises:
        ValidationError: a sentence for each thing that stands against it; nothing may be kept then.
    """
    _check_references(plan)
    record = plan.current or plan.model(pk=plan.version.id)
    for field in own_fields(plan.model):
        if field.name not in _NOT_RESTORED or not plan.current:
            setattr(record, field.attname, plan.target[field.attname])
    try:
        record.full_clean()
    except ValidationError as refusal:
        raise ValidationError(list(_sentences(plan.model, refusal))) from refusal
    record.save()
    for name in many_fields(plan.model):
        getattr(record, name).set(plan.target[name])
    for part in plan.parts:
        restore(part)
    return record


def _check_references(plan: Restoration) -> None:
    """Check that what it belongs to, or names, is there."""
    for field in own_fields(plan.model):
        key = plan.target[field.attname] if field.many_to_one else None
        if key and not field.related_model._base_manager.filter(pk=key).exists():  # noqa: SLF001 # likewise
            names = Names()
            names.want(plan.model, [plan.target])
            names.look_up()
            raise ValidationError(
                _("%(field)s: “%(name)s” is no longer there. Restore that first.")
                % {"field": _label(field), "name": names.get((field.related_model, key), key)}
            )


def _sentences(model: type[models.Model], refusal: ValidationError) -> Iterable[str]:
    for name, sentences in refusal.message_dict.items():
        label = "" if name == NON_FIELD_ERRORS else _label(model._meta.get_field(name))  # noqa: SLF001 # likewise
        for sentence in sentences:
            yield f"{label}: {sentence}" if label else sentence


def _label(field: Any) -> str:
    return capfirst(str(field.verbose_name))
