"""What holds for the backups of any database: files that are whole or not there."""

import errno
import hashlib
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from relations.backups import BackupError, files
from relations.backups.contents import Contents, refuse_newer


def test_a_file_takes_its_name_when_all_of_it_is_written(tmp_path):
    with files.written_whole(tmp_path / "whole") as partial:
        partial.write_bytes(b"all")
        assert not (tmp_path / "whole").exists()

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("whole", b"all")]
    assert (tmp_path / "whole").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), BackupError("No space left.")]
)
def test_nothing_is_left_where_writing_fails(tmp_path, error):
    def write():
        with files.written_whole(tmp_path / "whole") as partial:
            partial.write_bytes(b"half")
            raise error

    with pytest.raises(BackupError, match=r"No backup was written to .*/whole: No space left"):
        write()

    assert list(tmp_path.iterdir()) == []


def test_no_backup_is_overwritten(tmp_path):
    (tmp_path / "whole").write_bytes(b"old")

    with (
        pytest.raises(BackupError, match="is there already"),
        files.written_whole(tmp_path / "whole"),
    ):
        pass

    assert (tmp_path / "whole").read_bytes() == b"old"


def test_the_newest_are_kept_and_other_files_left_alone(tmp_path):
    for name in ("atlas-1.dump", "atlas-2.dump", "atlas-3.dump", "atlas-0.sqlite3", "notes.dump"):
        (tmp_path / name).touch()

    removed = files.remove_all_but(2, tmp_path, ".dump")

    assert [path.name for path in removed] == ["atlas-1.dump"]
    assert not (tmp_path / "atlas-1.dump").exists()
    assert len(list(tmp_path.iterdir())) == 4


def test_the_digest_is_that_of_the_file(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")

    assert files.sha256_of(tmp_path / "file") == hashlib.sha256(b"abc").hexdigest()


def test_a_migration_that_this_code_does_not_know_is_of_a_newer_version():
    with pytest.raises(
        BackupError, match=r"newer version of the atlas, with relations\.9999_later"
    ):
        refuse_newer({("relations", "0001_initial"), ("relations", "9999_later")})


def test_the_migrations_of_an_app_that_is_not_installed_count_for_nothing():
    refuse_newer({("relations", "0001_initial"), ("another_desk", "0001_initial")})


def test_an_older_backup_says_what_migrate_has_to_apply():
    assert ("relations", "0001_initial") in Contents({}, set(), "").missing()


@pytest.mark.parametrize("name", ["none", "."])
def test_what_is_no_file_is_not_restored(tmp_path, name):
    with pytest.raises(CommandError, match=r"is no file.*The database is as it was"):
        call_command("restore", tmp_path / name, stdout=StringIO())


def test_keeping_the_newest_needs_a_directory(tmp_path):
    with pytest.raises(CommandError, match="is not a directory"):
        call_command("backup", tmp_path / "file", keep=2, stdout=StringIO())


def test_fewer_than_none_cannot_be_kept(tmp_path):
    with pytest.raises(CommandError, match="--keep is -1"):
        call_command("backup", tmp_path, keep=-1, stdout=StringIO())
