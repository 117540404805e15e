"""An import under way: row by row, in one transaction, with a report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.results import RowResult

from relations.bulk.files import Sheet
from relations.bulk.ordering import Row, in_order
from relations.bulk.resources import RESOURCES
from relations.cells import unguarded
from relations.models import DatasetVersion
from relations.models.current import Change, within
from relations.models.versions import quiet_triggers
from relations.publishing import desk_log
from relations.tables import Table
from relations.tables.forms import One

CHUNK = 250
MOST_SHOWN = 200


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


_OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: Outcome.NEW,
    RowResult.IMPORT_TYPE_UPDATE: Outcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: Outcome.SAME,
    RowResult.IMPORT_TYPE_INVALID: Outcome.WRONG,
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, or with a whole row (`column` empty); `expected` says what the column holds."""

    column: str
    sentence: str
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.column}: {self.sentence}" if self.column else self.sentence


@dataclass(frozen=True)
class RowReport:
    """What became of a row: `changes` are column, old and new text."""

    number: int
    name: str
    outcome: Outcome
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    key: int | None = None


@dataclass
class Import:
    """The rows of a sheet on their way into the database, on behalf of `user` (None: the command line).

    `steps` does it; then `counts` says how many rows came to what, `shown` holds the first
    rows that are new, changed or wrong, and `digest` stands for all that was done. With
    `expecting` the digest of a preview, an import that would do anything else is refused.
    """

    table: Table
    sheet: Sheet
    user: Any = None
    expecting: str = ""
    counts: Counter[Outcome] = field(default_factory=Counter)
    shown: list[RowReport] = field(default_factory=list)
    wrong: list[RowReport] = field(default_factory=list)
    written: list[RowReport] = field(default_factory=list)
    new_places: list[Any] = field(default_factory=list)
    is_outdated: bool = False

    def __post_init__(self) -> None:
        self._digest = sha256()

    @property
    def total(self) -> int:
        """The number of rows."""
        return len(self.sheet.rows)

    @property
    def first_wrong(self) -> list[RowReport]:
        """Those of the wrong rows that are shown."""
        return self.wrong[:MOST_SHOWN]

    @property
    def digest(self) -> str:
        """The same for the same changes to the same records."""
        return self._digest.hexdigest()

    @property
    def is_done(self) -> bool:
        """Whether there was nothing against writing it."""
        return not self.counts[Outcome.WRONG] and not self.is_outdated

    def steps(self, *, dry_run: bool) -> Iterator[int]:
        """Take the rows, and yield the number of those done from time to time.

        Whoever stops halfway undoes everything.
        """
        with DatasetVersion.objects.told(), transaction.atomic():
            with quiet_triggers():
                yield from self._take_all()
            self.is_outdated = bool(self.expecting) and self.expecting != self.digest
            if dry_run or not self.is_done:
                transaction.set_rollback(True)
                return
            if self.written:
                DatasetVersion.objects.change()
            transaction.on_commit(self._log)

    def _take_all(self) -> Iterator[int]:
        done = 0
        resource = RESOURCES[self.table.kind](user=self.user)
        # An answer that streams has no request any more, which would say whose change it is.
        change = Change(_("Import"), self.user)
        for rows in self._chunks():
            cells = [row for _number, row in rows]
            resource.lookups.prepare_for(self.table, cells)
            loader = _Records(self.table, cells)
            with within(change):  # but nothing of what is done while it waits at a yield
                for number, row in rows:
                    self._note(self._take(resource, loader, number, row))
            done += len(rows)
            yield done
        self.new_places = resource.lookups.new_places

    def run(self, *, dry_run: bool = False) -> "Import":
        """Take all rows at once."""
        for _done in self.steps(dry_run=dry_run):
            pass
        return self

    def _chunks(self) -> Iterator[Sequence[Row]]:
        self._first_of: dict[tuple[str, ...], int] = {}
        rows = in_order(self.sheet, self.table)
        for start in range(0, len(rows), CHUNK):
            yield rows[start : start + CHUNK]

    def _take(
        self, resource: Any, loader: "_Records", number: int, row: dict[str, str]
    ) -> RowReport:
        key = _key(self.table, row)
        name = " · ".join(part for part in key if part)
        problems = [
            self._problem(column, sentence)
            for column, sentence in self.sheet.broken.get(number, {}).items()
        ]
        first = self._first_of.setdefault(key, number) if any(key) else number
        if first != number:
            problems.append(
                Problem(
                    "", _("Row %(number)d has the same key. Leave one of them.") % {"number": first}
                )
            )
        if problems:
            return RowReport(number, name, Outcome.WRONG, (), tuple(problems))
        result = resource.import_row(row, loader, row_number=number)
        if result.errors:
            raise result.errors[0].error  # a fault of ours, not of the file
        problems = self._problems(result.validation_error)
        changes = () if problems else tuple(resource.said)
        outcome = _OUTCOMES[result.import_type]
        return RowReport(number, name, outcome, changes, tuple(problems), result.object_id)

    def _problems(self, error: ValidationError | None) -> list[Problem]:
        if error is None:
            return []
        by_column = (
            error.message_dict
            if hasattr(error, "error_dict")
            else {NON_FIELD_ERRORS: error.messages}
        )
        return [
            self._problem("" if column == NON_FIELD_ERRORS else column, sentence)
            for column, sentences in by_column.items()
            for sentence in sentences
        ]

    def _problem(self, column: str, sentence: str) -> Problem:
        known = self.table.by_name.get(column)
        return Problem(column, sentence, str(known.form.expected) if known else "")

    def _note(self, row: RowReport) -> None:
        self.counts[row.outcome] += 1
        if row.outcome == Outcome.SAME:
            return
        self._digest.update(repr((row.number, row.name, row.outcome, row.changes)).encode())
        if row.outcome == Outcome.WRONG:
            self.wrong.append(row)
            return
        if len(self.shown) < MOST_SHOWN:
            self.shown.append(row)
        names = tuple((name, "", "") for name, _old, _new in row.changes)
        self.written.append(RowReport(row.number, row.name, row.outcome, names, (), row.key))

    def _log(self) -> None:
        desk_log.info(
            "import: %s, %d new, %d changed, %d the same, by %s",
            self.table.kind,
            self.counts[Outcome.NEW],
            self.counts[Outcome.CHANGED],
            self.counts[Outcome.SAME],
            f"user {self.user.pk}" if self.user else "the command line",
        )


def _key(table: Table, row: dict[str, str]) -> tuple[str, ...]:
    return tuple(unguarded(row[name]).strip() for name in table.key)


class _Records:
    """The records that some rows are about, read at once."""

    def __init__(self, table: Table, rows: Sequence[dict[str, str]]) -> None:
        self._table = table
        first = table.by_name[table.key[0]]
        lookup = f"{first.name}__slug" if isinstance(first.form, One) else first.name
        keys = {_key(table, row)[0] for row in rows} - {""}
        records = table.model._default_manager.filter(**{f"{lookup}__in": keys})  # noqa: SLF001 # public in all but name
        self._found = {
            tuple(table.by_name[name].text(record).strip() for name in table.key): record
            # Locked, where the database can: what is written back must not be older than what is there.
            for record in table.fetch(records.select_for_update(of=("self",)))
        }

    def get_instance(self, row: dict[str, str]) -> Any:
        """The record of a row, None where there is none."""
        return self._found.get(_key(self._table, row))
