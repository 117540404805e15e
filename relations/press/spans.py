"""Finding what lies in a part of the text, among mentions in the order of the text."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol, TypeVar

from relations.press.readings import Span


class Mentioned(Protocol):
    """What has a place in the text."""

    @property
    def span(self) -> Span:
        """Its characters."""


Item = TypeVar("Item", bound=Mentioned)


def starting_in(items: Sequence[Item], span: Span) -> Sequence[Item]:
    """Those of some mentions, in the order of the text, that begin within a span; fast for many."""
    first = bisect_left(items, span.start, key=lambda item: item.span.start)
    last = bisect_left(items, span.end, lo=first, key=lambda item: item.span.start)
    return items[first:last]
