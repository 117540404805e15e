"""The history of a record, the way back to an earlier version, and what is deleted."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import EmptyPage
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from relations.admin.gazetteer import is_number
from relations.history import Restoration, deleted, history_of, restoration_to, restore, whole_of
from relations.models.current import explain
from relations.models.states import versions_of
from relations.templatetags.history import moment

# The field in which an editor says why; it is in forms and not of them, since nothing is kept of it but there.
REASON = "change_reason"
REASON_LENGTH = 300


class HistoryPages(admin.ModelAdmin):
    """Mixin: who changed what, when and why, in place of Django's own log; and how it is undone."""

    def check_saved(self, request: HttpRequest, record: Any) -> None:
        """Check a record that is saved against the rules that reach beyond it.

        Raises:
            ValidationError: it may not be so.
        """
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """Those of Django, the way back and what is deleted."""
        wrap, name = self.admin_site.admin_view, f"relations_{self.opts.model_name}"
        return [
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("versions/<int:number>/", wrap(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Note the reason that is given with a change, and offer the field for it."""
        if reason := _reason(request):
            explain(reason)
        context = {"asked_reason": _asked(request), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The changes of a record and its parts, those of a record too that is deleted."""
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        key = record.pk if record else _number(unquote(object_id))
        try:
            told = history_of(self.model, key, _number(request.GET.get("page", "1")))
        except EmptyPage as error:
            raise Http404 from error
        if record is None and told is None:
            raise Http404
        context = {
            "title": _("History: %(record)s") % {"record": record or (told and told.name)},
            "history": told,
            "record": record,
            "may_restore": self._may_restore(request, record),
            **(extra_context or {}),
        }
        return self._page(request, "history", context)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """What is deleted and can be had again."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            page = deleted(self.model, _number(request.GET.get("page", "1")))
        except EmptyPage as error:
            raise Http404 from error
        kind = self.opts.verbose_name_plural
        context = {
            "title": _("Deleted: %(kind)s") % {"kind": kind},
            "page": page,
            "may_restore": self._may_restore(request, None),
        }
        return self._page(request, "deleted", context)

    def restore_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what an earlier version would change, then bring it back."""
        version = get_object_or_404(versions_of(self.model), pk=number)
        plan = restoration_to(self.model, version)
        if not self._may_restore(request, plan.current):
            raise PermissionDenied
        refusals: list[str] = []
        if request.method == "POST":
            try:
                record = self._restore(request, plan)
            except ValidationError as refusal:
                refusals = refusal.messages
                plan = restoration_to(self.model, version)
            else:
                said = _("“%(record)s” is restored.") % {"record": record}
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(_history_url(whole_of(record)))
        context = {
            "title": _("Restore: %(record)s") % {"record": plan.name},
            "plan": plan,
            "refusals": refusals,
            "asked_reason": _asked(request),
            "back": _history_url(plan.current) if plan.current else _deleted_url(self.model),
        }
        return self._page(request, "restore", context)

    def _may_restore(self, request: HttpRequest, record: Any) -> bool:
        may_add = record is not None or self.has_add_permission(request)
        return may_add and self.has_change_permission(request, record)

    def _restore(self, request: HttpRequest, plan: Restoration) -> models.Model:
        what = _("Restored the version of %(when)s") % {"when": moment(plan.version.history_date)}
        typed = _reason(request)
        explain(f"{what}: {typed}" if typed else what)
        with transaction.atomic():
            rows = self.model._default_manager.select_for_update(of=("self",))  # noqa: SLF001 # documented API
            rows.filter(pk=plan.version.id).first()  # nobody changes it from here on
            plan = restoration_to(self.model, plan.version)
            if request.POST.get("seen") not in {None, plan.digest}:
                raise ValidationError(
                    _(
                        "The record has been changed meanwhile. See what the version would change now."
                    )
                )
            record = restore(plan)
            self.check_saved(request, record)
        self.log_change(request, record, what)
        return record

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        template = f"admin/relations/{name}.html"
        return TemplateResponse(request, template, {**shared, **context})


def _reason(request: HttpRequest) -> str:
    return request.POST.get(REASON, "").replace("\0", "").strip()[:REASON_LENGTH]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The field in which the reason is asked for, with what was typed into it."""
    return {"name": REASON, "length": REASON_LENGTH, "value": _reason(request)}


def _number(text: str) -> int:
    """A key or a page; what is no number leads nowhere."""
    if not (text.isascii() and is_number(text)):
        raise Http404
    return int(text)


def _history_url(record: models.Model) -> str:
    return reverse(f"admin:relations_{record._meta.model_name}_history", args=(record.pk,))  # noqa: SLF001 # documented API


def _deleted_url(model: type[models.Model]) -> str:
    return reverse(f"admin:relations_{model._meta.model_name}_deleted")  # noqa: SLF001 # likewise
