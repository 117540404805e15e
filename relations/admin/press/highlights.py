"""The text of a release with the evidence of each suggestion marked in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from relations.press.readings import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text; `rows` are the suggestions that rest on it, and `number` that of its mark (0: none)."""

    text: str
    rows: tuple[str, ...] = ()
    number: int = 0


def pieces(text: str, evidence: Mapping[str, Sequence[Span]]) -> list[Piece]:
    """The text from its beginning to its end, cut where the evidence of a row begins or ends."""
    spans = [(span, row) for row, found in evidence.items() for span in found]
    cuts = sorted({0, len(text), *_ends(span for span, _row in spans)})
    made, number = [], 0
    for start, end in pairwise(cuts):
        rows = tuple(
            dict.fromkeys(row for span, row in spans if span.start <= start and end <= span.end)
        )
        number += bool(rows)
        made.append(Piece(text[start:end], rows, number if rows else 0))
    return made


def first_marks(found: Iterable[Piece]) -> dict[str, int]:
    """The number of the first mark of each row."""
    first: dict[str, int] = {}
    for piece in found:
        for row in piece.rows:
            first.setdefault(row, piece.number)
    return first


def _ends(spans: Iterable[Span]) -> Iterable[int]:
    for span in spans:
        yield span.start
        yield span.end
