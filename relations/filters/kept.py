"""What is kept of what pages make of the data, the least lately used given up first."""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

# So many bytes are kept.
MOST_KEPT = 8_000_000
# What anything but a text is taken to weigh unless it is said: a record with its life is as large.
RECORD = 12_000
# What the place of a value among the others weighs.
PLACE = 300


class Kept:
    """Values by what they are and their key, at most MOST_KEPT bytes of them. For several threads."""

    def __init__(self) -> None:
        # Each with what it weighs.
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    def take(
        self,
        what: Hashable,
        keys: Collection[Key],
        make: Callable[[Collection[Key]], Mapping[Key, Made]],
        weight: int = RECORD,
    ) -> dict[Key, Made]:
        """The values of some keys; those that are missing are made now. What is no text weighs as much as is said."""
        with self._lock:
            found = {key: self._values[what, key][0] for key in keys if (what, key) in self._values}
            for key in found:
                self._values.move_to_end((what, key))
        if missing := [key for key in keys if key not in found]:
            made = make(missing)
            found |= made
            with self._lock:
                self._put({(what, key): value for key, value in made.items()}, weight)
        return found

    def _put(self, values: Mapping[Hashable, Any], weight: int) -> None:
        for key, value in values.items():
            if key not in self._values:
                size = sys.getsizeof(value) if isinstance(value, str | int) else weight
                self._weight += PLACE + size
                self._values[key] = (value, PLACE + size)
        while self._weight > MOST_KEPT:
            _key, (_value, size) = self._values.popitem(last=False)
            self._weight -= size
