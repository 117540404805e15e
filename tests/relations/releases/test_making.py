"""Releases: what is in them, the same bytes for the same data, one after the other."""

import json
from datetime import date
from hashlib import sha256
from zipfile import ZipFile

import pytest
import yaml
from django.core.management import call_command
from django.db import connection

from relations.models import Agreement, Partnership, Place
from relations.releases import FILES, ReleaseError, figures, make, releases
from relations.releases.files import Content
from relations.releases.making import zipped
from tests.conftest import PRESS_RELEASES
from tests.factories import make_agreement
from tests.relations.releases.rows import SITE

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 30)


def contents(release):
    with ZipFile(release.path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_release_holds_every_file_and_says_what_it_is(atlas, tmp_path):
    release = make(tmp_path, SITE, DAY)

    files = contents(release)
    assert release.path.name == "italy-japan-twinning-atlas-1-2026-11-30.zip"
    assert sorted(files) == sorted(
        [
            *(file.path for file in FILES.values()),
            "CHANGELOG.md",
            "CITATION.cff",
            "LICENSE.txt",
            "README.txt",
            "manifest.json",
        ]
    )
    assert "    partnerships.csv     10 rows\n" in files["README.txt"].decode()
    assert "Release 1 of 2026-11-30 is the first one" in files["CHANGELOG.md"].decode()


def test_the_manifest_gives_the_true_sums_sizes_and_rows(atlas, tmp_path):
    release = make(tmp_path, SITE, DAY)

    files = contents(release)
    said = json.loads(files.pop("manifest.json"))
    assert {name: (f["bytes"], f["sha256"]) for name, f in said["files"].items()} == {
        name: (len(body), sha256(body).hexdigest()) for name, body in files.items()
    }
    rows = {name: f["rows"] for name, f in said["files"].items() if "rows" in f}
    assert rows == {
        figure.file.path: figure.rows
        for figure in figures(SITE).values()
        if figure.rows is not None
    }
    assert (said["number"], said["date"], said["site"], said["previous"], said["changes"]) == (
        1,
        "2026-11-30",
        SITE,
        None,
        None,
    )


def test_the_citation_file_has_number_and_day(atlas, tmp_path):
    cited = yaml.safe_load(contents(make(tmp_path, SITE, DAY))["CITATION.cff"])

    assert {name: cited[name] for name in ("version", "date-released", "url", "license")} == {
        "version": "1",
        "date-released": "2026-11-30",
        "url": f"{SITE}/data/",
        "license": "CC-BY-4.0",
    }


def test_the_same_data_give_the_same_bytes(atlas, tmp_path):
    first, second = (make(tmp_path / name, SITE, DAY) for name in ("a", "b"))

    assert first.path.read_bytes() == second.path.read_bytes()


def test_the_order_in_which_records_were_added_changes_no_byte(atlas, tmp_path):
    before = make(tmp_path / "a", SITE, DAY)
    keys = {act.slug: act.pk for act in Agreement.objects.all()}
    turned = tmp_path / "fixtures"
    turned.mkdir()
    for path in PRESS_RELEASES.glob("*.yaml"):
        rows = yaml.safe_load(path.read_text())
        (turned / path.name).write_text(yaml.safe_dump(rows[::-1], allow_unicode=True))

    connection.check_constraints()  # PostgreSQL empties no table that has checks to come
    call_command("flush", interactive=False, verbosity=0)
    call_command("load_atlas", turned, verbosity=0)
    after = make(tmp_path / "b", SITE, DAY)

    slugs = sorted(keys, key=keys.__getitem__)
    assert list(Agreement.objects.order_by("pk").values_list("slug", flat=True)) == slugs[::-1]
    assert before.path.read_bytes() == after.path.read_bytes()


def test_every_file_of_the_zip_is_dated_to_the_day_and_readable_by_all(atlas, tmp_path):
    with ZipFile(make(tmp_path, SITE, DAY).path) as archive:
        infos = archive.infolist()

    assert {(info.date_time, info.external_attr >> 16, info.create_system) for info in infos} == {
        ((2026, 11, 30, 0, 0, 0), 0o100644, 3)
    }
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)


def test_the_next_release_tells_what_changed(atlas, tmp_path):
    make(tmp_path, SITE, DAY)
    Agreement.objects.filter(slug="torino-nagoya-2005").update(signed="2005-05")
    make_agreement(slug="new", partnership=Partnership.objects.get(slug="torino-nagoya"))

    second = make(tmp_path, SITE, date(2026, 12, 15))

    said = contents(second)["CHANGELOG.md"].decode()
    assert said.startswith(
        "# Changelog\n\nRelease 2 of 2026-12-15, against release 1 of 2026-11-30: "
        "3 records added, 1 changed, 0 removed.\n"
    )
    assert '- `torino-nagoya-2005`\n  - `signed`: `"2005"` → `"2005-05"`\n' in said
    assert "### Added\n\n- `new`\n" in said
    assert second.manifest["changes"] == {"added": 3, "changed": 1, "removed": 0}
    assert [release.number for release in releases(tmp_path)] == [2, 1]


def test_where_nothing_public_changed_there_is_no_release(atlas, tmp_path):
    make(tmp_path, SITE, DAY)
    make_agreement(state="draft", partnership=Partnership.objects.get(slug="torino-nagoya"))

    assert make(tmp_path, SITE, date(2026, 12, 15)) is None
    assert [path.name for path in tmp_path.iterdir()] == [
        "italy-japan-twinning-atlas-1-2026-11-30.zip"
    ]


def test_a_day_before_the_last_release_is_refused(atlas, tmp_path):
    make(tmp_path, SITE, DAY)

    with pytest.raises(ReleaseError) as caught:
        make(tmp_path, SITE, date(2026, 11, 29))

    assert str(caught.value) == (
        "2026-11-29 is before the last release, which is of 2026-11-30. Choose a later date."
    )


def test_data_that_change_meanwhile_are_refused(atlas, tmp_path, monkeypatch):
    file = FILES["places.csv"]

    def change_and_make(edition):
        content = file.make(edition)
        Place.objects.filter(slug="torino").update(name_en="Torino")
        return content

    changing = type(file)(file.path, file.media_type, change_and_make, file.described_by, file.kind)
    monkeypatch.setitem(FILES, "places.csv", changing)

    with pytest.raises(ReleaseError) as caught:
        make(tmp_path, SITE, DAY)

    assert str(caught.value) == "The data changed while they were read. Try again."
    assert list(tmp_path.iterdir()) == []


def test_a_zip_does_not_depend_on_the_order_of_what_goes_into_it():
    files = {name: Content(name.encode()) for name in ("b", "a/c", "a")}

    assert zipped(files, DAY) == zipped(dict(reversed(files.items())), DAY)
