"""Dates as releases write them: absolute, damaged, of Japanese eras, and relative to the day of the release.

What is found keeps no more precision than the words have. Relative dates wait until the day
of the release is known: `DateReader.mentions` is asked for with it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from relations.dates import DateError, PartialDate, parse
from relations.press.layout import Layout
from relations.press.numbers import NUMBER, number
from relations.press.readings import Span

_MONTHS = (
    ("gennaio", "january", "gen", "genn", "jan"), ("febbraio", "february", "feb", "febb"), ("marzo", "march", "mar"),
    ("aprile", "april", "apr"), ("maggio", "may", "mag", "magg"), ("giugno", "june", "giu", "jun"),
    ("luglio", "july", "lug", "jul"), ("agosto", "august", "ago", "aug"), ("settembre", "september", "set", "sett", "sep", "sept"),
    ("ottobre", "october", "ott", "oct"), ("novembre", "november", "nov"), ("dicembre", "december", "dic", "dec"),
)  # fmt: skip
_MONTH_NUMBERS = {name: month for month, names in enumerate(_MONTHS, 1) for name in names}
_LONG = "|".join(
    sorted(
        (n for n in _MONTH_NUMBERS if len(n) > 4 or n == "may" or n in ("june", "july")),
        key=len,
        reverse=True,
    )
)
_SHORT = "|".join(sorted((n for n in _MONTH_NUMBERS if len(n) <= 5), key=len, reverse=True))
_MONTH = rf"(?P<month>(?:{_LONG}|(?:{_SHORT})(?:\.|(?= [\do]))))"
_WEEKDAYS = {
    name: day
    for names in (
        "lunedi martedi mercoledi giovedi venerdi sabato domenica",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for day, name in enumerate(names.split())
}
_WEEKDAY = "|".join(_WEEKDAYS)
_SEASONS = "primavera|estate|autunno|inverno|spring|summer|autumn|winter"
_DECADES = {"sessanta": 196, "settanta": 197, "ottanta": 198, "novanta": 199, "cinquanta": 195}
_FEW_DIGITS = 4
_THIS_CENTURY = 2000
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date where the text says it. `edtf` is as in `relations.dates`; `last` is the end of a span of days."""

    span: Span
    edtf: str
    reason: str = ""
    confidence: float = 0.95
    is_relative: bool = False
    is_damaged: bool = False
    is_implied: bool = False
    last: str = ""

    @property
    def parsed(self) -> PartialDate:
        """The date as a value."""
        return parse(self.edtf)

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day."""
        return len(self.edtf) == 10  # 2025-09-23


@dataclass(frozen=True, slots=True)
class Context:
    """From where relative dates are counted: the day of the release, and the date told just before."""

    today: date | None
    told: DateMention | None = None
    is_future: bool = False


Resolve = Callable[[re.Match[str], Context], DateMention | None]


def _mention(match: re.Match[str], when: str, **fields: object) -> DateMention:
    return DateMention(Span(match.start(), match.end()), when, **fields)  # type: ignore[arg-type]


def _digits(text: str) -> int:
    """A number in which an O may stand for a nought."""
    return int(text.replace("o", "0"))


def _month_of(match: re.Match[str]) -> int:
    return _MONTH_NUMBERS[match["month"].rstrip(".")]


def _iso(year: int, month: int, day: int) -> str:
    """The day in EDTF; the month alone where it has no such day.

    Raises:
        DateError: there is no such month either.
    """
    try:
        return parse(f"{year:04}-{month:02}-{day:02}").edtf
    except DateError:
        return parse(f"{year:04}-{month:02}").edtf


def _day_month_year(match: re.Match[str], context: Context) -> DateMention | None:
    day, month = _digits(match["day"]), _month_of(match)
    written = match["year"]
    if not written:
        return _day_month(match, context, day, month)
    year, reason = _year(written, context)
    if year is None:
        return None
    edtf = _iso(year, month, day)
    damaged = bool(reason) or len(edtf) < 10
    if len(edtf) < 10 and not reason:
        reason = _("“%(text)s” is no day of the calendar: the month is kept.") % {"text": match[0]}
    last = _iso(year, month, _digits(match["last"])) if match.groupdict().get("last") else ""
    return _mention(
        match,
        edtf,
        reason=reason,
        confidence=0.75 if damaged else 0.97,
        is_damaged=damaged,
        last=last,
    )


def _year(written: str, context: Context) -> tuple[int | None, str]:
    """The year that is written; where a digit is missing, the one that the release's own date completes."""
    digits = written.replace("o", "0")
    if len(digits) == _FEW_DIGITS:
        reason = (
            _("“%(text)s” has a letter for a nought.") % {"text": written} if "o" in written else ""
        )
        return int(digits), reason
    near = context.today.year if context.today else None
    if near and len(digits) == 2 and digits == f"{near}"[2:]:  # '25
        return near, ""
    if near:
        for year in (near, near - 1, near + 1):
            whole = f"{year}"
            if digits in {whole[:i] + whole[i + 1 :] for i in range(4)}:
                reason = _(
                    "The year “%(text)s” lacks a digit; the release is of %(year)d, so it means %(meant)d."
                )
                return year, reason % {"text": written, "year": near, "meant": year}
    if len(digits) == 2:
        return _THIS_CENTURY + int(digits) if int(digits) < 50 else 1900 + int(digits), ""
    return None, ""


