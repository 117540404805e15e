"""The numbers that people quote: what is counted, and published figures beside a stated rule. Pure: no query.

Published figures count different things on different days. For each of them a rule is
written down here, applied to the agreements and compared. Where it gives another number,
that is said: no rule is bent until it fits.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.dates import format_date, parse
from relations.enums import AgreementKind, Answer, Country, Institution, PlaceKind, Status
from relations.models import Agreement, Partnership, Place

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
# The kinds that lists of twinnings mean: what is general and meant to last.
AFFILIATIONS = (
    AgreementKind.TWINNING,
    AgreementKind.FRIENDSHIP_PACT,
    AgreementKind.FRIENDSHIP_RECORD,
)


# What is counted


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


# Published figures


class Unit(TextChoices):
    """What a published figure counts."""

    PAIRS = "pairs", gettext_lazy("partnerships, each once")
    ITALIAN_CITIES = "italian_cities", gettext_lazy("Italian municipalities, each once")
    JAPANESE_BODIES = "japanese_bodies", gettext_lazy("Japanese places, each once")


class Reason(TextChoices):
    """Why a rule leaves an agreement out; the first that holds, in this order."""

    DATE = "date", gettext_lazy("signed at another time, or on a day that is not known")
    BODY = "body", gettext_lazy("without a local government on each side")
    KIND = "kind", gettext_lazy("of another kind")
    ENDED = "ended", gettext_lazy("ended by then")
    CLAIR = "clair", gettext_lazy("known to fail one of CLAIR’s tests")
    UNIT = "unit", gettext_lazy("of a body that this figure does not count")


class BodyKind(TextChoices):
    """The three groups in which CLAIR counts Japanese local governments."""

    PREFECTURE = "prefecture", gettext_lazy("prefectures")
    CITY = "city", gettext_lazy("cities and wards")
    TOWN = "town", gettext_lazy("towns and villages")


def body_kind(place: Place) -> BodyKind:
    """The group of a Japanese place: what a municipality is, the last sign of its name says."""
    if place.kind == PlaceKind.PREFECTURE:
        return BodyKind.PREFECTURE
    return BodyKind.TOWN if place.name_ja.endswith(("町", "村")) else BodyKind.CITY


@dataclass(frozen=True, slots=True)
class Rule:
    """How agreements are selected and counted to compare with a figure of one day.

    Acts of the kinds in `AFFILIATIONS` between local governments on both sides. With
    `years` those that are surely signed within these years, ended since or not; without,
    those in force by their end alone: signed by the day or nobody knows when, not ended by
    then.
    """

    unit: Unit
    on: date
    years: tuple[int, int] | None = None
    heeds_clair: bool = False

    @property
    def clauses(self) -> list[str]:
        """The rule in words, one condition each; what `reason_to_leave_out` does."""
        day = format_date(parse(self.on.isoformat()))
        words = [
            _("a twinning, a friendship pact or a friendship record"),
            _("at least one local government on each side"),
        ]
        if self.years:
            first, last = self.years
            signed = _(
                "signed in the years from %(first)d to %(last)d, whether it has ended or not"
            )
            words.append(signed % {"first": first, "last": last})
        else:
            words.append(_("signed by %(day)s, or on a day that is not known") % {"day": day})
            words.append(_("not known to have ended by %(day)s") % {"day": day})
        if self.heeds_clair:
            words.append(_("not known to fail one of CLAIR’s three tests"))
        return [*words, _("counted: %(unit)s") % {"unit": Unit(self.unit).label}]

    @property
    def query(self) -> str:
        """The query string of the filter that comes nearest; only who compares the rows knows whether it gives the same."""
        pairs = [("kind", kind.value) for kind in AFFILIATIONS]
        if self.years:
            first, last = self.years
            pairs += [("from", str(first)), ("to", str(last))]
        return urlencode(pairs)

    def reason_to_leave_out(self, act: Agreement) -> Reason | None:
        """Why an agreement is not counted, or None where it is; reads its parties and their places."""
        leaves_out: dict[Reason, Callable[[Agreement], bool]] = {
            Reason.DATE: lambda act: not self._is_of_the_time(act),
            Reason.BODY: lambda act: not _joins_local_governments(act),
            Reason.KIND: lambda act: act.kind not in AFFILIATIONS,
            Reason.ENDED: lambda act: not self.years and _has_ended(act, self.on),
            Reason.CLAIR: lambda act: self.heeds_clair and fails_one(act),
            Reason.UNIT: lambda act: self.counted(act.partnership) is None,
        }
        return next((reason for reason, holds in leaves_out.items() if holds(act)), None)

    def counted(self, pair: Partnership) -> Partnership | Place | None:
        """What of a partnership is counted: itself, one of its places, or nothing."""
        if self.unit == Unit.PAIRS:
            return pair
        if self.unit == Unit.JAPANESE_BODIES:
            return pair.japanese_place
        is_city = pair.italian_place.kind == PlaceKind.MUNICIPALITY
        return pair.italian_place if is_city else None

    def _is_of_the_time(self, act: Agreement) -> bool:
        if self.years is None:
            return act.signed_earliest is None or act.signed_earliest <= self.on
        if act.signed_earliest is None or act.signed_latest is None:
            return False
        first, last = self.years
        return bool(first <= act.signed_earliest.year and act.signed_latest.year <= last)


def _joins_local_governments(act: Agreement) -> bool:
    sides = {
        party.place.country
        for party in act.parties.all()
        if party.institution == Institution.LOCAL_GOVERNMENT
    }
    return sides == set(Country.values)


def _has_ended(act: Agreement, on: date) -> bool:
    """Whether it ended by a day, at a time of which nothing is known included."""
    return bool(act.ended) and (act.ended_earliest is None or act.ended_earliest <= on)


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
