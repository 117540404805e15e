"""The states of records: as the database holds them, and as their versions say."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Max

from relations.models.changes import ChangedField
from relations.models.fields import DerivedDateField, DerivedTextField

# The values of a record's own fields by attribute, and the keys of what its many-to-many fields name.
State = dict[str, Any]
# A record: its model and its key.
Name = tuple[type[models.Model], int]

ADDED, CHANGED, DELETED = "+", "~", "-"
# What follows from the rest of a row.
NOT_KEPT = (DerivedDateField, DerivedTextField, ChangedField)


def versions_of(model: type[models.Model]) -> Any:
    """The table of versions of a model."""
    return model.history.model  # type: ignore[attr-defined] # set by the package


def last_versions(model: type[models.Model], keys: Collection[int] | None = None) -> Any:
    """The last version of each record, or of those with some keys; that of a deleted one says so."""
    versions = versions_of(model).objects.all()
    if keys is not None:
        versions = versions.filter(id__in=list(keys))
    last = versions.order_by().values("id").annotate(last=Max("history_id")).values("last")
    return versions.filter(pk__in=last)


def own_fields(model: type[models.Model]) -> list[Any]:
    """The fields whose columns are kept, the key among them."""
    return [f for f in model._meta.concrete_fields if not isinstance(f, NOT_KEPT)]  # noqa: SLF001 # likewise


def many_fields(model: type[models.Model]) -> dict[str, Any]:
    """The many-to-many fields by name."""
    return {field.name: field for field in model._meta.many_to_many}  # noqa: SLF001 # likewise


def stored_states(model: type[models.Model], keys: Collection[int]) -> dict[int, State]:
    """What the database holds of records, by key."""
    names = [field.attname for field in own_fields(model)]
    rows = model._base_manager.filter(pk__in=list(keys)).values(*names)  # noqa: SLF001 # documented API
    states: dict[int, State] = {row["id"]: dict(row) for row in rows}
    for name, field in many_fields(model).items():
        through = field.remote_field.through.objects
        _add_many(states, name, through, field.m2m_field_name(), field.m2m_reverse_field_name())
    return states


def version_states(model: type[models.Model], versions: Collection[Any]) -> dict[int, State]:
    """What versions say, by the number of the version."""
    names = [field.attname for field in own_fields(model)]
    states = {
        version.history_id: {name: getattr(version, name) for name in names} for version in versions
    }
    for name, field in many_fields(model).items():
        table = many_table(versions_of(model), name).objects
        _add_many(states, name, table, "history", field.m2m_reverse_field_name())
    return states


def last_states(model: type[models.Model], keys: Collection[int]) -> dict[int, State]:
    """What the last versions of records say, by the key of the record; nothing of those that are deleted."""
    found = [v for v in last_versions(model, keys) if v.history_type != DELETED]
    states = version_states(model, found)
    return {version.id: states[version.history_id] for version in found}


def saved_state(instance: Any) -> State:
    """What an instance holds in its own fields, as the database returns it."""
    fields = own_fields(type(instance))
    return {field.attname: field.to_python(getattr(instance, field.attname)) for field in fields}


def _add_many(states: dict[int, State], name: str, rows: Any, source: str, target: str) -> None:
    named: dict[int, list[int]] = {key: [] for key in states}
    columns = (f"{source}_id", f"{target}_id")
    for key, pk in rows.filter(**{f"{columns[0]}__in": list(states)}).values_list(*columns):
        named[key].append(pk)
    for key, state in states.items():
        state[name] = tuple(sorted(named[key]))


def many_table(versions: Any, name: str) -> Any:
    """The table of what versions name by a many-to-many field."""
    return getattr(versions, name).model
