"""The history of every record that editors write: a version for each change, with who, when and why.

django-simple-history makes the tables; what is written to them, and when, stands here:

- A *change* is one request to the desk, or one `one_change` block. It makes one version of each
  record in which something really differs, in however many steps that was saved.
- A load writes no versions, nor do other writes to the table alone. Just before a record
  changes, its state is kept as a version "as found" unless the last one says the same. So
  nothing is lost, and nothing is put down to an editor that another did.
- Derived columns and moments are left out, since they follow from the rest.
"""

# Overrides keep the package's signatures:
# ruff: noqa: ARG002, FBT001

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.db.models.signals import pre_save
from simple_history import register
from simple_history.models import HistoricalRecords

from relations.models.agreements import Agreement
from relations.models.announcing import WHOLES
from relations.models.current import current_change
from relations.models.events import Event
from relations.models.parties import Party, Signatory
from relations.models.partnerships import Partnership
from relations.models.places import Place, PlaceName
from relations.models.sectors import Sector
from relations.models.sources import Citation, Source
from relations.models.states import (
    ADDED,
    CHANGED,
    DELETED,
    NOT_KEPT,
    State,
    last_states,
    many_fields,
    many_table,
    saved_state,
    stored_states,
    versions_of,
)

_AND = " · "  # between the reasons of one change


