"""Labels beside their marks, and marks in rows, so that none covers another.

Lengths are pixels of the narrowest window that shows lanes. In a wider one marks move apart,
and labels, which keep their size, cannot meet.
"""

from collections.abc import Iterable
from typing import NamedTuple

from relations.text import text_width
from relations.timelines.axis import THOUSAND, Span

# The axis in the narrowest window that shows lanes: see `.timeline` in static/css/timeline.css.
WIDTH = 940.0
LABEL_SIZE = 13.5
RADIUS = 6.0
AWAY = 7.0
# Between what stands in one row.
GAP = 9.0
# A target that is pointed at is so wide (WCAG 2.2, 2.5.8).
TARGET = 24.0
RIGHT, LEFT, INSIDE = "right", "left", "inside"


class Box(NamedTuple):
    """From where to where something reaches along the axis."""

    left: float
    right: float


def place_label(span: Span, label: str) -> tuple[str, Box]:
    """On which side of its mark a label stands, and how far the two reach."""
    start, end = (WIDTH * edge / THOUSAND for edge in span)
    width = text_width(label, LABEL_SIZE)
    if end - start >= width + 2 * AWAY + 2 * RADIUS:
        return INSIDE, Box(start, end)
    room = RADIUS + AWAY + width
    if end + room <= WIDTH:
        return RIGHT, Box(start - RADIUS, end + room)
    if start - room >= 0:
        return LEFT, Box(start - room, end + RADIUS)
    return INSIDE, Box(start, max(end, start + 2 * AWAY + width))


def box_of_target(span: Span) -> Box:
    """How far a mark without a label reaches."""
    start, end = (WIDTH * edge / THOUSAND for edge in span)
    if start == end:
        return Box(start - TARGET / 2, end + TARGET / 2)
    return Box(start, max(end, start + TARGET))


def rows_of(boxes: Iterable[Box]) -> list[int]:
    """The first row in which each box has room, in their order."""
    rows: list[list[Box]] = []
    placed = []
    for box in boxes:
        row = next((n for n, taken in enumerate(rows) if _has_room(box, taken)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(box)
        placed.append(row)
    return placed


def _has_room(box: Box, taken: Iterable[Box]) -> bool:
    return all(box.right + GAP <= other.left or other.right + GAP <= box.left for other in taken)
