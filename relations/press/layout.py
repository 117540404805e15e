"""How a release is laid out: its lines, its sentences, and what in it is a speech in quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from relations.enums import Language
from relations.press.languages import language_of
from relations.press.letters import flat
from relations.press.readings import Span

_STOP = re.compile(r"[.!?…]+[»”\"’)]*(?=\s|$)|[。！？]+[」』）]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dott|dr|prof|ing|avv|on|sig|arch|geom|cav|comm|mons|sen|rag|art|n|nr|tel|mr|mrs|ms|st|jr|"
    r"s|ss|ecc|es|gen|feb|mar|apr|mag|giu|lug|ago|set|sett|ott|nov|dic|jan|aug|sep|sept|oct|dec|pag|cit|lett|gov|no|vs)|\bdott\.ssa|\b[a-z])$"
)
_QUOTE = re.compile(r"[“”„«»\"「」『』]")
_CLOSING = {"“": "”", "„": "”", "«": "»", '"': '"', "「": "」", "『": "』", "”": "”"}
# What is shorter than a sentence is a title or a term, not a speech.
_SHORTEST_SPEECH = 45
_SHORTEST_JAPANESE_SPEECH = 30
_LONGEST_SENTENCE = 1500
# A text wrapped by a typewriter has lines of about the same, small length.
_WRAPPED = range(50, 101)
_FULL_LINE = 0.7


@dataclass(frozen=True)
class Layout:
    """A tidied text, with its parts. All are found in one pass over it."""

    text: str

    @cached_property
    def flat(self) -> str:
        """The text for comparison (`letters.flat`), with its line ends where a line is not merely wrapped."""
        letters = list(self._letters)
        for end in self._ends_of_paragraphs():
            if end < len(letters):
                letters[end] = "\n"
        return "".join(letters)

    @cached_property
    def _letters(self) -> str:
        return flat(self.text)

    @cached_property
    def language(self) -> Language:
        """The language that most of it is in."""
        return language_of(self.text)

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The lines that are not empty."""
        lines, start = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                lines.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(lines)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, without the blanks around them; a heading is one too."""
        stops = sorted({*self._ends_of_paragraphs(), *self._full_stops(), len(self.text)})
        stops = sorted({*stops, *self._forced_stops(stops)})
        sentences, start = [], 0
        for stop in stops:
            part = self.text[start:stop]
            if part.strip():
                blank = len(part) - len(part.lstrip())
                sentences.append(Span(start + blank, start + len(part.rstrip())))
            start = stop
        return tuple(sentences)

    @cached_property
    def speeches(self) -> tuple[Span, ...]:
        """What stands in quotation marks and is long enough to have been said by somebody."""
        speeches: list[Span] = []
        start, closing = -1, ""
        for found in _QUOTE.finditer(self.text):
            mark = found[0]
            if start < 0:
                start, closing = found.start(), _CLOSING.get(mark, "")
                start = start if closing else -1
            elif mark == closing or (mark == "“" and closing == "“"):
                self._add_speech(speeches, start, found.end())
                start = -1
            elif "\n\n" in self.text[start : found.start()] and mark in _CLOSING:
                start, closing = found.start(), _CLOSING[mark]
        return tuple(speeches)

    def is_spoken(self, position: int) -> bool:
        """Whether a place in the text lies in a speech."""
        return _within(self.speeches, position) is not None

    def line_at(self, position: int) -> Span:
        """The line that a place in the text lies in."""
        found = bisect_right(self.lines, position, key=lambda span: span.start)
        return self.lines[max(found - 1, 0)]

    def sentence_at(self, position: int) -> Span:
        """The sentence that a place in the text lies in, or follows."""
        found = bisect_right(self.sentences, position, key=lambda span: span.start)
        return self.sentences[max(found - 1, 0)]

    def _add_speech(self, speeches: list[Span], start: int, end: int) -> None:
        japanese = self.text[start] in "「『"
        if end - start >= (_SHORTEST_JAPANESE_SPEECH if japanese else _SHORTEST_SPEECH):
            speeches.append(Span(start, end))

    def _forced_stops(self, stops: list[int]) -> Iterator[int]:
        """Where a text without full stops is cut, so that no sentence takes more than its time."""
        start = 0
        for stop in stops:
            while stop - start > _LONGEST_SENTENCE:
                blank = self.text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
                start = blank if blank > start else start + _LONGEST_SENTENCE
                yield start
            start = stop

    def _full_stops(self) -> list[int]:
        return [
            stop.end()
            for stop in _STOP.finditer(self.text)
            if not (stop[0] == "." and self._is_abbreviated(stop.start(), stop.end()))
        ]

    def _is_abbreviated(self, dot: int, after: int) -> bool:
        """Whether a full stop belongs to a word, as in «dott. Rossi» or «S. Maria», or nothing new begins."""
        following = self.text[after : after + 2].strip()
        if following and (following.islower() or following.isdigit()):
            return following.islower() or self.text[dot - 1 : dot] in "nr"
        return bool(_ABBREVIATION.search(self._letters[max(dot - 9, 0) : dot]))

    def _ends_of_paragraphs(self) -> list[int]:
        longest = max((line.end - line.start for line in self.lines), default=0)
        wrapped = longest in _WRAPPED
        return [
            line.end
            for line in self.lines
            if not (wrapped and self._goes_on(line, longest)) and not self._is_cut(line)
        ]

    def _goes_on(self, line: Span, longest: int) -> bool:
        """Whether a sentence runs over the end of a wrapped line."""
        if self.text[line.end : line.end + 2] == "\n\n":
            return False
        return (
            line.end - line.start > _FULL_LINE * longest
            and self.text[line.end - 1] not in ".!?:;»”"
        )

    def _is_cut(self, line: Span) -> bool:
        """Whether the next line begins in the middle of a sentence."""
        return (
            self.text[line.end : line.end + 1] == "\n"
            and self.text[line.end + 1 : line.end + 2].islower()
        )


def _within(spans: tuple[Span, ...], position: int) -> Span | None:
    """The one of some spans, in order and apart, that a position lies in."""
    found = bisect_right(spans, position, key=lambda span: span.start)
    return spans[found - 1] if found and position < spans[found - 1].end else None
