"""How agreements are selected and counted to compare with a published figure, in code and in words."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.counts.tallies import fails_one
from relations.dates import format_date, parse
from relations.enums import AgreementKind, Country, Institution, PlaceKind
from relations.models import Agreement, Partnership, Place

# The kinds that lists of twinnings mean: what is general and meant to last.
AFFILIATIONS = (
    AgreementKind.TWINNING,
    AgreementKind.FRIENDSHIP_PACT,
    AgreementKind.FRIENDSHIP_RECORD,
)


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
        leaves_out: dict[Reason, bool] = {
            Reason.DATE: not self._is_of_the_time(act),
            Reason.BODY: not joins_local_governments(act),
            Reason.KIND: act.kind not in AFFILIATIONS,
            Reason.ENDED: not self.years and _has_ended(act, self.on),
            Reason.CLAIR: self.heeds_clair and fails_one(act),
            Reason.UNIT: self.counted(act.partnership) is None,
        }
        return next((reason for reason, holds in leaves_out.items() if holds), None)

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


def joins_local_governments(act: Agreement) -> bool:
    """Whether it binds a local government on each side; reads its parties and their places."""
    sides = {
        party.place.country
        for party in act.parties.all()
        if party.institution == Institution.LOCAL_GOVERNMENT
    }
    return sides == set(Country.values)


def _has_ended(act: Agreement, on: date) -> bool:
    """Whether it ended by a day, at a time of which nothing is known included."""
    return bool(act.ended) and (act.ended_earliest is None or act.ended_earliest <= on)
