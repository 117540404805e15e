"""Dates that are never more precise than their source. A leaf: it imports no model.

Dates are kept as EDTF text (Extended Date/Time Format, ISO 8601-2, levels 0 and 1): a day
`1960-05-03`, a month `2013-11`, a year `1986`, a decade `198X`, each possibly approximate
`1986~`, uncertain `1986?` or both `1986%`. The empty text says that nothing is known, and
`XXXX` that it happened, at a time of which nothing is known.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from edtf import EDTFParseException, parse_edtf


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", gettext_lazy("Day")
    MONTH = "month", gettext_lazy("Month")
    YEAR = "year", gettext_lazy("Year")
    DECADE = "decade", gettext_lazy("Decade")
    UNKNOWN = "unknown", gettext_lazy("Unknown")


_SHAPES = (
    (DatePrecision.DAY, re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)),
    (DatePrecision.MONTH, re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)),
    (DatePrecision.YEAR, re.compile(r"\d{4}", re.ASCII)),
    (DatePrecision.DECADE, re.compile(r"\d{3}X", re.ASCII)),
)

# First day of each era of the Japanese calendar; its year 1 is that calendar year.
_ERAS = {
    "M": date(1868, 10, 23),
    "T": date(1912, 7, 30),
    "S": date(1926, 12, 25),
    "H": date(1989, 1, 8),
    "R": date(2019, 5, 1),
}
_ERA_NAMES = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
_ERA_DATE = re.compile(
    r"(?P<era>[MTSHR]|明治|大正|昭和|平成|令和)\.?\s*(?P<year>\d{1,2}|元)"
    r"(?:[年./-]\s*(?P<month>\d{1,2})(?:[月./-]\s*(?P<day>\d{1,2})日?|月)?|年)?",
    re.IGNORECASE,
)
# Until the end of 1872 Japan counted lunar months: they are not those of our calendar.
_GREGORIAN_SINCE = 1873


class DateError(ValueError):
    """A text that is not a date in any form that is accepted; its message is for people."""


class ImpossibleDateError(DateError):
    """A text in the form of a date, of which no calendar has such a day."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known.

    `edtf` is the canonical text, `earliest` and `latest` the first and last day that it
    can mean (both None when nothing is known).
    """

    edtf: str
    precision: DatePrecision
    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known."""
        return self.precision != DatePrecision.UNKNOWN

    @property
    def datetime(self) -> str:
        """The value for the `datetime` attribute of HTML's `time`, or empty if it has no form there."""
        in_html = {DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR}
        return self.edtf.rstrip("~?%") if self.precision in in_html else ""

    def plus_months(self, months: int) -> "PartialDate":
        """The date that lies whole months later, as precisely as this one is known.

        A year plus a number of months that are no whole years is known to the year only.
        What is approximate or uncertain stays so.
        """
        if self.earliest is None or self.precision == DatePrecision.DECADE:
            return UNKNOWN
        try:
            later = self.earliest + relativedelta(months=months)
        except (ValueError, OverflowError):  # beyond the calendar
            return UNKNOWN
        width = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
        qualifier = self.edtf[len(self.edtf.rstrip("~?%")) :]
        return parse(later.isoformat()[: width[self.precision]] + qualifier)


UNKNOWN = PartialDate("", DatePrecision.UNKNOWN, None, None)
SOME_DAY = PartialDate("XXXX", DatePrecision.UNKNOWN, None, None)


