"""Between which bodies an act is: a city is not its chamber of commerce, nor its port, nor its university."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from relations.enums import Country, Institution
from relations.press.layout import Layout
from relations.press.places import Mention
from relations.press.readings import Body, Span, Suggestion

_I = Institution
_OF = r"(?:(?: \w+){0,6}? (?:di|del|della|dell'|d'|of|in) ?(?:la )?)$"
_BEFORE = (
    (_I.CHAMBER_OF_COMMERCE, re.compile(rf"\b(?:camer[ae] di commercio|ente camerale|cciaa|chambers? of commerce){_OF}|\bcciaa $|\bcamera di commercio (?:\w+ )?$")),
    (_I.PORT_AUTHORITY, re.compile(rf"\b(?:autorita (?:di sistema )?portuale|adsp|autorita del porto|port authority){_OF}|\badsp $")),
    (_I.UNIVERSITY, re.compile(rf"\b(?:universita|ateneo|politecnico|accademia|conservatorio|university|polytechnic){_OF}")),
    (_I.ASSOCIATION, re.compile(rf"\b(?:associazion[ei]|pro loco|confcommercio|confindustria|coldiretti|association|fondazione|consorzio){_OF}")),
)  # fmt: skip
_AFTER = (
    (_I.CHAMBER_OF_COMMERCE, re.compile(r"^(?:の)?商工会議所|^ chamber of commerce")),
    (_I.PORT_AUTHORITY, re.compile(r"^ port authority|^港湾局|^(?:の)?港湾")),
    (_I.UNIVERSITY, re.compile(r"^(?:の)?大学| university\b")),
)
_AUTHORITY = re.compile(r"\bautorita (?:di sistema )?portuale\b|\bport authority\b")
_MAYORS = re.compile(r"\b(?:sindac\w+|comun[ei]|mayors?)\b")
_BOTH_CHAMBERS = re.compile(
    r"\b(?:due|tra le|fra le|delle rispettive|entrambe le|ma le|two|both) camere? di commercio(?! d[ie])|\btwo chambers of commerce|両商工会議所"
)
# What only says where another place lies.
_LOCATOR = re.compile(
    r"(?:\b(?:nella|della|dalla|in) (?:stessa )?(?:prefettura|provincia|regione|metropoli)(?: giapponese)? (?:di |del |della )?|, (?:in )?(?:prefettura di |provincia di )|\(|\(prefettura di |, in |\bpresso |\bconsol\w+ [^.;]{0,30} a |\bprefetto di )$"
)
_GOVERNMENT = re.compile(
    r"\b(?:comun[ei]|citta|sindac\w+|region[ei]|prefettur[ae]|governator\w+|provincia|presidente della|city|town|mayors?|prefecture|municipality|governor)\b[^.;]{0,28}$"
)
_PRESENT = re.compile(
    r"\b(?:presen\w+|rettor\w+|rettrice|assist\w+|pagato|pagata|prefetto|consol\w+|docent\w+|professor\w*)\b"
)
_DATELINE = re.compile(r"(?: \([a-z]{2}\))?,? ?(?:\d|[a-z]+ \d)|^ {2}")
_ABSENT = re.compile(
    r"\b(?:nemmeno|neppure|da non confonder\w*|non va confus\w+|do not confuse|nothing to do|nulla a che vedere)|関係(?:が|は)?(?:ありません|ない)|\b(?:non (?:figura|e parte|ne e|e coinvolt|ha)|gemellat[ao] (?:anche |dal \d+ )?con|gia gemellat|altr[ie] |scartat)"
)


_CLEAR = 4.0


@dataclass
class _Votes:
    mention: Mention
    points: float = 0.0
    spans: tuple[Span, ...] = ()
    institutions: list[Institution] = field(default_factory=list)

    @property
    def institution(self) -> Institution:
        """What the sentences on the act say that the body is; a government where they say nothing else."""
        special = [kind for kind in self.institutions if kind != Institution.LOCAL_GOVERNMENT]
        return special[0] if special else Institution.LOCAL_GOVERNMENT


def bodies(
    layout: Layout, places: Sequence[Mention], statement: Sequence[Span], told: Sequence[Span]
) -> tuple[Suggestion[Body], ...]:
    """The two bodies that an act is about, the Italian one first; fewer if the text names fewer.

    `statement` are the sentences that tell of the act first, `told` all that do.
    """
    votes: dict[str, _Votes] = {}
    for mention in places:
        vote = votes.setdefault(mention.key, _Votes(mention))
        points = _points(layout, mention, statement)
        vote.points += points
        vote.spans = (*vote.spans, mention.span) if points > 1 else vote.spans
        if any(span.start <= mention.span.start < span.end for span in told):
            vote.institutions.append(_institution(layout, mention))
    best = (_best(votes.values(), country) for country in Country)
    chosen = [vote for vote in best if vote]
    _name_authority(layout, chosen, told)
    both = bool(_BOTH_CHAMBERS.search(layout.flat))
    return tuple(_suggestion(vote, both_chambers=both, sure=len(chosen) == 2) for vote in chosen)


def _name_authority(layout: Layout, chosen: Sequence[_Votes], told: Sequence[Span]) -> None:
    """«L'Autorità di Sistema Portuale del Mare Adriatico» names no town: it is the Italian side's."""
    for span in told:
        flat = layout.flat[span.start : span.end]
        found = _AUTHORITY.search(flat)
        if found and not _MAYORS.search(flat) and not _PRESENT.search(flat[: found.start()]):
            for vote in chosen:
                if not vote.mention.is_japanese or "port" in flat[found.end() :]:
                    vote.institutions.append(Institution.PORT_AUTHORITY)


def _points(layout: Layout, mention: Mention, statement: Sequence[Span]) -> float:
    """How much one mention speaks for its place being a party."""
    flat, start = layout.flat, mention.span.start
    sentence = layout.sentence_at(start)
    before = flat[max(sentence.start, start - 70) : start]
    after = flat[mention.span.end : mention.span.end + 12]
    points = _points_of_stand(layout, start, sentence, statement)
    if _LOCATOR.search(before):
        points -= 4.5
    elif _GOVERNMENT.search(before):
        points += 1.5
    if _DATELINE.match(after) and start - _line_start(layout, start) < 30:
        return min(points, 0.5)
    denied = _ABSENT.search(flat[sentence.start : sentence.end])
    return points + mention.is_explicit - 2.5 * bool(denied)


def _points_of_stand(
    layout: Layout, start: int, sentence: Span, statement: Sequence[Span]
) -> float:
    """What the part of the text is worth in which a mention stands."""
    if layout.is_spoken(start):
        return 0.5
    if any(span.start <= start < span.end for span in statement):
        return 6.0
    if layout.lines and start < layout.lines[0].end:
        return 2.5
    # A heading tells more than the body.
    return 2.0 if start < 600 and sentence.end - sentence.start < 160 else 1.0


def _line_start(layout: Layout, position: int) -> int:
    return layout.text.rfind("\n", 0, position) + 1


def _best(votes: Iterable[_Votes], country: Country) -> _Votes | None:
    there = [
        vote for vote in votes if vote.mention.entry.named.country == country and vote.points > 0
    ]
    return max(there, key=lambda vote: (vote.points, -vote.mention.span.start), default=None)


def _institution(layout: Layout, mention: Mention) -> Institution:
    """What kind of body the words around a mention speak of."""
    flat = layout.flat
    sentence = layout.sentence_at(mention.span.start)
    before = flat[max(sentence.start, mention.span.start - 75) : mention.span.start]
    if _PRESENT.search(before):
        return Institution.LOCAL_GOVERNMENT
    after = flat[mention.span.end : mention.span.end + 24]
    for institution, pattern in _BEFORE:
        if pattern.search(before):
            return institution
    for institution, pattern in _AFTER:
        if pattern.match(after) or (institution == _I.UNIVERSITY and pattern.search(after[:12])):
            return institution
    return Institution.LOCAL_GOVERNMENT


def _suggestion(vote: _Votes, *, both_chambers: bool, sure: bool) -> Suggestion[Body]:
    place = vote.mention.entry.named
    spans = vote.spans[:4] or (vote.mention.span,)
    institution = Institution.CHAMBER_OF_COMMERCE if both_chambers else vote.institution
    reason = _("The sentences about the act name %(place)s as a side (%(institution)s).") % {
        "place": place.name,
        "institution": institution.label,
    }
    confidence = 0.9 if sure and vote.points > _CLEAR else 0.65
    return Suggestion(Body(place, institution), spans, confidence, reason)
