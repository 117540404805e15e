"""What an act is about, in the codes of the sectors: only where the text speaks of its contents."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from django.utils.translation import gettext as _

from relations.press.layout import Layout
from relations.press.places import Mention
from relations.press.readings import Span, Suggestion
from relations.press.spans import starting_in
from relations.press.words import table

# Words that introduce the contents of an act.
_INTRODUCES = re.compile(
    r"\b(?:settor[ei]|ambit[oi]|camp[oi]|materi[ae]|tem[ai]|pilastri|aree|contenuti|scambi|cooperazione (?:in|nel|su)|collaborazione (?:in|nel|su)|"
    r"in materia di|per (?:la|il|lo|l'|i|gli) (?:\w+ ){0,3}?(?:promozione|sviluppo|scambi\w*)|prevede|riguarda\w*|tocca\w*|promuovere|rafforzare|favorire|obiettiv[oi]|guarda\w*|punta\w*|mira\w*|spazia\w*|"
    r"incentrat\w+|dedicat\w+|finalizzat\w+|focus|nel segno d|lavorare insieme|interesse si estende|accanto (?:alla|al)|aggiunge|"
    r"fields?|areas?|sectors?|covers?|deals with|topics|themes|focus\w*|cooperate|cooperation (?:in|on)|share data|promote)\b|分野|交流|協力|提携により|に関する|産業の|を通じて"
)
_OF_THE_ACT = re.compile(
    r"\b(?:accord[oi]|intes[ae]|patto|memorandum|mou|protocollo|lettera|documento|atto|gemellaggio|collaborazion[ei]|cooperazione|partnership|articolo|impegno|progetti|agreement|pact|document|sister|twinning|text|relationship|research will)\b|覚書|協定|提携|意向書|宣言|交流"
)
# Offices, bodies and names with a sector's word in them say nothing of the act.
_NOT_OF_THE_ACT = re.compile(
    r"\b(?:assessor\w*|assessorato|consiglier\w+|ministr\w+|ministero|direttor\w+|dirigente|delegat[oa]|quella|quell[oa]) (?:\w+ )?(?:a[ld]?(?:l[ae']?)?|all[ae]|con delega a[li]*|per (?:il|la|i|le)|del(?:la|l')?) ?(?:\w+ e )?$"
    r"|\b(?:commercio e|commerce and|museo|muse[oi]|camera|camere|camere? di|istituto|universita|facolta|dipartimento|teatro|liceo|biblioteca|fondazione|associazione|ente|autorita|capitale europea|capitali? d|festival|fiera|scuola|settimana|giornata|casa|palazzo|piazza|via|citta|patrimonio|patrimonio mondiale|ufficio|ambasciata|centro|capitale) (?:di |del |della |delle |dei |dell'|d'|internazionale |nazionale )?$"
)
_OF_A_TITLE = re.compile(r"^ (?:di|del) (?:commercio)|^ dell'umanita|^ mondiale")
_HEADING = re.compile(
    r"分野\W*$|^\W*(?:settori|ambiti|campi|fields|areas)[^.]{0,40}:?\W*$|che cosa prevede"
)
# «I contenuti: sport, turismo»: a sentence that lists and does nothing else.
_SHORT = 140
_LIST_ITEM = re.compile(r"^\W{0,3}(?:[-•·*–]|\(?\d{1,2}[.)])\s")
_BEYOND = re.compile(
    r"\b(?:alluvione|terremoto|sisma|mostra|donat\w+|donazion\w+|ospitat\w+|delegazione|visitat\w+|missione|abitanti|nel (?:19|20)\d\d|unesco|convegno|laboratorio)\b|人口"
)
_GENERAL = {"crafts-design"}


def sectors(
    layout: Layout, places: Sequence[Mention], statements: Sequence[Span]
) -> tuple[Suggestion[str], ...]:
    """The sectors that the sentences about the act's contents name, each once."""
    found: dict[str, list[Span]] = defaultdict(list)
    for stretch in _stretches(layout, statements):
        for code, span in _named(layout, places, stretch):
            found[code].append(span)
    reason = _("A sentence about what the act is for names it.")
    return tuple(
        Suggestion(code, tuple(sorted(set(spans)))[:5], 0.8, reason)
        for code, spans in found.items()
    )


def _stretches(layout: Layout, statements: Sequence[Span]) -> Iterator[Span]:
    """The sentences about the contents of an act, and the items of lists that these introduce."""
    introduced = heading = False
    first = set(statements)
    for sentence in layout.sentences:
        flat = layout.flat[sentence.start : sentence.end]
        if layout.is_spoken(sentence.start) or layout.is_spoken(
            (sentence.start + sentence.end) // 2
        ):
            introduced = heading = False
            continue
        item = _LIST_ITEM.match(layout.text[sentence.start : sentence.end]) is not None
        if (
            heading
            or (item and introduced)
            or _speaks_of_contents(layout, sentence, flat, told=sentence in first)
        ):
            yield sentence
        heading = bool(_HEADING.search(flat))
        short = sentence.end - sentence.start < _SHORT
        introduced = (
            heading or flat.rstrip().endswith((":", "prevede")) or (introduced and (item or short))
        )


def _speaks_of_contents(layout: Layout, sentence: Span, flat: str, *, told: bool) -> bool:
    """Whether a sentence says what an act is for; a title says it in passing at best."""
    introduces = bool(_INTRODUCES.search(flat))
    of_the_act = told or bool(_OF_THE_ACT.search(flat))
    if introduces and of_the_act:
        return True
    if layout.lines and sentence.start == layout.lines[0].start and not flat.endswith("."):
        return False
    beyond = bool(_BEYOND.search(flat))
    return not beyond and (told or (introduces and sentence.end - sentence.start < _SHORT))


@cache
def _each() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(words)) for code, words in table("sectors"))


def _named(layout: Layout, places: Sequence[Mention], stretch: Span) -> Iterator[tuple[str, Span]]:
    """The sectors that a sentence names, the more exact where words overlap."""
    taken: list[tuple[int, int, str]] = []
    for code, pattern in _each():
        for match in pattern.finditer(layout.flat, stretch.start, stretch.end):
            before = layout.flat[max(stretch.start, match.start() - 45) : match.start()]
            if before[-1:].isalpha() and match[0][0].isascii() and before[-1:].isascii():
                continue
            if _NOT_OF_THE_ACT.search(before) or _OF_A_TITLE.match(
                layout.flat[match.end() : match.end() + 14]
            ):
                continue
            if layout.is_spoken(match.start()) or any(
                p.span.end > match.start()
                for p in starting_in(places, Span(max(match.start() - 40, 0), match.start() + 1))
            ):
                continue
            taken.append((match.start(), match.end(), code))
    for start, end, code in sorted(taken):
        longer = any(s <= start and end <= e and (s, e) != (start, end) for s, e, _code in taken)
        if not longer and code not in _GENERAL:
            yield code, Span(start, end)
