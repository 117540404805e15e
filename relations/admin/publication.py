"""Draft, review, published, withdrawn: the desk of what the public sees once it is published."""

# Overrides keep Django's signatures:
# ruff: noqa: FBT001

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from relations import permissions, publishing
from relations.admin.steps import StepButtons
from relations.enums import PublicationState
from relations.models.publication import REASON_LENGTH, STAGE
from relations.permissions import Publishable


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=REASON_LENGTH, required=False, widget=AdminTextInputWidget
    )


class WithdrawalForm(forms.Form):
    """Why records are withdrawn."""

    it = _reason(_("Reason, Italian"))
    ja = _reason(_("Reason, Japanese"))
    en = _reason(_("Reason, English"))

    def clean(self) -> dict[str, Any]:
        """Ask the rule."""
        if not self.errors:
            publishing.check_reason(self.cleaned_data)
        return self.cleaned_data


class PublishableAdmin(StepButtons):
    """Agreements and events: their state changes by actions and buttons alone."""

    actions = ("send_to_review", "publish", "withdraw", "back_to_draft")
    readonly_fields = STAGE

    def get_urls(self) -> list[URLPattern]:
        """The page that asks for the reason of a withdrawal, beside the usual ones."""
        view = self.admin_site.admin_view(self.withdraw_view)
        name = f"relations_{self.opts.model_name}_withdraw"
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether someone may publish records of this kind."""
        return self._may(request, "publish")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Whether someone may withdraw records of this kind."""
        return self._may(request, "withdraw")

    def _may(self, request: HttpRequest, verb: str) -> bool:
        return request.user.has_perm(f"relations.{verb}_{self.opts.model_name}")

    @admin.action(description=_("Send to review"), permissions=("change",))
    def send_to_review(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Say that drafts are ready to be read by another."""
        self._move(request, records, PublicationState.REVIEW)

    @admin.action(description=_("Publish"), permissions=("publish",))
    def publish(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Publish those that have all that it takes; say what the others lack."""
        self._move(request, records, PublicationState.PUBLISHED)

    @admin.action(description=_("Withdraw"), permissions=("withdraw",))
    def withdraw(self, request: HttpRequest, records: QuerySet[Any]) -> HttpResponse | None:
        """Ask for the reason, then take records off the public site."""
        return self._ask_why(request, records, request.get_full_path())

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Do the same with one record."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        page = self.page_of(record)
        if PublicationState.WITHDRAWN not in publishing.open_to(request.user, record):
            refusal = publishing.STEPS[PublicationState.WITHDRAWN].refusal % {"record": record}
            self.say(request, ValidationError(refusal))
            return redirect(page)
        return self._ask_why(request, [record], page) or redirect(page)

    def _ask_why(
        self, request: HttpRequest, records: Iterable[Any], back: str
    ) -> HttpResponse | None:
        """The page that asks for a reason, which has a way back; None once the records are withdrawn."""
        form = WithdrawalForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._move(request, records, PublicationState.WITHDRAWN, form.cleaned_data)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw"),
            "opts": self.opts,
            "form": form,
            "records": records,
            "back": back,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/relations/withdraw.html", context)

    @admin.action(description=_("Back to draft"), permissions=("change",))
    def back_to_draft(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Take up work again on what is in review or withdrawn."""
        self._move(request, records, PublicationState.DRAFT)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete what was never public."""
        permissions.check_deletable(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Likewise."""
        for record in queryset:
            permissions.check_deletable(record)
        super().delete_queryset(request, queryset)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save what has changed: a record that is only looked at keeps the moment of its last change."""
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Link to the public page where there is one."""
        is_public = obj is not None and obj.is_published
        return super().get_view_on_site_url(obj) if is_public else None

    def _move(
        self,
        request: HttpRequest,
        records: Iterable[Publishable],
        state: PublicationState,
        reason: Mapping[str, str] | None = None,
    ) -> None:
        """Take those to a state that may go there; say why the others may not."""
        moved = 0
        for record in records:
            try:
                publishing.take_step(record, state, request.user, reason)
            except ValidationError as refusal:
                self.say(request, refusal)
            else:
                self.note_step(request, record)
                moved += 1
        if moved:
            self.tell(request, moved, state)
