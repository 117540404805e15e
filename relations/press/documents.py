"""The documents that bind two bodies, as releases name them, and how formal each is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from relations.enums import AgreementKind
from relations.press.layout import Layout
from relations.press.readings import Span

_K = AgreementKind
_D = r"(?:d'|di |d’)"
# In the order in which they are tried where some begin alike.
_TERMS: tuple[tuple[AgreementKind, str], ...] = (
    (_K.MEMORANDUM, rf"memorandum(?: {_D}(?:intesa|amicizia|cooperazione|collaborazione)| of (?:understanding|cooperation|agreement))?|\bmou\b|memoranda|了解覚書|基本合意覚書|覚書|覚え書き?"),
    (_K.PROTOCOL, rf"protocoll[oi](?! cerimonial| operativ| sanitari| di kyoto|n)(?: {_D}(?:intesa|amicizia|cooperazione|collaborazione|intenti|accordo)| of (?:understanding|intent|cooperation))?|\bprotocol(?: of \w+)?\b|議定書"),
    (_K.FRIENDSHIP_RECORD, rf"verbale {_D}amicizia|record of friendship|友好議事録|友好確認書"),
    (_K.LETTER_OF_INTENT, rf"letter[ae] {_D}intent[io]|dichiarazione {_D}intent[io]|manifestazione {_D}intent[io]|letters? of intent|statement of intent|declaration of intent|意向書|意向表明書"),
    (_K.TWINNING, r"(?:accordo|patto|atto|protocollo|convenzione|carta|pergamena) di gemellaggio|gemellaggi?o?|gemellat[oaei]|si gemell\w+|twinn?ing|twinned|twin (?:city|cities|towns?)|sister[ -](?:city|cities|towns?|state|prefecture)|姉妹都市|姉妹提携|姉妹州|姉妹県|姉妹町|姉妹村"),
    (_K.FRIENDSHIP_PACT, rf"(?:patto|accordo|carta|trattato|intesa|convenzione|legame) {_D}(?:amicizia|fratellanza|fraterna amicizia|reciproca amicizia|rinnovata amicizia)(?: e (?:di )?(?:\w+ ?){{1,2}})?|patto di (?:collaborazione|cooperazione) e (?:di )?amicizia|patto amicale|friendship (?:and (?:\w+ ){{1,2}})?(?:city |cities )?(?:agreement|pact|treaty|accord|charter|city|cities)|(?:agreement|pact) of friendship|友好都市|友好交流都市|友好提携|友好交流協定|友好協定|友好協力|友好親善都市|友好関係に関する協定|友好交流に関する(?:協定|合意)|友好交流"),
    (_K.OTHER, rf"accordo {_D}(?:collaborazione|cooperazione|scambio|partenariato|programma)|dichiarazione (?:congiunta|comune)|comunicato congiunto|(?:patto|intesa) di (?:collaborazione|cooperazione)|convenzione|accord[oi](?: quadro| bilaterale)?|cooperation agreement|partnership agreement|exchange agreement|joint (?:declaration|statement|communiqu\w+)|agreements?|共同宣言|共同声明|合意書|交流協定|連携協定|協力協定|協定書|協定"),
)  # fmt: skip
_PATTERN = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in _TERMS))
# Words that stand for whatever document was named.
GENERIC = re.compile(
    r"\b(?:accord[oi]|intes[ae]|patto|documento|atto|testo|impegno|convenzione|agreements?|pact|accord|document|deal|text|legame)\b|協定書?|文書|提携"
)
_BARE = re.compile(r"^(?:accord[oi](?: quadro| bilaterale)?|convenzione|agreements?|協定書?)$")
_NEGATED = re.compile(
    r"(?:\b(?:non (?:e |chiamatelo |si tratta di |chiamiamolo )(?:(?:un|ancora|solo|soltanto|il|vero) ){0,2}|nessun |alcun |senza |not? (?:a |an )?|piu che (?:un )?|possibile nuovo ))$"
)
_FORMAL = (_K.MEMORANDUM, _K.PROTOCOL, _K.FRIENDSHIP_RECORD, _K.LETTER_OF_INTENT)


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document named in the text. `is_bare` says that only «accordo» or the like stands there."""

    span: Span
    kind: AgreementKind
    is_bare: bool
    is_spoken: bool
    is_negated: bool

    @property
    def is_formal(self) -> bool:
        """Whether the word names a document and not the tie that it makes."""
        return self.kind in _FORMAL


def documents(layout: Layout) -> Iterator[DocumentMention]:
    """The documents that a text names, in order."""
    for found in _PATTERN.finditer(layout.flat):
        if not _stands_alone(layout.flat, found.start()):
            continue
        before = layout.flat[max(found.start() - 45, 0) : found.start()]
        yield DocumentMention(
            Span(found.start(), found.end()),
            AgreementKind[found.lastgroup or "OTHER"],
            bool(_BARE.match(found[0])),
            layout.is_spoken(found.start()),
            bool(_NEGATED.search(before)),
        )


def _stands_alone(flat: str, start: int) -> bool:
    before = flat[start - 1 : start]
    return not (before.isalpha() and before.isascii() and flat[start].isascii())
