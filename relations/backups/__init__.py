"""The whole database → one file that is known to be good, and back.

    sqlite.py     copies by SQLite's online backup, while the site runs
    postgres.py   copies by pg_dump and psql, with the tools of the machine
    contents.py   what a copy holds, and whether this code can read it
    files.py      files that are whole or not there; how many are kept

Accounts and their passwords (hashed) are part of it: only its owner can read the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from django.db import connection
from django.utils import timezone

from relations.backups import files, postgres, sqlite
from relations.backups.contents import BackupError, Contents, refuse_newer

__all__ = ("Backup", "BackupError", "Contents", "back_up", "examine", "is_in_use", "restore")


@dataclass(frozen=True)
class Backup:
    """A backup that was written and read again: its file, and what is in it."""

    path: Path
    size: int  # bytes
    sha256: str
    contents: Contents
    removed: Sequence[Path]  # older ones, by `keep`


def back_up(target: Path, *, keep: int = 0) -> Backup:
    """Write the database to a file, or to a new file in a directory, and read that again.

    In a directory only the newest `keep` are kept; 0 keeps all.

    Raises:
        BackupError: with a sentence; nothing was left behind, and no older backup removed.
    """
    kind = _kind()
    if target.is_dir():
        path = target / f"atlas-{timezone.now():%Y%m%dT%H%M%S%fZ}{kind.SUFFIX}"
    elif keep:
        raise BackupError(f"{target} is not a directory. Keeping the newest needs one.")
    else:
        path = target
    with files.written_whole(path) as partial:
        kind.copy(partial)
        contents = kind.read(partial)
        kind.try_out(partial, contents)
    removed = files.remove_all_but(keep, path.parent, kind.SUFFIX) if keep else []
    return Backup(path, path.stat().st_size, files.sha256_of(path), contents, removed)


def examine(path: Path) -> Contents:
    """Read a backup to its end.

    Raises:
        BackupError: it is damaged, of another kind of database, or newer than this code.
    """
    if not path.is_file():
        raise BackupError(f"{path} is no file. Expected one that manage.py backup has written.")
    contents: Contents = _kind().read(path)
    refuse_newer(contents.migrations)
    return contents


def restore(path: Path) -> Contents:
    """Replace all that is in the database by what is in a backup; all of it or nothing.

    The version of the dataset is then another one than before and than in the backup, so that
    nothing that was kept of either is taken for what there is now.

    Raises:
        BackupError: with a sentence; the database is as it was.
    """
    contents = examine(path)
    _kind().restore(path)
    return contents


def is_in_use() -> bool:
    """Return whether the database has tables, which a restore would replace."""
    return bool(connection.introspection.table_names())


def _kind() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite
