"""Backups of a PostgreSQL database, and the way back, into databases made for each test."""

import uuid
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from relations.backups import postgres
from tests.disks import small_disk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PARTNERSHIPS = "SELECT count(*) FROM relations_partnership"
VERSION = "SELECT token FROM relations_datasetversion"


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def execute(query, database=""):
    """Run a statement in a connection of its own, and return its one answer, if it has one."""
    with psycopg.connect(postgres._address(database), autocommit=True) as server:  # noqa: SLF001
        cursor = server.execute(query)
        return cursor.fetchone()[0] if cursor.description else None


@contextmanager
def named(kind):
    """A role or a database that is there for as long as it is needed."""
    name = sql.Identifier(f"atlas_test_{uuid.uuid4().hex[:12]}")
    execute(sql.SQL("CREATE {} {}").format(sql.SQL(kind), name))
    try:
        yield name
    finally:
        execute(sql.SQL("DROP {} IF EXISTS {}").format(sql.SQL(kind), name))


@pytest.fixture
def copy(atlas, tmp_path):
    path = tmp_path / "copy.dump"
    run("backup", path)
    return path


@pytest.fixture
def empty(copy, monkeypatch):
    """The name of an empty database, which takes the place of the site's."""
    with named("DATABASE") as name:
        _leave_the_database()
        with monkeypatch.context() as patch:
            (plain,) = name._obj  # noqa: SLF001 # psycopg shows it nowhere else
            patch.setitem(connection.settings_dict, "NAME", plain)
            yield plain
            _leave_the_database()


def _leave_the_database():
    """So that the next connection is to the database that the settings name then."""
    connection.close()
    connection.close_pool()


def test_a_backup_says_what_it_holds_and_was_tried_out(atlas, tmp_path):
    databases = execute("SELECT count(*) FROM pg_database")

    said = run("backup", tmp_path)

    (copy,) = tmp_path.iterdir()
    assert f"{copy}: {copy.stat().st_size:,} bytes" in said
    assert execute(VERSION) in said
    assert f"partnership {execute(PARTNERSHIPS):>10}" in said
    assert copy.stat().st_mode & 0o777 == 0o600
    assert execute("SELECT count(*) FROM pg_database") <= databases  # others may drop theirs


def test_a_backup_is_restored_and_has_another_version(copy, empty):
    run("restore", copy)

    contents = postgres.read(copy)
    assert execute(PARTNERSHIPS) == contents.counts["relations_partnership"] > 0
    assert execute(VERSION) not in ("", contents.version)


def test_what_is_there_is_replaced_with_leave_alone(copy, empty):
    run("restore", copy)
    execute("TRUNCATE relations_citation")
    execute("CREATE TABLE of_a_newer_version (id bigint REFERENCES relations_partnership)")

    with pytest.raises(CommandError, match=r"not empty.*Add --yes"):
        run("restore", copy)
    assert execute("SELECT count(*) FROM relations_citation") == 0

    run("restore", copy, yes=True)
    assert execute("SELECT count(*) FROM relations_citation") > 0
    assert execute("SELECT to_regclass('of_a_newer_version')") is None
    assert execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal") > 0


def test_a_restore_that_fails_changes_nothing(atlas, tmp_path):
    with named("ROLE") as role:
        execute(sql.SQL("GRANT SELECT ON relations_place TO {}").format(role))
        run("backup", tmp_path / "copy.dump")
        execute(sql.SQL("DROP OWNED BY {}").format(role))
    before = execute(VERSION), execute(PARTNERSHIPS)

    with pytest.raises(CommandError, match=r"role .* does not exist.*The database is as it was"):
        run("restore", tmp_path / "copy.dump", yes=True)

    assert (execute(VERSION), execute(PARTNERSHIPS)) == before


@pytest.mark.parametrize("damage", ["cut", "overwritten", "text"])
def test_what_is_damaged_is_refused(copy, damage):
    data = copy.read_bytes()
    half = len(data) // 2
    copy.write_bytes(
        {
            "cut": data[:half],
            "overwritten": data[:half] + b"\xff" * 2000 + data[half + 2000 :],
            "text": b"no dump" * 1000,
        }[damage]
    )
    before = execute(VERSION)

    with pytest.raises(CommandError, match=r"pg_restore: error: .*The database is as it was"):
        run("restore", copy, yes=True)

    assert execute(VERSION) == before


def test_a_backup_of_a_newer_version_is_refused(atlas, tmp_path):
    columns = "(app, name, applied)"
    execute(f"INSERT INTO django_migrations {columns} VALUES ('relations', '9999_later', now())")  # noqa: S608 # ours
    try:
        run("backup", tmp_path / "copy.dump")
    finally:
        execute("DELETE FROM django_migrations WHERE name = '9999_later'")

    with pytest.raises(CommandError, match=r"newer version of the atlas, with relations\.9999_lat"):
        run("restore", tmp_path / "copy.dump", yes=True)


def test_a_full_disk_leaves_no_backup(atlas, tmp_path):
    with small_disk(tmp_path / "small", 8192) as folder:
        with pytest.raises(CommandError, match=r"No backup was written to .*No space left"):
            run("backup", folder)

        assert list(folder.iterdir()) == []


def test_no_password_is_in_the_arguments_of_a_tool(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "secret")

    assert "secret" not in postgres._address()  # noqa: SLF001
