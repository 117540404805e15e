"""Which places a release names: names in the text → places, homonyms told apart, and what is no place left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log10

from django.utils.translation import gettext as _

from relations.enums import Country, PlaceKind
from relations.press import cues
from relations.press.gazetteer import Entry, Gazetteer, Hit
from relations.press.katakana import RUN, sound_of
from relations.press.layout import Layout
from relations.press.letters import flat, is_japanese
from relations.press.readings import Named, Span, Suggestion
from relations.press.words import words

_WINDOW = 90
# Towns of this size are written of without a word to introduce them.
_LARGE = 15_000
_LARGE_IN_KANJI = 80_000
# «a Osaka» is in the city, though the text be about the prefecture.
_LOCATIVE = re.compile(r"(?<!guarda )(?<!insieme )\b(?:a|ad|citta di) $")
_CAPITAL = 100_000
_SIZE_OF_TERRITORY = 3.12


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text names it. `others` are those of the same name, the likeliest first."""

    span: Span
    entry: Entry
    others: tuple[Entry, ...] = ()
    confidence: float = 0.9
    is_explicit: bool = False

    @property
    def key(self) -> str:
        """The place's key."""
        return self.entry.key

    @property
    def is_japanese(self) -> bool:
        """Whether the place is in Japan."""
        return self.entry.is_japanese


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A hit with the text around it, flat, and how surely it is a place at all."""

    hit: Hit
    before: str
    after: str
    is_strong: bool
    is_weak: bool

    @property
    def name(self) -> str:
        return self.hit.entries[0].named.name


class PlaceReader:
    """Finds the places in one text."""

    def __init__(self, layout: Layout, gazetteer: Gazetteer) -> None:
        self.layout = layout
        self.gazetteer = gazetteer

    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, in the order of the text."""
        candidates = [*self._latin_and_kanji(), *self._katakana()]
        candidates.sort(key=lambda candidate: candidate.hit.span)
        certain = self._accepted(candidates)
        explicit = self._explicit(certain)
        clear = [c.hit.entries[0] for c in certain if len(c.hit.entries) == 1]
        return tuple(
            self._decided(candidate, clear, explicit)
            for candidate in sorted(certain, key=lambda candidate: candidate.hit.span)
        )

    # What is a place

    def _latin_and_kanji(self) -> Iterable[_Candidate]:
        for hit in self.gazetteer.hits(self.layout.flat):
            candidate = self._candidate(hit)
            fits = (
                self._fits_in_japanese
                if is_japanese(self.layout.text[hit.span.start])
                else self._fits
            )
            if fits(candidate):
                yield candidate

    def _candidate(self, hit: Hit) -> _Candidate:
        flat, span = self.layout.flat, hit.span
        before, after = (
            flat[max(span.start - _WINDOW, 0) : span.start],
            flat[span.end : span.end + 40],
        )
        is_strong = hit.is_full or bool(
            cues.CITY.search(before)
            or cues.PREFECTURE.search(before)
            or cues.SECOND_CITY.search(before)
            or cues.PROVINCE.match(after)
            or cues.IN_ITALY.match(after)
            or _says_article(hit, flat)
            or self._is_located(hit, after)
        )
        return _Candidate(hit, before, after, is_strong, bool(cues.WEAK.search(before)))

    def _is_located(self, hit: Hit, after: str) -> bool:
        """Whether the province or prefecture of what the name may mean stands behind it in brackets."""
        found = cues.IN_BRACKETS.match(after)
        return found is not None and any(
            found[1] in self.gazetteer.wider_names(entry) for entry in hit.entries
        )

    def _fits(self, candidate: _Candidate) -> bool:
        """Whether a name in Latin letters can be a place where it stands."""
        span = candidate.hit.span
        written = self.layout.text[span.start : span.end]
        if not written[:1].isupper() and not re.split(r"[\s'’\-‐‑]", written)[-1][:1].isupper():
            return False
        if candidate.hit.is_full:
            return not cues.FOREIGN.match(candidate.after)
        if cues.FOREIGN.match(candidate.after) or cues.NOT_A_PLACE.search(candidate.before):
            return False
        if cues.AGENCY.match(self.layout.text[span.end : span.end + 14]):
            return False
        return _says_article(candidate.hit, self.layout.flat) or not self._is_of_a_person(candidate)

    def _is_of_a_person(self, candidate: _Candidate) -> bool:
        """Whether the name stands in a person's, a firm's or a team's."""
        text, span = self.layout.text, candidate.hit.span
        if cues.OFFICE.search(candidate.before):
            return not _shouts(text[span.start : span.end])
        after = re.match(r" ([^\W\d_][\w'’]+)", text[span.end : span.end + 30])
        if after and after[1][0].isupper() and not candidate.is_weak and not candidate.is_strong:
            follows_capital = not cues.FOLLOWERS.match(candidate.after) and not _shouts(after[1])
            if follows_capital:
                return True
        before = re.search(r"([^\W\d_][\w'’]*\.?) $", text[max(span.start - 30, 0) : span.start])
        if not before or not before[1][0].isupper() or _shouts(before[1]):
            return False
        return not self._may_precede(before[1], span)

    def _may_precede(self, word: str, span: Span) -> bool:
        """Whether a capitalised word may stand just before a place: «Comune Siena», «In Giappone», «Secondo Parma»."""
        starts = span.start - len(word) - 1
        begins = starts == self.layout.sentence_at(starts).start
        if word.casefold() in _BEFORE_PLACES:
            return begins or word.casefold() not in _PARTICLES
        return begins and word.casefold() in _FIRST_WORDS

    def _fits_in_japanese(self, candidate: _Candidate) -> bool:
        """Whether a name in Japanese script can be a place where it stands."""
        text, span = self.layout.text, candidate.hit.span
        before, after = text[span.start - 1 : span.start], text[span.end : span.end + 6]
        if cues.JAPANESE_LANDSCAPE.match(after):
            return False
        written = text[span.start : span.end]
        if candidate.hit.is_full:
            return len(written) > 2 or not _is_kanji(before)
        if after[:1] in ("市", "町", "村", "区", "県", "府", "州", "氏", "さ") and not _is_katakana(
            written
        ):
            return False
        if _is_kanji(written[0]):
            large = any(
                e.is_known or e.inhabitants >= _LARGE_IN_KANJI or not e.is_town
                for e in candidate.hit.entries
            )
            alone = not _is_kanji(before) and (
                not _is_kanji(after[:1]) or cues.JAPANESE_FOLLOWERS.match(after)
            )
            return bool(large and alone)
        return "\u30a1" <= written[0] <= "\u30fc" and len(written) > 1

    def _katakana(self) -> Iterable[_Candidate]:
        """Names of Italian places in katakana that no list has."""
        text = self.layout.text
        for run in RUN.finditer(text):
            # «イタリア・ロンバルディア州»: the country is no part of the name.
            start = run.start() + (len("イタリア・") if run[0].startswith("イタリア・") else 0)
            rank = text[run.end() : run.end() + 1]
            entries = self.gazetteer.sounding(
                sound_of(text[start : run.end()]), is_region=rank == "州"
            )
            chamber = text[run.end() :].startswith(("商工会議所", "大学"))
            ranked = (
                rank in ("市", "州", "町", "村", "県")
                and text[run.end() + 1 : run.end() + 2] != "長"
            )
            large = any(
                entry.inhabitants >= _LARGE_IN_KANJI or not entry.is_town for entry in entries
            )
            if entries and not (
                rank == "市" and text[run.end() + 1 : run.end() + 2] == "長" and "・" in run[0]
            ):
                if cues.JAPANESE_LANDSCAPE.match(text[run.end() : run.end() + 2]):
                    continue
                end = run.end() + (1 if rank in ("市", "州", "町", "村", "県") and rank else 0)
                candidate = self._candidate(Hit(Span(start, end), entries, is_full=False))
                yield replace(candidate, is_strong=ranked or chamber or large)

    def _accepted(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """Those that are places, by what stands around them or by another mention that is surely one."""
        apart = _apart(candidates)
        sure: list[_Candidate] = []
        rest: list[_Candidate] = []
        for candidate in apart:
            (sure if self._is_sure(candidate) else rest).append(candidate)
        names = {entry.key for c in sure for entry in c.hit.entries}
        ends = {c.hit.span.end for c in sure}
        return sure + [c for c in rest if self._is_probable(c, names, ends)]

    def _is_sure(self, candidate: _Candidate) -> bool:
        entries, span = candidate.hit.entries, candidate.hit.span
        if candidate.is_strong:
            return True
        if is_japanese(self.layout.text[span.start]):
            return not _is_katakana(self.layout.text[span.start : span.end]) or any(
                e.is_known for e in entries
            )
        name = self.layout.flat[span.start : span.end]
        if name in words("common_names"):
            return False
        if any(e.is_known or e.inhabitants >= _LARGE or not e.is_town for e in entries):
            return True
        if entries[0].is_japanese and not self._is_of_japan(candidate):
            return False
        return " " in name or "'" in name or candidate.is_weak or self._begins_a_pair(span)

    def _is_of_japan(self, candidate: _Candidate) -> bool:
        """Whether the sentence of a small town's name speaks of Japan."""
        sentence = self.layout.sentence_at(candidate.hit.span.start)
        around = self.layout.flat[sentence.start : sentence.end]
        return bool(
            re.search("giappon|nippon|japan|prefett|prefect", around)
        ) or self._begins_a_pair(candidate.hit.span)

    def _begins_a_pair(self, span: Span) -> bool:
        """Whether the name stands in a pair such as «Camogli – Toba», or in a list of such."""
        text = self.layout.text
        after = re.match(r"(?: – | — | - |/)[^\W\d_]", text[span.end : span.end + 4])
        before = re.search(r"[^\W\d_](?: – | — | - |/)$", text[max(span.start - 4, 0) : span.start])
        return bool(after or before)

    def _is_probable(self, candidate: _Candidate, keys: set[str], ends: set[int]) -> bool:
        """Whether a doubtful name is named surely elsewhere, or in one list with a sure one."""
        if any(entry.key in keys for entry in candidate.hit.entries):
            return True
        listed = re.search(
            r"(?:, | e | ed | and |/| – | - )$", self.layout.text[: candidate.hit.span.start][-6:]
        )
        common = self.layout.flat[candidate.hit.span.start : candidate.hit.span.end] in words(
            "common_names"
        )
        return bool(listed and not common and candidate.hit.span.start - len(listed[0]) in ends)

    # Which place

    def _explicit(self, candidates: list[_Candidate]) -> Counter[str]:
        """How often the text names each place in full, or with a word that says its kind."""
        counted: Counter[str] = Counter()
        for candidate in candidates:
            kinds = self._kinds(candidate)
            fitting = [entry for entry in candidate.hit.entries if _is_one_of(entry, kinds)]
            if kinds and len(fitting) == 1:
                counted[fitting[0].key] += 1
            elif candidate.hit.is_full and len(candidate.hit.entries) == 1:
                counted[candidate.hit.entries[0].key] += 1
        return counted

    def _kinds(self, candidate: _Candidate) -> str:
        """What the words before the name say that it is: ranks of Japan, or «P» for a prefecture, «C» for any town."""
        if cues.PREFECTURE.search(candidate.before):
            return "P"
        for pattern, ranks in cues.RANKS:
            if pattern.search(candidate.before):
                return ranks
        if cues.CITY.search(candidate.before) or cues.SECOND_CITY.search(candidate.before):
            return "C"
        return ""

    def _decided(
        self, candidate: _Candidate, clear: list[Entry], explicit: Counter[str]
    ) -> Mention:
        entries = candidate.hit.entries
        if len(entries) == 1:
            confidence = 0.95 if candidate.is_strong else 0.85
            return Mention(
                candidate.hit.span, entries[0], (), confidence, is_explicit=candidate.is_strong
            )
        scores = {entry.key: self._score(candidate, entry, clear, explicit) for entry in entries}
        ranked = sorted(entries, key=lambda entry: (-scores[entry.key], entry.key))
        margin = scores[ranked[0].key] - scores[ranked[1].key]
        confidence = min(0.95, 0.55 + margin / 10)
        return Mention(
            candidate.hit.span,
            ranked[0],
            tuple(ranked[1:4]),
            round(confidence, 2),
            candidate.is_strong,
        )

    def _score(
        self, candidate: _Candidate, entry: Entry, clear: list[Entry], explicit: Counter[str]
    ) -> float:
        score = (
            _size(entry)
            + entry.is_known * entry.is_town
            + _fits_kind(entry, self._kinds(candidate))
        )
        score += 4.0 * bool(explicit[entry.key]) + 0.5 * (next(iter(explicit), "") == entry.key)
        score += self._nearness(candidate, entry)
        score += 2.0 * any(other.key in entry.partners for other in clear)
        score += 1.5 * any(
            other.key == entry.region for other in clear if other not in candidate.hit.entries
        )
        if (
            any(other.key == entry.region for other in candidate.hit.entries)
            and not entry.is_japanese
        ):
            score -= 3.0  # Molise is the region, not the village in it
        if entry.named.kind in (PlaceKind.PROVINCE, PlaceKind.METROPOLITAN_CITY):
            score -= 6.0 * (not candidate.hit.is_full)
        return score

    def _nearness(self, candidate: _Candidate, entry: Entry) -> float:
        """What stands just behind the name: its province in brackets, its prefecture, its country."""
        if found := cues.IN_BRACKETS.match(candidate.after):
            return 12.0 * (found[1] in self.gazetteer.wider_names(entry))
        if found := cues.PROVINCE.match(candidate.after):
            return 12.0 if entry.province.casefold() == found[1] else 0.0
        flat, span = self.layout.flat, candidate.hit.span
        region = self.gazetteer.by_key.get(entry.region)
        here = self.layout.sentence_at(span.start)
        behind = flat[span.end : min(span.end + 70, here.end)]
        ahead = flat[max(here.start, span.start - 45) : span.start]
        score = 0.0
        if region:
            names = [name for name in region.names if name]
            score += 8.0 * any(
                _names(behind, name) or (is_japanese(name[0]) and ahead.endswith(name))
                for name in names
            )
            score += 2.0 * any(_names(ahead, name) for name in names)
        if entry.is_town and entry.inhabitants >= _CAPITAL and _LOCATIVE.search(candidate.before):
            score += 5.0
        if candidate.before.endswith("(") and not entry.is_town:
            score += 4.0  # «Kashiwara (Osaka)»: where a town lies
        japan = bool(_JAPAN.search(ahead) or _JAPAN.match(behind))
        return score + 3.0 * (japan == entry.is_japanese) * japan


_JAPAN = re.compile(r".{0,25}\b(?:giappon|nippon|japan)")
_BEFORE_PLACES = frozenset(
    [
        "comune",
        "città",
        "citta",
        "regione",
        "provincia",
        "prefettura",
        "sindaco",
        "sindaca",
        "tra",
        "fra",
        "da",
        "a",
        "di",
        "in",
        "per",
        "con",
        "e",
        "ed",
        "il",
        "la",
        "le",
        "lo",
        "the",
        "of",
        "and",
        "from",
        "to",
        "between",
        "expo",
        "tokyo",
        "giappone",
        "italia",
        "japan",
        "italy",
        "camera",
        "università",
        "municipality",
        "city",
        "region",
        "prefecture",
        "mayor",
        "mayors",
        "forza",
        "viva",
        "verso",
        "dopo",
        "secondo",
        "anche",
        "così",
        "oggi",
        "ieri",
    ]
)
# «Luciana Di Bisceglie» is a person.
_PARTICLES = frozenset(("di", "da", "lo", "la", "del", "della"))
_FIRST_WORDS = frozenset(
    [
        "a",
        "ad",
        "da",
        "di",
        "in",
        "per",
        "con",
        "tra",
        "fra",
        "e",
        "ed",
        "anche",
        "ora",
        "così",
        "oggi",
        "ieri",
        "dopo",
        "mentre",
        "quando",
        "se",
        "come",
        "dove",
        "già",
        "sono",
        "è",
        "ha",
        "secondo",
        "grazie",
        "both",
        "while",
        "when",
        "since",
        "in",
        "at",
        "with",
        "today",
        "yesterday",
        "last",
        "for",
        "after",
        "as",
    ]
)


def _size(entry: Entry) -> float:
    """How likely a place is meant by its size alone; a region's capital comes before it, a lesser town does not."""
    return log10(entry.inhabitants + 10) / 2 + 0.5 if entry.is_town else _SIZE_OF_TERRITORY


def _apart(candidates: list[_Candidate]) -> list[_Candidate]:
    """Without those that overlap one before; where two begin alike, the longest."""
    apart: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.hit.span.start, -c.hit.span.end)):
        if not apart or candidate.hit.span.start >= apart[-1].hit.span.end:
            apart.append(candidate)
    return apart


def _says_article(hit: Hit, flat: str) -> bool:
    """Whether the name has an article that a surname would not have: «della Spezia», «all'Aquila»."""
    return bool(re.match(r"(?:de|a|da|ne|su)ll?[ao']? ?\w", flat[hit.span.start : hit.span.end]))


def _names(letters: str, name: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(flat(name))}(?![a-z])", letters) is not None


def _is_one_of(entry: Entry, kinds: str) -> bool:
    if kinds == "P":
        return entry.named.kind == PlaceKind.PREFECTURE
    if kinds == "C":
        return entry.is_town
    return entry.is_town and (not entry.is_japanese or entry.rank in kinds)


def _fits_kind(entry: Entry, kinds: str) -> float:
    if not kinds:
        return 0.0
    if _is_one_of(entry, kinds):
        return 6.0
    return 2.0 if kinds != "P" and entry.is_town else 0.0


def _shouts(word: str) -> bool:
    """Whether a word is in capitals, as in headings."""
    return word.isupper() and len(word) > 1


def _is_kanji(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or letter == "々"


def _is_katakana(word: str) -> bool:
    return all("\u30a1" <= letter <= "\u30fc" or letter in "・＝" for letter in word)


def suggestions(mentions: Iterable[Mention]) -> tuple[Suggestion[Named], ...]:
    """Each place once, with all its mentions as evidence, in the order in which they are first named."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.key].append(mention)
    return tuple(_suggestion(group) for group in found.values())


def _suggestion(group: list[Mention]) -> Suggestion[Named]:
    best = max(group, key=lambda mention: mention.confidence)
    others = () if best.confidence >= 0.8 else tuple(other.named for other in best.others)
    return Suggestion(
        best.entry.named,
        tuple(mention.span for mention in group),
        best.confidence,
        reason_for(best),
        others=others,
    )


def reason_for(mention: Mention) -> str:
    """Why a mention is taken for its place, for the editor."""
    entry = mention.entry
    if not mention.others:
        return _("The text names %(place)s.") % {"place": entry.named.name}
    kind = entry.named.kind.label
    country = Country(entry.named.country).label
    return _(
        "Several places are called so; the text around it speaks for %(place)s (%(kind)s, %(country)s)."
    ) % {
        "place": entry.named.name,
        "kind": kind,
        "country": country,
    }
