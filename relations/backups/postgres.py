"""Copies of a PostgreSQL database, by pg_dump, pg_restore and psql of the same machine."""

import os
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from relations.backups.contents import MIGRATIONS, VERSION, BackupError, Contents, refuse_foreign

SUFFIX = ".dump"
# What of the settings is for the library of PostgreSQL itself, whose tools understand it too.
_OF_LIBPQ = ("connect_timeout", "sslmode", "sslrootcert", "sslcert", "sslkey", "service")
# All tables and functions but those of extensions, which belong to whoever made these. The backup
# itself drops only what it holds, and would leave what a newer version has added.
_EMPTY = """
DO $$
DECLARE one text;
BEGIN
  FOR one IN SELECT oid::regclass FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  LOOP EXECUTE 'DROP TABLE IF EXISTS ' || one || ' CASCADE'; END LOOP;
  FOR one IN SELECT oid::regprocedure FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE 'DROP ROUTINE IF EXISTS ' || one || ' CASCADE'; END LOOP;
END $$;
"""


def copy(target: Path) -> None:
    """Write what is in the database at one moment, compressed."""
    _run("pg_dump", "--format=custom", f"--file={target}", f"--dbname={_address()}")


def read(path: Path) -> Contents:
    """Unpack a copy to its end, and count its rows."""
    counts: dict[str, int] = {}
    migrations, version = set(), ""
    for table, columns, row in _rows(path):
        if row is None:
            counts[table] = 0
            continue
        counts[table] += 1
        record = dict(zip(columns, row, strict=True))
        if table == MIGRATIONS:
            migrations.add((record["app"], record["name"]))
        elif table == VERSION:
            version = record["token"]
    refuse_foreign(set(counts), path)
    return Contents(counts, migrations, version)


def try_out(path: Path, contents: Contents) -> None:
    """Restore a copy into a database made for that, where the role may make one, and count again."""
    with _scratch_database() as name:
        if not name:
            return
        _run("psql", *_PSQL, f"--dbname={_address(name)}", script=_script(path, "--no-privileges"))
        with psycopg.connect(make_conninfo(**_parameters(name))) as scratch:
            for table, expected in contents.counts.items():
                query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
                found = scratch.execute(query).fetchone()
                if found != (expected,):
                    raise BackupError(f"Restored, {table} has {found} rows, not {expected}.")


def restore(path: Path) -> None:
    """Put a copy in the place of what is there, in one transaction.

    Who reads meanwhile reads the old data, or waits for the moment in which it is replaced.
    """
    connection.close()
    token = uuid.uuid4().hex
    after = f"DELETE FROM public.{VERSION}; INSERT INTO public.{VERSION} VALUES (1, '{token}');"  # noqa: S608 # ours
    script = _EMPTY.encode() + _script(path) + after.encode()
    _run("psql", *_PSQL, "--single-transaction", f"--dbname={_address()}", script=script)


# A script of psql itself, without the habits of whoever runs it.
_PSQL = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-")


def _script(path: Path, *options: str) -> bytes:
    """The statements that make all that is in a copy, for whoever runs them."""
    return _run("pg_restore", "--no-owner", "--no-comments", *options, "--file=-", str(path))


def _rows(path: Path) -> Iterator[tuple[str, Sequence[str], Sequence[str] | None]]:
    """Each table of a copy by its name and columns: first without a row, then with each."""
    table, columns = "", list[str]()
    for line in _run("pg_restore", "--data-only", "--file=-", str(path)).decode().split("\n"):
        if table and line == r"\.":
            table = ""
        elif table:
            yield table, columns, line.split("\t")
        elif line.startswith("COPY ") and line.endswith(" FROM stdin;"):
            name, _, rest = line.removeprefix("COPY ").partition(" (")
            table = name.rpartition(".")[2].strip('"')
            columns = [column.strip('"') for column in rest.partition(")")[0].split(", ")]
            yield table, columns, None


@contextmanager
def _scratch_database() -> Iterator[str]:
    """The name of an empty database, which is dropped afterwards; none where that is not allowed."""
    name = f"atlas_backup_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(make_conninfo(**_parameters()), autocommit=True) as server:
        try:
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            )
        except psycopg.errors.InsufficientPrivilege:
            yield ""
            return
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _parameters(database: str = "") -> dict[str, str]:
    """How the database is reached."""
    settings = connection.settings_dict
    named = {name: settings["OPTIONS"].get(name) for name in _OF_LIBPQ}
    named |= {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    named |= {"password": settings["PASSWORD"], "dbname": database or settings["NAME"]}
    return {name: str(value) for name, value in named.items() if value}


def _address(database: str = "") -> str:
    """The same for tools, without the password: any user can see how a program was started."""
    parameters = _parameters(database)
    parameters.pop("password", None)
    return make_conninfo(**parameters)


def _run(tool: str, *arguments: str, script: bytes | None = None) -> bytes:
    """Run a tool of PostgreSQL, and return what it prints."""
    password = connection.settings_dict["PASSWORD"]
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    with tempfile.TemporaryFile() as given:
        given.write(script or b"")
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 # arguments of ours
                [tool, *arguments], stdin=given, env=environment, capture_output=True, check=False
            )
        except FileNotFoundError:
            raise BackupError(
                f"{tool} is not installed. On Debian and Ubuntu: apt install postgresql-client"
            ) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [f"{tool} failed"]
        raise BackupError(f"{next((line for line in said if 'error' in line.lower()), said[0])}.")
    return done.stdout