def _day_month(match: re.Match[str], context: Context, day: int, month: int) -> DateMention | None:
    """A day without its year: the nearest one, behind or, where the text looks ahead, before us."""
    if context.today is None:
        return None
    year = context.today.year
    nearby = (
        match.string[max(match.start() - 25, 0) : match.start()]
        + match.string[match.end() : match.end() + 12]
    )
    ahead = context.is_future or "prossim" in nearby or "next" in nearby
    try:
        same = date(year, month, day)
    except ValueError:
        return None
    if "scors" in nearby and same > context.today:
        year -= 1
    elif ahead and same < context.today:
        year += 1
    elif not ahead and (same - context.today).days > 200:  # half a year and a little
        year -= 1
    reason = _("The year is not written; it follows from the release’s date.")
    last = _iso(year, month, _digits(match["last"])) if match.groupdict().get("last") else ""
    return _mention(
        match, _iso(year, month, day), reason=reason, confidence=0.88, is_relative=True, last=last
    )


def _month_year(match: re.Match[str], context: Context) -> DateMention | None:
    year, reason = _year(match["year"], context)
    return (
        _mention(match, parse(f"{year:04}-{_month_of(match):02}").edtf, reason=reason)
        if year
        else None
    )


def _month_before(match: re.Match[str], context: Context) -> DateMention | None:
    """«nel febbraio scorso», «lo scorso febbraio», «last February», «nel febbraio», «a novembre»."""
    if context.today is None:
        return None
    month = _month_of(match)
    past = re.search("scors|last|passat", match[0])
    ahead = re.search("prossim|next", match[0]) or (context.is_future and not past)
    year = context.today.year
    if ahead:
        year += month < context.today.month
    else:
        year -= month > context.today.month or bool(past and month == context.today.month)
    reason = _("“%(text)s”, counted from the release’s date.") % {"text": match[0].strip()}
    return _mention(
        match, f"{year:04}-{month:02}", reason=reason, confidence=0.85, is_relative=True
    )


def _numeric(match: re.Match[str], _context: Context) -> DateMention | None:
    return _mention(match, _iso(int(match["y"]), int(match["m"]), int(match["d"])))


def _plain_year(match: re.Match[str], _context: Context) -> DateMention | None:
    return _mention(match, match["y"].replace("o", "0"), confidence=0.9)


