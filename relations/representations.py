"""Pure functions from records to the words and shapes in which they are shown. No query, no request."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.dates import DatePrecision, PartialDate, format_date
from relations.enums import Language, Renewal
from relations.models import Agreement
from relations.models.localized import LocalizedText
from relations.text import NO_TEXT

MONTHS_OF_A_YEAR = 12


def plain(value: LocalizedText) -> str:
    """A text as plain text; where it is not in the language of the reader, it says so."""
    text = NO_TEXT.sub("", value.text)
    if value.is_translated or not value:
        return text
    note = _("(in %(language)s: not translated yet)") % {"language": Language(value.language).label}
    return f"{text} {note}"


def describe_duration(months: int) -> str:
    """A number of months in words: whole years where they are whole."""
    years, rest = divmod(months, MONTHS_OF_A_YEAR)
    if rest:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}


def describe_year(when: PartialDate) -> str:
    """The year of a date in as few signs as possible, and no more precise than it is; empty if it is unknown."""
    if when.earliest is None:
        return ""
    if when.precision == DatePrecision.DECADE:
        return format_date(when)
    return f"{'~' * when.approximate}{when.earliest.year}{'?' * when.uncertain}"


def describe_age(since: PartialDate, on: date) -> str:
    """How many full years lie between a date and a day, in words, as far as the date tells; empty if it is unknown.

    Of 1986 alone it is said in 2026 that it was 39 or 40 years ago.
    """
    if since.earliest is None or since.latest is None:
        return ""
    age = _years_between(since.earliest, since.latest, on)
    if since.approximate or since.uncertain:
        return _("about %(duration)s") % {"duration": age}
    return age


def _years_between(earliest: date, latest: date, on: date) -> str:
    least, greatest = (max(0, relativedelta(on, day).years) for day in (latest, earliest))
    if greatest == 0:
        return _("less than a year")
    if least == 0:
        return ngettext("up to %(count)d year", "up to %(count)d years", greatest) % {
            "count": greatest
        }
    if least == greatest:
        return ngettext("%(count)d year", "%(count)d years", least) % {"count": least}
    return _("%(least)d–%(greatest)d years") % {"least": least, "greatest": greatest}


def describe_term(act: Agreement, on: date) -> str:
    """One sentence on the term of an agreement as it is on a day; empty if nothing is known of it."""
    if not act.term_months:
        return _renewal_alone(Renewal(act.renewal))
    duration = describe_duration(act.term_months)
    end = act.term_end_date
    if end.latest is None:
        return _("%(duration)s from the signature, whose date is unknown.") % {"duration": duration}
    words = {"duration": duration, "end": format_date(end)}
    if on <= end.latest:
        return _running(Renewal(act.renewal), words)
    if act.is_renewed(on):
        return _("The term of %(duration)s ran out on %(end)s; it was renewed.") % words
    return _run_out(Renewal(act.renewal), words)


def _renewal_alone(renewal: Renewal) -> str:
    match renewal:
        case Renewal.AUTOMATIC:
            return _("No term is stated; it renews itself unless one side gives notice.")
        case Renewal.BY_AGREEMENT:
            return _("No term is stated; the sides may renew it.")
        case Renewal.NONE:
            return _("No term is stated, and no renewal.")
        case _:
            return ""


def _running(renewal: Renewal, words: dict[str, str]) -> str:
    match renewal:
        case Renewal.AUTOMATIC:
            said = _(
                "%(duration)s, until %(end)s; then it renews itself unless one side gives notice."
            )
        case Renewal.BY_AGREEMENT:
            said = _("%(duration)s, until %(end)s; then the sides may renew it.")
        case Renewal.NONE:
            said = _("%(duration)s, until %(end)s, without renewal.")
        case _:
            said = _("%(duration)s, until %(end)s.")
    return said % words


def _run_out(renewal: Renewal, words: dict[str, str]) -> str:
    match renewal:
        case Renewal.AUTOMATIC:
            said = _(
                "The first term of %(duration)s ran out on %(end)s; since then it renews itself unless one side gives notice."
            )
        case Renewal.BY_AGREEMENT:
            said = _(
                "The term of %(duration)s ran out on %(end)s; the sides could renew it, and no renewal is on record here."
            )
        case Renewal.NONE:
            said = _("The term of %(duration)s ran out on %(end)s, without renewal.")
        case _:
            said = _(
                "The term of %(duration)s ran out on %(end)s; whether it was renewed is not known."
            )
    return said % words
