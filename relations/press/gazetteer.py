"""The places that a release may name, found by all their names at once.

Pure: what is stored of them is read by `relations.press.stored`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import ahocorasick

from relations.enums import Country, PlaceKind
from relations.press.katakana import in_katakana, sound_of
from relations.press.letters import flat, is_japanese
from relations.press.naming import names_of
from relations.press.readings import Named, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with what tells it from others of its name.

    `names` are its names and spellings in any language, `region` the key of its region or
    prefecture, `province` an Italian abbreviation such as SP, `partners` the keys of those
    that the atlas ties it to; `is_known` says whether the atlas has it.
    """

    named: Named
    names: tuple[str, ...]
    reading: str = ""
    region: str = ""
    province: str = ""
    inhabitants: int = 0
    is_known: bool = False
    partners: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> str:
        """Its country and code."""
        return self.named.key

    @property
    def is_japanese(self) -> bool:
        """Whether it is in Japan."""
        return self.named.country == Country.JAPAN

    @property
    def is_town(self) -> bool:
        """Whether it is a municipality or a ward."""
        return self.named.kind in (PlaceKind.MUNICIPALITY, PlaceKind.WARD)

    @property
    def rank(self) -> str:
        """How Japan ranks it: 市, 町, 村, 区, 県…; empty for Italy."""
        native = next((name for name in self.names if name and is_japanese(name[-1])), "")
        return native[-1] if self.is_japanese and native else ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text, and whom it may mean. `is_full` says that the name tells the kind of place too."""

    span: Span
    entries: tuple[Entry, ...]
    is_full: bool


class Gazetteer:
    """All places, ready to be looked up. Made once: it takes about a second."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.by_key = {entry.key: entry for entry in self.entries}
        self._names = _automaton(self.entries)
        self._provinces = {e.province: e for e in self.entries if e.province and not e.is_town}
        self._sounds: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if not entry.is_japanese:
                for sound in _sounds(entry):
                    self._sounds[sound].append(entry)

    def wider_names(self, entry: Entry) -> tuple[str, ...]:
        """The flat names of the region or prefecture and of the province that a place lies in."""
        wider = [self.by_key.get(entry.region), self._provinces.get(entry.province)]
        names = [name for area in wider if area for name in area.names if name]
        return tuple(
            re.sub(
                r"^(?:provincia|prefettura|citta metropolitana) (?:autonoma )?(?:di |della |dell'|del )",
                "",
                flat(name),
            )
            for name in names
        )

    def sounding(self, sound: str, *, is_region: bool) -> tuple[Entry, ...]:
        """The Italian towns, or else regions, whose names in katakana sound so (`katakana.sound_of`)."""
        found = self._sounds.get(sound, ())
        return tuple(
            entry for entry in found if is_region == (entry.named.kind == PlaceKind.REGION)
        )

    def hits(self, flat_text: str) -> Iterator[Hit]:
        """The names in a flat text (`letters.flat`), in order; where some overlap, the longest."""
        if not len(self._names):
            return
        found = [
            (end + 1 - len(name), end + 1, keys, is_full)
            for end, (name, keys, is_full) in self._names.iter(flat_text)
            if _stands_alone(flat_text, end + 1 - len(name), end + 1)
        ]
        behind = 0
        for start, end, keys, is_full in sorted(found, key=lambda hit: (hit[0], -hit[1])):
            if start >= behind:
                yield Hit(Span(start, end), tuple(self.by_key[key] for key in keys), is_full)
                behind = end


def _automaton(entries: Iterable[Entry]) -> ahocorasick.Automaton:
    """All names → the keys of the places called so, and whether each tells its kind."""
    meant: dict[str, dict[str, bool]] = defaultdict(dict)
    for entry in entries:
        for name, is_full in names_of(entry):
            known = meant[flat(name)].get(entry.key, False)
            meant[flat(name)][entry.key] = known or is_full
    names = ahocorasick.Automaton()
    for name, keys in meant.items():
        if name.strip():
            names.add_word(name, (name, tuple(keys), all(keys.values())))
    names.make_automaton()
    return names


def _sounds(entry: Entry) -> Iterator[str]:
    """How the names of an Italian place sound in Japanese; the shortest mean too much."""
    if entry.is_town or entry.named.kind == PlaceKind.REGION:
        sounds = {
            sound_of(in_katakana(flat(name))) for name in entry.names if not is_japanese(name[0])
        }
        yield from (sound for sound in sorted(sounds) if len(sound) > 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name is no part of a longer word; Japanese parts its words by script alone."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if is_japanese(text[start]):
        katakana = "\u30a1" <= text[start] <= "\u30fc"
        goes_on = _is_katakana(text[end - 1]) and _is_katakana(after)
        return not (katakana and (_is_katakana(before) or goes_on))
    if before.isalnum() and not is_japanese(before):
        return False
    return not after.isalnum() or is_japanese(after)


def _is_katakana(letter: str) -> bool:
    return "\u30a1" <= letter <= "\u30fc"
