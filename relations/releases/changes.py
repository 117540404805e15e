"""What changed between two releases: facts added, changed and removed, record by record."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from relations.releases.rows import key_of, read_csv
from relations.tables import TABLES
from relations.tables.forms import BETWEEN, Many
from relations.tables.lines import Lines

Row = dict[str, str]

# Which source says what has a table of its own, and is told once.
_TOLD_ELSEWHERE = {"citations"}


class FieldChange(NamedTuple):
    """A field of a record that changed: for a list, what is gone from it and what is new in it."""

    name: str
    before: str
    after: str


@dataclass
class TableChanges:
    """What changed in a table. Records are named by their keys; `columns` are those that came (True) or went."""

    kind: str
    added: list[str] = field(default_factory=list)
    changed: dict[str, list[FieldChange]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    columns: dict[str, bool] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.columns)


def compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[TableChanges]:
    """What changed between two sets of tables, given as CSV by their kind. A table that was not there has no rows."""
    told = (_compare(kind, before.get(kind, b""), content) for kind, content in after.items())
    return [changes for changes in told if changes]


def _compare(kind: str, before: bytes, after: bytes) -> TableChanges:
    old, new = ({key_of(kind, row): row for row in read_csv(c)} for c in (before, after))
    changes = TableChanges(kind)
    names_before, names_after = _columns(old), _columns(new)
    if old and new:
        changes.columns = {name: True for name in names_after if name not in names_before}
        changes.columns |= {name: False for name in names_before if name not in names_after}
    changes.added = sorted(new.keys() - old.keys())
    changes.removed = sorted(old.keys() - new.keys())
    common = [name for name in names_after if name in names_before and name not in _TOLD_ELSEWHERE]
    for key in sorted(old.keys() & new.keys()):
        if told := [
            _field_change(kind, name, old[key][name], new[key][name])
            for name in common
            if old[key][name] != new[key][name]
        ]:
            changes.changed[key] = told
    return changes


def _columns(rows: dict[str, Row]) -> list[str]:
    return list(next(iter(rows.values()), {}))


def _field_change(kind: str, name: str, before: str, after: str) -> FieldChange:
    """The values; of a list only the items that are not in both."""
    column = TABLES[kind].by_name.get(name)
    parted = column and isinstance(column.form, (Lines, Many))
    if not parted:
        return FieldChange(name, before, after)
    between = "\n" if isinstance(column and column.form, Lines) else f"{BETWEEN} "
    items, others = before.split(between), after.split(between)
    gone, come = ([i for i in a if i not in b] for a, b in ((items, others), (others, items)))
    return FieldChange(name, between.join(gone), between.join(come))


def counts(told: list[TableChanges]) -> dict[str, int]:
    """How many records came, changed and went, of all tables together."""
    return {
        what: sum(len(getattr(changes, what)) for changes in told)
        for what in ("added", "changed", "removed")
    }


# As Markdown


def changelog(told: list[TableChanges], label: str, last: str) -> str:
    """The changes between the releases with these labels; `last` is empty where there was none before."""
    if not last:
        return f"# Changelog\n\n{_capital(label)} is the first one: there is none to compare it with.\n"
    n = counts(told)
    lines = [
        "# Changelog",
        "",
        f"{_capital(label)}, against {last}: {n['added']} records added, {n['changed']} changed, "
        f"{n['removed']} removed.",
    ]
    for changes in told:
        lines += ["", f"## {changes.kind}", *_said(changes)]
    return "\n".join(lines) + "\n"


def _said(changes: TableChanges) -> Iterator[str]:
    for name, is_new in changes.columns.items():
        yield from ("", f"The column {_code(name)} is {'new' if is_new else 'gone'}.")
    if changes.added:
        yield from ("", "### Added", "", *(f"- {_code(key)}" for key in changes.added))
    if changes.changed:
        yield from ("", "### Changed", "")
        for key, fields in changes.changed.items():
            yield f"- {_code(key)}"
            for name, before, after in fields:
                yield f"  - {_code(name)}: {_value(before)} → {_value(after)}"
    if changes.removed:
        yield from ("", "### Removed", "", *(f"- {_code(key)}" for key in changes.removed))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _value(text: str) -> str:
    """A value in one line, with its line breaks as they are written in JSON."""
    return _code(json.dumps(text, ensure_ascii=False)) if text else "nothing"


def _code(text: str) -> str:
    """Text that Markdown leaves as it is, whatever it holds."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{' '.join(text.splitlines())}{room}{fence}"
