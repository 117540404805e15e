"""The change that is under way: what is done at once, by one person for one reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone
from simple_history.models import HistoricalRecords

from relations.models.announcing import Announcements

if TYPE_CHECKING:
    from relations.models.states import Name, State


class Change:
    """What is done at once, by one person for one reason."""

    def __init__(self, reason: str = "", user: Any = None) -> None:
        self.key = uuid4()
        self.reason = reason
        # Who does it, where no request says so.
        self.user = user
        # What records were before it, and the versions that it made of them.
        self.states: dict[Name, State] = {}
        self.versions: dict[Name, Any] = {}

    @cached_property
    def moment(self) -> datetime:
        """When its first write was."""
        return timezone.now()

    @cached_property
    def announcements(self) -> Announcements:
        """What the public is told of it."""
        return Announcements(self.moment)


_block: ContextVar[Change | None] = ContextVar("change", default=None)


@contextmanager
def within(change: Change) -> Iterator[Change]:
    """Take all that is saved in this block for part of a change, which may go on in another block."""
    token = _block.set(change)
    try:
        yield change
    finally:
        _block.reset(token)


@contextmanager
def one_change(reason: str = "") -> Iterator[Change]:
    """Take all that is saved in this block for one change."""
    with within(Change(reason)) as change:
        yield change


def current_change() -> Change:
    """The change of this block or request; a new one at each call where there is neither."""
    if change := _block.get():
        return change
    if request := getattr(HistoricalRecords.context, "request", None):
        change = getattr(request, "history_change", None) or Change()
        request.history_change = change
        return change
    return Change()


def explain(reason: str) -> None:
    """Say why the change of this block or request is made."""
    current_change().reason = reason.strip()
