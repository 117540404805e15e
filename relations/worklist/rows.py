"""What a task says: the record, what is missing in words, and in which field of its form that goes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations.dates import format_date, parse
from relations.enums import CitedField
from relations.models import Agreement, Event, LinkCheck, Partnership, Party, Source
from relations.models.fields import date_or_unknown
from relations.models.localized import active_language
from relations.worklist.tasks import Matter, Task

Record = Agreement | Event | Partnership | Source

CITATIONS = "citations-group"
# What `check_publishable` names, as fields of the form.
_MISSING = {"citations": CITATIONS, "parties": "parties-group", "partnerships": "id_partnerships"}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is missing, in words; the id of what holds it in the form, and the fact to cite there."""

    words: str
    anchor: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A record with what is missing; nothing is where it only waits for its next step."""

    task: Task
    record: Record
    points: list[Point] = field(default_factory=list)


def rows_of(found: Mapping[Matter, Sequence[Task]]) -> dict[Matter, list[Row]]:
    """The rows for some tasks, whose records are all fetched at once; what was deleted meanwhile is left out."""
    records = _fetch(task for tasks in found.values() for task in tasks)
    links = _checks(records["source"].values())
    return {
        matter: [
            Row(task, record, list(_points(matter, task, record, links)))
            for task in tasks
            if (record := records[task.kind].get(task.key))
        ]
        for matter, tasks in found.items()
    }


def _fetch(tasks: Iterator[Task]) -> dict[str, dict[int, Any]]:
    """The records of tasks with all that is said of them, by kind and key."""
    keys: dict[str, set[int]] = defaultdict(set)
    for task in tasks:
        keys[task.kind].add(task.key)
    parties = Prefetch("parties", Party.objects.select_related("place"))
    queries: dict[str, QuerySet[Any]] = {
        "agreement": Agreement.objects.prefetch_related(parties, "citations"),
        "event": Event.objects.prefetch_related("partnerships", "places", "citations"),
        "partnership": Partnership.objects.with_places().prefetch_related("citations"),
        "source": Source.objects.all(),
    }
    return {kind: query.in_bulk(keys[kind]) for kind, query in queries.items()}


def _checks(sources: Any) -> dict[str, LinkCheck]:
    """What came of the addresses of sources."""
    urls = [url for source in sources for url in (source.url, source.archived_url) if url]
    return {check.url: check for check in LinkCheck.objects.filter(url__in=urls)} if urls else {}


def _points(
    matter: Matter, task: Task, record: Any, links: Mapping[str, LinkCheck]
) -> Iterator[Point]:
    match matter:
        case Matter.REVIEW | Matter.DRAFT:
            yield from _lacking(record)
        case Matter.CONFLICT:
            yield _conflict(record, task.names[0])
        case Matter.SOURCE:
            yield from _uncited(task)
        case Matter.LINK:
            yield from (_broken(record, name, links) for name in task.names)
        case Matter.TRANSLATION:
            yield from (_untranslated(record, name) for name in task.flaws.texts)
        case Matter.DATE:
            yield from (_vague(record, name) for name in task.flaws.dates)
        case Matter.AGE:
            yield _unverified(task.last)


def _lacking(record: Agreement | Event) -> Iterator[Point]:
    """What it takes to be published."""
    try:
        record.check_publishable()
    except ValidationError as lacking:
        for error in lacking.error_list:
            anchor = _MISSING.get(str(error.code), f"id_title_{active_language()}")
            yield Point(error.messages[0], anchor)


def _conflict(record: Any, name: str) -> Point:
    """The values that sources state, and the box that prefers the first of them."""
    stated = {n: c.stated for n, c in enumerate(record.citations.all()) if c.field == name}
    values = " – ".join(_("“%(text)s”") % {"text": text} for text in dict.fromkeys(stated.values()))
    box = f"id_citations-{min(stated)}-preferred" if stated else CITATIONS
    return Point(_said(CitedField(name).label, values), box)


def _uncited(task: Task) -> Iterator[Point]:
    if not task.names:
        yield Point(_("It cites no source."), CITATIONS, CitedField.RECORD.value)
    for name in task.names:
        yield Point(_said(CitedField(name).label, _("no source")), CITATIONS, name)


def _broken(source: Source, name: str, links: Mapping[str, LinkCheck]) -> Point:
    check = links.get(getattr(source, name), "")
    return Point(_said(_label(source, name), check), f"id_{name}")


def _untranslated(record: Any, name: str) -> Point:
    return Point(_said(_label(record, name), _("missing")), f"id_{name}")


def _vague(record: Any, name: str) -> Point:
    when = format_date(date_or_unknown(getattr(record, name)))
    return Point(_said(CitedField(name).label, when), f"id_{name}")


def _unverified(day: str) -> Point:
    last = format_date(parse(day))
    words = _said(_("Last verified"), last) if day else _("no dated source")
    return Point(words, CITATIONS, CitedField.RECORD.value)


def _said(what: Any, value: Any) -> str:
    return _("%(fact)s: %(value)s") % {"fact": what, "value": value}


def _label(record: Any, name: str) -> str:
    """How the form calls a field."""
    return capfirst(str(record._meta.get_field(name).verbose_name))  # noqa: SLF001 # public in all but name
