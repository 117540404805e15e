"""Who may change and delete what: rules beyond those of Django's permissions, which depend on what is public."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.enums import PublicationState
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
from relations.models.showing import showing

User = AbstractBaseUser | AnonymousUser
Publishable = Agreement | Event


def kind_of(record: Publishable) -> str:
    """The name of its model, as permissions have it."""
    return "agreement" if isinstance(record, Agreement) else "event"


def has_perm(user: User, verb: str, record: Publishable) -> bool:
    """Whether someone has the permission to do something with records of this kind."""
    return user.has_perm(f"relations.{verb}_{kind_of(record)}")  # type: ignore[union-attr] # of PermissionsMixin


def check_deletable(record: Publishable) -> None:
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


def may_change(user: User, record: Any) -> bool:
    """Whether someone who may change records of this kind may change this one.

    What the public sees, or a publisher is about to show it, is changed by publishers alone.
    """
    publishes = _publishes(user)
    if all(publishes.values()):
        return True
    kind = guarded_as(record)
    return not kind or publishes[kind]


def may_delete(user: User, record: Any) -> bool:
    """Whether someone who may delete records of this kind may delete this one.

    Of agreements and events, editors delete drafts that were never public.
    """
    if not may_change(user, record):
        return False
    if not isinstance(record, Agreement | Event) or has_perm(user, "publish", record):
        return True
    return not record.was_public


def _publishes(user: User) -> dict[str, bool]:
    """Whether someone may publish records of each kind."""
    return {
        kind: user.has_perm(f"relations.publish_{kind}")  # type: ignore[union-attr] # of PermissionsMixin
        for kind in ("agreement", "event")
    }


def changeable(user: User, kinds: Iterable[str]) -> set[tuple[str, bool]]:
    """Which of some kinds of records someone may change; with True, those too that publishers alone may.

    For lists: with `is_guarded` it says of many records what `may_change` says of one.
    """
    publishes = _publishes(user)
    found = set()
    for kind in kinds:
        if user.has_perm(f"relations.change_{kind}"):  # type: ignore[union-attr] # of PermissionsMixin
            found.add((kind, False))
            if all(publishes.values()) or publishes["event" if kind == "event" else "agreement"]:
                found.add((kind, True))
    return found


def is_guarded(model: type[Publishable | Partnership | Source]) -> Q:
    """Whether publishers alone may change a record of a kind, for the database; see `guarded_as`."""
    if issubclass(model, Agreement | Event):
        return ~Q(state=PublicationState.DRAFT)
    return Q(pk__in=model.objects.published().values("pk"))


def check_change(user: User, record: Any) -> None:
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
            return "" if record.state == PublicationState.DRAFT else kind_of(record)
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
            return any(records.published().exists() for records in showing(record))
        case _:
            return isinstance(record, Sector)
