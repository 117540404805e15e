"""What agreements come to: counted with their partnerships and places, by status, kind and CLAIR's tests."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from relations.enums import AgreementKind, Answer, Status
from relations.models import Agreement

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_Word = TypeVar("_Word", bound=TextChoices)

# CLAIR's three tests, and what each answer to them says.
TESTS: dict[str, dict[Answer, "StrPromise"]] = {
    "clair_heads": {
        Answer.YES: gettext_lazy("Signed by the heads of both bodies"),
        Answer.NO: gettext_lazy("Not signed by the heads of both bodies"),
        Answer.UNKNOWN: gettext_lazy("Whether the heads signed is unknown"),
    },
    "clair_general": {
        Answer.YES: gettext_lazy("Not confined to one field"),
        Answer.NO: gettext_lazy("Confined to one field"),
        Answer.UNKNOWN: gettext_lazy("Whether it is confined to one field is unknown"),
    },
    "clair_council": {
        Answer.YES: gettext_lazy("Approved by the council"),
        Answer.NO: gettext_lazy("Not approved by the council"),
        Answer.UNKNOWN: gettext_lazy("Whether the council approved is unknown"),
    },
}


@dataclass(frozen=True, slots=True)
class Tally:
    """What some agreements come to. Their partnerships and the two partners of each count once."""

    agreements: frozenset[int]
    partnerships: frozenset[int]
    italian_places: frozenset[int]
    japanese_places: frozenset[int]


def tally(acts: Iterable[Agreement]) -> Tally:
    """Count agreements and what they join; reads their partnerships."""
    acts = list(acts)
    pairs = [act.partnership for act in acts]
    return Tally(
        frozenset(act.pk for act in acts),
        frozenset(pair.pk for pair in pairs),
        frozenset(pair.italian_place_id for pair in pairs),
        frozenset(pair.japanese_place_id for pair in pairs),
    )


def by_status(acts: Iterable[Agreement]) -> dict[Status, Tally]:
    """The agreements by how they stand themselves (see `AgreementQuerySet.with_status`)."""
    return _grouped(acts, "status", Status)


def by_kind(acts: Iterable[Agreement]) -> dict[AgreementKind, Tally]:
    """The agreements by kind."""
    return _grouped(acts, "kind", AgreementKind)


def _grouped(acts: Iterable[Agreement], name: str, vocabulary: type[_Word]) -> dict[_Word, Tally]:
    """The agreements for each word of a vocabulary that one of them has, in its order."""
    grouped: dict[str, list[Agreement]] = defaultdict(list)
    for act in acts:
        grouped[getattr(act, name)].append(act)
    return {word: tally(grouped[word]) for word in vocabulary if word in grouped}


def by_tests(acts: Iterable[Agreement]) -> list[tuple["StrPromise", Tally]]:
    """The agreements by the answers to CLAIR's three tests, each in words."""
    acts = list(acts)
    rows = [
        (words[answer], tally(act for act in acts if getattr(act, test) == answer))
        for test, words in TESTS.items()
        for answer in Answer
    ]
    return [
        *rows,
        (gettext_lazy("All three tests passed"), tally(filter(passes_all, acts))),
        (gettext_lazy("At least one test failed"), tally(filter(fails_one, acts))),
    ]


def passes_all(act: Agreement) -> bool:
    """Whether it is known to pass all three of CLAIR's tests."""
    return all(getattr(act, test) == Answer.YES for test in TESTS)


def fails_one(act: Agreement) -> bool:
    """Whether it is known to fail one of CLAIR's tests."""
    return any(getattr(act, test) == Answer.NO for test in TESTS)
