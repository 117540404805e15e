"""Backups of a SQLite file, and the way back."""

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from relations.backups import sqlite
from tests.conftest import BASE_DIR
from tests.disks import small_disk

IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
pytestmark = [
    pytest.mark.portable,
    pytest.mark.skipif(not IS_SQLITE, reason="DATABASE_URL names no SQLite database"),
]
PARTNERSHIPS = "SELECT count(*) FROM relations_partnership"
VERSION = "SELECT token FROM relations_datasetversion"


def use(monkeypatch, path):
    """Let a file be the database that is copied; that of the tests, in memory, stays as it is."""
    monkeypatch.setattr(sqlite, "_location", lambda: path)


@pytest.fixture
def database(atlas, tmp_path, monkeypatch):
    """A file with the small atlas, as the database of the site."""
    path = tmp_path / "atlas.sqlite3"
    path.write_bytes(connection.connection.serialize())
    use(monkeypatch, path)
    return path


def ask(path, query):
    with closing(sqlite3.connect(path)) as file:
        ((answer,),) = file.execute(query).fetchall()
    return answer


def change(path, *statements):
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_backup_says_what_it_holds(database, tmp_path):
    said = run("backup", tmp_path / "copy.sqlite3")

    copy = tmp_path / "copy.sqlite3"
    assert f"{copy}: {copy.stat().st_size:,} bytes" in said
    assert hashlib.sha256(copy.read_bytes()).hexdigest() in said
    assert ask(database, VERSION) in said
    assert re.search(rf"^partnership +{ask(database, PARTNERSHIPS)}$", said, re.MULTILINE)


def test_in_a_directory_the_newest_are_kept(database, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()

    for _ in range(3):
        said = run("backup", folder, keep=2)

    assert len(list(folder.iterdir())) == 2
    assert said.count("Removed ") == 1


def test_a_backup_is_restored_over_what_is_there_with_leave_alone(database, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    run("backup", copy)
    before = ask(database, VERSION), ask(database, PARTNERSHIPS)
    change(database, "DELETE FROM relations_citation", "DELETE FROM relations_datasetversion")

    with pytest.raises(CommandError, match=r"not empty.*Add --yes.*Nothing was changed"):
        run("restore", copy)
    assert ask(database, "SELECT count(*) FROM relations_citation") == 0

    run("restore", copy, yes=True)
    assert ask(database, PARTNERSHIPS) == before[1]
    assert ask(database, "SELECT count(*) FROM relations_citation") > 0
    assert ask(database, VERSION) not in ("", before[0])
    assert ask(copy, VERSION) == before[0]


def test_a_database_that_another_process_holds_is_given_up(database, tmp_path, monkeypatch):
    copy = tmp_path / "copy.sqlite3"
    run("backup", copy)
    monkeypatch.setattr(sqlite, "WAIT", 0.2)

    with closing(sqlite3.connect(database)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(CommandError, match="another process holds the database"):
            run("restore", copy, yes=True)


def test_who_reads_during_a_restore_sees_the_old_data_or_the_new(database, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    run("backup", copy)
    with closing(sqlite3.connect(database)) as reader:
        run("restore", copy, yes=True)

        assert reader.execute(VERSION).fetchone()[0] == ask(database, VERSION) != ask(copy, VERSION)


@pytest.mark.parametrize("damage", ["cut", "overwritten", "text"])
def test_what_is_damaged_is_refused(database, tmp_path, damage):
    copy = tmp_path / "copy.sqlite3"
    run("backup", copy)
    data = copy.read_bytes()
    half = len(data) // 2
    copy.write_bytes(
        {
            "cut": data[:half],
            "overwritten": data[:half] + b"\xff" * 100_000 + data[half + 100_000 :],
            "text": b"not a database" * 1000,
        }[damage]
    )
    before = database.read_bytes()

    with pytest.raises(CommandError, match=r"damaged.*The database is as it was"):
        run("restore", copy, yes=True)

    assert database.read_bytes() == before


def test_another_database_is_refused(database, tmp_path):
    change(tmp_path / "other.sqlite3", "CREATE TABLE things (id INTEGER)")

    with pytest.raises(CommandError, match="is no backup of the atlas"):
        run("restore", tmp_path / "other.sqlite3", yes=True)


def test_a_backup_of_a_newer_version_is_refused(database, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    run("backup", copy)
    change(
        copy, "INSERT INTO django_migrations (app, name, applied) VALUES ('relations', '9999', '')"
    )

    with pytest.raises(CommandError, match=r"newer version of the atlas, with relations\.9999"):
        run("restore", copy, yes=True)


def test_a_full_disk_leaves_no_backup(database, tmp_path):
    with small_disk(tmp_path / "small", database.stat().st_size // 2) as folder:
        (folder / "atlas-1.sqlite3").touch()
        with pytest.raises(CommandError, match=r"No backup was written to .*: .*disk is full"):
            run("backup", folder, keep=1)

        assert [path.name for path in folder.iterdir()] == ["atlas-1.sqlite3"]


def test_a_full_disk_leaves_the_database_as_it_was_before_a_restore(
    database, tmp_path, monkeypatch
):
    copy = tmp_path / "copy.sqlite3"
    run("backup", copy)
    change(copy, "CREATE TABLE more (data BLOB)", "INSERT INTO more VALUES (zeroblob(3000000))")
    with small_disk(tmp_path / "small", database.stat().st_size + 1_000_000) as folder:
        full = folder / "atlas.sqlite3"
        full.write_bytes(database.read_bytes())
        use(monkeypatch, full)

        with pytest.raises(CommandError, match=r"disk is full.*The database is as it was"):
            run("restore", copy, yes=True)

        assert ask(full, VERSION) == ask(database, VERSION)
        assert ask(full, "PRAGMA integrity_check") == "ok"


def test_a_full_disk_leaves_nothing_half_loaded(db, tmp_path):
    with small_disk(tmp_path / "small", 20_000_000) as folder:
        path = folder / "atlas.sqlite3"
        path.write_bytes(connection.connection.serialize())
        (folder / "ballast").write_bytes(b"x" * (20_000_000 - path.stat().st_size - 300_000))
        loading = subprocess.run(
            [sys.executable, "manage.py", "load_atlas"],
            cwd=BASE_DIR,
            env=os.environ | {"DATABASE_URL": f"sqlite:///{path}"},
            capture_output=True,
            text=True,
            check=False,
        )

        assert loading.returncode == 1
        assert "database or disk is full" in loading.stderr
        assert "Nothing was loaded." in loading.stderr
        assert ask(path, PARTNERSHIPS) == 0
        assert ask(path, "PRAGMA integrity_check") == "ok"