@lru_cache(maxsize=4096)
def parse(text: str) -> PartialDate:
    """Read a date as people and files write it: EDTF, or a date of a Japanese era.

    Era dates may be partial too: `S38.10.12`, `昭和38年10月12日`, `H9.12`, `令和7年`.

    Raises:
        DateError: the text is no date, or says an impossible one.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return UNKNOWN
    if text.upper() == SOME_DAY.edtf:
        return SOME_DAY
    if era := _ERA_DATE.fullmatch(text):
        return _from_era(era)
    return _from_edtf(text, text)


def year_of(edtf: str) -> int | None:
    """The year of a date in canonical form, or None where it is not known to the year."""
    year = edtf[:4]
    return int(year) if year.isdecimal() else None


def _from_edtf(edtf: str, text: str) -> PartialDate:
    """Read EDTF; `text` is what was written, for the sentence that refuses it."""
    bare = edtf.rstrip("~?%")
    qualifier = edtf[len(bare) :]
    precision = next((p for p, shape in _SHAPES if shape.fullmatch(bare)), None)
    if precision is None or len(qualifier) > 1:
        raise DateError(
            _(
                "“%(text)s” is not a date that can be read. Write a day 1960-05-03, a month "
                "2013-11, a year 1986, about 1986~, or a Japanese era date S38.10.12; leave "
                "it empty if nothing is known."
            )
            % {"text": text}
        )
    try:
        earliest, latest = _days(bare, precision)
    except (EDTFParseException, ValueError) as error:
        raise ImpossibleDateError(
            _("“%(text)s” is not a day of the calendar.") % {"text": text}
        ) from error
    return PartialDate(
        edtf=edtf,
        precision=precision,
        earliest=earliest,
        latest=latest,
        approximate=qualifier in ("~", "%"),
        uncertain=qualifier in ("?", "%"),
    )


def _days(bare: str, precision: DatePrecision) -> tuple[date, date]:
    """The first and the last day that EDTF without qualifier can mean.

    The forms that dates nearly always have are read here, since the library's grammar
    takes milliseconds for each.
    """
    year, *rest = bare.split("-")
    match precision:
        case DatePrecision.DAY:
            earliest = latest = date.fromisoformat(bare)
        case DatePrecision.MONTH:
            earliest = date(int(year), int(rest[0]), 1)
            latest = earliest.replace(day=monthrange(earliest.year, earliest.month)[1])
        case DatePrecision.YEAR:
            earliest, latest = date(int(year), 1, 1), date(int(year), 12, 31)
        case _:
            parsed = parse_edtf(bare)
            earliest, latest = (
                date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict())
            )
    return earliest, latest


def _from_era(match: re.Match[str]) -> PartialDate:
    """Read a date of a Japanese era: S38.10.12 is 1963-10-12."""
    era = _ERA_NAMES.get(match["era"], match["era"].upper())
    first_day = _ERAS[era]
    year = first_day.year - 1 + (1 if match["year"] == "元" else int(match["year"]))
    if match["month"] is None:
        _check_era(match[0], era, date(year, 12, 31), date(year, 1, 1))
        return _from_edtf(f"{year:04}", match[0])
    if year < _GREGORIAN_SINCE:
        raise ImpossibleDateError(
            _("“%(text)s”: before 1873 Japan counted lunar months. Give the year alone.")
            % {"text": match[0]}
        )
    numbers = (int(number) for number in match.group("month", "day") if number)
    parsed = _from_edtf("-".join([f"{year:04}", *(f"{number:02}" for number in numbers)]), match[0])
    assert parsed.earliest is not None and parsed.latest is not None  # noqa: PT018, S101 # a month or day is known
    _check_era(match[0], era, parsed.latest, parsed.earliest)
    return parsed


def _check_era(text: str, era: str, latest: date, earliest: date) -> None:
    """Refuse a date that lies wholly outside its era, as H40 or S64.2 do."""
    starts = list(_ERAS.values())
    following = starts[starts.index(_ERAS[era]) + 1 :]
    if latest < _ERAS[era] or (following and earliest >= following[0]):
        raise ImpossibleDateError(_("“%(text)s” lies outside its era.") % {"text": text})


def format_date(when: PartialDate, language: str | None = None) -> str:
    """Say a date in a language (default: the active one), never more than is known.

    For example «23 settembre 2025», «novembre 2013», «1986», «2005年5月27日»,
    «data sconosciuta».
    """
    with translation.override(language or translation.get_language()):
        plain = _plain(when)
        if when.approximate and when.uncertain:
            return _("about %(date)s, uncertain") % {"date": plain}
        if when.approximate:
            return _("about %(date)s") % {"date": plain}
        if when.uncertain:
            return _("%(date)s, uncertain") % {"date": plain}
        return plain


def _plain(when: PartialDate) -> str:
    if when.earliest is None:
        return _("date unknown")
    match when.precision:
        case DatePrecision.DAY if when.earliest.day == 1:
            pattern = pgettext("date format, first day of a month", "j F Y")
        case DatePrecision.DAY:
            pattern = pgettext("date format, day", "j F Y")
        case DatePrecision.MONTH:
            pattern = pgettext("date format, month", "F Y")
        case DatePrecision.DECADE:
            return _("%(year)ss") % {"year": when.earliest.year}
        case _:
            pattern = pgettext("date format, year", "Y")
    said = dateformat.format(when.earliest, pattern)
    # Italian writes the names of months in lower case; Django's catalogue has capitals.
    return said.lower() if translation.get_language() == "it" else said


def is_period(start: PartialDate, end: PartialDate) -> bool:
    """Whether two dates make a period: not where the end is unknown or the same."""
    return end.is_known and end != start


def format_period(start: PartialDate, end: PartialDate, language: str | None = None) -> str:
    """Say a period: one date where the end is not known or the same."""
    if not is_period(start, end):
        return format_date(start, language)
    with translation.override(language or translation.get_language()):
        # Translators: a period, from one date to another.
        words = {"start": format_date(start), "end": format_date(end)}
        return _("%(start)s – %(end)s") % words
