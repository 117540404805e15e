"""Draft → review → published → withdrawn, and who may take which step.

The rules alone: the desk asks them and shows their sentences.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relations.enums import PublicationState
from relations.models.publication import REASONS, STAGE
from relations.permissions import Publishable, User, has_perm, kind_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Who did what, by the number of the account alone.
desk_log = logging.getLogger("atlas.desk")


@dataclass(frozen=True, slots=True)
class Step:
    """The way into a state: from which states, each with the kind of permission that it takes.

    `verb` is what is done, as the history says it. `refusal` is said of a record that is in none of them, `forbidden` to who lacks the
    permission.
    """

    verb: "_StrPromise"
    needs: Mapping[PublicationState, str]
    refusal: "_StrPromise"
    forbidden: "_StrPromise"


STEPS = {
    PublicationState.REVIEW: Step(
        _("Send to review"),
        {PublicationState.DRAFT: "change"},
        _("“%(record)s” is no draft: only a draft is sent to review."),
        _("You may not send “%(record)s” to review."),
    ),
    PublicationState.PUBLISHED: Step(
        _("Publish"),
        {PublicationState.REVIEW: "publish"},
        _("“%(record)s” is not in review: only what is in review is published."),
        _("You may not publish “%(record)s”: that is for publishers."),
    ),
    PublicationState.WITHDRAWN: Step(
        _("Withdraw"),
        {PublicationState.PUBLISHED: "withdraw"},
        _("“%(record)s” is not published: only what is public is withdrawn."),
        _("You may not withdraw “%(record)s”: that is for publishers."),
    ),
    PublicationState.DRAFT: Step(
        _("Back to draft"),
        {PublicationState.REVIEW: "change", PublicationState.WITHDRAWN: "withdraw"},
        _("“%(record)s” is neither in review nor withdrawn: it does not go back to draft."),
        _("You may not take “%(record)s” back to draft: that is for publishers."),
    ),
}


def way_to(record: Publishable, state: PublicationState) -> tuple[PublicationState, ...]:
    """The steps that bring a record into a state: a draft is published by way of review."""
    is_whole_way = (record.state, state) == (PublicationState.DRAFT, PublicationState.PUBLISHED)
    return (PublicationState.REVIEW, state) if is_whole_way else (state,)


def open_to(user: User, record: Publishable) -> list[PublicationState]:
    """The states into which someone may bring a record, at one press each."""
    return [state for state in STEPS if _may_go(user, record, state)]


def _may_go(user: User, record: Publishable, state: PublicationState) -> bool:
    here = PublicationState(record.state)
    for there in way_to(record, state):
        needed = STEPS[there].needs.get(here)
        if needed is None or not has_perm(user, needed, record):
            return False
        here = there
    return True


@transaction.atomic
def take_step(
    record: Publishable,
    state: PublicationState,
    user: User,
    reason: Mapping[str, str] | None = None,
) -> None:
    """Bring a record into a state. `reason` says, by language, why it is withdrawn.

    Its row is locked first, and read again: of two at once the second finds what the first has done.

    Raises:
        ValidationError: the sentences that say why not; the record stays as it is.
    """
    record.refresh_from_db(
        fields=STAGE,
        from_queryset=type(record).objects.select_for_update(),  # type: ignore[arg-type] # of its own kind
    )
    step, said = STEPS[state], {"record": record}
    needed = step.needs.get(PublicationState(record.state))
    if needed is None:
        raise ValidationError(step.refusal % said)
    if not has_perm(user, needed, record):
        raise ValidationError(step.forbidden % said)
    if state == PublicationState.PUBLISHED:
        record.check_publishable()
        _set_withdrawal(record, None, {})
    elif state == PublicationState.WITHDRAWN:
        check_reason(reason or {})
        _set_withdrawal(record, timezone.localdate(), reason or {})
    record.state = state
    record._change_reason = _said_of(step, reason or {})  # type: ignore[union-attr] # noqa: SLF001 # documented API
    record.save(update_fields=STAGE)
    if state in (PublicationState.PUBLISHED, PublicationState.WITHDRAWN):
        desk_log.info("%s: %s %s by user %s", state.value, kind_of(record), record.slug, user.pk)


def _said_of(step: Step, reason: Mapping[str, str]) -> str:
    """Why a step is taken, for the history: what it is and, of a withdrawal, the reason."""
    texts = " / ".join(text.strip() for text in reason.values() if text.strip())
    return f"{step.verb}: {texts}" if texts else str(step.verb)


def check_publishable(records: Iterable[Publishable]) -> None:
    """Check that records can be public.

    Raises:
        ValidationError: every sentence about every record.
    """
    refusals = []
    for record in records:
        try:
            record.check_publishable()
        except ValidationError as refusal:
            refusals.append(refusal)
    if refusals:
        raise ValidationError(refusals)


def check_reason(reason: Mapping[str, str]) -> None:
    """Check that a reason for a withdrawal, by language, says something.

    Raises:
        ValidationError: it does not.
    """
    if not any(text.strip() for text in reason.values()):
        raise ValidationError(_("Say why it is withdrawn, in one language at least."))


def _set_withdrawal(record: Publishable, on: Any, reason: Mapping[str, str]) -> None:
    record.withdrawn_on = on
    for language, name in REASONS.items():
        setattr(record, name, reason.get(language, ""))
