"""Draft → review → published → withdrawn, and who may do what with a record on that way.

The rules alone: the desk asks them and shows their sentences.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relations.enums import Language, PublicationState
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    PlaceName,
    Sector,
    Signatory,
    Source,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.utils.functional import _StrPromise

    User = AbstractBaseUser | AnonymousUser

# Who did what, by the number of the account alone.
desk_log = logging.getLogger("atlas.desk")

Record = Agreement | Event

_REASONS = {language: f"withdrawn_reason_{language}" for language in Language.values}
_STAGE = ["state", "withdrawn_on", *_REASONS.values()]


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


def way_to(record: Record, state: PublicationState) -> tuple[PublicationState, ...]:
    """The steps that bring a record into a state: a draft is published by way of review."""
    is_whole_way = (record.state, state) == (PublicationState.DRAFT, PublicationState.PUBLISHED)
    return (PublicationState.REVIEW, state) if is_whole_way else (state,)


def open_to(user: "User", record: Record) -> list[PublicationState]:
    """The states into which someone may bring a record, at one press each."""
    return [state for state in STEPS if _may_go(user, record, state)]


def _may_go(user: "User", record: Record, state: PublicationState) -> bool:
    here = PublicationState(record.state)
    for there in way_to(record, state):
        needed = STEPS[there].needs.get(here)
        if needed is None or not _has_perm(user, needed, record):
            return False
        here = there
    return True


def _has_perm(user: "User", verb: str, record: Record) -> bool:
    return user.has_perm(f"relations.{verb}_{_kind(record)}")  # type: ignore[union-attr] # of PermissionsMixin


@transaction.atomic
def take_step(
    record: Record,
    state: PublicationState,
    user: "User",
    reason: Mapping[str, str] | None = None,
) -> None:
    """Bring a record into a state. `reason` says, by language, why it is withdrawn.

    Its row is locked first, and read again: of two at once the second finds what the first has done.

    Raises:
        ValidationError: the sentences that say why not; the record stays as it is.
    """
    record.refresh_from_db(
        fields=_STAGE,
        from_queryset=type(record).objects.select_for_update(),  # type: ignore[arg-type] # of its own kind
    )
    step, said = STEPS[state], {"record": record}
    needed = step.needs.get(PublicationState(record.state))
    if needed is None:
        raise ValidationError(step.refusal % said)
    if not _has_perm(user, needed, record):
        raise ValidationError(step.forbidden % said)
    if state == PublicationState.PUBLISHED:
        record.check_publishable()
        _set_withdrawal(record, None, {})
    elif state == PublicationState.WITHDRAWN:
        check_reason(reason or {})
        _set_withdrawal(record, timezone.localdate(), reason or {})
    record.state = state
    record._change_reason = _said_of(step, reason or {})  # type: ignore[union-attr] # noqa: SLF001 # documented API
    record.save(update_fields=_STAGE)
    if state in (PublicationState.PUBLISHED, PublicationState.WITHDRAWN):
        desk_log.info("%s: %s %s by user %s", state.value, _kind(record), record.slug, user.pk)


def _said_of(step: Step, reason: Mapping[str, str]) -> str:
    """Why a step is taken, for the history: what it is and, of a withdrawal, the reason."""
    texts = " / ".join(text.strip() for text in reason.values() if text.strip())
    return f"{step.verb}: {texts}" if texts else str(step.verb)


def check_publishable(records: Iterable[Record]) -> None:
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


def _set_withdrawal(record: Record, on: Any, reason: Mapping[str, str]) -> None:
    record.withdrawn_on = on
    for language, name in _REASONS.items():
        setattr(record, name, reason.get(language, ""))


def _kind(record: Record) -> str:
    return "agreement" if isinstance(record, Agreement) else "event"


def check_deletable(record: Record) -> None:
    """Check that nobody has read a record on the public site, whose addresses last.

    Raises:
        ValidationError: it is or was public.
    """
    if record.was_public:
        raise ValidationError(
            _(
                "“%(record)s” is or was public and is not deleted: withdraw it, so that its address says what stood there."
            )
            % {"record": record}
        )


def check_not_withdrawn(partnership: Partnership) -> None:
    """Check that no tombstone stands at the address of a partnership; what is public of it keeps it anyway.

    Raises:
        ValidationError: one does.
    """
    if Partnership.objects.withdrawn().filter(pk=partnership.pk).exists():
        raise ValidationError(
            _("“%(record)s” was public and is not deleted: its address says what stood there.")
            % {"record": partnership}
        )


def may_change(user: "User", record: Any) -> bool:
    """Whether someone who may change records of this kind may change this one.

    What the public sees, or a publisher is about to show it, is changed by publishers alone.
    """
    publishes = _publishes(user)
    if all(publishes.values()):
        return True
    kind = guarded_as(record)
    return not kind or publishes[kind]


def may_delete(user: "User", record: Any) -> bool:
    """Whether someone who may delete records of this kind may delete this one.

    Of agreements and events, editors delete drafts that were never public.
    """
    if not may_change(user, record):
        return False
    if not isinstance(record, Agreement | Event) or _has_perm(user, "publish", record):
        return True
    return not record.was_public


def _publishes(user: "User") -> dict[str, bool]:
    """Whether someone may publish records of each kind."""
    return {
        kind: user.has_perm(f"relations.publish_{kind}")  # type: ignore[union-attr] # likewise
        for kind in ("agreement", "event")
    }


def changeable(user: "User", kinds: Iterable[str]) -> set[tuple[str, bool]]:
    """Which of some kinds of records someone may change; with True, those too that publishers alone may.

    For lists: with `is_guarded` it says of many records what `may_change` says of one.
    """
    publishes = _publishes(user)
    found = set()
    for kind in kinds:
        if user.has_perm(f"relations.change_{kind}"):  # type: ignore[union-attr] # likewise
            found.add((kind, False))
            if all(publishes.values()) or publishes["event" if kind == "event" else "agreement"]:
                found.add((kind, True))
    return found


def is_guarded(model: type[Record | Partnership | Source]) -> Q:
    """Whether publishers alone may change a record of a kind, for the database; see `guarded_as`."""
    if issubclass(model, Agreement | Event):
        return ~Q(state=PublicationState.DRAFT)
    return Q(pk__in=model.objects.published().values("pk"))


def check_change(user: "User", record: Any) -> None:
    """Check that a saved record has not become one that only publishers may change.

    Raises:
        ValidationError: it has, for example as a party to a published agreement.
    """
    if not may_change(user, record):
        raise ValidationError(
            _("This belongs to a record that is not a draft: only publishers may change it.")
        )


def guarded_as(record: Any) -> str:
    """The kind of record (agreement or event) whose publishers alone may change it; empty if it is open to editors.

    Note: what stands by itself is looked up among what is public.
    """
    match record:
        case Agreement() | Event():
            return "" if record.state == PublicationState.DRAFT else _kind(record)
        case Party():
            return guarded_as(record.agreement)
        case Signatory():
            return guarded_as(record.party.agreement)
        case Citation():
            return guarded_as(record.target)
        case PlaceName():
            return guarded_as(record.place)
        case _:
            return "agreement" if _is_public(record) else ""


def _is_public(record: Any) -> bool:
    """Whether something published shows it. The vocabulary of sectors is public as a whole."""
    match record:
        case Partnership():
            return Partnership.objects.published().filter(pk=record.pk).exists()
        case Source():
            return Source.objects.published().filter(pk=record.pk).exists()
        case Place():
            return _is_public_place(record)
        case _:
            return isinstance(record, Sector)


def _is_public_place(place: Place) -> bool:
    return (
        Partnership.objects.published().of_place_or_within(place).exists()
        or Event.objects.published().at(place).exists()
        or Agreement.objects.published()
        .filter(Q(parties__place=place) | Q(signed_at=place))
        .exists()
    )
