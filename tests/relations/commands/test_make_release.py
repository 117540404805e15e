"""The command makes a release, or says why not."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from relations.releases import releases
from tests.factories import make_event

pytestmark = pytest.mark.django_db

SITE = "https://atlas.example.org"


def made(**options):
    stream = StringIO()
    call_command("make_release", stdout=stream, **options)
    return stream.getvalue()


def test_it_makes_a_release_and_says_where(settings, tmp_path):
    settings.SITE_URL, settings.RELEASES_DIR = SITE, tmp_path
    make_event()

    said = made(date="2026-11-30")

    (release,) = releases(tmp_path)
    assert said == (
        f"Wrote {tmp_path / 'italy-japan-twinning-atlas-1-2026-11-30.zip'}, "
        f"{release.size} bytes, SHA-256 {release.sha256}.\n"
    )
    assert release.manifest["site"] == SITE


def test_site_day_and_folder_can_be_given(settings, tmp_path):
    settings.SITE_URL, settings.RELEASES_DIR = "", tmp_path / "elsewhere"
    make_event()

    made(site=f"{SITE}/", date="2026-12-01", output=tmp_path / "here")

    (release,) = releases(tmp_path / "here")
    assert (release.manifest["site"], release.day) == (SITE, date(2026, 12, 1))
    assert not settings.RELEASES_DIR.exists()


def test_it_is_of_today_unless_a_day_is_given(tmp_path):
    made(site=SITE, output=tmp_path)

    assert [release.day for release in releases(tmp_path)] == [timezone.localdate()]


def test_where_nothing_changed_it_says_so_and_makes_none(tmp_path):
    make_event()
    options = {"site": SITE, "output": tmp_path}
    made(**options)

    assert made(**options) == (
        "Nothing public has changed since the last release: none was made.\n"
    )
    assert made(**options, verbosity=0) == ""
    assert len(releases(tmp_path)) == 1


@pytest.mark.parametrize(
    "site",
    [
        "",
        "atlas.example.org",
        "https://atlas.example.org/data",
        "ftp://a",
        "https://[::1",
        "https://a b.org",
        'https://a.org"><x>',
        "https://user:secret@a.org",
    ],
)
def test_it_needs_to_know_where_the_site_is(settings, tmp_path, site):
    settings.SITE_URL = ""

    with pytest.raises(CommandError) as caught:
        made(site=site, output=tmp_path)

    assert str(caught.value) == (
        f"{site!r} is not where a site is. Set SITE_URL or give --site, such as "
        "https://atlas.example.org: the URIs in a release begin with it."
    )


def test_it_refuses_what_is_no_day(tmp_path):
    with pytest.raises(CommandError) as caught:
        made(site=SITE, output=tmp_path, date="30/11/2026")

    assert str(caught.value) == "--date: '30/11/2026' is not a day. Write it as 2026-11-30."


def test_it_says_why_there_is_no_release(tmp_path):
    make_event()
    made(site=SITE, output=tmp_path, date="2026-11-30")

    with pytest.raises(CommandError) as caught:
        made(site=SITE, output=tmp_path, date="2026-11-29")

    assert str(caught.value) == (
        "No release was made: 2026-11-29 is before the last release, which is of 2026-11-30. "
        "Choose a later date."
    )


def test_it_says_when_the_folder_cannot_be_written_to(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CommandError) as caught:
        made(site=SITE, output=tmp_path / "file")

    assert str(caught.value) == (
        f"No release was made: [Errno 17] File exists: '{tmp_path / 'file'}'"
    )


@pytest.mark.parametrize("day", ["1970-01-01", "9999-12-31"])
def test_a_zip_cannot_be_of_any_year(tmp_path, day):
    with pytest.raises(CommandError) as caught:
        made(site="https://atlas.example.org", output=tmp_path, date=day)

    assert str(caught.value) == "--date: a release is of 1980 to 2107."
