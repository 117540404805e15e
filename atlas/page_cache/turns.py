"""One thread makes an answer while the others that want the same wait for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds; who has waited so long makes the answer too.
PATIENCE = 20


class Turns:
    """Whose turn it is to make what. Within a process: of several, each makes an answer once."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        # Each with how many threads have it or wait for it.
        self._locks: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def of(self, what: str) -> Iterator[bool]:
        """Take the turn to make something, and say whether another had it until now."""
        with self._guard:
            lock, threads = self._locks.get(what, (threading.Lock(), 0))
            self._locks[what] = (lock, threads + 1)
        taken = lock.acquire(timeout=PATIENCE)
        try:
            yield threads > 0
        finally:
            if taken:
                lock.release()
            self._leave(what)

    def _leave(self, what: str) -> None:
        with self._guard:
            lock, threads = self._locks.pop(what)
            if threads > 1:
                self._locks[what] = (lock, threads - 1)
