"""Files that are whole or not there."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relations.backups.contents import BackupError

OWNER_ONLY = 0o600


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file to write to, which takes its name once all of it is on the disk.

    Where anything fails it is removed, and what the system says becomes a BackupError.
    """
    if path.exists():
        raise BackupError(f"{path} is there already, and no backup is overwritten. Name another.")
    partial = path.with_name(f".{path.name}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, OWNER_ONLY))
        yield partial
        _settle(partial)
        partial.replace(path)
        _settle(path.parent)
    except (OSError, BackupError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BackupError(f"No backup was written to {path}: {reason}") from error
    finally:
        partial.unlink(missing_ok=True)


def remove_all_but(keep: int, directory: Path, suffix: str) -> list[Path]:
    """Remove all but the newest backups in a directory, and return what was removed.

    Their names tell their age: no clock is asked.
    """
    old = sorted(directory.glob(f"atlas-*{suffix}"))[:-keep]
    for path in old:
        path.unlink()
    return old


def sha256_of(path: Path) -> str:
    """The digest of a file, as sha256sum prints it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
