"""Draft, review, published, withdrawn: the desk of what the public sees once it is published."""

# Overrides keep Django's signatures:
# ruff: noqa: FBT001

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relations.admin.desk import DeskAdmin, Publishable, check_publishable
from relations.enums import PublicationState


class PublishableAdmin(DeskAdmin):
    """Agreements and events: their state changes by actions alone."""

    actions = ("send_to_review", "publish", "withdraw", "back_to_draft")
    readonly_fields = ("state",)

    @admin.action(description=_("Send to review"), permissions=("change",))
    def send_to_review(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Say that a draft is ready to be read by another."""
        self._move(request, records, PublicationState.REVIEW)

    @admin.action(description=_("Publish"), permissions=("change",))
    def publish(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Publish those that have all that it takes; say what the others lack."""
        ready = []
        for record in records:
            try:
                record.check_publishable()
            except ValidationError as refusal:
                self.say(request, refusal)
            else:
                ready.append(record)
        self._move(request, ready, PublicationState.PUBLISHED)

    @admin.action(description=_("Withdraw"), permissions=("change",))
    def withdraw(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Take records off the public site."""
        self._move(request, records, PublicationState.WITHDRAWN)

    @admin.action(description=_("Back to draft"), permissions=("change",))
    def back_to_draft(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Take records off the public site to work on them."""
        self._move(request, records, PublicationState.DRAFT)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save what has changed: a record that is only looked at keeps the moment of its last change."""
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Check a published record again, now that its parties and citations are saved.

        With these it has changed itself.
        """
        super().save_related(request, form, formsets, change)
        if change and not form.has_changed() and any(f.has_changed() for f in formsets):
            form.instance.save(update_fields=["changed"])
        if form.instance.state == PublicationState.PUBLISHED:
            check_publishable([form.instance])

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Link to the public page where there is one."""
        is_public = obj is not None and obj.state == PublicationState.PUBLISHED
        return super().get_view_on_site_url(obj) if is_public else None

    def _move(
        self, request: HttpRequest, records: Iterable[Publishable], state: PublicationState
    ) -> None:
        moved = 0
        for record in records:
            record.state = state
            record.save(update_fields=["state"])
            self.log_change(request, record, [{"changed": {"fields": ["publication"]}}])
            moved += 1
        if moved:
            sentence = ngettext(
                "%(count)d record is now: %(state)s.",
                "%(count)d records are now: %(state)s.",
                moved,
            )
            self.message_user(
                request, sentence % {"count": moved, "state": state.label}, messages.SUCCESS
            )
