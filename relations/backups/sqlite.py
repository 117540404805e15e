"""Copies of a SQLite database, by its online backup: nobody has to stop writing meanwhile."""

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from relations.backups.contents import MIGRATIONS, VERSION, BackupError, Contents, refuse_foreign

SUFFIX = ".sqlite3"
WAIT = 30  # seconds, for who is writing


def copy(target: Path) -> None:
    """Write what is in the database at one moment."""
    with _in_words(), closing(_opened(_location())) as source, closing(_opened(target)) as copied:
        source.backup(copied, progress=_patience())


def read(path: Path) -> Contents:
    """Check every page of a copy, and count its rows."""
    with _in_words(f"{path} is damaged"), closing(_opened(path, "?mode=ro")) as copied:
        said = copied.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if said != "ok" or copied.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupError(
                f"{path} is damaged: {said if said != 'ok' else 'rows refer to none'}."
            )
        tables = {
            name
            for (name,) in copied.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        }
        refuse_foreign(tables, path)
        counts = {
            name: copied.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 # as it names itself
            for name in sorted(tables)
        }
        migrations = set(copied.execute(f"SELECT app, name FROM {MIGRATIONS}"))  # noqa: S608 # ours
        version = copied.execute(f"SELECT token FROM {VERSION}").fetchone()  # noqa: S608 # ours
    return Contents(counts, migrations, version[0] if version else "")


def try_out(path: Path, contents: Contents) -> None:
    """Nothing is left to try: a copy is a database, and it was read as one."""


def restore(path: Path) -> None:
    """Write a copy over the database, in one transaction of SQLite itself.

    Who reads meanwhile reads the old data; what is cut short is undone by whoever opens the
    database next.
    """
    connection.close()
    with _in_words(), closing(sqlite3.connect(":memory:")) as changed:
        with closing(_opened(path, "?mode=ro")) as copied:
            copied.backup(changed)
        changed.execute(f"DELETE FROM {VERSION}")  # noqa: S608 # ours
        changed.execute(f"INSERT INTO {VERSION} (id, token) VALUES (1, ?)", (uuid.uuid4().hex,))  # noqa: S608
        changed.commit()
        with closing(_opened(_location())) as database:
            changed.backup(database, progress=_patience())


def _location() -> Path:
    """The file of the database; also of one that tests keep in memory, which has none."""
    name = str(connection.settings_dict["NAME"])
    if "memory" in name:
        raise BackupError("The database is kept in memory: it has no file to copy.")
    return Path(name)


def _opened(path: Path, options: str = "") -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}{options}", uri=True, timeout=WAIT)


def _patience() -> Callable[[int, int, int], None]:
    """Wait for whoever holds the database, but not for ever, as `Connection.backup` would."""
    end = time.monotonic() + WAIT

    def go_on(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise sqlite3.OperationalError("another process holds the database")

    return go_on


@contextmanager
def _in_words(what: str = "SQLite says") -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"{what}: {error}.") from error
