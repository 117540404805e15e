"""Words that look like the name of a Japanese place but are none: «Kanzawa», and what they may mean."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from relations.press.gazetteer import Entry, Gazetteer
from relations.press.layout import Layout
from relations.press.letters import flat, is_japanese
from relations.press.people import PeopleReader
from relations.press.places import Mention
from relations.press.readings import Named, Span, Suggestion
from relations.press.words import words

_WORD = re.compile(r"(?<![\w'’])[A-ZŌŪ][a-zōū]{4,24}(?:-(?:shi|cho|machi|mura|son|ku))?(?![\w'’])")
_SYLLABIC = re.compile(
    r"(?:(?:[kgsztdnhbpmr]y|ch|sh|ts|[kgsztdnhbpmyrwjf])?[aeiou](?:h(?![aeiou]))?|n(?![aeiou])|kk|tt|ss|pp)+"
)
# Where a place may stand: after a preposition, or as one half of a pair.
_BEFORE = re.compile(
    r"(?:\b(?:di|a|ad|con|da|e|ed|tra|fra|citta|of|in|with|and|to|prefettura|villaggio)|[–—/-]|\b(?:dell|all)')\s?$"
)
_RANKED = re.compile(r"(?P<stem>\w{3,})[ -]?(?P<rank>shi|cho|machi|mura|son|ku)$")
_ROMAN_RANKS = {"shi": "市", "cho": "町", "machi": "町", "mura": "村", "son": "村", "ku": "区"}
_LONG = 6


class NearMissReader:
    """Finds near misses. The names are laid out once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def read(
        self, layout: Layout, places: Sequence[Mention], people: PeopleReader
    ) -> tuple[Suggestion[Named], ...]:
        """The near misses of a text that names Japan, each word once."""
        found: dict[str, Suggestion[Named]] = {}
        named = {place.key for place in places}
        for word in self._words(layout, places, people):
            written = layout.text[word.start : word.end]
            meant = [entry for entry in self._near(flat(written)) if entry.key not in named]
            if meant and written not in found:
                found[written] = _suggestion(written, word, meant)
        return tuple(found.values())

    def _words(
        self, layout: Layout, places: Sequence[Mention], people: PeopleReader
    ) -> Iterator[Span]:
        """The words that sound Japanese, stand where a place may, and are neither place nor person."""
        if not re.search("giappon|japan|nippon|prefett|prefect", layout.flat):
            return
        taken = bytearray(len(layout.text))
        for taken_span in (*(p.span for p in places), *(p.span for p in people.mentions)):
            length = taken_span.end - taken_span.start
            taken[taken_span.start : taken_span.end] = b"\1" * length
        for word in _WORD.finditer(layout.text):
            span = Span(word.start(), word.end())
            sounds = _SYLLABIC.fullmatch(layout.flat[span.start : span.end].replace(" ", ""))
            stands = _BEFORE.search(
                layout.flat[max(span.start - 14, 0) : span.start]
            ) or _BEFORE.search(layout.text[max(span.start - 3, 0) : span.start])
            if sounds and stands and not any(taken[span.start : span.end]):
                yield span

    def _near(self, word: str) -> list[Entry]:
        """The places whose names differ by a letter, the largest first; of names with a rank, by a syllable."""
        if word in self._names or word in words("common_names") | words("given_names"):
            return []
        keys = {key for deleted in _deletes(word) for key in self._deleted.get(deleted, ())}
        if not keys and (ranked := _RANKED.fullmatch(word)):
            keys = set(self._of_rank(ranked["stem"], _ROMAN_RANKS[ranked["rank"]]))
        found = [self.gazetteer.by_key[key] for key in keys]
        return sorted(found, key=lambda entry: (-entry.inhabitants, entry.key))[:3]

    def _of_rank(self, stem: str, rank: str) -> Iterator[str]:
        for entry in self.gazetteer.entries:
            name = flat(entry.named.name)
            alike = (
                name[:2] == stem[:2] and name[-2:] == stem[-2:] and abs(len(name) - len(stem)) <= 2
            )
            if entry.is_japanese and entry.rank == rank and alike and name != stem:
                yield entry.key

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(flat(entry.named.name) for entry in self.gazetteer.entries)

    @cached_property
    def _deleted(self) -> dict[str, list[str]]:
        """Each name with each of its letters left out in turn → the places called so."""
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self.gazetteer.entries:
            name = flat(entry.named.name)
            if entry.is_japanese and len(name) >= _LONG and not is_japanese(name[0]):
                for deleted in _deletes(name):
                    found[deleted].append(entry.key)
        return found


def _deletes(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _suggestion(written: str, word: Span, meant: list[Entry]) -> Suggestion[Named]:
    reason = _("No place is called “%(word)s”; %(place)s is spelled nearly so.") % {
        "word": written,
        "place": meant[0].named.name,
    }
    return Suggestion(
        meant[0].named, (word,), 0.4, reason, others=tuple(entry.named for entry in meant[1:])
    )
