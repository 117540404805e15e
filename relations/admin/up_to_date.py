"""Two editors at one record: who saves second is told what the first has changed, and loses nothing."""

# Overrides keep Django's signatures:
# ruff: noqa: FBT001

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zlib import crc32

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relations.admin.gazetteer import is_number

FIELD = "seen"  # the hidden input that holds the stamp
_LONGEST = 300
_NOTHING = ("", "[]")  # what Django's log says of a save without a change

Parts = dict[str, Model]  # rows of inlines, by names such as citation:12


class StaleError(ValidationError):
    """The record has been changed since the form was opened."""


class UpToDate(admin.ModelAdmin):
    """Mixin: the form carries a stamp of what it was opened with, and is refused where that is no longer so."""

    def add_context(self, request: HttpRequest, context: dict[str, Any], obj: Any) -> None:
        """Stamp a form that is opened, or that says what another has changed; leave others their stamp."""
        if obj is None:
            return
        parts = _parts_in(context)
        if isinstance(getattr(request, "refusal", None), StaleError):
            context[FIELD] = stamp(self._stored(obj), self._stored_parts(parts))
        elif request.method == "POST":
            context[FIELD] = request.POST.get(FIELD, "")
        else:
            context[FIELD] = stamp(obj, parts)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Look first whether somebody else has saved meanwhile. The row stays locked until all is saved."""
        if change and (seen := _read(request.POST.get(FIELD, ""))):
            stored = self._stored(form.instance, lock=True)
            parts = self._stored_parts(seen["parts"])
            if sentences := changes_since(seen, stored, parts, self._log_of(stored)):
                raise StaleError(sentences)
        return super().save_form(request, form, change)

    def _stored(self, record: Model, *, lock: bool = False) -> Model:
        records = self.model._default_manager.all()  # noqa: SLF001 # documented API
        stored: Model = (records.select_for_update() if lock else records).get(pk=record.pk)
        return stored

    def _stored_parts(self, names: Iterable[str]) -> Parts:
        """Rows of the inlines by their names, as they are now; without those that are gone."""
        found: Parts = {}
        for inline in self.inlines:
            kind = f"{inline.model._meta.model_name}:"  # noqa: SLF001 # documented API
            keys = [name.removeprefix(kind) for name in names if name.startswith(kind)]
            numbers = [key for key in keys if is_number(key)]
            rows = inline.model._default_manager.filter(pk__in=numbers)  # noqa: SLF001 # likewise
            found |= {f"{kind}{row.pk}": row for row in rows}
        return found

    def _log_of(self, record: Model) -> list[LogEntry]:
        """What was done to a record at the desk, the first before the last."""
        entries = LogEntry.objects.filter(
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
            object_id=str(record.pk),
        )
        return list(entries.select_related("user").order_by("action_time", "pk"))


def _parts_in(context: dict[str, Any]) -> Parts:
    """The rows that the inlines of a page show, by their names."""
    forms = (form for inline in context["inline_admin_formsets"] for form in inline.formset.forms)
    rows = (form.instance for form in forms if form.instance.pk)
    return {f"{row._meta.model_name}:{row.pk}": row for row in rows}  # noqa: SLF001 # likewise


def stamp(record: Model, parts: Parts) -> str:
    """What a record and its parts are now: the moment, and a short sum of each column and of each part."""
    return json.dumps(
        {
            "read": timezone.now().isoformat(),
            "sums": {field.name: _sum(record, field) for field in _columns(record)},
            "parts": {name: _whole(row) for name, row in parts.items()},
        }
    )


def changes_since(
    seen: dict[str, Any], stored: Model, parts: Parts, log: list[LogEntry]
) -> list[str]:
    """Sentences that say who has changed a record since it was stamped, and what it says now; none if nobody has."""
    entries = [
        entry
        for entry in log
        if entry.action_time > seen["read"] and entry.change_message not in _NOTHING
    ]
    columns = [f for f in _columns(stored) if seen["sums"].get(f.name) != _sum(stored, f)]
    changed = [row for name, row in parts.items() if seen["parts"][name] != _whole(row)]
    removed = len(seen["parts"]) - len(parts)
    if not (entries or columns or changed or removed):
        return []
    first = _(
        "This record has been changed since you opened it, and nothing of yours is saved yet. "
        "What you typed is still here: compare it with this, correct it and save again."
    )
    return [
        str(first),
        *map(_said_of_entry, entries),
        *(_said_of_column(stored, field) for field in columns if field.editable),
        *map(_said_of_part, changed),
        *_said_of_removed(removed),
    ]


def _said_of_entry(entry: LogEntry) -> str:
    return _("%(name)s, %(time)s: %(what)s") % {
        "name": entry.user.get_username(),
        "time": date_format(timezone.localtime(entry.action_time), "TIME_FORMAT"),
        "what": entry.get_change_message(),
    }


def _said_of_column(stored: Model, field: "Field[Any, Any]") -> str:
    said = {"field": str(field.verbose_name), "value": _shown(stored, field)}
    return _("It now says of “%(field)s”: %(value)s") % said


def _said_of_part(row: Model) -> str:
    kind = str(row._meta.verbose_name)  # noqa: SLF001 # likewise
    return _("Changed meanwhile, %(kind)s: %(part)s") % {"kind": kind, "part": str(row)}


def _said_of_removed(count: int) -> list[str]:
    sentence = ngettext(
        "%(count)d of the rows below has been removed meanwhile: tick “Delete” there too.",
        "%(count)d of the rows below have been removed meanwhile: tick “Delete” there too.",
        count,
    )
    return [sentence % {"count": count}] if count else []


def _columns(record: Model) -> "list[Field[Any, Any]]":
    return [field for field in record._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 # likewise


def _whole(row: Model) -> int:
    return crc32(repr([_sum(row, field) for field in _columns(row)]).encode())


def _sum(record: Model, field: "Field[Any, Any]") -> int:
    return crc32(repr(field.value_from_object(record)).encode())


def _shown(record: Model, field: "Field[Any, Any]") -> str:
    """The value of a column as the desk shows it."""
    value = getattr(record, field.name)
    shown = value if isinstance(field, ForeignKey) else display_for_field(value, field, "–")
    text = str(shown) if value not in {None, ""} else "–"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _read(text: str) -> dict[str, Any] | None:
    """What a stamp holds; None where there is none, or it has been meddled with."""
    try:
        seen = json.loads(text)
        seen["read"] = datetime.fromisoformat(seen["read"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_whole = all(isinstance(seen.get(key), dict) for key in ("sums", "parts"))
    return seen if is_whole and timezone.is_aware(seen["read"]) else None
