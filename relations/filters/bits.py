"""Sets of rows as whole numbers, whose bit n is row n: to intersect and to count them is one step of the processor for many rows."""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice
from typing import Any, overload

Masks = Mapping[Any, int]

_DIGITS = bytes.maketrans(b"01", b"\0\1")
_ONE = re.compile("1")


def set_of(places: Iterable[int | None], size: int) -> int:
    """The set of the rows at some places, of so many rows; None stands nowhere."""
    bits = bytearray(size // 8 + 1)
    for place in places:
        if place is not None:
            bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def masks_of(values: Sequence[Any]) -> Masks:
    """For each value the set of the rows that have it; `values` are those of all rows."""
    places: dict[Any, bytearray] = {}
    size = len(values) // 8 + 1
    for n, value in enumerate(values):
        bits = places.get(value)
        if bits is None:
            bits = places[value] = bytearray(size)
        bits[n >> 3] |= 1 << (n & 7)
    return defaultdict(int, {v: int.from_bytes(bits, "little") for v, bits in places.items()})


def flags_of(rows: int, size: int) -> bytes:
    """A set of so many rows with a byte for each: to look at bit n of a number takes longer the longer it is."""
    return f"{rows:b}".encode()[::-1].translate(_DIGITS).ljust(size, b"\0")


def places_in(rows: int) -> list[int]:
    """The places of the rows of a set of few, in their order."""
    return [match.start() for match in _ONE.finditer(f"{rows:b}"[::-1])]


class Places:
    """Where each key is among rows, in a tenth of the memory of a dictionary."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take pairs of a key and its place."""
        ordered = sorted(pairs)
        self._keys = array("q", (key for key, _place in ordered))
        self._places = array("I", (place for _key, place in ordered))

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def get(self, key: int) -> int | None:
        """The place of a key; None where it has none."""
        n = bisect_left(self._keys, key)
        found = n < len(self._keys) and self._keys[n] == key
        return self._places[n] if found else None


class Order:
    """Rows in the order of a list."""

    def __init__(self, places: Iterable[int | None], size: int) -> None:
        """Take the places of the rows in their order, of so many rows that there are."""
        self._places = array("I", (place for place in places if place is not None))
        self._ranks = array("I", bytes(4 * size))
        for rank, place in enumerate(self._places):
            self._ranks[place] = rank
        self.rows = set_of(self._places, size)

    def some(self, rows: int, start: int, stop: int) -> list[int]:
        """From one to another of those rows of a set that are in the order, as places."""
        rows &= self.rows
        count = rows.bit_count()
        size = len(self._ranks)
        # Few are sorted; of many, the first are soon met on the way through the order.
        if count * count <= size * min(stop, count):
            return sorted(places_in(rows), key=self._ranks.__getitem__)[start:stop]
        flags = flags_of(rows, size)
        return list(
            islice(compress(self._places, map(flags.__getitem__, self._places)), start, stop)
        )


class Ordered(Sequence[int]):
    """The keys of the rows of a set, in an order; worked out for as many as are asked for."""

    def __init__(self, rows: int, order: Order, keys: Sequence[int]) -> None:
        """Take a set, the order, and the keys of all rows."""
        self._rows, self._order, self._keys = rows & order.rows, order, keys
        self._count = self._rows.bit_count()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> list[int]: ...

    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            start, stop, step = at.indices(self._count)
            if step == 1:
                return [self._keys[place] for place in self._order.some(self._rows, start, stop)]
            return list(self)[at]
        return self[:][at]

    def __iter__(self) -> Iterator[int]:
        return iter(self[:])
