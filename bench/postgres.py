"""The same databases on PostgreSQL: copied row by row from those of SQLite, so that they are equal.

BENCH_POSTGRES names the server and a role that may create databases. The databases are called
after what they hold, and stay there for the next run.
"""

import os
import sqlite3
from pathlib import Path

import psycopg
from psycopg import sql

from bench.data import fingerprint, migrate, schema

SERVER = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")
# Written by `migrate`, and equal to what is copied only by chance.
_NOT_COPIED = {"django_migrations"}


def url_of(partnerships: int) -> str:
    """The `DATABASE_URL` of the database of so many partnerships."""
    return f"{SERVER}/{_name(partnerships)}"


def copy(partnerships: int, source: Path) -> str:
    """The `DATABASE_URL` of a copy of an SQLite database, made unless it is there.

    Raises:
        psycopg.OperationalError: the server cannot be reached.
    """
    url = url_of(partnerships)
    state = f"{fingerprint()} {schema()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        known = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [_name(partnerships)],
        ).fetchone()
        if known == (state,):
            return url
        name = sql.Identifier(_name(partnerships))
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        migrate(url)
        _copy_rows(source, url)
        server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, state))
    return url


def drop(partnerships: int) -> None:
    """Remove the copy of so many partnerships, if there is one."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        name = sql.Identifier(_name(partnerships))
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))


def _name(partnerships: int) -> str:
    return f"atlas_bench_{partnerships}"


def _copy_rows(source: Path, url: str) -> None:
    """Copy every table in one transaction, with neither triggers nor the order of foreign keys."""
    with sqlite3.connect(source) as lite, psycopg.connect(url) as target:
        target.execute("SET session_replication_role = replica")
        target.execute("SET TIME ZONE 'UTC'")
        tables = [
            name
            for (name,) in lite.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            if name not in _NOT_COPIED
        ]
        for table in tables:
            _copy_table(lite, target, table)
    with psycopg.connect(url, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")


def _copy_table(lite: sqlite3.Connection, target: psycopg.Connection, table: str) -> None:
    rows = lite.execute(f'SELECT * FROM "{table}"')  # noqa: S608 # a name from the catalogue
    names = [column[0] for column in rows.description]
    into = sql.Identifier(table)
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    target.execute(sql.SQL("DELETE FROM {}").format(into))
    with (
        target.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(into, columns)) as copying,
    ):
        for row in rows:
            # SQLite writes a truth as 0 or 1 and everything else as PostgreSQL reads it.
            copying.write_row([None if value is None else str(value) for value in row])
    if "id" in names:
        target.execute(
            sql.SQL(
                "SELECT setval(s, greatest((SELECT max(id) FROM {}), 1))"
                " FROM pg_get_serial_sequence({}, 'id') AS s WHERE s IS NOT NULL"
            ).format(into, table)
        )
