"""The folder of the releases."""

import os
from datetime import date
from zipfile import ZipFile

import pytest

from relations.releases import Edition, ReleaseError, make, releases
from relations.releases.shelf import put, read
from tests.factories import make_event
from tests.relations.releases.rows import SITE

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 30)
NAME = "italy-japan-twinning-atlas-1-2026-11-30.zip"


def test_a_folder_that_is_not_there_has_no_releases(tmp_path):
    assert releases(tmp_path / "none") == []


def test_releases_stand_by_number_and_not_by_name(tmp_path):
    for _n in range(11):
        make_event()
        make(tmp_path, SITE, DAY)

    assert [release.number for release in releases(tmp_path)] == [*range(11, 0, -1)]


def test_a_number_is_given_once(tmp_path):
    path = put(tmp_path, Edition(SITE, 1, DAY), b"first")

    with pytest.raises(ReleaseError) as caught:
        put(tmp_path, Edition(SITE, 1, date(2026, 12, 1)), b"second")

    assert str(caught.value) == "Release 1 is there already. A release is never replaced."
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(NAME, b"first")]
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def fail(_descriptor):
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError, match="the disk is full"):
        put(tmp_path, Edition(SITE, 1, DAY), b"first")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no zip"])
def test_what_cannot_be_read_is_said_in_the_log_and_left_out(tmp_path, caplog, content):
    make_event()
    make(tmp_path, SITE, DAY)
    broken = tmp_path / "italy-japan-twinning-atlas-2-2026-12-01.zip"
    broken.write_bytes(content)

    assert [release.number for release in releases(tmp_path)] == [1]
    assert [record.getMessage() for record in caplog.records] == [
        f"{broken} is no release that can be read: File is not a zip file. Take it out of the folder."
    ]
    with pytest.raises(ReleaseError):  # what changed since it cannot be said
        make(tmp_path, SITE, date(2026, 12, 2))


@pytest.mark.parametrize(
    "manifest",
    ["[]", "null", '"x"', "{}", '{"number": [], "date": "2026-12-01", "site": "x"}', "[" * 50_000],
)
def test_a_foreign_manifest_does_not_hide_the_other_releases(tmp_path, caplog, manifest):
    make_event()
    make(tmp_path, SITE, DAY)
    with ZipFile(tmp_path / "italy-japan-twinning-atlas-2-2026-12-01.zip", "w") as archive:
        archive.writestr("manifest.json", manifest)

    assert [release.number for release in releases(tmp_path)] == [1]
    assert len(caplog.records) == 1


def test_a_release_under_another_name_is_none(tmp_path):
    make_event()
    release = make(tmp_path, SITE, DAY)
    moved = release.path.rename(tmp_path / "italy-japan-twinning-atlas-7-2026-11-30.zip")

    with pytest.raises(ReleaseError) as caught:
        read(moved)

    assert str(caught.value) == (
        f"{moved} is no release that can be read: it says that it is {NAME}. Take it out of the folder."
    )


def test_other_files_in_the_folder_are_no_matter(tmp_path):
    make_event()
    make(tmp_path, SITE, DAY)
    for name in ("notes.txt", "other.zip", "italy-japan-twinning-atlas-0-2026-11-30.zip"):
        (tmp_path / name).write_text("something")

    assert [release.path.name for release in releases(tmp_path)] == [NAME]
