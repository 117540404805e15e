"""Published figures, each beside what its rule counts.

They count different things on different days. Where a rule gives another number, that is
said: no rule is bent until it fits.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from relations.counts.rules import BodyKind, Reason, Rule, Unit, body_kind
from relations.models import Agreement, Partnership, Place

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that somebody has published, and the rule that is compared with it.

    `parts` are the numbers that the source itself adds up. `remarks` say what is known of
    single partnerships, by slug, that the rule counts and the figure may not.
    """

    source: str
    figure: int
    counts: "StrPromise"
    rule: Rule
    parts: tuple[tuple[BodyKind, int], ...] = ()
    remarks: tuple[tuple[str, "StrPromise"], ...] = ()


PUBLISHED = (
    Published(
        "clairparis-2019",
        40,
        gettext_lazy("pairs of local governments, of which CLAIR Paris speaks in February 2019"),
        Rule(Unit.PAIRS, date(2019, 2, 28), heeds_clair=True),
    ),
    Published(
        "giornaledicomo-2019",
        39,
        gettext_lazy(
            "twinned Italian cities, of which the Giornale di Como speaks in December 2019"
        ),
        Rule(Unit.ITALIAN_CITIES, date(2019, 12, 4)),
    ),
    Published(
        "tesorijapan-japit",
        42,
        gettext_lazy("twinnings from 1960 to 2016, of which Tesori of Japan speaks in March 2020"),
        Rule(Unit.PAIRS, date(2020, 3, 27), years=(1960, 2016)),
    ),
    Published(
        "tesoriditalia-2023",
        44,
        gettext_lazy("twinnings from 1960 to 2022, of which Tesori d’Italia speaks in May 2023"),
        Rule(Unit.PAIRS, date(2023, 5, 31), years=(1960, 2022)),
    ),
    Published(
        "sankei-2026",
        39,
        gettext_lazy(
            "Japanese local governments in CLAIR’s count, as quoted by Sankei in January 2026"
        ),
        Rule(Unit.JAPANESE_BODIES, date(2026, 1, 16), heeds_clair=True),
        parts=((BodyKind.PREFECTURE, 5), (BodyKind.CITY, 27), (BodyKind.TOWN, 7)),
        remarks=(
            (
                "venezia-hiroshima",
                gettext_lazy(
                    "Hiroshima states that this is not a sister-city tie, because the conditions for one are not met. "
                    "The rule counts it by its kind; whether CLAIR does is not known."
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A number that the source adds up, beside that of the rule."""

    kind: BodyKind
    figure: int
    number: int

    @property
    def difference(self) -> int:
        """How much more the rule counts than the source."""
        return self.number - self.figure


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A published figure beside what its rule counts.

    `left_out` are the agreements that would each add to the number if the rule let them in.
    """

    published: Published
    counted: list[Partnership | Place]
    pairs: frozenset[int]
    parts: list[Part]
    left_out: dict[Reason, list[Agreement]]
    remarks: list[tuple[Partnership, "StrPromise"]]

    @property
    def number(self) -> int:
        """What the rule counts."""
        return len(self.counted)

    @property
    def difference(self) -> int:
        """How much more the rule counts than was published; less than nothing where it counts less."""
        return self.number - self.published.figure


def reckon(published: Published, acts: Iterable[Agreement]) -> Reckoning:
    """Apply the rule of a published figure to agreements with their parties, partnerships and places."""
    acts = list(acts)
    rule = published.rule
    reasons = {act: rule.reason_to_leave_out(act) for act in acts}
    pairs = {act.partnership for act in acts if reasons[act] is None}
    counted = {thing for pair in pairs if (thing := rule.counted(pair))}
    left_out: dict[Reason, list[Agreement]] = {}
    for act, reason in reasons.items():
        thing = rule.counted(act.partnership)
        if reason and thing and thing not in counted:
            left_out.setdefault(reason, []).append(act)
    kinds = Counter(body_kind(place) for place in counted if isinstance(place, Place))
    return Reckoning(
        published,
        counted=sorted(counted, key=_name),
        pairs=frozenset(pair.pk for pair in pairs),
        parts=[Part(kind, figure, kinds[kind]) for kind, figure in published.parts],
        left_out={reason: left_out[reason] for reason in Reason if reason in left_out},
        remarks=[
            (pair, remark)
            for slug, remark in published.remarks
            for pair in pairs
            if pair.slug == slug
        ],
    )


def _name(thing: Partnership | Place) -> str:
    return str(thing)
