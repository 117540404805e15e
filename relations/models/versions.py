"""Which state of the data this is, so that what was worked out from it is kept until it changes."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, connections, models, router, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.dispatch import Signal

# Sent when a load, an import or a request of the desk has changed the data and they are stored.
dataset_changed = Signal()


_held: ContextVar[str | None] = ContextVar("version of the dataset", default=None)


class DatasetVersionManager(models.Manager["DatasetVersion"]):
    """Reads the one row."""

    def current(self) -> str:
        """A token that is another one after every write; empty where none is on record."""
        held = _held.get()
        return self.read() if held is None else held

    def read(self) -> str:
        """The token that is on record now, whatever is held.

        Every public page begins with it, so it goes past the ORM, which takes three times as long.
        """
        with connections[router.db_for_read(self.model)].cursor() as cursor:
            cursor.execute("SELECT token FROM relations_datasetversion")
            row = cursor.fetchone()
        return row[0] if row else ""

    @contextmanager
    def held(self, token: str) -> Iterator[None]:
        """While an answer is made that only reads: have the version that it began with taken for the current one."""
        was = _held.set(token)
        try:
            yield
        finally:
            _held.reset(was)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Send `dataset_changed` if the data are others after this than before; to be around the transaction."""
        before = self.read()
        yield
        if self.read() != before:
            transaction.on_commit(lambda: dataset_changed.send_robust(self.model))

    def change(self) -> None:
        """Do what the triggers do; for who has kept them quiet."""
        token = f"{int(time.time())}-{uuid.uuid4().hex[:20]}"
        self.update_or_create(pk=1, defaults={"token": token})


def moment_of(token: str) -> int:
    """Since when the data are as a token says, in seconds since 1970; 0 where it does not say."""
    moment, dash, _random = token.partition("-")
    return int(moment) if dash else 0


class DatasetVersion(models.Model):
    """One row, whose token the database itself changes with every write to a table that it watches.

    The token is the second of the write, since 1970, a dash and what is random: a number would
    come again after a transaction that is rolled back. Triggers see what no code of ours does: a
    load, an import, a line of SQL.
    """

    token = models.CharField(max_length=32)

    objects = DatasetVersionManager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="relations_datasetversion_one_row", condition=models.Q(pk=1)
            ),
        )

    def __str__(self) -> str:
        return self.token


_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION relations_change_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('relations.quiet', true) = 'on' THEN
    RETURN NULL;
  END IF;
  INSERT INTO relations_datasetversion (id, token)
  VALUES (1, floor(extract(epoch FROM clock_timestamp()))::bigint || '-'
    || left(replace(gen_random_uuid()::text, '-', ''), 20))
  ON CONFLICT (id) DO UPDATE SET token = excluded.token;
  RETURN NULL;
END $$"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_changes_version
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION relations_change_version()"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_{event}_changes_version AFTER {event} ON {table}
BEGIN
  INSERT INTO relations_datasetversion (id, token)
  VALUES (1, strftime('%s', 'now') || '-' || lower(hex(randomblob(10))))
  ON CONFLICT (id) DO UPDATE SET token = excluded.token;
END"""


@contextmanager
def quiet_triggers() -> Iterator[None]:
    """In a transaction of very many writes, leave the version as it is; see `DatasetVersionManager.change`.

    PostgreSQL keeps each state of a row until the transaction ends: to write the one row of
    the version 50,000 times would take minutes. To SQLite it makes no difference.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL relations.quiet = 'on'")
        yield  # what fails here undoes the setting too
        cursor.execute("SET LOCAL relations.quiet = 'off'")


def watch(schema_editor: BaseDatabaseSchemaEditor, *tables: str) -> None:
    """Let every write to some tables change the version; for migrations.

    Note: on SQLite a migration that alters a table makes it anew, without its triggers: it
    must end with this.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRES_FUNCTION)
        statements = [_POSTGRES.format(table=table) for table in tables]
    else:
        events = ("INSERT", "UPDATE", "DELETE")
        statements = [_SQLITE.format(table=t, event=event) for t in tables for event in events]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def unwatch(schema_editor: BaseDatabaseSchemaEditor, *tables: str) -> None:
    """The reverse of `watch`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS relations_change_version() CASCADE")
        return
    for table in tables:
        for event in ("INSERT", "UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_changes_version")
