"""Two editors at one record: who saves second is told what the first has changed, and loses nothing."""

# Overrides keep Django's signatures:
# ruff: noqa: FBT001, FBT002

import json
from datetime import datetime
from typing import Any
from zlib import crc32

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

FIELD = "seen"  # the hidden input that holds the stamp
_LONGEST = 300


class StaleError(ValidationError):
    """The record has been changed since the form was opened."""


class UpToDate(admin.ModelAdmin):
    """Mixin: the form carries a stamp of what it was opened with, and is refused where that is no longer so."""

    def render_change_form(  # noqa: PLR0913, PLR0917 # as in Django
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Stamp a form that is opened, or that says what another has changed; leave others their stamp."""
        if obj is not None:
            is_told = isinstance(getattr(request, "refusal", None), StaleError)
            if request.method == "POST" and not is_told:
                context[FIELD] = request.POST.get(FIELD, "")
            else:
                context[FIELD] = stamp(self._stored(obj) if is_told else obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Look first whether somebody else has saved meanwhile. The row stays locked until all is saved."""
        if change and (seen := _read(request.POST.get(FIELD, ""))):
            stored = self._stored(form.instance, lock=True)
            if sentences := list(changes_since(seen, stored, self._log_of(stored))):
                raise StaleError(sentences)
        return super().save_form(request, form, change)

    def _stored(self, record: Model, *, lock: bool = False) -> Model:
        records = self.model._default_manager.all()  # noqa: SLF001 # documented API
        stored: Model = (records.select_for_update() if lock else records).get(pk=record.pk)
        return stored

    def _log_of(self, record: Model) -> list[LogEntry]:
        """What was done to a record at the desk, the first before the last."""
        entries = LogEntry.objects.filter(
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
            object_id=str(record.pk),
        )
        return list(entries.select_related("user").order_by("action_time", "pk"))


def stamp(record: Model) -> str:
    """What a record is now: the moment, and a short sum of each column."""
    sums = {field.name: _sum(record, field) for field in _columns(record)}
    return json.dumps({"read": timezone.now().isoformat(), "sums": sums})


def changes_since(seen: dict[str, Any], stored: Model, log: list[LogEntry]) -> Any:
    """Sentences that say who has changed a record since it was stamped, and what it says now; none if nobody has."""
    entries = [entry for entry in log if entry.action_time > seen["read"]]
    changed = [f for f in _columns(stored) if seen["sums"].get(f.name) != _sum(stored, f)]
    if not entries and not changed:
        return
    yield _(
        "This record has been changed since you opened it, and nothing of yours is saved yet. "
        "What you typed is still here: compare it with this, correct it and save again."
    )
    for entry in entries:
        said = {
            "name": entry.user.get_username(),
            "time": date_format(timezone.localtime(entry.action_time), "TIME_FORMAT"),
            "what": entry.get_change_message(),
        }
        yield _("%(name)s, %(time)s: %(what)s") % said
    for field in changed:
        if field.editable:
            said = {"field": str(field.verbose_name), "value": _shown(stored, field)}
            yield _("It now says of “%(field)s”: %(value)s") % said


def _columns(record: Model) -> "list[Field[Any, Any]]":
    return [field for field in record._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 # likewise


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
    except (ValueError, TypeError, KeyError):
        return None
    is_whole = isinstance(seen.get("sums"), dict) and timezone.is_aware(seen["read"])
    return seen if is_whole else None
