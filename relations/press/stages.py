"""How far an act has come, by the verbs and nouns of a sentence."""

import re
from dataclasses import dataclass

from relations.press.readings import Span, Stage

_PARTICIPLE = r"(?:firmat|controfirmat|siglat|sottoscritt|stipulat|sancit|suggellat|ratificat|formalizzat|conclus|strett?|stret|sigillat|perfezionat|ufficializzat)[oaei]"
_HAVE = r"(?:ha|hanno|abbiamo|aveva|avevano|avere|aver|e stat[oa]|sono stat[ie]|era stat[oa]|erano stat[ie]|fu|furono|viene|vengono|venne)"
_WILL_BE = (
    r"(?:sara|saranno|verra|verranno|dovrebbe essere|dovra essere|per essere|da essere|essere)"
)
_PATTERNS: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    (
        Stage.PLANNED,
        re.compile(
            rf"\b{_WILL_BE} (?:\w+ )?(?:{_PARTICIPLE}|rinnovat[oa])"
            r"|\b(?:firmer|sigler|sottoscriver|stipuler|suggeller|sancir|stringer|rinnover|unir|formalizzer)(?:a|anno|emo)\b(?! (?:automaticamente|tacitamente))"
            r"|\b(?:firma|sottoscrizione|sigla|siglatura|cerimonia) (?:\w+ ){0,5}?(?:avverra|e (?:fissata|prevista|in programma|in calendario|attesa)|fissata per|prevista (?:per|il|a|nel)|in programma|si terra|sara|arrivera)"
            r"|\b(?:prevista|fissata|in programma|in calendario) (?:la|il|per) (?:\w+ ){0,4}firma"
            r"|\ba firmare (?:siano|saranno)\b|\bin vista della (?:firma|sottoscrizione)|\bpronto (?:il|per la) (?:\w+ )?firma|\bprossima firma"
            r"|\b(?:ha|hanno) (?:\w+ ){0,3}?(?:approvat|deliberat|autorizzat|votat|ratificat)\w+|\b(?:approvat|votat|deliberat)[oaei] (?:ieri |oggi |all'unanimita |in \w+ )?(?:dal|dalla|il|la|lo)\b|\bvia libera\b|\bdato il (?:suo )?(?:si|ok)\b|\barrivato (?:anche )?il si\b"
            r"|\b(?:will|to|shall|are to|is to|set to|due to) (?:\w+ )?(?:sign|renew|conclude|be signed|be renewed|put their names)|\b(?:will|to) (?:\w+ ){0,2}(?:sign|ink)\b|\bwas approved by|\bapproved (?:the|a|by)"
            r"|(?:署名|調印|締結|提携|取り交わ|結)[^。\n]{0,8}?(?:予定|こととな|見込み)|調印へ|締結へ|提携へ|取り交わすと発表|調印(?:式)?は[^。\n]{0,25}行う|行い、?[^。\n]{0,60}予定|求める議案|議決|可決"
        ),
    ),
    (
        Stage.RENEWED,
        re.compile(
            r"(?<!si )(?<!potra )\b(?:rinnovat[oaie](?! (?:automaticament|tacitament|impegno))|rinnovo(?! (?:e |automatic|tacit))|rinnovano|rinnova\b(?! (?:la|una|il|l') ?(?:collaborazione|amicizia|impegno|volonta|vicinanza|cooperazione))|rinnoviamo|rinsald\w+|riconfermat[oa]|riconferman?o?\b|prorogat[oa] il|nuovo quinquennio)"
            r"|\b(?:renewed|renews?|renewal of|re signed|reaffirmed)\b|更新(?:し|した|に調印)|再締結|再調印"
        ),
    ),
    (
        Stage.SIGNED,
        re.compile(
            rf"\b{_HAVE} (?:\w+ ){{0,3}}?{_PARTICIPLE}|\b{_PARTICIPLE}\b|\b(?:firman?o?|siglan?o?|sottoscrivon?o?|stringon?o?|stringe|sancisc(?:e|ono)|suggellan?o?|stipulan?o?) (?:un|il|lo|la|l'|una|oggi|insieme|con)\b|\bsi (?:firma|sigla|gemella|gemellano|allea)\b"
            r"|\b(?:appost[oa]|apponendo|messo|messa) (?:\w+ )?(?:le |la |loro )?(?:\w+ )?firm[ae]|\b(?:la|le|di|della|alla|c'e la|porta la) firm[ae]\b|\bfirm[ae] (?:del|dell'|della|su|in)|\b(?:cerimonia|atto) di (?:firma|sottoscrizione)|\bla (?:sottoscrizione|siglatura|stipula)\b|\ba (?:firmar|siglar|sottoscriver)\w+|\bfirmano\b|\bmettere nero su bianco|\bfirmatar\w+|\bgemellat[eio]\b|\bc'e la firma"
            r"|\b(?:signed|inked|concluded|signing (?:ceremony|of)|sealed|entered into|formali[sz]ed|established)\b|\bunder an? \w+"
            r"|締結(?:し|され|。|式)|調印(?:し|され|式|。)|署名(?:し|され|。)|取り交わし|交わし(?:た|まし)|提携(?:し|を結|。)|結(?:び|ん)|となっ|を締結$"
        ),
    ),
    (
        Stage.HOPED_FOR,
        re.compile(
            r"\b(?:auspic\w+|mi piacerebbe|ci piacerebbe|speriamo|speranza|spera(?:no)?|ipotes[ie]|ipotizz\w+|un giorno|in futuro|trattativ[ae]|possibilita d[ie]|prove di|presto (?:il|un)\b|cerca (?:un|una) |possibil[ei] (?:gemellaggio|accordo|patto|intesa|futuro)|propost[ae]|propone|"
            r"lavora(?:no|re)? (?:a|ad|per|al|alla|verso)\b|si (?:sta )?lavora(?:ndo)?|discut\w+|verso (?:un|il)|potrebbe|obiettivo di|desiderio|vorrebbe|vorremmo|candidat\w+|interess[ei] (?:a|per|ad)|avviare (?:un|il|le)|allo studio|prospettiva|"
            r"would (?:both )?(?:like|love)|hopes?|hoping|propos(?:al|ed|es)|thinking|possible|under discussion|interested in|consider\w*|explor\w+|wish(?:es)?)\b|目指|検討|期待|希望|願"
        ),
    ),
)
_VOTE = re.compile(r"approv|delib|votat|via libera|可決|議案|議決|\bsi$|autorizz")
_ABOUT_TERM = re.compile(
    r"\b(?:can|may|could|will) be |\b(?:verso|in vista del) (?:il |un )?|mutual|automatic|tacit|salvo disdetta|potra essere|puo essere|possa essere|rinnovabil|自動"
)


@dataclass(frozen=True, slots=True)
class StageMention:
    """A word that tells how far an act has come. `is_vote` says that a council has voted."""

    span: Span
    stage: Stage
    is_vote: bool = False


def stages(flat: str, within: Span) -> list[StageMention]:
    """The words of a stretch of text that tell a stage, those that plan first: «sarà firmato» has «firmato» too."""
    found: list[StageMention] = []
    for stage, pattern in _PATTERNS:
        for match in pattern.finditer(flat, within.start, within.end):
            inside = any(f.span.start <= match.start() < f.span.end for f in found)
            if not inside and not (stage == Stage.RENEWED and _is_about_term(flat, match)):
                is_vote = bool(_VOTE.search(match[0]))
                found.append(StageMention(Span(match.start(), match.end()), stage, is_vote))
    return found


def _is_about_term(flat: str, match: re.Match[str]) -> bool:
    """Whether a renewal is one to come, in the clause on the term."""
    return bool(_ABOUT_TERM.search(flat[max(match.start() - 30, 0) : match.end() + 25]))
