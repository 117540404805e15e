"""The pages on which a release is read: its text comes in, suggestions are confirmed, drafts go out."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relations.admin.press.highlights import first_marks, pieces
from relations.admin.press.making import Made, make_drafts
from relations.admin.press.reading import read
from relations.admin.press.reading_form import ReadingForm
from relations.admin.press.release_form import Received, ReleaseForm
from relations.admin.press.sheet import Sheet
from relations.admin.press.shown import shown
from relations.admin.press.transit import KIND, put, received_of
from relations.doubts import doubts_about
from relations.models import PressRelease, Upload
from relations.press.comparison import compare
from relations.press.readings import Reading

View = Callable[..., HttpResponse]


def _for(permission: str) -> Callable[[View], View]:
    """Let those in who have a permission."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


@_for("relations.add_agreement")
def take_release(request: HttpRequest) -> HttpResponse:
    """The first step: take a release, and read it once to see whether there is anything in it."""
    is_sent = request.method == "POST"
    form = ReleaseForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid():
        received = form.received_release
        reading = read(received.text, received.received)
        if reading.acts or reading.events:
            return redirect("desk:release_read", put(received, request.user).key)
        for sentence in _nothing_in(reading):
            form.add_error(None, sentence)
    context = {"form": form, "title": _("Read a release")}
    return _page(request, "release.html", context)


@_for("relations.add_agreement")
def confirm_reading(request: HttpRequest, key: UUID) -> HttpResponse:
    """The second step: show what was read, and make of it what is accepted."""
    with transaction.atomic():
        upload = Upload.objects.of(request.user, KIND, key)
        if upload is None:
            messages.error(request, _gone())
            return redirect("desk:release")
        if "_discard" in request.POST:
            upload.delete()
            messages.success(request, _("The release is discarded: nothing was kept of it."))
            return redirect("desk:release")
        received = received_of(upload)
        form = ReadingForm(_sheet(received, request.user), request.POST or None)
        if form.is_valid():
            try:
                made = make_drafts(form)
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)  # without the names of columns
            else:
                upload.delete()
                return _lead_on(request, made)
    return _page(request, "reading.html", _context(form, received))


@_for("relations.view_pressrelease")
def kept_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text from which drafts were made."""
    releases = PressRelease.objects.select_related("source", "read_by")
    kept = get_object_or_404(releases, pk=pk)
    return _page(request, "release_text.html", {"kept": kept, "title": str(kept.source)})


def urls() -> list[URLPattern]:
    """The addresses of these pages, for those who have signed in."""
    view: Any = admin.site.admin_view
    return [
        path("releases/", view(take_release), name="release"),
        path("releases/<uuid:key>/", view(confirm_reading), name="release_read"),
        path("releases/kept/<int:pk>/", view(kept_text), name="release_text"),
    ]


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/relations/press/{template}", context)


def _nothing_in(reading: Reading) -> tuple[str, ...]:
    said = reading.remarks or (
        _("Nothing in this text tells of a tie between a place in Italy and one in Japan."),
    )
    return (*said, _("Nothing was kept of it."))


def _gone() -> str:
    return _(
        "The release is no longer there: an hour has passed, or its drafts are made. Read it again."
    )


def _sheet(received: Received, user: Any) -> Sheet:
    reading = read(received.text, received.received)
    return Sheet(reading, compare(reading, received.url), received, user)


def _context(form: ReadingForm, received: Received) -> dict[str, Any]:
    sheet = form.sheet
    evidence = {row.id: row.suggestion.evidence for row in sheet.rows() if row.suggestion}
    text = pieces(sheet.reading.text, evidence)
    return {
        "form": form,
        "sheet": sheet,
        "parts": shown(form, first_marks(text)),
        "text": text,
        "remarks": [*received.remarks, *sheet.reading.remarks],
        "texts": sheet.comparison.texts,
        "title": _("What the release says"),
    }


def _lead_on(request: HttpRequest, made: Made) -> HttpResponse:
    """Say what was made, and lead to the first of it."""
    records = [*made.acts, *made.events]
    for record in records:
        link = format_html('<a href="{}">{}</a>', _form_of(record), record)
        messages.success(request, format_html(_("Ready to be looked at: {}"), link))
    for act in made.acts:
        for doubt in doubts_about(act, timezone.localdate()):
            messages.warning(request, doubt.sentence)
    return redirect(_form_of(records[0]))


def _form_of(record: Any) -> str:
    return reverse(f"admin:relations_{record._meta.model_name}_change", args=(record.pk,))  # noqa: SLF001 # public in all but name
