"""The records that are deleted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models

from relations.history.names import Names
from relations.history.reading import PAGE_SIZE, accounts_of
from relations.models.states import DELETED, last_versions, version_states


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record that is no longer there: its last version, and what it was called."""

    number: int
    key: int
    name: str
    moment: datetime
    account: int | None
    who: str
    reason: str


def deleted(model: type[models.Model], number: int = 1) -> Page[Any]:
    """A page of the deleted records of a model, the last first.

    Raises:
        EmptyPage: there is no such page.
    """
    gone = last_versions(model).filter(history_type=DELETED)
    page = Paginator(gone.order_by("-history_date", "-history_id"), PAGE_SIZE).page(number)
    versions = list(page.object_list)
    names = Names()
    states = version_states(model, versions)
    names.want(model, states.values())
    names.look_up()
    accounts = accounts_of(versions)
    page.object_list = [
        Deleted(
            number=version.history_id,
            key=version.id,
            name=names.call(model, states[version.history_id]),
            moment=version.history_date,
            account=version.history_user_id,
            who=accounts.get(version.history_user_id, ""),
            reason=version.history_change_reason or "",
        )
        for version in versions
    ]
    return page
