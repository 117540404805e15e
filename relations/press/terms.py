"""For how long an act binds, and what happens when that time has run out."""

import re

from django.utils.translation import gettext as _

from relations.enums import Renewal
from relations.press.layout import Layout
from relations.press.numbers import NUMBER, number
from relations.press.readings import Span, Suggestion

_UNIT = r"(?P<unit>anni|anno|mesi|mese|years?|months?|年|[かカヶケ箇]月|か年)"
_COUNT = rf"(?P<n>{NUMBER})(?: \((?:{NUMBER})\))?'?[ -]?{_UNIT}"
_ADJECTIVES = {
    "annuale": 12, "biennale": 24, "triennale": 36, "quadriennale": 48, "quinquennale": 60, "settennale": 84, "decennale": 120,
    "biennio": 24, "triennio": 36, "quadriennio": 48, "quinquennio": 60, "decennio": 120, "ventennale": 240,
}  # fmt: skip
_ADJECTIVE = "|".join(_ADJECTIVES)
_TERMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:durata|validita|vigenza|durera|dura|duri|varra|vale|valid[oaei]|valere|valevole|efficacia|effetto|in vigore|vincola\w*|scadenza|scade|scadra|resta\w*)\b[^.;\n]{{0,60}}?\b{_COUNT}",
        rf"\b{_COUNT} di (?:durata|validita|vigenza|efficacia)",
        rf"\b(?:durata|validita|intesa|accordo|patto|memorandum|protocollo|documento|lettera|atto|impegno|carattere),? (?:di )?(?:durata |validita )?(?P<adjective>{_ADJECTIVE})",
        r"\b(?:per|fino al) (?:un |il )?(?:altro |prossimo |nuovo )?(?P<adjective>biennio|triennio|quadriennio|quinquennio|decennio)",
        rf"\b(?:rinnov\w+|prorog\w+) (?:[^.;\n]{{0,40}} )?per (?:altri |ulteriori )?{_COUNT}",
        rf"\b(?:valid|effective|in force|remains?|runs?|lasts?|last|term|duration|period|binding|for a (?:period|term) of)\b[^.;\n]{{0,45}}?\b{_COUNT}",
        rf"\b(?P<n>{NUMBER})[ -](?P<unit>year)s?(?: |-)(?:\w+ )?(?:agreement|memorandum|pact|document|deal|term|protocol|accord|period|letter)",
        rf"(?:有効期間|期間|有効期限|存続期間)[^。\n]{{0,20}}?{_COUNT}",
    )
)
_FOREIGN_TO_TERM = re.compile(
    r"preavviso|anticipo|notice|prima della|entro|abitanti|fa\b|dopo|dieci anni di amicizia|ogni"
)
_ALONE = re.compile(rf"^durata:? (?P<n>{NUMBER})'? (?P<unit>ann[oi]|mes[ei])", re.MULTILINE)
_RENEWALS: tuple[tuple[Renewal, re.Pattern[str]], ...] = (
    (
        Renewal.NONE,
        re.compile(
            r"\bsenza (?:possibilita di )?(?:tacito )?(?:rinnovo|proroga)(?: tacit[oa]| automatic[oa])?[^.\n]{0,50}?(?:cessa|termina|decade|si estingue)"
            r"|\bnon (?:e |sara )?(?:rinnovabile|prorogabile|e previsto (?:il |alcun )?rinnovo)|\besclus[oa] (?:il |ogni )?(?:rinnovo|proroga)|\bnot renewable|\bno renewal|更新しない|\bsenza (?:possibilita di )?rinnovo(?! tacito| automatico)"
        ),
    ),
    (
        Renewal.BY_AGREEMENT,
        re.compile(
            r"\b(?:rinnov|prorog|prolung|prosegu|continu)\w*[^.\n]{0,60}?(?:nuovo (?:accordo|atto)|previo (?:accordo|consenso)|accordo (?:scritto|tra le parti|delle parti)|comune accordo|consenso|intesa tra le parti|volonta delle parti|nuova (?:intesa|firma))"
            r"|\b(?:nuovo (?:accordo|atto)|previo accordo|comune accordo|di comune intesa)[^.\n]{0,60}?(?:rinnov|prorog|prosegu|continu)"
            r"|\bper continuare occorrera|\b(?:sottoscriverne|firmarne|siglarne) (?:uno|una) nuov[oa]|\bpotr(?:a|anno) essere (?:rinnovat|prorogat)\w+|\brinnovabil[ei](?! (?:automatic|tacit))|\bdecidere con un nuovo atto"
            r"|\b(?:renewed|renewable|extended|renewal)[^.\n]{0,50}?(?:mutual|by agreement|written|consent)|\bmay be (?:renewed|extended)|\brenewable|更新(?:する)?ことができ|更新でき|更新可能|協議(?:の上|により|して)[^。\n]{0,20}更新|更新[^。\n]{0,15}協議|合意(?:により|の上)[^。\n]{0,15}更新"
        ),
    ),
    (
        Renewal.AUTOMATIC,
        re.compile(
            r"\b(?:rinnov|prorog|prolung)\w*(?: di diritto)?[^.\n]{0,45}?(?:automatic|tacit)\w*|\b(?:automatic|tacit)\w*[^.\n]{0,25}?(?:rinnov|prorog|prolung)\w*"
            r"|\b(?:rinnov|prorog|prolung)\w*[^.\n]{0,70}?\b(?:salvo|a meno che|se nessuna|se non (?:viene )?disdett|in assenza di (?:disdetta|recesso))"
            r"|\b(?:renew|extend|prolong)\w*[^.\n]{0,30}?automatic\w*|\bautomatic\w*[^.\n]{0,20}?(?:renew|exten)\w*|\btacitly|自動(?:的に)?[^。\n]{0,6}(?:更新|延長)"
        ),
    ),
)  # fmt: skip
_NO_AUTOMATISM = re.compile(
    r"(?:nessuna?|senza|no|esclus[oa] (?:il|la)) (?:rinnovo |proroga )?(?:tacit|automatic)|nessuna proroga|no automatic"
)


