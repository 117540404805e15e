"""What a release says of itself: who published it, its title, its day, and where it was written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from relations.press.layout import Layout
from relations.press.letters import flat
from relations.press.places import Mention, reason_for
from relations.press.readings import Named, SourceReading, Span, Suggestion
from relations.press.when import DateMention, DateReader

_HEADER = 700
_FOOTER = 260
_SHORT_LINE = 110
_ENOUGH = 3
# «firmato il 26 ottobre 2009» dates an act, no release.
_IN_A_SENTENCE = re.compile(r"\b(?:il|del|dal|nel|in|on|the|lo|al|since|scorso) $|\bl'$|\bdell'$")
_SETS_OFF = ("", "\n", " |", "  ", ". ", ") ", ": ", " (", "| ")
_NEARBY_DAYS = 10
_RELEASED = re.compile(
    r"(?:comunicato|dispaccio|nota|news|press release|informa|n\. ?[\w/]+|released?|発表|号外)[^\n.;]{0,40}$"
)
_BY_LINE = re.compile(
    r"^(?:\W{0,3})(?:comunicato stampa|press release|for immediate release|報道発表資料|プレスリリース|ufficio stampa.*|cs \d.*|"
    r"comunicato (?:n|del).*|n\. \d.*|di [a-z]+ [a-z]+$|dispaccio.*|.*ufficio (?:stampa|comunicazione).*|direzione .*|agenzia .*|comune di [a-z' ]+(?: \([a-z]{2}\))?$|assessorato .*|media contact.*|pressemitteilung.*|.*課$|allegato .*)"
)
_BEGINS_BODY = re.compile(
    r"[^\w]*(?:(?:ufficio stampa|comunicato stampa|comunicazione|dalla?|stadtgemeinde \w+)[^\w]*)?"
    r"(?=(?:comune|citta metropolitana|provincia|regione|camera|autorita|universita|prefettura|municipio|city|town|municipality)\b)"
)
_ENDS_BODY = re.compile(r" [–—|-] |,| [UuCc](?:fficio|FFICIO|OMUNICATO|omunicato)| \(")
_VERB = re.compile(r"\b(?:ha|hanno|e stat\w+|firma\w*|e|si|con|tra|fra|has|have|and|will)\b")
_DATE_BEHIND = re.compile(r"(?: \([a-z]{2}\))?,? ?\d{1,2}(?!\d| ann)")
_LONGEST_NAME = 75
_BODY = re.compile(
    r"(?:comune|citta metropolitana|provincia autonoma|provincia|regione(?: autonoma)?|camera di commercio|autorita di sistema portuale|universita|municipio|prefettura|ambasciata|"
    r"city of|town of|municipality of|region of|province of|university of|chamber of commerce)\b[^|\n–—*_(]*"
)
_AGENCY = re.compile(r"^\(?([A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*){0,2})\)?(?= ?[–—-]|\) )")
_IN_BRACKETS = re.compile(r"^\W?\(([^()\n]{2,40})\)")
_JAPANESE_BODY = re.compile(
    r"^(?:広報)?([々一-龯]{1,6}[市町村区県府都])(?= |　|$|役所|役場|広報|国際|政策|企画|市長|報道|記者|海外)"
)
_NEWSLETTER = re.compile(r"^(.{3,40}?) newsletter", re.IGNORECASE)
_SMALL = frozenset(
    ["di", "del", "della", "dell", "delle", "dei", "degli", "e", "ed", "in", "a", "al", "d"]
)


@dataclass(frozen=True, slots=True)
class Days:
    """The day of the release, and the day that «oggi» means in it: they differ where a dispatch quotes a dateline."""

    published: DateMention | None
    today: date | None


def days(layout: Layout, received: date | None) -> Days:
    """Find both days; `received` stands in where the text has none."""
    reader = DateReader(layout)
    published = _published(layout, reader.mentions(received))
    near = (
        published.parsed.earliest if published and len(published.edtf) > 4 else received
    )  # a year is no day
    today = near
    if near:
        for mention in reader.mentions(near):
            when = mention.parsed.earliest
            if (
                mention.is_relative
                or not mention.is_day
                or when is None
                or not _is_dateline(layout, mention)
            ):
                continue
            if 0 <= (near - when).days <= _NEARBY_DAYS:
                today = when
    if today is None and published:
        today = published.parsed.earliest
    return Days(published, today)


def _published(layout: Layout, mentions: Sequence[DateMention]) -> DateMention | None:
    scored = [
        (_likeness(layout, mention), -mention.span.start, mention)
        for mention in mentions
        if not mention.is_relative
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] >= _ENOUGH else None


def _likeness(layout: Layout, mention: DateMention) -> int:
    """How much a date looks like that of the release itself."""
    text, span = layout.flat, mention.span
    at_head, at_foot = span.start < _HEADER, span.start > len(text) - _FOOTER
    if not (at_head or at_foot) or layout.is_spoken(span.start):
        return 0
    line = layout.line_at(span.start)
    if len(mention.edtf) == 4 and "newsletter" not in text[line.start : span.start]:
        return 0
    before, after = text[line.start : span.start], text[span.end : line.end]
    score = 0
    if _is_dateline(layout, mention) and at_head:
        score += 5
    score += 4 * (at_foot and before.endswith(("(", "（")) and after.startswith((")", "）")))
    score += 4 * ("発表" in layout.text[span.end : layout.sentence_at(span.start).end])
    short = line.end - line.start <= _SHORT_LINE and not _IN_A_SENTENCE.search(before)
    if short and (
        not after.strip(" .)|*_付号") or (not before.strip(" (,*_-|") and after[:2] in _SETS_OFF)
    ):
        score += 4 if at_foot or len(before) < 40 or span.start < 300 else 2
    score += (
        3 * bool(_RELEASED.search(before))
        + (3 if after.startswith("付") else 0)
        + (2 if after.startswith("号") else 0)
    )
    if short and ("|" in after or "redazione" in after or "newsletter" in before):
        score += 3
    return score - 2 * mention.is_damaged * (len(mention.edtf) == 10) - (len(mention.edtf) < 10)


def _is_dateline(layout: Layout, mention: DateMention) -> bool:
    """Whether a date stands as in «La Spezia, 23 settembre 2025 – »."""
    if mention.span.start > _HEADER:
        return False
    line = layout.line_at(mention.span.start)
    before = layout.flat[line.start : mention.span.start]
    after = layout.text[mention.span.end : mention.span.end + 3].strip()
    if len(before) > 60 or (_IN_A_SENTENCE.search(before) and not _RELEASED.search(before)):
        return False
    ends = not after or mention.span.end >= line.end - 1
    return ends or after[0] in "–—-~:.)|*_(" or (after[0].isupper() and len(before) < 40)


def source(layout: Layout, found: Days, places: Sequence[Mention]) -> SourceReading:
    """All that the release says of itself."""
    published = None
    if mention := found.published:
        reason = mention.reason or _("The release is dated so.")
        published = Suggestion(mention.edtf, (mention.span,), mention.confidence, reason)
    return SourceReading(_publisher(layout), _title(layout), published, _dateline(layout, places))


def _publisher(layout: Layout) -> Suggestion[str] | None:
    """The body or agency that the head or the foot of the release names."""
    lines = layout.lines
    # A line of more than a few words tells a fact and names nobody's letterhead.
    for line in (*lines[:5], *lines[-3:]):
        text = layout.text[line.start : line.end]
        if span := _letterhead(layout, line, text):
            value = _cased(layout.text[span.start : span.end])
            return Suggestion(value, (span,), 0.85, _("The head or foot of the release names it."))
    return None


def _letterhead(layout: Layout, line: Span, text: str) -> Span | None:
    for pattern in (_JAPANESE_BODY, _NEWSLETTER, _IN_BRACKETS, _AGENCY):
        found = pattern.match(text)
        if (
            found
            and (pattern is not _AGENCY or found[1].isupper())
            and not re.search(r"\d", found[1])
        ):
            if pattern is _AGENCY and any(
                word in found[1].casefold() for word in ("comune", "citta", "regione")
            ):
                continue
            if pattern is _AGENCY and not text.startswith("("):
                continue
            return Span(line.start + found.start(1), line.start + found.end(1))
    begins = _BEGINS_BODY.match(layout.flat, line.start, line.end)
    body = _BODY.match(layout.flat, begins.end(), line.end) if begins else None
    if body is None:
        return None
    written = _ENDS_BODY.split(layout.text[body.start() : body.end()])[0].rstrip(" .–-*_")
    if len(written) > _LONGEST_NAME or _VERB.search(flat(written)):
        return None
    return Span(body.start(), body.start() + len(written))


def _cased(written: str) -> str:
    """A name in capitals as it is written in a sentence."""
    if not written.isupper() or len(written.split()) == 1:
        return written
    words = [
        word.lower() if word.lower() in _SMALL else word.capitalize() for word in written.split()
    ]
    return " ".join(words)


def _title(layout: Layout) -> Suggestion[str] | None:
    """The first line that is neither letterhead nor date and is followed by a text."""
    for number, line in enumerate(layout.lines[:8]):
        text, folded = layout.text[line.start : line.end], layout.flat[line.start : line.end]
        if (
            len(text) > 220
            or number == len(layout.lines) - 1
            or (number > 0 and text.endswith(".") and len(text) > 120)
        ):
            return None
        if (
            len(text) < 12
            or _BY_LINE.match(folded)
            or _BODY.fullmatch(folded)
            or re.match(r"^\W*\(|^[^\W\d]+,? \d", text)
            or re.search(r"\b(?:19|20)\d\d\b\W*$", text)
        ):
            continue
        return Suggestion(
            text.strip(" _*#"),
            (line,),
            0.85,
            _("The first line that is neither letterhead nor date."),
        )
    return None


def _dateline(layout: Layout, places: Sequence[Mention]) -> Suggestion[Named] | None:
    """The place just before the date at the head, or before a dash at the beginning of the text."""
    for mention in places:
        if mention.span.start > _HEADER:
            break
        after = layout.flat[mention.span.end : mention.span.end + 12]
        raw = layout.text[mention.span.end : mention.span.end + 3]
        begins = mention.span.start - layout.line_at(mention.span.start).start <= 12
        if begins and (_DATE_BEHIND.match(after) or raw.startswith((" – ", " — ", " - ", ". "))):
            return Suggestion(
                mention.entry.named, (mention.span,), mention.confidence, reason_for(mention)
            )
    return None
