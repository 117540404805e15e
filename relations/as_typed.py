"""Dates and terms as people type them: “23 settembre 2025”, “maggio 2013”, “circa 1986”, “3 anni”. A leaf beside `dates`.

What is typed is turned into what is stored, EDTF text and a number of months. A day in figures
is read as Italians and Japanese write it: 3/5/1960 is 3 May, 1960/5/3 likewise.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from relations.dates import DateError, ImpossibleDateError, PartialDate, parse

Reading = Callable[[re.Match[str]], str]

_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_NAME = r"(?P<name>[^\W\d]+)\.?"
_ABOUT = re.compile(
    r"^(?:circa|ca\.?|c\.|verso (?:il|l')|(?:in|at)torno al(?:l')?|about|around|approximately|約)\s*"
    r"|\s*(?:\bcirca|\bca\.?|頃|ごろ|~)$"
)
_PERHAPS = re.compile(r"^(?:forse|perhaps|probably|probabilmente|おそらく)\s*|\s*(?:\?|\(\?\))$")
# What may stand before a date and adds nothing to it.
_LEAD = re.compile(r"^(?:(?:il|nel|negli|gli|in|on|the)\s+|l'|nell')?(?:anno\s+)?")
_FIRST = re.compile(r"^primo(?= )")
_DECADES = {
    "trenta": 193, "quaranta": 194, "cinquanta": 195, "sessanta": 196,
    "settanta": 197, "ottanta": 198, "novanta": 199,
}  # fmt: skip

_NUMBERS = {
    word: number
    for words in (
        "un due tre quattro cinque sei sette otto nove dieci",
        "one two three four five six seven eight nine ten",
        "一 二 三 四 五 六 七 八 九 十",
    )
    for number, word in enumerate(words.split(), start=1)
} | {
    "uno": 1, "una": 1, "a": 1, "dodici": 12, "twelve": 12, "quindici": 15, "fifteen": 15,
    "venti": 20, "vent'": 20, "twenty": 20, "trenta": 30, "thirty": 30,
}  # fmt: skip
_TERM = re.compile(
    r"(?P<number>\d+|[^\W\d]+?'?)\s*"
    r"(?P<unit>years?|ann[oi]|か年|年間|年|months?|mes[ei]|か月間|か月|ヶ月|ケ月|カ月|ヵ月)"
    r"(?:\s*(?:,|\be\b|\band\b|と))?\s*"
)
# Other ways to say a term, and how it is said here.
_PARAPHRASES = (
    (re.compile(r"\([^)]*\)|\.$"), ""),  # 5 (cinque) anni
    (re.compile(r"^(ann[oi]|mes[ei])\s+(\d+)$"), r"\2 \1"),
    (re.compile(r"^(?:un )?annuale$"), "1 anno"),
    (re.compile(r"^(?:un )?bienn(?:ale|io)$"), "2 anni"),
    (re.compile(r"^(?:un )?trienn(?:ale|io)$"), "3 anni"),
    (re.compile(r"^(?:un )?quadrienn(?:ale|io)$"), "4 anni"),
    (re.compile(r"^(?:un )?quinquenn(?:ale|io)$"), "5 anni"),
    (re.compile(r"^(?:un )?decenn(?:ale|io)$"), "10 anni"),
    (re.compile("年半"), "年6か月"),
    (re.compile("^半年(間)?$"), "6か月"),
    (re.compile(r"(ann[oi]) e mezzo"), r"\1 e 6 mesi"),
    (re.compile(r"\band a half years?"), "years and 6 months"),
)
_MONTHS_OF_A_YEAR = 12
_YEARS = ("year", "ann", "年", "か年")


def read_date(text: str) -> PartialDate:
    """Read a date as an editor types it, in Italian, Japanese or English, or as EDTF.

    Raises:
        DateError: it is none, or an impossible one; its message is for people.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    try:
        return parse(typed)
    except ImpossibleDateError:
        raise
    except DateError as refusal:
        edtf = _edtf(typed.casefold().replace("’", "'"))
        if edtf is None:
            raise _not_understood(typed) from refusal
    try:
        return parse(edtf)
    except DateError as refusal:
        raise ImpossibleDateError(
            _("“%(text)s” is not a day of the calendar.") % {"text": typed}
        ) from refusal


def _not_understood(typed: str) -> DateError:
    return DateError(
        _(
            "“%(text)s” is not understood as a date. Write it for example as 23 September 2025, "
            "23/9/2025, May 2013, 1986, about 1986, 1980s or S38.10.12; leave it empty if nothing is known."
        )
        % {"text": typed}
    )


