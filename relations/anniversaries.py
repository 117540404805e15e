"""Which anniversaries a year has, which terms run out, and when, as far as the dates tell.

An anniversary is that of an act that was signed, binds, and has not ended; silence is no
end. It is never known more precisely than the day of the signature: of 1986 alone it is
said that it is 40 years old in 2026, and not on which day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Prefetch, Q
from django.db.models.functions import Left

from relations.dates import DatePrecision, PartialDate, year_of
from relations.enums import Status
from relations.models import Agreement
from relations.models.agreements import AgreementQuerySet

FIRST_YEAR, LAST_YEAR = 1900, 2100
MONTHS_OF_A_YEAR = 12
# What is celebrated besides every ten years.
QUARTERS = (5, 25, 75)
TEN = 10

_PRECISEST_FIRST = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)
# Not signed yet or binding nobody, and over.
_NOT_CELEBRATED = (Status.PROPOSED, Status.ENDED)


def is_round(years: int) -> bool:
    """Whether so many years are celebrated: 5, 25, 75 and every ten."""
    return years in QUARTERS or (years > 0 and years % TEN == 0)


def has_day(when: PartialDate) -> bool:
    """Whether a date is one certain day, and neither about one nor perhaps one."""
    return when.precision == DatePrecision.DAY and not (when.approximate or when.uncertain)


def is_leap_day(when: PartialDate) -> bool:
    """Whether a date is a 29 February, which other years do not have."""
    day = when.earliest
    return has_day(when) and day is not None and (day.month, day.day) == (2, 29)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An agreement, and how many years after its signature it is remembered."""

    agreement: Agreement
    years: int

    @property
    def when(self) -> PartialDate:
        """The day, month or year in which it falls, as far as the date of the signature tells.

        That of a 29 February is the 28th in other years.
        """
        return self.agreement.signed_date.plus_months(self.years * MONTHS_OF_A_YEAR)

    @property
    def has_day(self) -> bool:
        """Whether the day is known."""
        return has_day(self.when)

    @property
    def is_moved(self) -> bool:
        """Whether it is of a 29 February, in a year that has none."""
        return is_leap_day(self.agreement.signed_date) and not is_leap_day(self.when)


@dataclass(frozen=True, slots=True)
class TermEnd:
    """An agreement whose term runs out, and when."""

    agreement: Agreement

    @property
    def when(self) -> PartialDate:
        """The last day, month or year of the term, as far as the date of the signature tells."""
        return self.agreement.term_end_date


Due = Anniversary | TermEnd


# Rows


def celebrated(agreements: AgreementQuerySet, on: date) -> AgreementQuerySet:
    """Those of some agreements that have anniversaries on a day, with their status and places."""
    standing = agreements.with_status(on).filter(~Q(status__in=_NOT_CELEBRATED))
    return standing.select_related(
        "partnership__italian_place__region", "partnership__japanese_place__region"
    )


def with_terms(agreements: AgreementQuerySet, on: date) -> AgreementQuerySet:
    """Those of some agreements whose term runs out, or ran out without a renewal on record."""
    return celebrated(agreements, on).unrenewed(on).filter(term_end__isnull=False)


# What falls when


def among(agreements: Iterable[Agreement], year: int) -> list[Anniversary]:
    """The round anniversaries that agreements with their status have in a year, those that have a day first."""
    found = []
    for act in agreements:
        signed = year_of(act.signed)
        is_celebrated = act.status not in _NOT_CELEBRATED  # type: ignore[attr-defined] # annotated
        if signed and is_celebrated and is_round(year - signed):
            found.append(Anniversary(act, year - signed))
    return sorted(found, key=_by_day)


def of_years(agreements: AgreementQuerySet, years: Collection[int], on: date) -> list[Anniversary]:
    """The round anniversaries of some years, each year's in the order of `among`."""
    signed = {signed for year in years for signed in _round_years_before(year)}
    rows = celebrated(agreements, on).annotate(year_signed=Left("signed", 4))
    acts = list(rows.filter(year_signed__in=signed))
    return [anniversary for year in years for anniversary in among(acts, year)]


def terms_of_years(
    agreements: AgreementQuerySet, years: Collection[int], on: date
) -> list[TermEnd]:
    """The terms that run out in some years."""
    rows = with_terms(agreements, on).filter(term_end__year__in=years)
    # What is said of a term that ran out looks there.
    rows = rows.prefetch_related(Prefetch("renewed_by", Agreement.objects.published()))
    return sorted(map(TermEnd, rows), key=_by_day)


def coming(agreements: AgreementQuerySet, on: date) -> list[Due]:
    """What falls in the twelve months from a day on, or may, in the order of the last day that it can mean."""
    last = on + relativedelta(years=1) - timedelta(days=1)
    years = list(range(on.year, last.year + 1))
    found: list[Due] = [
        *of_years(agreements, years, on),
        *terms_of_years(agreements, years, on),
    ]
    return sorted((due for due in found if _meets(due.when, on, last)), key=_by_last_day)


def _meets(when: PartialDate, first: date, last: date) -> bool:
    """Whether a date lies in a period, or may."""
    if when.earliest is None or when.latest is None:
        return False
    return when.earliest <= last and when.latest >= first


def _round_years_before(year: int) -> list[str]:
    """The years, as dates begin, that a year is a round number of years after. A decade, 198X, is none of them."""
    return [f"{year - years:04}" for years in range(1, year) if is_round(years)]


def _by_day(due: Due) -> tuple[bool, int, date, str]:
    """What has a day first, then what has a month, then a year; what is about a day comes with these."""
    when = due.when
    precision = _PRECISEST_FIRST.index(DatePrecision(when.precision))
    return (not has_day(when), precision, when.earliest or date.max, due.agreement.slug)


def _by_last_day(due: Due) -> tuple[date, bool, str]:
    """What may still come in the year comes after what comes on a day of it."""
    return (due.when.latest or date.max, not has_day(due.when), due.agreement.slug)
