"""The command loads files and prints what it did."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from relations.models import Sector

pytestmark = pytest.mark.django_db

SECTOR = """\
- model: relations.sector
  fields: {code: %s, order: %d, colour: economy, name_it: Economia, name_ja: 経済, name_en: Economy}
"""


@pytest.fixture
def file(tmp_path):
    """A file with one sector."""
    file = tmp_path / "sectors.yaml"
    file.write_text(SECTOR % ("economy", 1), encoding="utf-8")
    return file


def output(*arguments, **options) -> str:
    stream = StringIO()
    call_command("load_atlas", *arguments, stdout=stream, **options)
    return stream.getvalue()


class Terminal(StringIO):
    """A stream that says that a person is looking."""

    def isatty(self) -> bool:
        return True


def test_it_prints_a_table_of_what_was_done(file):
    assert (
        output(file)
        == """\
                            created    updated  unchanged       kept
relations.sector                  1          0          0          0
"""
    )
    assert Sector.objects.get().code == "economy"


def test_it_loads_the_projects_fixtures_unless_told_otherwise():
    lines = output().splitlines()

    assert [line.split()[0] for line in lines[1:]] == [
        "relations.sector",
        "relations.place",
        "relations.placename",
        "relations.source",
        "relations.partnership",
        "relations.agreement",
        "relations.party",
        "relations.signatory",
        "relations.event",
        "relations.citation",
    ]
    assert Sector.objects.count() == int(lines[1].split()[1])


def test_a_dry_run_says_so(file):
    assert (
        output(file, dry_run=True)
        == """\
                            created    updated  unchanged       kept
relations.sector                  1          0          0          0
A dry run: nothing was changed.
"""
    )
    assert Sector.objects.count() == 0


def test_records_that_were_kept_are_named(file):
    output(file)
    Sector.objects.update(name_en="Trade")

    assert (
        output(file)
        == """\
                            created    updated  unchanged       kept
relations.sector                  0          0          0          1
Kept as in the database (see --overwrite):
  relations.sector “economy”: changed since the last load
"""
    )


def test_overwrite_undoes_what_editors_did(file):
    output(file)
    Sector.objects.update(name_en="Trade")

    output(file, overwrite=True)

    assert Sector.objects.get().name_en == "Economy"


def test_it_is_silent_when_asked(file):
    assert output(file, verbosity=0) == ""


def test_problems_are_told_and_nothing_is_loaded(file, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("- model: relations.sector\n  fields: {code: 7}\n", encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        output(file, other)

    assert str(caught.value) == (
        "Nothing was loaded: there is 1 problem.\n"
        f"{other}, line 1, relations.sector, code: expected text, found the number 7. Put it in quotes."
    )
    assert Sector.objects.count() == 0


def test_of_many_problems_the_first_are_told(tmp_path):
    file = tmp_path / "sectors.yaml"
    file.write_text("- 1\n" * 60, encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        output(file)

    lines = str(caught.value).splitlines()
    assert (lines[0], len(lines), lines[-1]) == (
        "Nothing was loaded: there are 60 problems.",
        52,
        "… and 10 more.",
    )


def test_a_person_at_a_terminal_sees_how_far_it_is(tmp_path):
    file = tmp_path / "sectors.yaml"
    file.write_text("".join(SECTOR % (f"s-{n}", n) for n in range(4)), encoding="utf-8")
    terminal = Terminal()

    call_command("load_atlas", file, stdout=terminal, no_color=True)

    shown = [f"Loading: {percent} %" for percent in (25, 50, 75, 100)]
    assert terminal.getvalue().split("\r")[1:5] == shown
