"""Records of the files → the database, except where an editor has been since the last load."""

from collections.abc import Callable, Sequence
from copy import copy

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from relations.enums import PublicationState
from relations.loading.announcing import announce
from relations.loading.layout import LAYOUT_OF, LAYOUTS, Key, Layout
from relations.loading.ledger import Ledger
from relations.loading.reading import Record
from relations.loading.report import LoadReport, Outcome, RecordName
from relations.loading.rows import Row, read_rows, save_rows
from relations.models import Agreement, Event
from relations.models.public_changes import whole_of

Progress = Callable[[int, int], None]
_Name = tuple[type[models.Model], Key]
_Changes = dict[_Name, tuple[Record, Row]]
_PREFETCHED = 1000


def write(
    records: Sequence[Record], *, overwrite: bool = False, progress: Progress | None = None
) -> LoadReport:
    """Bring the database to what the records say, and report what became of each.

    To be called in a transaction: what is wrong with a record is added to its
    `problems`, and where there are any the transaction must be undone.
    """
    writer = _Writer(records, overwrite=overwrite, progress=progress)
    for layout in LAYOUTS:
        writer.write(layout)
    writer.change_wholes()
    announce(writer.written, writer.replaced)
    for layout in LAYOUTS:
        writer.check_publishable(layout)
    writer.ledger.save()
    return writer.report


