"""What a load tells the public, in one entry for each record that it brought or changed."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import models
from django.utils import timezone

from relations.enums import ChangedFact, PublicationState, PublicStep
from relations.loading.reading import Record
from relations.loading.rows import Row
from relations.models import Agreement, Event, Partnership, PublicChange
from relations.models.public_changes import PARTS, facts_in, step_between, whole_of

_Told = dict[models.Model, tuple[PublicStep | None, set[ChangedFact]]]


def announce(written: Iterable[tuple[Record, Row]], replaced: Mapping[int, Row]) -> None:
    """Tell of what was written. `replaced` has the rows as they were, by the identity of the new ones."""
    told = _told([row for _record, row in written], replaced)
    moment, public = timezone.now(), _public_partnerships(told)
    PublicChange.objects.bulk_create(
        PublicChange(
            moment=moment,
            step=step or "",
            facts=[] if step else sorted(fact.value for fact in facts),
            **{type(record).__name__.lower(): record},
        )
        for record, (step, facts) in told.items()
        if step or (facts and (record in public or _is_published(record)))
    )


def _told(rows: Sequence[Row], replaced: Mapping[int, Row]) -> _Told:
    """What became of each record and which of its facts changed. Of what is new there is no more to tell."""
    new = {row.instance for row in rows if id(row) not in replaced}
    told: _Told = {
        row.instance: _changes(row, replaced.get(id(row)))
        for row in rows
        if isinstance(row.instance, Agreement | Event | Partnership)
    }
    for part in (row.instance for row in rows if type(row.instance) in PARTS):
        whole = whole_of(part)
        if whole not in new:
            told.setdefault(whole, (None, set()))[1].add(PARTS[type(part)])
    return told


def _changes(row: Row, before: Row | None) -> tuple[PublicStep | None, set[ChangedFact]]:
    was = getattr(before.instance, "state", None) if before else None
    if step := step_between(was, getattr(row.instance, "state", None)):
        return step, set()
    if before is None:
        return None, set()
    old, new = before.content(), row.content()
    changed = {name for name in new if old[name] != new[name]}
    return None, facts_in(type(row.instance), changed)


def _is_published(record: models.Model) -> bool:
    return getattr(record, "state", None) == PublicationState.PUBLISHED


def _public_partnerships(told: _Told) -> set[models.Model]:
    changed = [r.pk for r, (_step, facts) in told.items() if isinstance(r, Partnership) and facts]
    return set(Partnership.objects.published().filter(pk__in=changed))