def _season(match: re.Match[str], _context: Context) -> DateMention | None:
    if match["y"]:
        return _mention(match, match["y"], confidence=0.8)
    return None


def _decade(match: re.Match[str], _context: Context) -> DateMention | None:
    return _mention(match, f"{_DECADES[match['decade']]}X", confidence=0.8)


def _days_off(match: re.Match[str], context: Context) -> DateMention | None:
    """«oggi», «ieri», «domani», 本日, «yesterday»."""
    if context.today is None:
        return None
    if match.string[match.end() : match.end() + 1] == ")":  # an agency: «(MOLISE OGGI)»
        return None
    offset = next(days for words, days in _OFFSETS if re.fullmatch(words, match[0]))
    return _counted(match, context.today + timedelta(days=offset))


_OFFSETS = (
    (r"l'altro ieri|avantieri|一昨日", -2),
    (r"ieri(?: sera| mattina| pomeriggio)?|yesterday|昨日|前日", -1),
    (r"domani|tomorrow|明日", 1),
    (r"dopodomani", 2),
    (r".+", 0),
)


def _counted(match: re.Match[str], when: date | str, confidence: float = 0.92) -> DateMention:
    reason = _("“%(text)s”, counted from the release’s date.") % {"text": match[0].strip()}
    return _mention(match, str(when), reason=reason, confidence=confidence, is_relative=True)


def _weekday(match: re.Match[str], context: Context) -> DateMention | None:
    if context.today is None:
        return None
    back = (context.today.weekday() - _WEEKDAYS[match["weekday"]]) % _DAYS_OF_A_WEEK
    ahead = bool(re.search("prossim|next", match[0])) or (
        context.is_future and not re.search("scors|last", match[0])
    )
    if ahead:
        return _counted(match, context.today + timedelta(days=(-(back or 7)) % 7 or 7), 0.85)
    if back == 0 and re.search("scors|last", match[0]):
        back = _DAYS_OF_A_WEEK
    return _counted(match, context.today - timedelta(days=back), 0.85)


def _years_off(match: re.Match[str], context: Context) -> DateMention | None:
    """«quest'anno», «l'anno scorso», «last year», 昨年, 今年."""
    if context.today is None:
        return None
    words = match[0]
    back = 1 if re.search("scors|passat|last|昨", words) else 0
    ahead = 1 if re.search("prossim|next|来", words) else 0
    month = match.groupdict().get("jm")
    year = context.today.year - back + ahead
    return _counted(match, f"{year}-{int(month):02}" if month else f"{year}", 0.85)


def _ago(match: re.Match[str], context: Context) -> DateMention | None:
    if context.today is None:
        return None
    count = number(match["n"])
    if match["unit"].startswith(("ann", "year")):
        return _counted(match, f"{context.today.year - count:04}", 0.8)
    if match["unit"].startswith(("mes", "month")):
        return _counted(match, (context.today - relativedelta(months=count)).isoformat()[:7], 0.8)
    return _counted(match, context.today - timedelta(days=count), 0.8)


def _after_told(match: re.Match[str], context: Context) -> DateMention | None:
    """«l'anno successivo», «due anni dopo», «un anno prima»: counted from the date told before."""
    if context.told is None or not context.told.edtf[:4].isdecimal():
        return None
    words = match[0]
    count = number(match["n"]) if match.groupdict().get("n") else 1
    back = bool(re.search("prima|precedente|earlier|before|previous", words))
    year = int(context.told.edtf[:4]) + (
        -count if back else 0 if "stesso" in words or "same" in words or "同年" in words else count
    )
    when = f"{year:04}"
    month = match.groupdict().get("jm")
    if month:
        when = f"{year:04}-{int(month):02}"
    elif re.search("mese|month", words) and len(context.told.edtf) > _FEW_DIGITS:
        told = date(int(context.told.edtf[:4]), int(context.told.edtf[5:7]), 1)
        when = (
            told - relativedelta(months=1) if back else told + relativedelta(months=1)
        ).isoformat()[:7]
    reason = _("“%(text)s”, counted from %(date)s, told just before.") % {
        "text": words.strip(),
        "date": context.told.edtf,
    }
    return _mention(match, when, reason=reason, confidence=0.82, is_relative=True)


