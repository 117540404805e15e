"""What a release tells in passing: missions, donations, visits, programmes; each a draft of its own."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from relations.enums import EventKind
from relations.press.layout import Layout
from relations.press.places import Mention, reason_for
from relations.press.readings import EventReading, Named, Span, Stage, Suggestion
from relations.press.spans import starting_in
from relations.press.stages import stages
from relations.press.statements import Statement
from relations.press.when import DateMention

_K = EventKind
_KINDS: tuple[tuple[EventKind, re.Pattern[str]], ...] = (
    (
        _K.APPROVAL,
        re.compile(
            r"\b(?:(?:ha|hanno|era stat[oa]|e stat[oa]|gia) (?:\w+ ){0,2}?(?:approvat|deliberat|votat)[oaei]|approvat[oa] dal|votat[oa] dal|via libera|arrivato (?:anche )?il si|approved by)\b|可決(?:され|し)た"
        ),
    ),
    (
        _K.DONATION,
        re.compile(
            r"\b(?:donat[oaei]|donazion[ei]|don[oò] |devolut[oaie]|raccols[eoi]|raccolt[oi] fondi|inviat[oaie] (?:aiuti|mascherine|due donazioni)|inviare aiuti|messo a disposizione [^.;]{0,25}euro|donat(?:ed|ion)|raised|sent (?:protective )?masks)\b|義援金|寄付|寄贈|支援金"
        ),
    ),
    (
        _K.MISSION,
        re.compile(
            r"\b(?:missione(?! di un)|missioni (?:econom|imprend|istituz|commerc)\w+|trasferta|viaggio (?:istituzionale|di studio)|trade mission|business mission)\b|経済使節団|ミッション"
        ),
    ),
    (
        _K.DELEGATION,
        re.compile(
            r"\b(?:delegazion[ei]|visita (?:e stata )?(?:ricambiata|ufficiale|istituzionale)|(?:ha|hanno|aveva|avevano) (?:ricevuto|accolto|visitato)|comitiva|delegation|visited)\b|訪問団|代表団|来訪|視察|来県|来市"
        ),
    ),
    (
        _K.ANNIVERSARY,
        re.compile(
            r"\b(?:festeggi\w+|celebra(?:no|to|ta|ti|zion[ei])? (?:i|gli|il|per|del)|anniversari[oi]|anniversary|celebrated)\b|周年(?:の)?(?:記念|を|。)|記念式典"
        ),
    ),
    (
        _K.EXHIBITION,
        re.compile(
            r"\b(?:mostra(?! di)|mostra di|esposizione|exhibition|demonstrated)\b|展(?:を|示|覧)"
        ),
    ),
    (
        _K.PROGRAMME,
        re.compile(
            r"\b(?:programma (?:europeo|iurc|internazionale|di scambio|pluriennale)|programma [a-z]+ asia|accademia|academy|exchange programme|progetto europeo|borse di studio)\b|プログラム"
        ),
    ),
    (
        _K.EXCHANGE,
        re.compile(
            r"\b(?:ha|hanno|aveva|avevano) (?:ospitato|accolto) [^.;]{0,30}(?:student\w*|liceal\w*|alliev\w*|ragazz\w*|giovan\w*)|\bscamb[io] (?:di studenti|giovanil\w+|scolastic\w+)|\b(?:student|youth|school) exchange\b|\bcontatti con\b|\bcon scambi nel\b|滞在し|選手を招|交流が始ま|訪問が交流"
        ),
    ),
    (
        _K.MEETING,
        re.compile(
            r"\b(?:riunione|incontro (?:con|tra|dedicat|istituzional)\w*|l'incontro|convegno|conferenza|tavola rotonda|ha incontrato|met (?:the|with)|video ?conferenza|meeting)\b|会談|会議"
        ),
    ),
)
_CLAUSE = re.compile(r";|:|, mentre |, poi |, e il mese prima|\bmentre\b|, in agosto")
# What a dated sentence may tell without saying where.
_WITHOUT_PLACE = (_K.MISSION, _K.PROGRAMME, _K.DONATION)
_AHEAD = (Stage.PLANNED, Stage.HOPED_FOR)
_TO_COME = re.compile(
    r"\b(?:prossim[oae]|sara|saranno|restera|verra|arrivera|parteciper\w+|giochera|porter\w+|attes[ao]|istituiranno|will|proposto|previst[ei])\b|予定|迎えます"
)
_STOP = 12


def events(
    layout: Layout,
    places: Sequence[Mention],
    dates: Sequence[DateMention],
    statements: Sequence[Statement],
) -> tuple[EventReading, ...]:
    """The events that the text tells, in order; what is only planned or said in a speech is none."""
    signing = {
        statement.sentence
        for statement in statements
        if statement.stage in (Stage.SIGNED, Stage.RENEWED)
        and not statement.is_old
        and not statement.is_spoken
    }
    found: list[EventReading] = []
    for sentence in layout.sentences[: _STOP * 100]:
        for event in _told(layout, places, dates, sentence):
            if sentence in signing and event.kind.value not in (
                EventKind.DONATION,
                EventKind.APPROVAL,
            ):
                continue
            if not any(_is_same(event, other) for other in found):
                found.append(event)
    return tuple(found)


def _told(
    layout: Layout, places: Sequence[Mention], dates: Sequence[DateMention], sentence: Span
) -> Iterator[EventReading]:
    """The events of one sentence: one for each clause, of the first kind that it tells."""
    for clause in _clauses(layout, sentence):
        for kind, pattern in _KINDS:
            match = pattern.search(layout.flat, clause.start, clause.end)
            if match and not layout.is_spoken(match.start()):
                if event := _event(layout, kind, match, clause, (places, dates)):
                    yield event
                break


def _clauses(layout: Layout, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for cut in _CLAUSE.finditer(layout.flat, sentence.start, sentence.end):
        yield Span(start, cut.start())
        start = cut.start()
    yield Span(start, sentence.end)


def _event(
    layout: Layout,
    kind: EventKind,
    match: re.Match[str],
    clause: Span,
    around: tuple[Sequence[Mention], Sequence[DateMention]],
) -> EventReading | None:
    places, dates = around
    there = [d for d in starting_in(dates, clause) if not d.is_implied]
    when = min(there, key=lambda d: abs(d.span.start - match.start()) - 20 * d.is_day, default=None)
    here = [p for p in starting_in(places, clause) if not layout.is_spoken(p.span.start)]
    nowhere = not here and (when is None or kind not in _WITHOUT_PLACE)
    if nowhere or (kind != EventKind.APPROVAL and _is_to_come(layout, clause)):
        return None
    if when is None and kind not in (
        EventKind.DONATION,
        EventKind.MEETING,
        EventKind.MISSION,
        EventKind.EXHIBITION,
        EventKind.PROGRAMME,
        EventKind.EXCHANGE,
    ):
        return None
    trigger = Span(match.start(), match.end())
    reason = _("The sentence tells of it in these words.")
    start = (
        Suggestion(when.edtf, (when.span,), when.confidence, when.reason or reason)
        if when
        else None
    )
    end = (
        Suggestion(when.last, (when.span,), when.confidence, reason) if when and when.last else None
    )
    return EventReading(
        Suggestion(kind, (trigger,), 0.75 if when else 0.6, reason),
        start,
        end,
        tuple(_places(here)),
    )


def _places(here: Sequence[Mention]) -> Iterator[Suggestion[Named]]:
    seen: set[str] = set()
    for place in here:
        if place.key not in seen:
            seen.add(place.key)
            yield Suggestion(place.entry.named, (place.span,), place.confidence, reason_for(place))


def _is_to_come(layout: Layout, clause: Span) -> bool:
    flat = layout.flat[clause.start : clause.end]
    told = stages(layout.flat, clause)
    return bool(_TO_COME.search(flat)) or (
        bool(told) and all(mention.stage in _AHEAD for mention in told)
    )


def _is_same(one: EventReading, other: EventReading) -> bool:
    """Whether two readings are of one event: the same kind at the same time, or one without a time at the same places."""
    if one.kind.value != other.kind.value:
        return False
    ours, theirs = one.start.value if one.start else "", other.start.value if other.start else ""
    if ours and theirs:
        return ours == theirs
    places = {place.value.key for place in one.places}
    return bool(places) and places <= {place.value.key for place in other.places}
