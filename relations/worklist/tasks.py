"""What there is to do on the editor's desk, for whom, and in which order.

The rules of what is weak are those of the public report (`relations.quality`). What is read of
the data is kept for each version of them: see `DatasetVersion`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache, reduce
from operator import add, attrgetter
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
from relations.permissions import changeable, is_guarded
from relations.quality import rules

if TYPE_CHECKING:
    from relations.permissions import User

KINDS = ("agreement", "event", "partnership", "source")
MODELS: dict[str, type[Any]] = {
    model.__name__.lower(): model for model in (Agreement, Event, Partnership, Source)
}


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


class Flaws(NamedTuple):
    """What is weak in a record; many share one.

    `is_guarded` says that publishers alone may change it, `is_bare` that it cites nothing;
    `texts` and `dates` are columns, `facts` those of an agreement that are filled in.
    """

    is_guarded: bool
    is_bare: bool = False
    texts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


class Task(NamedTuple):
    """A record that somebody should work on.

    `names` are the facts that it is about, if it is about some. `last` is the day when it was
    last verified, in ISO 8601, empty where none is known.
    """

    kind: str
    key: int
    flaws: Flaws
    last: str = ""
    names: tuple[str, ...] = ()


Tasks = Mapping[Matter, list[Task]]


class Worklist:
    """What someone may do, by matter, and how much is left to others."""

    def __init__(self, user: "User", on: date) -> None:
        may = changeable(user, KINDS)
        self.tasks: dict[Matter, list[Task]] = {}
        self.left: dict[Matter, int] = {}
        for matter, tasks in all_tasks(on).items():
            # Who may change drafts may take back what is in review.
            is_open = {(kind, True) for kind, _guarded in may if matter == Matter.REVIEW} | may
            self.tasks[matter] = _open(tasks, is_open)
            theirs = _open(tasks, {(kind, guarded) for kind, _ in may for guarded in (False, True)})
            self.left[matter] = len(theirs) - len(self.tasks[matter])


def _open(tasks: list[Task], kinds: Collection[tuple[str, bool]]) -> list[Task]:
    """The tasks on records of some kinds."""
    if len(kinds) == 2 * len(KINDS):
        return tasks
    return [task for task in tasks if (task.kind, task.flaws.is_guarded) in kinds]


def all_tasks(on: date) -> Tasks:
    """Everything that there is to do on a day, in the order of `Matter`. It is shared: nobody may change it."""
    version = DatasetVersion.objects.current()
    failing = frozenset(LinkCheck.objects.failing().values_list("url", flat=True))
    if version:
        found = {**_of_version(version, on), Matter.LINK: _links_of_version(version, failing)}
    else:
        found = {**_read(on), Matter.LINK: _failing_links(failing)}
    return {matter: found[matter] for matter in Matter}


@lru_cache(maxsize=2)
def _of_version(version: str, on: date) -> Tasks:  # noqa: ARG001 # what it is kept for
    return _read(on)


@lru_cache(maxsize=2)
def _links_of_version(version: str, failing: frozenset[str]) -> list[Task]:  # noqa: ARG001 # likewise
    return _failing_links(failing)


def _read(on: date) -> dict[Matter, list[Task]]:
    """All but the links, on which no version depends."""
    last = rules.last_verified(rules.NOT_WITHDRAWN)
    # One for each record, which all matters share.
    tasks = [
        Task(kind, key, flaws, last.get((kind, key), ""))
        for kind in KINDS
        if kind in rules.RECORDS
        for key, flaws in _flaws(kind).items()
    ]
    staged, since = _staged(), rules.verified_since(on).isoformat()
    return {
        Matter.REVIEW: staged[PublicationState.REVIEW],
        Matter.DRAFT: staged[PublicationState.DRAFT],
        Matter.CONFLICT: _conflicts(tasks),
        Matter.SOURCE: [task for task in tasks if task.flaws.is_bare] + _uncited(tasks),
        Matter.TRANSLATION: [task for task in tasks if task.flaws.texts],
        Matter.DATE: [task for task in tasks if task.flaws.dates],
        Matter.AGE: sorted((t for t in tasks if t.last < since), key=attrgetter("last")),
    }


def _flaws(kind: str) -> dict[int, Flaws]:
    """What is weak in each record of a kind that is or may become public, by its key and in the order of slugs.

    All conditions come as one number, whose bits they are: it costs less to read than a
    column for each, and few numbers differ.
    """
    model = MODELS[kind]
    conditions = {
        "is_guarded": is_guarded(model),
        "is_bare": rules.has_no_source(model),
        **{f"text {column}": missing for column, missing in rules.untranslated(model).items()},
    }
    if name := rules.DATE_OF.get(model):
        conditions[f"date {name}"] = rules.is_vague(name)
    if model is Agreement:
        facts = rules.facts_of_agreements()
        conditions |= {f"fact {fact.value}": is_there for fact, is_there in facts.items()}
    said: dict[int, Flaws] = {}
    found = {}
    for key, number in _kept(model).values_list("pk", _bits(conditions.values())):
        if number not in said:
            said[number] = _decode(n for i, n in enumerate(conditions) if number >> i & 1)
        found[key] = said[number]
    return found


def _bits(conditions: Iterable[Q]) -> Combinable:
    """A number of which each condition is a bit."""
    bits = (Case(When(c, then=Value(1 << n)), default=Value(0)) for n, c in enumerate(conditions))
    return reduce(add, bits, cast("Combinable", Value(0)))


def _decode(names: Iterable[str]) -> Flaws:
    """Names of conditions as what they say."""
    of: dict[str, list[str]] = defaultdict(list)
    for name in names:
        what, _space, rest = name.partition(" ")
        of[what].append(rest)
    flags = {name: name in of for name in ("is_guarded", "is_bare")}
    return Flaws(**flags, texts=(*of["text"],), dates=(*of["date"],), facts=(*of["fact"],))


def _kept(model: type[Any]) -> QuerySet[Any]:
    """The records of a kind that are or may become public, by slug."""
    records: QuerySet[Any] = model.objects.order_by("slug")
    if model is not Partnership:
        return records.filter(state__in=rules.NOT_WITHDRAWN)
    acts = Agreement.objects.filter(partnership=OuterRef("pk"))
    events = Event.objects.filter(partnerships=OuterRef("pk"))
    told = Exists(acts.previewed()) | Exists(events.previewed())
    return records.filter(told | ~(Exists(acts) | Exists(events)))


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
        found[state].append(Task(kind, key, Flaws(state == PublicationState.REVIEW)))
    return found


def _conflicts(tasks: Iterable[Task]) -> list[Task]:
    """The facts on which sources disagree and none is preferred, each a task of its own."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rules.undecided(Citation.objects.all()):
        found[rules.record_of(row)].append(row["field"])
    return [
        task._replace(names=(name,))
        for task in tasks
        for name in sorted(found.get((task.kind, task.key), ()))
    ]


