"""What is known to be missing in the public data, in numbers that the database gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.enums import Answer
from relations.models import Agreement, DatasetVersion, Event, Source
from relations.models.showing import public_places
from relations.quality import Matter, quality
from relations.quality.rules import is_vague

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_CLAIR = ("clair_heads", "clair_general", "clair_council")
_UNANSWERED = Q(*((test, Answer.UNKNOWN) for test in _CLAIR), _connector=Q.OR)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: how often, `among` how many where that can be said, and the page that lists it."""

    label: "StrPromise"
    count: int
    among: int | None = None
    page: str = ""
    anchor: str = ""

    @property
    def url(self) -> str:
        """The address of the list, in the active language; empty where there is none."""
        return reverse(f"relations:{self.page}") + f"#{self.anchor}" if self.page else ""


def gaps(on: date) -> Sequence[Gap]:
    """All that is known to be missing, as of a day; counted once for each state of the data."""
    version = DatasetVersion.objects.current()
    return _of_version(version, on) if version else _count(on)


@lru_cache(maxsize=2)
def _of_version(version: str, on: date) -> Sequence[Gap]:  # noqa: ARG001 # what it is kept for
    return _count(on)


def _count(on: date) -> Sequence[Gap]:
    weak = quality(on).counts
    acts, events = Agreement.objects.published(), Event.objects.published()
    return (
        Gap(
            _("Agreements whose day of signature is not known"),
            *_among(acts, is_vague("signed")),
            *("data_quality", Matter.DATE),
        ),
        Gap(
            _("Events whose day is not known"),
            *_among(events, is_vague("start")),
            *("data_quality", Matter.DATE),
        ),
        Gap(
            _("Agreements for which CLAIR’s three tests are not all answered"),
            *_among(acts, _UNANSWERED),
            *("counts", "clair-counts"),
        ),
        Gap(
            _("Places without a Wikidata identifier"),
            *_among(public_places(), Q(wikidata="")),
        ),
        Gap(
            _("Sources without an archived copy"),
            *_among(Source.objects.published(), Q(archived_url="")),
        ),
        *(Gap(m.label, weak[m], None, "data_quality", m) for m in Matter if m != Matter.DATE),
    )


def _among(records: "QuerySet[Any]", missing: Q) -> tuple[int, int]:
    """How many records lack something, and how many there are."""
    found = records.aggregate(missing=Count("pk", filter=missing), every=Count("pk"))
    return found["missing"], found["every"]
