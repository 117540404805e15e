"""Import and export of whole tables: the pages of django-import-export, as the desk has them.

A file is previewed before it is imported. Both answers are sent while they are made, so
that a page shows how far they have come without a script; whoever closes it undoes all.
"""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from relations.bulk import (
    FORMATS,
    RESOURCES,
    FileError,
    Import,
    Outcome,
    RowReport,
    Sheet,
    read_file,
)
from relations.models import Upload
from relations.publishing import desk_log
from relations.tables import TABLES, Table

_STEPS = "<!-- steps -->"
_LONGEST_NAME = 200


class FileForm(forms.Form):
    """Takes a file of a table; `sheet` is what it holds."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, with commas or semicolons, or an Excel workbook (.xlsx)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    sheet: Sheet

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def clean_file(self) -> Any:
        """Read it."""
        file = self.cleaned_data["file"]
        try:
            self.sheet = read_file(file.read(), self.table)
        except FileError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class FormatForm(ExportForm):  # type: ignore[misc] # the package has no types
    """Asks for the format of a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in self.fields["format"].choices if choice[0]]
        self.fields["format"] = forms.ChoiceField(
            label=_("Format"), choices=choices, initial=choices[0][0], widget=forms.RadioSelect
        )


class Exchange(ImportExportMixin):  # type: ignore[misc] # likewise
    """Mixin of the pages of a model that is a table; `kind` is the name of that."""

    kind: str
    formats = tuple(FORMATS.values())
    export_form_class = FormatForm
    import_export_change_list_template = "admin/relations/change_list_exchange.html"
    import_template_name = "admin/relations/import.html"
    export_template_name = "admin/relations/export.html"

    @property
    def table(self) -> Table:
        """The table."""
        return TABLES[self.kind]

    def get_resource_classes(self, request: HttpRequest) -> list[Any]:
        """The table as the package sees it."""
        return [RESOURCES[self.kind]]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether someone may add and change its records and their parts."""
        return self.table.can_be_read and request.user.has_perms(self.table.permissions)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whether someone may see its records."""
        return bool(self.has_view_permission(request))

    # Export

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Ask for the format, then send the rows that the list shows."""
        try:
            answer: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(request.path)
        return answer

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> bytes:
        """The file."""
        content: bytes = file_format.export_data(RESOURCES[self.kind]().export(queryset))
        return content

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        """The table and the day."""
        return f"{self.kind}-{timezone.localdate()}.{file_format.get_extension()}"

    # Import

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Take a file, and show what it would change."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = FileForm(self.table, *((request.POST, request.FILES) if is_sent else ()))
        if is_sent and form.is_valid():
            job = Import(self.table, form.sheet, request.user)
            return self._streamed(request, job, self._preview(request, job, form), _("Preview"))
        context = self._context(request, form=form, title=_("Import"))
        return TemplateResponse(request, self.import_template_name, context)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Import the file that was previewed."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            upload = Upload.objects.of(request.user, self.kind, request.POST.get("upload"))
        if upload is None:
            self.message_user(request, _gone(), messages.ERROR)
            return HttpResponseRedirect(self._url("import"))
        sheet = read_file(bytes(upload.content), self.table)
        job = Import(self.table, sheet, request.user, expecting=upload.digest)
        return self._streamed(request, job, self._confirm(request, job, upload), _("Import"))

    def _preview(self, request: HttpRequest, job: Import, form: FileForm) -> Iterator[str]:
        """The steps of a preview, then what it has found."""
        for done in job.steps(dry_run=True):
            yield _step(done, job.total)
        upload = None
        if job.is_done and job.written:
            file = form.cleaned_data["file"]
            file.seek(0)
            Upload.objects.clear(request.user)
            upload = Upload.objects.create(
                user_id=job.user.pk,
                kind=self.kind,
                name=file.name[:_LONGEST_NAME],
                content=file.read(),
                digest=job.digest,
            )
        yield self._part(request, "_import_preview", job, upload=upload)

    def _confirm(self, request: HttpRequest, job: Import, upload: Upload) -> Iterator[str]:
        """The steps of an import, then how it ended; all of it is one transaction."""
        with transaction.atomic():
            current = Upload.objects.of(request.user, self.kind, upload.key)
            if current is None:  # confirmed twice at once
                yield self._part(request, "_import_done", job, gone=_gone())
                return
            for done in job.steps(dry_run=False):
                yield _step(done, job.total)
            if job.is_done:
                current.delete()
                self._log(request, job)
        template = "_import_preview" if job.counts[Outcome.WRONG] else "_import_done"
        yield self._part(request, template, job)

    def _log(self, request: HttpRequest, job: Import) -> None:
        """Let Django's own log name each record."""
        for place in job.new_places:
            self.log_addition(request, place, [{"added": {}}])
        content_type = ContentType.objects.get_for_model(self.model)
        entries = [
            LogEntry(
                user_id=job.user.pk,
                content_type=content_type,
                object_id=str(row.key),
                object_repr=row.name[:_LONGEST_NAME],
                action_flag=ADDITION if row.outcome == Outcome.NEW else CHANGE,
                change_message=json.dumps([_said_of(row)]),
            )
            for row in job.written
        ]
        LogEntry.objects.bulk_create(entries, batch_size=500)

    def _streamed(
        self, request: HttpRequest, job: Import, parts: Iterator[str], title: Any
    ) -> StreamingHttpResponse:
        """A page that is sent while its parts are made."""
        context = self._context(request, is_preview=not job.expecting, title=title)
        page = render_to_string("admin/relations/import_running.html", context, request)
        head, _mark, tail = page.partition(_STEPS)
        get_token(request)
        answer = StreamingHttpResponse(
            _guarded(head, parts, tail, translation.get_language() or "en")
        )
        answer["X-Accel-Buffering"] = "no"  # else nginx would wait for the end
        answer["Cache-Control"] = "no-store"
        return answer

    def _part(self, request: HttpRequest, template: str, job: Import, **context: Any) -> str:
        context |= {"job": job, "opts": self.opts, "urls": self._urls()}
        return render_to_string(f"admin/relations/{template}.html", context, request)

    def _context(self, request: HttpRequest, **context: Any) -> dict[str, Any]:
        columns = [
            {
                "name": column.name,
                "meaning": self.table.meaning(column),
                "expected": column.form.expected,
                "is_key": column.name in self.table.key,
            }
            for column in self.table.columns
        ]
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "columns": columns,
            "urls": self._urls(),
            **context,
        }

    def _urls(self) -> dict[str, str]:
        return {
            page: self._url(page) for page in ("import", "process_import", "changelist", "export")
        }

    def _url(self, page: str) -> str:
        return reverse(f"admin:relations_{self.opts.model_name}_{page}")


def _said_of(row: RowReport) -> dict[str, Any]:
    """What Django's log says of a row."""
    if row.outcome == Outcome.NEW:
        return {"added": {}}
    return {"changed": {"fields": [name for name, _old, _new in row.changes]}}


def _gone() -> Any:
    return _(
        "The file is no longer there: an hour has passed, or it was imported. Choose it again."
    )


def _step(done: int, total: int) -> str:
    context = {"done": done, "total": total}
    return render_to_string("admin/relations/_import_step.html", context)


def _guarded(head: str, parts: Iterator[str], tail: str, language: str) -> Iterator[str]:
    """The page, in the language in which it was asked for; what goes wrong on the way is said at its end."""
    with translation.override(language):
        yield head
        try:
            yield from parts
        except Exception:  # noqa: BLE001 # the page is half sent: it must come to an end that says so
            desk_log.exception("import: broken off")
            yield render_to_string("admin/relations/_import_failed.html")
        yield tail
