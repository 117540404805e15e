"""The folder of the releases: zips that never change once they stand there."""

import json
import logging
import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from zipfile import BadZipFile, ZipFile

from relations.releases.editions import Edition, number_in

MANIFEST = "manifest.json"
_READABLE = 0o644

logger = logging.getLogger(__name__)


class ReleaseError(Exception):
    """A release that cannot be made or read; the message says why and what to do."""


# What a file that anybody may have put there can do to who opens it: it is no zip, is encrypted or packed
# in some other way, or its manifest is not what it should be.
_UNREADABLE = (
    AttributeError,
    BadZipFile,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,  # RecursionError too
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Release:
    """A release as it stands in the folder. `manifest` is what it says of itself and of its files."""

    path: Path
    size: int
    sha256: str
    manifest: dict[str, Any]

    @property
    def number(self) -> int:
        """Its number, from 1 on."""
        return int(self.manifest["number"])

    @property
    def day(self) -> date:
        """The day that it is of."""
        return date.fromisoformat(self.manifest["date"])

    @property
    def edition(self) -> Edition:
        """What it is called, and where its URIs begin."""
        return Edition(self.manifest["site"], self.number, self.day)

    def read(self, name: str) -> bytes:
        """A file in it; nothing where it has no such file."""
        with ZipFile(self.path) as archive:
            return archive.read(name) if name in archive.namelist() else b""


def releases(folder: Path) -> list[Release]:
    """All that can be read, the last first. What cannot is left out, and said in the log."""
    found = []
    for path in _paths(folder):
        try:
            found.append(read(path))
        except ReleaseError as error:
            logger.warning("%s", error)
    return found


def last_release(folder: Path) -> Release | None:
    """The last one, if there is any.

    Raises:
        ReleaseError: it cannot be read.
    """
    paths = _paths(folder)
    return read(paths[0]) if paths else None


def read(path: Path) -> Release:
    """A release; read once as long as its file stays the same.

    Raises:
        ReleaseError: it cannot be read, or is none.
    """
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except _UNREADABLE as error:
        raise ReleaseError(
            f"{path} is no release that can be read: {error}. Take it out of the folder."
        ) from error


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int, size: int) -> Release:
    with ZipFile(path) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    release = Release(path, size, sha256(path.read_bytes()).hexdigest(), manifest)
    if release.edition.file_name != path.name:
        raise ValueError(f"it says that it is {release.edition.file_name}")
    return release


def put(folder: Path, edition: Edition, body: bytes) -> Path:
    """Put a new release into the folder, whole or not at all.

    Raises:
        ReleaseError: a release with this number is there.
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / edition.file_name
    if edition.number in [_number(there) for there in _paths(folder)]:
        raise _is_there(edition)
    descriptor, name = mkstemp(dir=folder, prefix=".release-")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(descriptor)
        unfinished.chmod(_READABLE)
        path.hardlink_to(unfinished)  # unlike a renaming, this never replaces what is there
    except FileExistsError as error:
        raise _is_there(edition) from error
    finally:
        unfinished.unlink()
    return path


def _is_there(edition: Edition) -> ReleaseError:
    return ReleaseError(f"Release {edition.number} is there already. A release is never replaced.")


def _paths(folder: Path) -> list[Path]:
    """The files that are called like releases, the last first."""
    found = [path for path in folder.glob("*.zip") if _number(path)]
    return sorted(found, key=lambda path: (_number(path), path.name), reverse=True)


def _number(path: Path) -> int:
    return number_in(path.name) or 0