def _japanese_day(match: re.Match[str], _context: Context) -> DateMention | None:
    when = parse(f"{match['era']}{match['y']}年" if match["era"] else match["y4"]).edtf
    if match["m"]:
        year, month = int(when[:4]), int(match["m"])
        when = (
            _iso(year, month, int(match["d"]))
            if match["d"]
            else parse(f"{year:04}-{month:02}").edtf
        )
    return _mention(match, when, confidence=0.97)


def _japanese_month_day(match: re.Match[str], context: Context) -> DateMention | None:
    """6月5日, or of the month of the release 12日."""
    if context.today is None:
        return None
    month = int(match["m"]) if match["m"] else context.today.month
    when = parse(f"{context.today.year:04}-{month:02}").edtf
    day = match["d"]
    if day:
        when = _iso(context.today.year, month, int(day))
    return _counted(match, when, 0.85)


_DAY = r"(?<![\d.,/:])(?P<day>[0-3]?[\do])(?:°|º|th|st|nd|rd)?"
_RANGE = r"(?:(?: ?[-/] ?| e | al | ed | e il | e l'| and | to )(?P<last>[0-3]?\d)(?!\d))?"
_YEAR = r"(?P<year>(?:1[89]|2[0o])[\do]{2}(?!\d)|\d{3}(?!\d|[.,]\d)|'\d{2}(?!\d))"
_LAST = r"(?:scors[oa]|passat[oa]|last|this past)"

