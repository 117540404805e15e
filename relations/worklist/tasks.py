"""What there is to do on the editor's desk, for whom, and in which order.

The rules of what is weak are those of the public report (`relations.quality`). What is read of
the data is kept for each version of them: see `DatasetVersion`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, reduce
from operator import add, or_
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from relations.enums import CitedField, PublicationState
from relations.models import (
    Agreement,
    Citation,
    DatasetVersion,
    Event,
    LinkCheck,
    Partnership,
    Source,
)
from relations.publishing import changeable, is_guarded
from relations.quality import rules

if TYPE_CHECKING:
    from relations.publishing import User

KINDS = ("agreement", "event", "partnership", "source")
MODELS: dict[str, type[Any]] = {
    model.__name__.lower(): model for model in (Agreement, Event, Partnership, Source)
}
_CITED = ("agreement", "event", "partnership")


class Matter(TextChoices):
    """What there can be to do, the most urgent first."""

    REVIEW = "review", _("In review")
    DRAFT = "draft", _("Drafts")
    CONFLICT = "conflict", _("Conflicts to decide")
    SOURCE = "source", _("Facts without a source")
    LINK = "link", _("Addresses that no longer lead anywhere")
    TRANSLATION = "translation", _("Missing translations")
    DATE = "date", _("Dates not to the day")
    AGE = "age", _("Records not verified for a year")


class Task(NamedTuple):
    """A record that somebody should work on.

    `names` are the facts or columns that it is about, none where it is the record as a
    whole. `is_guarded` says that publishers alone may change the record. `day`, in ISO 8601,
    is when it was last verified, if that is what it is about.
    """

    kind: str
    key: int
    is_guarded: bool
    names: tuple[str, ...] = ()
    day: str = ""


Tasks = Mapping[Matter, list[Task]]
_Key = tuple[str, int]
_Guards = dict[_Key, bool]


class Worklist:
    """What someone may do, by matter, and how much is left to others."""

    def __init__(self, user: "User", on: date) -> None:
        may = changeable(user, KINDS)
        self.tasks: dict[Matter, list[Task]] = {}
        self.left: dict[Matter, int] = {}
        for matter, tasks in all_tasks(on).items():
            # Who may change drafts may take back what is in review.
            is_open = {(kind, True) for kind, _guarded in may if matter == Matter.REVIEW} | may
            self.tasks[matter] = [task for task in tasks if (task.kind, task.is_guarded) in is_open]
            self.left[matter] = sum((t.kind, False) in may for t in tasks) - len(self.tasks[matter])


def all_tasks(on: date) -> Tasks:
    """Everything that there is to do on a day, in the order of `Matter`."""
    version = DatasetVersion.objects.current()
    found = {**(_of_version(version, on) if version else _read(on)), Matter.LINK: _failing_links()}
    return {matter: found[matter] for matter in Matter}


@lru_cache(maxsize=2)
def _of_version(version: str, on: date) -> Tasks:  # noqa: ARG001 # what it is kept for
    return _read(on)


def _read(on: date) -> dict[Matter, list[Task]]:
    """All but the links, on which no version depends."""
    guards = {
        (kind, key): bool(guarded) for kind in _CITED for key, guarded in _records(MODELS[kind])
    }
    staged = _staged()
    return {
        Matter.REVIEW: staged[PublicationState.REVIEW],
        Matter.DRAFT: staged[PublicationState.DRAFT],
        Matter.CONFLICT: _conflicts(guards),
        Matter.SOURCE: _sourceless(guards),
        Matter.TRANSLATION: _tasks(guards, _untranslated()),
        Matter.DATE: _tasks(guards, _vague()),
        Matter.AGE: _unverified(guards, on),
    }


def _tasks(guards: _Guards, found: Mapping[_Key, tuple[str, ...]]) -> list[Task]:
    """A task for each record that is found and is not withdrawn, in the order of the records."""
    return [Task(*key, guarded, found[key]) for key, guarded in guards.items() if key in found]


def _flag(condition: Q, number: int = 1) -> Case:
    """A number where a condition holds, else 0: SQLite hands numbers over as they are."""
    return Case(When(condition, then=Value(number)), default=Value(0))


class _Bits:
    """Names as the bits of one number, which costs less to read than a column for each."""

    def __init__(self, names: Iterable[str]) -> None:
        self._bits = {name: 1 << n for n, name in enumerate(names)}
        self._said: dict[int, tuple[str, ...]] = {}

    def where(self, conditions: Mapping[str, Q]) -> Combinable:
        """The number of those names whose conditions hold."""
        bits = [_flag(condition, self._bits[name]) for name, condition in conditions.items()]
        return reduce(add, bits, cast("Combinable", Value(0)))

    def __getitem__(self, number: int) -> tuple[str, ...]:
        """The names in a number."""
        if number not in self._said:
            self._said[number] = tuple(n for n, bit in self._bits.items() if number & bit)
        return self._said[number]


def _kept(model: type[Any]) -> QuerySet[Any]:
    """The records of a kind that are or may become public, by slug."""
    records: QuerySet[Any] = model.objects.order_by("slug")
    if model is not Partnership:
        return records.filter(state__in=rules.NOT_WITHDRAWN)
    acts = Agreement.objects.filter(partnership=OuterRef("pk"))
    events = Event.objects.filter(partnerships=OuterRef("pk"))
    told = Exists(acts.previewed()) | Exists(events.previewed())
    return records.filter(told | ~(Exists(acts) | Exists(events)))


def _all(kind: str) -> QuerySet[Any]:
    """All records of a kind; the guards tell which of them are kept, and in which order."""
    records: QuerySet[Any] = MODELS[kind].objects.order_by()
    return records


def _records(model: type[Any]) -> Iterator[tuple[int, int]]:
    """The keys of these, each with whether publishers alone may change it."""
    return _kept(model).values_list("pk", _flag(is_guarded(model))).iterator()


def _staged() -> dict[str, list[Task]]:
    """What is in review and what is a draft, that which waits longest first."""
    waiting = (PublicationState.REVIEW, PublicationState.DRAFT)
    rows = [
        (changed, state, kind, key)
        for kind in ("agreement", "event")
        for changed, state, key in MODELS[kind]
        .objects.filter(state__in=waiting)
        .values_list("changed", "state", "pk")
    ]
    found: dict[str, list[Task]] = {state: [] for state in waiting}
    for _changed, state, kind, key in sorted(rows):
        found[state].append(Task(kind, key, state == PublicationState.REVIEW))
    return found


def _conflicts(guards: _Guards) -> list[Task]:
    """The facts on which sources disagree and none is preferred, each a task of its own."""
    found: dict[_Key, list[str]] = defaultdict(list)
    for row in rules.undecided(Citation.objects.all()):
        kind = next(kind for kind in _CITED if row[kind])
        found[kind, row[kind]].append(row["field"])
    return [
        Task(*key, guarded, (name,))
        for key, guarded in guards.items()
        for name in sorted(found.get(key, ()))
    ]


def _sourceless(guards: _Guards) -> list[Task]:
    """The records that cite nothing; then the agreements of which some facts are filled in and not cited."""
    bare: dict[_Key, tuple[str, ...]] = {}
    for kind in _CITED:
        rows = _all(kind).filter(rules.has_no_source(MODELS[kind]))
        bare.update({(kind, key): () for key in rows.values_list("pk", flat=True)})
    facts = {key: names for key, names in _uncited_facts() if key not in bare}
    return _tasks(guards, bare) + _tasks(guards, facts)


def _uncited_facts() -> Iterator[tuple[_Key, tuple[str, ...]]]:
    """The facts of agreements that no citation supports, nor one of the record as a whole."""
    conditions = {fact.value: there for fact, there in rules.facts_of_agreements().items()}
    bits = _Bits(conditions)
    cites = {fact: Q(field=fact) for fact in conditions}
    citations = Citation.objects.order_by().filter(agreement__isnull=False)
    # Each bit once: the sum is the union.
    cited = citations.values_list("agreement").annotate(bits=Sum(bits.where(cites), distinct=True))
    found = dict(cited)
    whole = citations.filter(agreement=OuterRef("pk"), field=CitedField.RECORD)
    rows = _all("agreement").filter(~Exists(whole))
    for key, filled in rows.values_list("pk", bits.where(conditions)):
        if names := bits[filled & ~found.get(key, 0)]:
            yield ("agreement", key), names


def _untranslated() -> dict[_Key, tuple[str, ...]]:
    """The columns of texts that are missing, of each record."""
    found = {}
    for kind in _CITED:
        conditions = rules.untranslated(MODELS[kind])
        bits = _Bits(conditions)
        rows = _all(kind).filter(reduce(or_, conditions.values()))
        for key, missing in rows.values_list("pk", bits.where(conditions)):
            found[kind, key] = bits[missing]
    return found


def _vague() -> dict[_Key, tuple[str, ...]]:
    """The date of each agreement or event that is not known to the day."""
    found: dict[_Key, tuple[str, ...]] = {}
    for model, name in rules.DATE_OF.items():
        kind = model.__name__.lower()
        rows = _all(kind).filter(rules.is_vague(name))
        found.update({(kind, key): (name,) for key in rows.values_list("pk", flat=True)})
    return found


def _unverified(guards: _Guards, on: date) -> list[Task]:
    """The records whose newest source is older than a year, the oldest first."""
    since, last = rules.verified_since(on).isoformat(), rules.last_verified(rules.NOT_WITHDRAWN)
    found = {key: day for key in guards if (day := last.get(key, "")) < since}
    return [Task(*key, guards[key], day=found[key]) for key in sorted(found, key=found.__getitem__)]


def _failing_links() -> list[Task]:
    """The sources one of whose addresses fails; not the first one where an archived copy stands in for it."""
    failing = set(LinkCheck.objects.failing().values_list("url", flat=True))
    sources = Source.objects.filter(Q(url__in=failing) | Q(archived_url__in=failing))
    rows = sources.order_by("slug").values_list(
        "pk", "url", "archived_url", _flag(is_guarded(Source))
    )
    found = []
    for key, url, copy, guarded in rows:
        names = ["archived_url"] if copy in failing else []
        if url in failing and (not copy or copy in failing):
            names.insert(0, "url")
        if names:
            found.append(Task("source", key, bool(guarded), tuple(names)))
    return found