class _Writer:
    """A load under way.

    A record is pending until what it refers to is settled. Then it is settled too:
    `rows` has it as it now is; or else it is broken (it, or one that it refers to, has a
    problem) or gone (an editor deleted it, or one that it refers to).
    """

    def __init__(
        self, records: Sequence[Record], *, overwrite: bool, progress: Progress | None
    ) -> None:
        self.ledger = Ledger()
        self.report = LoadReport()
        self._rows = read_rows()
        self._overwrite = overwrite
        self._progress = progress
        self._done, self._total = 0, len(records)
        self._pending: dict[_Name, Record] = {}
        self._broken: set[_Name] = set()
        self._gone: set[_Name] = set()
        self.written: list[tuple[Record, Row]] = []
        self.replaced: dict[int, Row] = {}  # by the identity of the row that takes its place
        # Where a record cannot be told, nobody can say that one is missing.
        self._nameless = any(not record.key for record in records)
        for record in records:
            if record.layout and record.key:
                name = record.layout.model, record.key
                if record.problems:
                    self._broken.add(name)
                else:
                    self._pending[name] = record

    def write(self, layout: Layout) -> None:
        """Settle the records of a model, those first that others of the model refer to.

        What the database refuses is tried again with what comes later, which may make room
        for it: two sectors may change places in the order, although one is the other's parent.
        """
        waiting = {name: r for name, r in self._pending.items() if name[0] is layout.model}
        refused: _Changes = {}
        while True:
            ready = [name for name, record in waiting.items() if not self._waits(record)]
            changes = refused | self._changes(layout, {name: waiting.pop(name) for name in ready})
            refused = self._save(changes)
            if not ready and len(refused) == len(changes):
                break
        for name, (record, row) in refused.items():
            self._explain(name, record, row)
        for name, record in waiting.items():
            self._broken.add(name)
            if not refused:
                record.complain(_("it refers to itself, directly or by way of others."))
        for name in refused | waiting:
            self._pending.pop(name, None)

    def _waits(self, record: Record) -> bool:
        return any((model, key) in self._pending for _field, model, key in record.targets())

    def _changes(self, layout: Layout, records: dict[_Name, Record]) -> _Changes:
        """What is to be written; only what is new has to be before others can refer to it."""
        changes = {}
        for name, record in records.items():
            row = self._change(layout, name, record)
            if row:
                changes[name] = record, row
            if row and row.instance.pk:
                self._rows[layout.model][name[1]] = row
            if not row or row.instance.pk:
                del self._pending[name]
            self._done += 1
            if self._progress:
                self._progress(self._done, self._total)
        return changes

    def _save(self, changes: _Changes) -> _Changes:
        """Write rows, and return those that the database refuses."""
        refused = {id(row) for row in save_rows([row for _record, row in changes.values()])}
        for name, (record, row) in changes.items():
            if id(row) not in refused:
                self._note(name, row)
                self._pending.pop(name, None)
                self.written.append((record, row))
        return {name: change for name, change in changes.items() if id(change[1]) in refused}

    def _change(self, layout: Layout, name: _Name, record: Record) -> Row | None:
        """The row to be written, or None: it stands already, is kept, or is broken."""
        model, key = name
        current = self._rows[model].get(key)
        loaded = self.ledger.fingerprint(layout, key)
        if current is None and loaded and not self._overwrite:
            self._keep(layout, name, _("deleted since the last load"))
        elif self._is_sound(name, record):
            if any((model, key) in self._gone for _field, model, key in record.targets()):
                self._keep(layout, name, _("refers to a record deleted since the last load"))
            else:
                row = self._row(layout, record, current)
                if self._is_valid(name, record, row):
                    return row if current is None else self._compare(name, row, current, loaded)
        return None

    def _compare(self, name: _Name, row: Row, current: Row, loaded: str | None) -> Row | None:
        """The row to be written in place of the current one, or None if that one stays."""
        standing = current.fingerprint()
        if standing == row.fingerprint():
            self.report.add(Outcome.UNCHANGED, row.layout, name[1])
            self.ledger.note(row.layout, name[1], standing)
        elif standing == loaded or self._overwrite:
            self.replaced[id(row)] = current
            return row
        else:
            self._keep(row.layout, name, _("changed since the last load"))
        return None

    def _keep(self, layout: Layout, name: _Name, why: str) -> None:
        model, key = name
        self.report.add(Outcome.KEPT, layout, key, why)
        if key not in self._rows[model]:
            self._gone.add(name)

    def _is_sound(self, name: _Name, record: Record) -> bool:
        """Whether all that it refers to is there (or gone); of a broken one is complained once."""
        for field, model, key in record.targets():
            if (model, key) in self._broken:
                self._broken.add(name)
            elif key not in self._rows[model] and (model, key) not in self._gone:
                self._broken.add(name)
                if not self._nameless:
                    target = RecordName(LAYOUT_OF[model].label, key)
                    message = _("there is no %s, in the files or in the database.")
                    record.complain(message % target, field)
        return name not in self._broken

    def _row(self, layout: Layout, record: Record, current: Row | None) -> Row:
        instance = copy(current.instance) if current else layout.model()
        many = {}
        for name, value in record.content.items():
            if name in layout.many:
                rows = self._rows[layout.many[name].related_model]
                many[name] = [rows[key].instance for key in dict.fromkeys(map(tuple, value))]
            elif name in layout.references and value is not None:
                rows = self._rows[layout.references[name].related_model]
                setattr(instance, name, rows[tuple(value)].instance)
            else:  # a number without quotes is meant as it is written, not as binary
                setattr(instance, name, str(value) if isinstance(value, float) else value)
        return Row(layout, instance, many)

    def _is_valid(self, name: _Name, record: Record, row: Row) -> bool:
        """Clean the row. What needs queries (constraints) is left to the database."""
        try:
            row.instance.full_clean(
                exclude=row.layout.references, validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            self._complain_of(name, record, error)
        return name not in self._broken

    def _explain(self, name: _Name, record: Record, row: Row) -> None:
        """Say why the database refused a row."""
        try:
            row.instance.full_clean()
        except ValidationError as error:
            self._complain_of(name, record, error)
        else:
            self._complain(name, record, _("the database refuses it."))

    def _complain_of(self, name: _Name, record: Record, error: ValidationError) -> None:
        for field, messages in error.message_dict.items():
            for message in messages:
                self._complain(name, record, message, "" if field == NON_FIELD_ERRORS else field)

    def _complain(self, name: _Name, record: Record, message: str, field: str = "") -> None:
        record.complain(message, field)
        self._broken.add(name)

    def _note(self, name: _Name, row: Row) -> None:
        """Remember a row that was written."""
        model, key = name
        outcome = Outcome.UPDATED if key in self._rows[model] else Outcome.CREATED
        self._rows[model][key] = row
        self.report.add(outcome, row.layout, key)
        self.ledger.note(row.layout, key, row.fingerprint())

    def change_wholes(self) -> None:
        """Move the moment of agreements and events of which only a part was written."""
        written = {row.instance for _record, row in self.written}
        wholes = {whole_of(instance) for instance in written} - written
        for model in (Agreement, Event):
            keys = [whole.pk for whole in wholes if isinstance(whole, model)]
            if keys:
                model.objects.filter(pk__in=keys).update(changed=timezone.now())

    def check_publishable(self, layout: Layout) -> None:
        """Complain of what was written to be public and may not be, now that all is there."""
        written = [] if self._broken else self.written
        public = {
            row.instance: record
            for record, row in written
            if row.layout is layout
            and getattr(row.instance, "state", None) == PublicationState.PUBLISHED
        }
        needed = ["citations", "parties__place"] if layout.model is Agreement else ["citations"]
        rows = list(public)
        for start in range(0, len(rows), _PREFETCHED):
            prefetch_related_objects(rows[start : start + _PREFETCHED], *needed)
        for row, record in public.items():
            try:
                row.check_publishable()
            except ValidationError as error:
                for message in error.messages:
                    record.complain(message, "state")