def _uncited(tasks: Iterable[Task]) -> list[Task]:
    """The agreements that have sources, but facts that none of these supports, nor as a whole."""
    bits = {fact.value: 1 << n for n, fact in enumerate(CitedField)}
    bit = Case(*(When(field=name, then=Value(bit)) for name, bit in bits.items()))
    citations = Citation.objects.order_by().filter(agreement__isnull=False)
    # Each bit once: the sum is the union.
    union = Sum(bit, distinct=True)
    cited = dict(citations.values_list("agreement").annotate(bits=union))
    found = []
    for task in tasks:
        of = cited.get(task.key, 0) if task.flaws.facts else 0
        if of and not of & bits[CitedField.RECORD]:
            names = tuple(name for name in task.flaws.facts if not of & bits[name])
            found += [task._replace(names=names)] if names else []
    return found


def _failing_links(failing: frozenset[str]) -> list[Task]:
    """The sources one of whose addresses fails; not the first one where an archived copy stands in for it."""
    broken = LinkCheck.objects.failing().order_by().values("url")
    sources = Source.objects.filter(Q(url__in=broken) | Q(archived_url__in=broken))
    rows = sources.order_by("slug").values_list(
        "pk", "url", "archived_url", _bits([is_guarded(Source)])
    )
    found = []
    for key, url, copy, guarded in rows:
        names = ["archived_url"] if copy in failing else []
        if url in failing and (not copy or copy in failing):
            names.insert(0, "url")
        if names:
            found.append(Task("source", key, Flaws(bool(guarded)), names=tuple(names)))
    return found
