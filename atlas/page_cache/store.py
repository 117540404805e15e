"""Where answers are kept: small ones in the cache `pages`, large ones as files beside it.

The cache is the memory of the process, or Redis where several processes share it. Whole-data files
would fill either; as files they are also sent without being read. To lose what is kept, all of it
or a part, is never an error: the answer is made again.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple, TypeVar
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches

from atlas.page_cache.address import Address
from atlas.page_cache.encodings import Encoded
from atlas.page_cache.state import code

logger = logging.getLogger("atlas.page_cache")
Found = TypeVar("Found")

# Bytes; what is larger becomes a file.
LARGE = 128 * 1024
MOST_FILES = 500
# Seconds for which a cache that failed is left alone.
PAUSE = 5
# So long an answer can stand in for one that cannot be made (seconds).
KEPT = 30 * 24 * 3600


class Entry(NamedTuple):
    """An answer as it was sent in a state of the site; of a large one `file` names the body.

    `route` names the view that made it, `made` is when, in seconds since 1970.
    """

    route: str
    state: str
    changed: int
    made: float
    headers: tuple[tuple[str, str], ...]
    encoding: str
    size: int
    body: bytes = b""
    file: str = ""

    def open(self) -> IO[bytes]:
        """The body of a large one.

        Raises:
            OSError: the file is gone.
        """
        return (settings.PAGE_CACHE_DIR / self.file).open("rb")

    def read(self) -> Encoded:
        """The body; see `open`."""
        if not self.file:
            return Encoded(self.body, self.encoding)
        with self.open() as file:
            return Encoded(file.read(), self.encoding)


class Store:
    """Keeps one answer for each address and encoding: the last."""

    def __init__(self) -> None:
        self._asleep_until = 0.0

    def get(self, address: Address, encoding: str) -> Entry | None:
        """What was kept last, of whatever state."""
        return self._try(lambda: caches["pages"].get(_name(address, encoding)))

    def keep(self, address: Address, entry: Entry, body: bytes) -> None:
        """Keep an answer in the place of the one before it."""
        name = _name(address, address.kept_as)
        if entry.size <= LARGE:
            entry = entry._replace(body=body)
        elif file := _write(name, body):
            entry = entry._replace(file=file)
        else:
            return
        self._try(lambda: caches["pages"].set(name, entry, KEPT))

    def _try(self, act: Callable[[], Found]) -> Found | None:
        """Ask the cache, unless it has just failed: who waits for it on every page waits for nothing."""
        if time.monotonic() < self._asleep_until:
            return None
        try:
            return act()
        except Exception as error:  # noqa: BLE001 # of whichever library the cache is made of
            self._asleep_until = time.monotonic() + PAUSE
            logger.warning(
                "The cache of pages does not answer (%s). Pages are made anew; it is tried again in %d s.",
                type(error).__name__,
                PAUSE,
            )
            return None


def _name(address: Address, encoding: str) -> str:
    # What one release has kept another need not understand.
    return f"{code().digest}.{address.key}.{encoding}"


def _write(name: str, body: bytes) -> str:
    """Write a file whole or not at all; its name, or nothing where it cannot be written."""
    folder: Path = settings.PAGE_CACHE_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make_room(folder)
        part = folder / f".{uuid4().hex}"
        try:
            part.write_bytes(body)
            part.replace(folder / name)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("An answer of %d bytes cannot be kept in %s: %s.", len(body), folder, error)
        return ""
    return name


def _make_room(folder: Path) -> None:
    """Remove the oldest where there are too many; any of them can be made again."""
    files = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if len(files) < MOST_FILES:
        return
    files.sort(key=lambda path: path.stat().st_mtime)
    for path in files[: MOST_FILES // 4]:
        path.unlink(missing_ok=True)