class Version(models.Model):
    """Mixin of the tables of versions.

    `change` is the same for all that changed at once. A version `as_found` was not made by its
    change: it is what stood there just before.
    """

    change = models.UUIDField(db_index=True, editable=False)
    as_found = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class Records(HistoricalRecords):  # type: ignore[misc] # the package ships no types
    """Writes the versions of one model."""

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Nobody is given permissions on versions."""
        return {**super().get_meta_options(model), "default_permissions": ()}

    def get_meta_options_m2m(self, through_model: type[models.Model]) -> dict[str, Any]:
        """Likewise."""
        return {**super().get_meta_options_m2m(through_model), "default_permissions": ()}

    def copy_fields(self, model: type[models.Model]) -> dict[str, Any]:
        """Leave out the key of a row that only joins two others."""
        fields: dict[str, Any] = super().copy_fields(model)
        if model._meta.auto_created:  # noqa: SLF001 # public in all but name
            fields.pop("id")
        return fields

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Listen to what comes before a change too."""
        super().finalize(sender, **kwargs)
        pre_save.connect(self.pre_save, sender=sender, weak=False)

    @property
    def versions(self) -> Any:
        """The table of versions."""
        return versions_of(self.cls)

    def pre_save(self, instance: Any, *, raw: bool = False, **_: Any) -> None:
        """Keep what is there."""
        is_known = instance.pk and not instance._state.adding  # noqa: SLF001 # documented API
        instance.state_before = None
        if is_known and not raw:
            instance.state_before = self.keep([instance.pk]).get(instance.pk)

    def post_save(
        self,
        instance: Any,
        created: bool,
        using: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Write what it has become."""
        before = vars(instance).pop("state_before", None)
        if kwargs.get("raw"):
            return
        after = self._after(instance, before, is_partial=bool(kwargs.get("update_fields")))
        self.write(instance.pk, ADDED if created else CHANGED, before, after, _reason_of(instance))

    def _after(self, instance: Any, before: State | None, *, is_partial: bool) -> State:
        """What a record is once it is saved; read again where the instance may not have all of it."""
        if is_partial or (self.cls, instance.pk) in current_change().versions:
            return stored_states(self.cls, [instance.pk])[instance.pk]
        many: State = dict.fromkeys(many_fields(self.cls), ())
        return (before or many) | saved_state(instance)

    def pre_delete(self, instance: Any, **kwargs: Any) -> None:
        """Keep what is there, and what it names too, which is gone afterwards."""
        super().pre_delete(instance, **kwargs)
        instance.state_before = self.keep([instance.pk]).get(instance.pk)

    def post_delete(self, instance: Any, using: str | None = None, **kwargs: Any) -> None:
        """Write what it was. What goes with its whole is not announced: nothing is left to tell of."""
        if state := vars(instance).pop("state_before", None):
            self.write(instance.pk, DELETED, state, state, _reason_of(instance))
            origin = kwargs.get("origin")
            if getattr(origin, "model", type(origin)) not in WHOLES:
                current_change().announcements.announce(self.cls, instance.pk, state, None)

    def m2m_changed(
        self,
        instance: Any,
        action: str,
        attr: str,
        pk_set: Any,
        reverse: bool,
        **_: Any,
    ) -> None:
        """Keep what a record names before that changes, and write what it names then."""
        if reverse and pk_set is None:
            return  # all that named it let go of it: what was is found at their next change
        keys = pk_set if reverse else [instance.pk]
        if action.startswith("pre_"):
            states = self.keep(keys)
            instance.states_before = states
        else:
            before = vars(instance).pop("states_before", {})
            for key, state in stored_states(self.cls, before).items():
                self.write(key, CHANGED, before[key], state, _reason_of(instance))
                if before[key] != state:
                    current_change().announcements.move((self.cls, key))

    def keep(self, keys: Iterable[int]) -> dict[int, State]:
        """What records were before this change, kept as versions where the last ones say otherwise."""
        change, keys = current_change(), list(keys)
        new = stored_states(self.cls, [key for key in keys if (self.cls, key) not in change.states])
        told = last_states(self.cls, [key for key in new if (self.cls, key) not in change.versions])
        for key, state in new.items():
            if (self.cls, key) not in change.versions and told.get(key) != state:
                self._insert(key, CHANGED, state, as_found=True)
            change.states[self.cls, key] = state
        known = {key: change.states.get((self.cls, key)) for key in keys}
        return {key: state for key, state in known.items() if state}

    def write(
        self, key: int, kind: str, before: State | None, after: State, reason: str = ""
    ) -> None:
        """Write a version in which something differs; it takes the place of an earlier one of the same change."""
        change = current_change()
        if kind == CHANGED and before == after and (self.cls, key) not in change.versions:
            return
        reasons = [change.reason, reason]
        if (earlier := change.versions.get((self.cls, key))) and kind == CHANGED:
            kind = earlier.history_type
            reasons = [*(earlier.history_change_reason or "").split(_AND), *reasons]
            _delete_version(earlier)
        reason = _AND.join(dict.fromkeys(filter(None, reasons)))
        version = self._insert(key, kind, after, change=change.key, reason=reason)
        change.versions[self.cls, key] = version
        if kind != DELETED:
            change.announcements.announce(self.cls, key, before, after)

    def _insert(  # noqa: PLR0913 # a version is all of this
        self,
        key: int,
        kind: str,
        state: State,
        *,
        change: UUID | None = None,
        reason: str = "",
        as_found: bool = False,
    ) -> Any:
        many = many_fields(self.cls)
        user = current_change().user or self.get_history_user(None)
        version = self.versions.objects.create(
            **{name: value for name, value in state.items() if name not in many},
            history_date=current_change().moment,
            history_type=kind,
            history_user_id=None if as_found else getattr(user, "pk", None),
            history_change_reason=reason or None,
            change=change or uuid4(),
            as_found=as_found,
        )
        for name, field in many.items():
            table, target = many_table(self.versions, name), f"{field.m2m_reverse_field_name()}_id"
            rows = [{f"{field.m2m_field_name()}_id": key, target: pk} for pk in state[name]]
            table.objects.bulk_create(table(history=version, **row) for row in rows)
        return version


def remember(model: type[models.Model], keys: Iterable[int]) -> None:
    """Keep the states of records that are about to be changed in their table alone."""
    _RECORDS[model].keep(keys)


def _reason_of(instance: Any) -> str:
    return getattr(instance, "_change_reason", None) or ""


def _delete_version(version: Any) -> None:
    for name in many_fields(version.instance_type):
        many_table(type(version), name).objects.filter(history=version).delete()
    version.delete()


_RECORDS: dict[type[models.Model], Records] = {}


def _keep_history_of(model: type[models.Model]) -> None:
    fields = model._meta.concrete_fields  # noqa: SLF001 # public in all but name
    register(
        model,
        records_class=partial(_made, model),
        bases=(Version,),
        excluded_fields=[field.name for field in fields if isinstance(field, NOT_KEPT)],
        m2m_fields=list(many_fields(model)),
        history_id_field=models.BigAutoField(),
        history_change_reason_field=models.TextField(null=True),
        # A number and no foreign key: what an account did stays when the account is deleted.
        history_user_id_field=models.BigIntegerField(null=True),
    )


def _made(model: type[models.Model], **config: Any) -> Records:
    return _RECORDS.setdefault(model, Records(**config))


for _model in (
    Sector,
    Place,
    PlaceName,
    Source,
    Partnership,
    Agreement,
    Party,
    Signatory,
    Event,
    Citation,
):
    _keep_history_of(_model)
