"""Two roles in PostgreSQL beside the one that owns the tables: who reads in public, and who works at the desk.

The owner migrates, loads and backs up. The desk changes rows and no table. The public reads the
tables of what is public, and nothing of accounts, sessions, sign-ins, history, uploads or the texts of
press releases: an error of ours cannot show what the database itself refuses.
"""

from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from relations.models import (
    Agreement,
    Citation,
    DatasetVersion,
    Event,
    Partnership,
    Party,
    Place,
    PlaceName,
    PublicChange,
    Sector,
    Signatory,
    Source,
)
from relations.models.states import versions_of

# What public pages are made of, with the tables between them. Rows of drafts are among them.
PUBLIC = (
    Agreement,
    Citation,
    DatasetVersion,
    Event,
    Partnership,
    Party,
    Place,
    PlaceName,
    PublicChange,
    Sector,
    Signatory,
    Source,
)
# When something last changed at the desk, by which pages and feeds are dated; and not who changed what.
DATED = {
    Place: ("id", "as_found", "history_date"),
    PlaceName: ("place_id", "as_found", "history_date"),
    Sector: ("as_found", "history_date"),
    Source: ("id", "as_found", "history_date"),
}
MIGRATIONS = "django_migrations"  # by which an instance tells whether it is as new as the tables

# Nobody waits longer for a page; and who stops in the middle of a transaction holds up the others.
_LIMITS = {
    "default_transaction_read_only": "on",
    "statement_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",
}

Statement = sql.Composable


@dataclass(frozen=True, slots=True)
class Role:
    """A role that signs in; without a password the one that it has, if any, stays."""

    name: str
    password: str = ""


def public_tables() -> list[str]:
    """The tables that the public may read, in order of the alphabet."""
    between = {
        field.m2m_db_table()
        for model in PUBLIC
        for field in model._meta.many_to_many  # noqa: SLF001 # likewise
    }
    return sorted({MIGRATIONS, *between, *(model._meta.db_table for model in PUBLIC)})  # noqa: SLF001 # likewise


def create(reader: Role, desk: Role) -> None:
    """Make the two roles, or put right what they may do; in a transaction of the caller.

    Raises a DatabaseError where the role that is signed in may make none.
    """
    with connection.cursor() as cursor:
        for role in (reader, desk):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            cursor.execute(_sign_in(verb, role))
        for statement in (*_for_all(reader, desk), *_for_reader(reader), *_for_desk(desk)):
            cursor.execute(statement)


def _sign_in(verb: str, role: Role) -> Statement:
    made = sql.SQL(
        verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
    ).format(sql.Identifier(role.name))
    if not role.password:
        return made
    # Only what the password is checked by leaves this process, so that no log of the server has it.
    verifier = connection.connection.pgconn.encrypt_password(
        role.password.encode(), role.name.encode(), b"scram-sha-256"
    )
    return made + sql.SQL(" PASSWORD {}").format(sql.Literal(verifier.decode()))


def _for_all(*roles: Role) -> list[Statement]:
    """Whoever is nobody in particular may nothing; the two may come in."""
    database = sql.Identifier(connection.settings_dict["NAME"])
    names = sql.SQL(", ").join(sql.Identifier(role.name) for role in roles)
    return [
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC, {}").format(database, names),
        sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC, {}").format(names),
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {}").format(names),
        sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {}").format(names),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, names),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(names),
    ]


def _for_reader(role: Role) -> list[Statement]:
    name, database = sql.Identifier(role.name), sql.Identifier(connection.settings_dict["NAME"])
    tables = sql.SQL(", ").join(map(sql.Identifier, public_tables()))
    return [
        sql.SQL("GRANT SELECT ON {} TO {}").format(tables, name),
        *(
            sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.Identifier(versions_of(model)._meta.db_table),  # noqa: SLF001 # documented API
                name,
            )
            for model, columns in DATED.items()
        ),
        *(
            sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                name, database, sql.Identifier(setting), sql.Literal(value)
            )
            for setting, value in _LIMITS.items()
        ),
    ]


def _for_desk(role: Role) -> list[Statement]:
    """Every row of every table, of those to come too; but not which migrations have been made."""
    name = sql.Identifier(role.name)
    rows, numbers = "SELECT, INSERT, UPDATE, DELETE ON", "USAGE, SELECT ON"
    return [
        sql.SQL(statement).format(name)
        for statement in (
            f"GRANT {rows} ALL TABLES IN SCHEMA public TO {{}}",
            f"GRANT {numbers} ALL SEQUENCES IN SCHEMA public TO {{}}",
            f"REVOKE INSERT, UPDATE, DELETE ON {MIGRATIONS} FROM {{}}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rows} TABLES TO {{}}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {numbers} SEQUENCES TO {{}}",
        )
    ]
