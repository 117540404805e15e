"""The changes of a record and of its parts in one list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db import models

from relations.history.differences import Difference, differences
from relations.history.names import Names
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    PlaceName,
    Signatory,
)
from relations.models.states import (
    DELETED,
    Name,
    State,
    stored_states,
    version_states,
    versions_of,
)

PAGE_SIZE = 25

# The parts of each kind of record, and the column by which they hang on it or on another part.
PARTS: dict[type[models.Model], dict[type[models.Model], str]] = {
    Agreement: {Party: "agreement_id", Signatory: "party_id", Citation: "agreement_id"},
    Event: {Citation: "event_id"},
    Partnership: {Citation: "partnership_id"},
    Party: {Signatory: "party_id"},
    Place: {PlaceName: "place_id"},
}
FOUND = "found"


class Line(NamedTuple):
    """A version, as far as the list needs it."""

    number: int
    key: int
    change: UUID
    as_found: bool
    moment: datetime
    kind: str
    model: type[models.Model]


_COLUMNS = ("history_id", "id", "change", "as_found", "history_date", "history_type")


@dataclass(frozen=True, slots=True)
class Item:
    """What a change did to one record: `kind` is `+`, `~`, `-`, or `found` where it says how it was before.

    `number` is that of its version in the history of `model`. What `is_current` needs no way back.
    """

    model: type[models.Model]
    number: int
    kind: str
    label: str
    name: str
    is_part: bool
    is_current: bool
    differences: Sequence[Difference]

    @property
    def model_name(self) -> str:
        """The model as addresses name it."""
        return str(self.model._meta.model_name)  # noqa: SLF001 # documented API


@dataclass(frozen=True, slots=True)
class Entry:
    """A change: when, who (the name of an account, empty where none is known) and why.

    `account` is the number of the account; None where it was changed by another way than the
    desk. `is_first` says that this is how records were before their first change.
    """

    moment: datetime
    account: int | None
    who: str
    reason: str
    is_found: bool
    is_first: bool
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class History:
    """One page of the changes of a record, the last first, and what the record is or was called.

    `deleted` is the number of the version that says so. What is `overtaken` was changed since
    its last version by another way than the desk.
    """

    name: str
    page: Page[Any]
    entries: Sequence[Entry]
    deleted: int | None
    overtaken: bool


class _Lines:
    """All versions of a record and its parts, in the order in which they were written."""

    def __init__(self, model: type[models.Model], key: int) -> None:
        self.lines = _lines(model, {"id": [key]})
        for part, column in PARTS.get(model, {}).items():
            is_nested = column == "party_id" and model is not Party
            parties = {line.key for line in self.lines if line.model is Party}
            self.lines += _lines(part, {column: parties if is_nested else {key}})
        self.previous: dict[Line, Line | None] = {}
        self.last: dict[Name, Line] = {}
        self.current: set[Line] = set()  # those that say how records are now
        for line in self.lines:
            name = (line.model, line.key)
            self.previous[line] = self.last.get(name)
            self.last[name] = line

    def groups(self) -> list[list[Line]]:
        """The lines by change, the last first; how records were before their first change comes at the end."""
        groups: dict[UUID | str, list[Line]] = defaultdict(list)
        for line in self.lines:
            is_first = line.as_found and self.previous[line] is None
            groups[FOUND if is_first else line.change].append(line)
        first = groups.pop(FOUND, None)
        ordered = sorted(groups.values(), key=_when, reverse=True)
        return [*ordered, first] if first else ordered


def _when(group: Sequence[Line]) -> tuple[datetime, bool]:
    """What was found comes before what was done then."""
    return max(line.moment for line in group), not group[0].as_found


def _lines(model: type[models.Model], owners: Mapping[str, Iterable[int]]) -> list[Line]:
    """The versions of the rows that have ever belonged to some owners."""
    conditions = {f"{column}__in": list(keys) for column, keys in owners.items()}
    table = versions_of(model).objects
    rows = table.filter(**conditions).order_by("history_id").values_list(*_COLUMNS)
    return [Line(**dict(zip(Line._fields, (*row, model), strict=True))) for row in rows]


def history_of(model: type[models.Model], key: int, number: int = 1) -> History | None:
    """A page of the history of a record; None where there is none on record.

    Raises:
        EmptyPage: there is no such page.
    """
    lines = _Lines(model, key)
    if not lines.lines:
        return None
    page = Paginator(lines.groups(), PAGE_SIZE).page(number)
    shown = [line for group in page.object_list for line in group]
    own = lines.last.get((model, key))
    earlier = [lines.previous[line] for line in shown]
    last = list(lines.last.values())
    versions, states, names = _read(filter(None, [*shown, *earlier, *last]))
    accounts = accounts_of(versions[line.model, line.number] for line in shown)
    lines.current = _current(last, states)
    entries = []
    for group in page.object_list:
        items = [_item(line, lines, states, names, model) for line in group]
        if items := [item for item in items if item.differences or item.kind == DELETED]:
            version = versions[group[0].model, group[0].number]
            entries.append(_entry(version, items, accounts, lines.previous[group[0]] is None))
    name = names.call(model, states[model, own.number]) if own else ""
    gone = own.number if own and own.kind == DELETED else None
    return History(name, page, entries, gone, overtaken=not lines.current.issuperset(last))


def _current(last: Sequence[Line], states: Mapping[Any, State]) -> set[Line]:
    """Those of the last lines of records that say how these are now."""
    keys: dict[type[models.Model], list[int]] = defaultdict(list)
    for line in last:
        keys[line.model].append(line.key)
    stored = {model: stored_states(model, wanted) for model, wanted in keys.items()}
    return {
        line
        for line in last
        if stored[line.model].get(line.key)
        == (None if line.kind == DELETED else states[line.model, line.number])
    }


def _read(lines: Iterable[Line]) -> tuple[dict[Any, Any], dict[Any, State], Names]:
    """The versions of some lines with their states, by model and number, and the names that they need."""
    numbers: dict[type[models.Model], set[int]] = defaultdict(set)
    for line in lines:
        numbers[line.model].add(line.number)
    versions: dict[Any, Any] = {}
    states: dict[Any, State] = {}
    names = Names()
    for model, wanted in numbers.items():
        found = versions_of(model).objects.in_bulk(wanted)
        told = version_states(model, list(found.values()))
        versions |= {(model, number): version for number, version in found.items()}
        states |= {(model, number): state for number, state in told.items()}
        names.want(model, told.values())
    names.look_up()
    return versions, states, names


def _item(
    line: Line,
    lines: _Lines,
    states: Mapping[Any, State],
    names: Names,
    whole: type[models.Model],
) -> Item:
    """What a line says, on a page about a kind of record."""
    state, earlier = states[line.model, line.number], lines.previous[line]
    before = states[line.model, earlier.number] if earlier and earlier.kind != DELETED else None
    is_found = line.as_found and before is None
    is_last = lines.last[line.model, line.key] is line
    is_gone = line.kind == DELETED
    before, after = (state, None) if is_gone else (before, state)
    column = PARTS.get(whole, {}).get(line.model, "")
    return Item(
        model=line.model,
        number=line.number,
        kind=FOUND if is_found else line.kind,
        label=str(line.model._meta.verbose_name),  # noqa: SLF001 # documented API
        name=names.call(line.model, state),
        is_part=line.model is not whole,
        is_current=not is_last if is_gone else line in lines.current,
        differences=differences(line.model, before, after, names, skip=column),
    )


def _entry(
    version: Any,
    items: Sequence[Item],
    accounts: Mapping[int, str],
    is_first: bool,  # noqa: FBT001 # as it is
) -> Entry:
    return Entry(
        moment=version.history_date,
        account=version.history_user_id,
        who=accounts.get(version.history_user_id, ""),
        reason=version.history_change_reason or "",
        is_found=version.as_found,
        is_first=version.as_found and is_first,
        items=items,
    )


def accounts_of(versions: Iterable[Any]) -> dict[int, str]:
    """The names of the accounts, those that are deleted left out."""
    keys = {version.history_user_id for version in versions} - {None}
    accounts = get_user_model()._default_manager.in_bulk(keys)  # noqa: SLF001 # documented API
    return {key: account.get_username() for key, account in accounts.items()}
