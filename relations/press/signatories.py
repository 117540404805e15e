"""Who signed: not who is quoted, present, or represented by another."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from relations.press.layout import Layout
from relations.press.people import PeopleReader, PersonMention
from relations.press.readings import Person, Span, Stage, Suggestion
from relations.press.stages import StageMention, stages

_SIGNING = re.compile(
    r"\b(?:firm\w+|sigl(?:a|at|ar|an|er)\w*|sottoscri\w+|suggell\w+|stipul\w+|nero su bianco|signed|signs?|signing|put their names|a rappresentare|renewed|rinnovat[oa] (?:\w+ )?d(?:al|ai))\b|署名|調印|締結|取り交わ"
)
# Whoever follows was only there, until the sentence ends or begins anew.
_PRESENT = re.compile(
    r"\b(?:alla presenza|in presenza|present[ei]|assistit\w+|assistono|accompagnat\w+|testimon\w+|intervenut\w+|partecipat\w+|interprete|moderat\w+|"
    r"ha portato (?:il|i) salut\w+|ricevut\w+|accolt\w+|ringrazi\w+|in the presence|witnessed|attended|accompanied|also on the platform|neither)\b|立ち会い|出席|同席|立会"
)
_REPRESENTED = re.compile(
    r"\b(?:in rappresentanza|per conto|a nome|delegat[oa] da[l]*|in vece|al posto|in sostituzione|on behalf|representing|for the absent)\b[^.;,]{0,45}$"
)
_SAID = re.compile(
    r"^[,\s]*(?:ha|hanno|avev\w+)? ?(?:detto|dichiar\w+|spieg\w+|aggiun\w+|afferm\w+|ricord\w+|sottoline\w+|osserv\w+|comment\w+ (?!la firma)|conclu\w+ (?:il sindaco|la sindaca)|said|told)"
)
_THE_TWO = re.compile(
    r"\b(?:i due|entrambi|the two|both) (?:sindaci |mayors |presidenti |primi cittadini )?(?:hanno|have|signed|firm|sottoscr|stipul)"
)
_NOT_SIGNING = re.compile(
    r"\b(?:senza firmare|non ha firmato|non firma|without signing|did not sign)\b"
)
_STAGES = (Stage.SIGNED, Stage.RENEWED, Stage.PLANNED)


def signatories(
    layout: Layout, people: PeopleReader, act: Sequence[Span]
) -> tuple[Suggestion[Person], ...]:
    """Those who signed the act that some sentences tell of, or are to sign it; each once."""
    found: dict[str, Suggestion[Person]] = {}
    for sentence in act:
        flat = layout.flat[sentence.start : sentence.end]
        if not _SIGNING.search(flat) or not _tells(stages(layout.flat, sentence)):
            continue
        for person in people.within(sentence):
            if person.name not in found and _signs(layout, person, sentence):
                found[person.name] = _suggestion(person)
    for sentence in _meant(layout, act):
        for person in people.within(sentence):
            found.setdefault(person.name, _suggestion(person))
    return tuple(found.values())


def _meant(layout: Layout, act: Sequence[Span]) -> list[Span]:
    """The sentences before those in which «i due» sign, where nobody is named."""
    return [
        layout.sentence_at(max(sentence.start - 2, 0))
        for sentence in act
        if _THE_TWO.search(layout.flat, sentence.start, sentence.end)
    ]


def _tells(mentions: list[StageMention]) -> bool:
    return any(mention.stage in _STAGES for mention in mentions)


def _signs(layout: Layout, person: PersonMention, sentence: Span) -> bool:
    """Whether a person in a sentence on a signature is one of those who sign."""
    if layout.is_spoken(person.span.start):
        return False
    before = layout.flat[sentence.start : person.start]
    after = layout.flat[person.span.end : min(sentence.end, person.span.end + 60)].split(";")[0]
    if _NOT_SIGNING.search(after) or _SAID.match(after):
        return False
    present = list(_PRESENT.finditer(before))
    if present and not _SIGNING.search(before[present[-1].end() :]):
        return False
    return not _REPRESENTED.search(before[-75:])


def _suggestion(person: PersonMention) -> Suggestion[Person]:
    spans = (person.span, person.office_span) if person.office_span else (person.span,)
    reason = _("The sentence on the signature names this person with an office.")
    return Suggestion(
        Person(person.name, person.office, person.country),
        tuple(sorted(set(spans))),
        0.88 if person.country else 0.65,
        reason,
    )