def _edtf(text: str) -> str | None:
    """The EDTF of what is typed in words or figures, None where it has no form that is known."""
    text, about = _ABOUT.subn("", text)
    text, perhaps = _PERHAPS.subn("", text)
    text = _FIRST.sub("1", _LEAD.sub("", text.strip()).strip())
    mark = "%" if about and perhaps else "~" if about else "?" if perhaps else ""
    for form, reading in _FORMS:
        if (match := form.fullmatch(text)) and (bare := reading(match)):
            return f"{bare}{mark}"
    bare = _plain(text) if mark else ""
    return f"{bare}{mark}" if bare else None


def _plain(text: str) -> str:
    """What `parse` reads of the rest, as of 昭和38年頃; empty for what it does not."""
    try:
        return parse(text).edtf
    except DateError:
        return ""


def _in_figures(match: re.Match[str]) -> str:
    parts = match.groupdict()
    return "-".join(
        [match["year"], *(f"{int(parts[name]):02}" for name in ("month", "day") if parts.get(name))]
    )


def _in_words(match: re.Match[str]) -> str:
    month = _months().get(match["name"])
    if month is None:
        return ""
    day = match.groupdict().get("day")
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")


def _decade(match: re.Match[str]) -> str:
    return f"{match['decade']}X"


def _decade_of_last_century(match: re.Match[str]) -> str:
    return f"19{match['decade']}X"


def _named_decade(match: re.Match[str]) -> str:
    decade = _DECADES.get(match["name"])
    return f"{decade}X" if decade else ""


_FORMS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(form), reading)
    for form, reading in (
        (rf"{_YEAR}", _in_figures),
        (rf"{_DAY}\s*[./-]\s*{_MONTH}\s*[./-]\s*{_YEAR}", _in_figures),
        (rf"{_YEAR}\s*[./-]\s*{_MONTH}(?:\s*[./-]\s*{_DAY})?", _in_figures),
        (rf"{_MONTH}\s*[./-]\s*{_YEAR}", _in_figures),
        (rf"{_YEAR}年(?:\s*{_MONTH}月(?:\s*{_DAY}日)?)?", _in_figures),
        (rf"(?:[^\W\d]+,?\s+)?{_DAY}(?:st|nd|rd|th|[°ºo])?\s+(?:of\s+)?{_NAME}\s+(?:del\s+)?{_YEAR}", _in_words),
        (rf"{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}", _in_words),
        (rf"{_NAME},?\s+(?:del(?:l')?\s*|of\s+)?{_YEAR}", _in_words),
        (r"(?:anni\s+)?(?P<decade>\d{3})0(?:s|年代)", _decade),
        (r"anni\s+(?P<decade>\d{3})0", _decade),
        (r"anni\s+'?(?P<decade>[3-9])0", _decade_of_last_century),
        (r"anni\s+(?P<name>[a-z]+)", _named_decade),
    )
)  # fmt: skip


@cache
def _months() -> dict[str, int]:
    """The number of a month by its name, also shortened, in Italian and English."""
    return dict(_named_months()) | {"sept": 9, "sett": 9}


def _named_months() -> Iterator[tuple[str, int]]:
    for language in ("it", "en"):
        with translation.override(language):
            for names in (MONTHS_3, MONTHS):
                for number, name in names.items():
                    yield str(name).casefold(), number


class TermError(ValueError):
    """A text that is no length of time; its message is for people."""


def read_term(text: str) -> int | None:
    """Read how long an agreement runs, in months: “3 anni”, “36 mesi”, “3年”, “two years”, 36. None for nothing.

    Raises:
        TermError: it is no length of time; its message is for people.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return None
    if typed.isdecimal():
        return int(typed)
    months, rest = 0, typed.casefold().replace("’", "'")
    for paraphrase, plain in _PARAPHRASES:
        rest = paraphrase.sub(plain, rest)
    while (
        rest and (match := _TERM.match(rest)) and (number := _number(match["number"])) is not None
    ):
        months += number * (_MONTHS_OF_A_YEAR if match["unit"].startswith(_YEARS) else 1)
        rest = rest[match.end() :]
    if rest:
        raise TermError(
            _(
                "“%(text)s” is not understood as a length of time. Write for example 3 years, "
                "18 months or 3年; a number alone means months."
            )
            % {"text": typed}
        )
    return months


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else _NUMBERS.get(text)