def term_months(layout: Layout) -> Suggestion[int] | None:
    """The term of the act in months, where the text says one."""
    for pattern in _TERMS:
        for found in pattern.finditer(layout.flat):
            if (
                _months(found)
                and not layout.is_spoken(found.start())
                and not _is_other(layout.flat, found)
            ):
                return _term(found)
    if alone := _ALONE.search(layout.flat):
        return _term(alone)
    return None


def _term(found: re.Match[str]) -> Suggestion[int]:
    reason = _("The text gives this as how long the act binds.")
    return Suggestion(_months(found), (Span(found.start(), found.end()),), 0.93, reason)


def _months(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if groups.get("adjective"):
        return _ADJECTIVES[groups["adjective"]]
    years = groups["unit"].startswith(("ann", "year", "年", "か年"))
    return number(groups["n"]) * (12 if years else 1)


def _is_other(flat: str, found: re.Match[str]) -> bool:
    """Whether the time is of something else: of notice, or long ago."""
    after = flat[found.end() : found.end() + 22]
    within = found[0][-40:]
    return bool(
        re.match(
            r" (?:fa|or sono|dopo|ago|later|di (?:gemellaggio|amicizia|rapporti|storia|anticipo|preavviso))\b",
            after,
        )
    ) or bool(re.search(r"preavviso|anticipo|notice|gara|mostra|visita|missione|soggiorno", within))


def renewal(layout: Layout) -> Suggestion[Renewal] | None:
    """What happens at the end of the term, where the text says it."""
    forbidden = _NO_AUTOMATISM.search(layout.flat)
    for kind, pattern in _RENEWALS:
        for found in pattern.finditer(layout.flat):
            if layout.is_spoken(found.start()):
                continue
            if (
                kind == Renewal.AUTOMATIC
                and forbidden
                and abs(forbidden.start() - found.start()) < 40
            ):
                continue
            return Suggestion(
                kind, (Span(found.start(), found.end()),), 0.9, _RENEWAL_REASONS[kind]()
            )
    return None


_RENEWAL_REASONS = {
    Renewal.NONE: lambda: _("The text excludes a renewal."),
    Renewal.BY_AGREEMENT: lambda: _("The text says that the sides must agree to go on."),
    Renewal.AUTOMATIC: lambda: _("The text says that it renews itself."),
}