_RULES: tuple[tuple[re.Pattern[str], Resolve], ...] = (
    (re.compile(rf"{_DAY}{_RANGE} (?:of )?{_MONTH}(?: (?:del |dell'anno )?|, ?){_YEAR}"), _day_month_year),
    (re.compile(rf"{_MONTH} (?P<day>[0-3]?\d)(?:th|st|nd|rd)?(?![\d]),? (?P<year>(?:1[89]|20)\d\d)(?!\d)"), _day_month_year),
    (re.compile(r"(?<![\d/.])(?P<d>[0-3]?\d)[/.](?P<m>[01]?\d)[/.](?P<y>(?:19|20)\d\d)(?!\d)"), _numeric),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/. ](?P<m>[01]\d)[/. ](?P<d>[0-3]\d)(?!\d)"), _numeric),
    (re.compile(rf"{_DAY}{_RANGE} (?:of )?{_MONTH}(?P<year>)(?![a-z])"), _day_month_year),
    (re.compile(rf"\b(?P<month>{_LONG}) (?P<day>[0-3]?\d)(?:th|st|nd|rd)?(?P<year>)(?![\d])"), _day_month_year),
    (re.compile(rf"\b{_MONTH},? (?:del(?:l'anno)? |of )?{_YEAR}"), _month_year),
    (re.compile(rf"\b(?:(?:lo |nello |dello |dallo )?{_LAST} |prossimo |next )?(?P<month>{_LONG})(?: (?:{_LAST}|prossimo))?(?![a-z])"), _month_before),
    (re.compile(rf"\b(?:{_SEASONS})(?: (?:del(?:l'anno)? |of )?(?P<y>20\d\d|19\d\d))"), _season),
    (re.compile(r"\banni (?:')?(?P<decade>cinquanta|sessanta|settanta|ottanta|novanta)\b"), _decade),
    (re.compile(r"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<y>\d{1,2}|元)|(?P<y4>(?:19|20)\d\d))年(?:度)?(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?"), _japanese_day),
    (re.compile(r"(?:昨年|今年|本年|来年)(?:度)?(?:(?P<jm>\d{1,2})月)?"), _years_off),
    (re.compile(r"(?:同年|翌年)(?:(?P<jm>\d{1,2})月)?"), _after_told),
    (re.compile(r"(?<!\d)(?:(?P<m>\d{1,2})月)(?:(?P<d>\d{1,2})日)?(?!間|号)"), _japanese_month_day),
    (re.compile(r"(?<![\d月])(?P<m>)(?P<d>\d{1,2})日(?!間|付|本|目)"), _japanese_month_day),
    (re.compile(r"\b(?:oggi|odiern[oa]|stamattina|stamani|stamane|stasera|questa (?:mattina|sera)|questo pomeriggio|l'altro ieri|avantieri|ieri(?: sera| mattina| pomeriggio)?|domani|dopodomani|today|this (?:morning|afternoon|evening)|yesterday|tomorrow)\b|本日|一昨日|昨日|前日|明日"), _days_off),
    (re.compile(rf"\b(?:(?:lo |la )?{_LAST} |on |prossim[oa] |next )?(?P<weekday>{_WEEKDAY})(?: (?:{_LAST}|prossim[oa]))?\b(?! \d)"), _weekday),
    (re.compile(r"\b(?:quest'anno|l'anno (?:scorso|passato)|lo scorso anno|(?:del|il) prossimo anno|l'anno prossimo|(?:del)?l'anno in corso|this year|last year|next year)\b"), _years_off),
    (re.compile(rf"\b(?P<n>{NUMBER})'? ?(?P<unit>anni|anno|mesi|mese|giorni|years?|months?|days?) (?:fa|or sono|ago)\b"), _ago),
    (re.compile(rf"\b(?P<n>{NUMBER})'? ?(?:anni|anno|years?) (?:dopo|piu tardi|prima|later|earlier|before)\b(?! (?:la|il|del|the)\b)"), _after_told),
    (re.compile(r"\b(?:l'anno (?:successivo|seguente|dopo|prima|precedente)|(?:del)?lo stesso anno|the (?:following|next|same|previous) year|il mese (?:prima|dopo|successivo|precedente)|the (?:following|previous) month)\b"), _after_told),
    (re.compile(r"(?<![\d.,/'+€$-])(?<!n\. )(?<!\d )(?<!tel )(?P<y>(?:1[89]\d\d|20\d\d))(?![\d/%°]|[.,]\d| ?(?:abitanti|euro|persone|metri|km|chilometri|residenti|imprese|inhabitants|people|人|円|yen))"), _plain_year),
)  # fmt: skip


class DateReader:
    """Finds the dates in one text."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def mentions(
        self, today: date | None, is_future: Callable[[int], bool] = lambda _: False
    ) -> tuple[DateMention, ...]:
        """All dates in the order of the text; relative ones only if the day of the release is known.

        `is_future` says of a position whether its sentence looks ahead.
        """
        mentions: list[DateMention] = []
        for match, resolve in self._matches():
            told = next((m for m in reversed(mentions) if not m.is_implied), None)
            try:
                mention = resolve(match, Context(today, told, is_future(match.start())))
            except DateError:
                continue
            if mention is not None:
                mentions.append(mention)
        return tuple(mentions)

    def _matches(self) -> Iterator[tuple[re.Match[str], Resolve]]:
        """What the rules match, in order; where some overlap, the first rule's."""
        found = [
            (match.start(), rule, match, resolve)
            for rule, (pattern, resolve) in enumerate(_RULES)
            for match in pattern.finditer(self.layout.flat)
        ]
        taken = bytearray(len(self.layout.flat))
        kept = []
        for start, _rule, match, resolve in sorted(found, key=lambda item: item[1]):
            if not any(taken[start : match.end()]):
                taken[start : match.end()] = b"\1" * (match.end() - start)
                kept.append((match, resolve))
        yield from sorted(kept, key=lambda item: item[0].start())
