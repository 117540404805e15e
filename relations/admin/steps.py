"""The steps from draft to published as buttons of the form."""

# Overrides keep Django's signatures:

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relations import publishing
from relations.admin.desk import DeskAdmin
from relations.enums import PublicationState
from relations.permissions import Publishable

FIELD = "_step"  # the name of the buttons, whose value is the state

_SAVE_AND = {
    PublicationState.REVIEW: _("Save and send to review"),
    PublicationState.PUBLISHED: _("Save and publish"),
    PublicationState.DRAFT: _("Save and put back to draft"),
}
# What is no draft an editor takes back without changing it.
_ALONE = {PublicationState.DRAFT: _("Back to draft")}


class StepButtons(DeskAdmin):
    """Saves and takes a step in one transaction: where the step is refused nothing is saved."""

    class Media:
        css = {"all": ("css/desk/steps.css",)}

    def add_context(self, request: HttpRequest, context: dict[str, Any], obj: Any) -> None:
        """Offer the steps that this person may take with this record, and only what is needed beside them."""
        states = publishing.open_to(request.user, obj or self.model())
        may_save = self.has_change_permission(request, obj) if obj else True
        labels = _SAVE_AND if may_save else _ALONE
        context["steps"] = [(state.value, labels[state]) for state in states if state in labels]
        context["may_withdraw"] = PublicationState.WITHDRAWN in states
        context["show_save_and_add_another"] = False
        context["show_delete"] = not (obj and obj.was_public)
        super().add_context(request, context, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Let those take a step who may not change the record itself."""
        if object_id and request.method == "POST" and chosen(request):
            record = self.get_object(request, unquote(object_id))
            if record and not self.has_change_permission(request, record):
                return self._step_alone(request, record)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Take the chosen step, now that all of the record is saved and checked."""
        self._take_chosen(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Likewise."""
        self._take_chosen(request, obj)
        return super().response_change(request, obj)

    def take_way(self, request: HttpRequest, record: Publishable, state: PublicationState) -> None:
        """Take the steps that lead to a state, each of which is noted.

        Raises:
            ValidationError: one of them is refused.
        """
        for step in publishing.way_to(record, state):
            publishing.take_step(record, step, request.user)
            self.note_step(request, record)

    def note_step(self, request: HttpRequest, record: Publishable) -> None:
        """Write a step into the history of a record."""
        self.log_change(request, record, [{"changed": {"fields": ["publication"]}}])

    def tell(self, request: HttpRequest, count: int, state: PublicationState) -> None:
        """Say how many records are in a state now."""
        sentence = ngettext(
            "%(count)d record is now: %(state)s.", "%(count)d records are now: %(state)s.", count
        )
        said = sentence % {"count": count, "state": state.label}
        self.message_user(request, said, messages.SUCCESS)

    def _take_chosen(self, request: HttpRequest, record: Publishable) -> None:
        if state := chosen(request):
            self.take_way(request, record, state)
            self.tell(request, 1, state)

    def _step_alone(self, request: HttpRequest, record: Publishable) -> HttpResponse:
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        try:
            self._take_chosen(request, record)
        except ValidationError as refusal:
            self.say(request, refusal)
        return redirect(self.page_of(record))

    def page_of(self, record: Publishable) -> str:
        """The address of its form."""
        return reverse(f"admin:relations_{self.opts.model_name}_change", args=(record.pk,))


def chosen(request: HttpRequest) -> PublicationState | None:
    """The state to which the button leads that was pressed."""
    value = request.POST.get(FIELD)
    return PublicationState(value) if value in PublicationState.values else None
