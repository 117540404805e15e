"""Rows of the database with all that they refer to: read at once, compared, written in batches."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F

from relations.loading.layout import LAYOUT_OF, LAYOUTS, Content, Key, Layout

Rows = dict[type[models.Model], dict[Key, "Row"]]

# Beyond any order that is used, and within what every database can count.
_OUT_OF_THE_WAY = 1_000_000_000


@dataclass(slots=True)
class Row:
    """A row, and the rows that its many-to-many fields refer to (by name of the field)."""

    layout: Layout
    instance: Any
    many: dict[str, list[Any]]

    def content(self) -> Content:
        """Its fields as the file writes them."""
        return {name: self._value(name, field) for name, field in self.layout.fields.items()}

    def _value(self, name: str, field: Any) -> Any:
        if field.many_to_many:
            order = LAYOUT_OF[field.related_model].order
            return [list(row.natural_key()) for row in sorted(self.many[name], key=order)]
        value = getattr(self.instance, name)
        if field.is_relation:
            return None if value is None else list(value.natural_key())
        if isinstance(field, models.DecimalField):
            return f"{value:.{field.decimal_places}f}"
        return value

    def fingerprint(self) -> str:
        """SHA-256 of its content, the same wherever and however it was written.

        Defaults are left out, so that a field that is added to a model changes nothing.
        """
        stated = {}
        for name, value in self.content().items():
            field = self.layout.fields[name]
            if value != ([] if field.many_to_many else field.get_default()):
                stated[name] = sorted(value) if field.many_to_many else value
        text = json.dumps(stated, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read_rows() -> Rows:
    """All rows of the ten models by natural key, in one query a table."""
    rows: Rows = {}
    instances: dict[type[models.Model], dict[int, Any]] = {}
    for layout in LAYOUTS:
        found = layout.model._default_manager.order_by().in_bulk()  # noqa: SLF001 # public in all but name
        instances[layout.model] = found
        many = {name: _read_many(field, instances) for name, field in layout.many.items()}
        for instance in found.values():
            for name, field in layout.references.items():
                if pk := getattr(instance, field.attname):
                    setattr(instance, name, instances[field.related_model][pk])
        rows[layout.model] = {}
        for pk, instance in found.items():
            row = Row(layout, instance, {name: many[name][pk] for name in many})
            rows[layout.model][layout.known_by(row.content())] = row
    return rows


def _read_many(field: Any, instances: dict[type[models.Model], dict[int, Any]]) -> Any:
    """What each row refers to by a many-to-many field, by the row's primary key."""
    through = field.remote_field.through._default_manager  # noqa: SLF001 # likewise
    targets = defaultdict(list)
    columns = (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
    for row, target in through.values_list(*columns):
        targets[row].append(instances[field.related_model][target])
    return targets


def save_rows(rows: list[Row]) -> list[Row]:
    """Write rows of one model, new or known, and return those that the database refuses.

    They are written together or, where one is refused, by halves down to the single row.
    What was refused is tried again as long as others went in, since these may have made
    room: when another citation becomes the preferred one, the old one must go first.
    """
    refused = _save_or_halve(rows) if rows else []
    while refused and len(refused) < len(rows):
        rows, refused = refused, _save_or_halve(refused)
    return refused


def _save_or_halve(rows: list[Row]) -> list[Row]:
    try:
        with transaction.atomic():
            _save(rows)
    except IntegrityError:
        if len(rows) == 1:
            return rows
        middle = len(rows) // 2
        return _save_or_halve(rows[:middle]) + _save_or_halve(rows[middle:])
    return []


def _save(rows: list[Row]) -> None:
    layout = rows[0].layout
    manager = layout.model._default_manager  # noqa: SLF001 # likewise
    known = [row.instance for row in rows if row.instance.pk]
    new = [row.instance for row in rows if not row.instance.pk]
    for name, field in layout.fields.items():
        if field.unique and isinstance(field, models.IntegerField):
            # Two sectors may change places in the order.
            manager.filter(pk__in=[row.pk for row in known]).update(
                **{name: F(name) + _OUT_OF_THE_WAY}
            )
    manager.bulk_create(
        known, update_conflicts=True, unique_fields=["pk"], update_fields=layout.written
    )
    known_pks = [instance.pk for instance in known]
    manager.bulk_create(new)
    for name, field in layout.many.items():
        _save_many(field, known_pks, {row.instance.pk: row.many[name] for row in rows})


def _save_many(field: Any, known: list[int], targets: dict[int, list[Any]]) -> None:
    through = field.remote_field.through
    row_id, target_id = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through._default_manager.filter(**{f"{row_id}__in": known}).delete()  # noqa: SLF001 # likewise
    through._default_manager.bulk_create(  # noqa: SLF001 # likewise
        through(**{row_id: pk, target_id: target.pk})
        for pk, found in targets.items()
        for target in found
    )
