"""Cells that hold the parts of a record, one on each line: parties, signatories, citations, spellings.

    torino | local_government
    nagoya | chamber_of_commerce | Camera di commercio | 名古屋商工会議所 | Nagoya Chamber

A vertical bar or backslash that belongs to a text has a backslash before it, and a line
break inside a text is written as `\\n`. Empty fields at the end may be left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relations.tables.forms import CellError, Form

Line = tuple[Any, ...]
PartyKey = tuple[str, str, str]

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Lines(Form):
    """Any number of parts: `fields` are those of a line, `known_by` those that tell one part from another."""

    def __init__(self, fields: dict[str, Form], known_by: Sequence[str]) -> None:
        self.fields = fields
        self.known_by = [list(fields).index(name) for name in known_by]

    @property
    def expected(self) -> str:  # type: ignore[override] # computed here
        """The fields of a line."""
        return _("one on each line: %s") % " | ".join(self.fields)

    def key(self, line: Line) -> Line:
        """What a part is known by."""
        return tuple(line[place] for place in self.known_by)

    def text(self, value: Iterable[Line]) -> str:
        """A line for each part, in the order of what is written."""
        return "\n".join(sorted(map(self._written, value)))

    def parse(self, text: str) -> tuple[Line, ...]:
        """The parts, sorted; each is there once."""
        lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
        parts = sorted(map(self._read, lines))
        if twice := [key for key, n in Counter(map(self.key, parts)).items() if n > 1]:
            named = " | ".join(str(part) for part in twice[0])
            raise CellError(_("“%(line)s” stands twice. Leave one of the lines.") % {"line": named})
        return tuple(parts)

    def _written(self, line: Line) -> str:
        cells = [_escaped(form.text(v)) for form, v in zip(self.fields.values(), line, strict=True)]
        while cells and not cells[-1]:
            cells.pop()
        return " | ".join(cells)

    def _read(self, text: str) -> Line:
        cells = [_unescaped(cell) for cell in _split(text)]
        if len(cells) > len(self.fields):
            raise CellError(
                _("“%(line)s” has more than %(count)d fields. Write a line as: %(fields)s.")
                % {"line": text, "count": len(self.fields), "fields": " | ".join(self.fields)}
            )
        cells += [""] * (len(self.fields) - len(cells))
        try:
            return tuple(form.parse(c) for form, c in zip(self.fields.values(), cells, strict=True))
        except CellError as error:
            raise CellError(
                _("In the line “%(line)s”: %(problem)s") % {"line": text, "problem": error}
            ) from error


class Mark(Form):
    """A word that is there or not: `preferred`."""

    def __init__(self, word: str) -> None:
        self.word = word

    def text(self, value: bool) -> str:  # noqa: FBT001 # the value of a cell
        """The word, or nothing."""
        return self.word if value else ""

    def parse(self, text: str) -> bool:
        """Whether the word is there."""
        if text.strip() not in ("", self.word):
            raise CellError(
                _("“%(text)s” is neither empty nor “%(word)s”.") % {"text": text, "word": self.word}
            )
        return bool(text.strip())


def party_names(parties: Iterable[PartyKey]) -> dict[PartyKey, str]:
    """The shortest name of each party of an agreement: `torino`, else `torino/university`, else with its English name."""
    keys = list(parties)
    counts = Counter("/".join(key[:width]) for key in keys for width in (1, 2, 3))
    return {
        key: next(
            (name for width in (1, 2) if counts[name := "/".join(key[:width])] == 1),
            "/".join(key),
        )
        for key in keys
    }


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("|", "\\|")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _split(text: str) -> list[str]:
    """The fields of a line, still with their backslashes."""
    fields, start, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == "|":
            fields.append(text[start:place])
            start = place + 1
        place += 1
    return [*fields, text[start:]]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text.strip())
