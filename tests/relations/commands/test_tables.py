"""The commands export tables and import them."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from relations.bulk import running
from relations.models import Agreement
from tests.factories import make_agreement, make_partnership
from tests.relations.bulk.files import csv_file, of

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """What a command prints."""
    stream = StringIO()
    call_command(*arguments, stdout=stream, no_color=True, **options)
    return stream.getvalue()


def test_a_table_is_written_and_read_again(tmp_path):
    act, file = make_agreement(), tmp_path / "a.csv"

    assert run("export_table", "agreements", file) == f"Wrote {file}, rows: 1.\n"
    assert run("import_table", "agreements", file).splitlines() == [
        "1 of 1 rows",
        "agreements: 0 new, 0 changed, 1 same",
    ]
    assert act.slug in file.read_text()


def test_a_table_is_printed():
    act = make_agreement()

    head, row = run("export_table", "agreements").split("\n", 1)

    assert head.startswith("slug,partnership,kind,")
    assert row.startswith(f"{act.slug},{act.partnership.slug},twinning,")


def test_a_workbook_is_written_to_a_file_alone(tmp_path):
    act, file = make_agreement(), tmp_path / "a.xlsx"

    run("export_table", "agreements", file, format="xlsx")

    assert load_workbook(BytesIO(file.read_bytes()))["agreements"]["A2"].value == act.slug
    with pytest.raises(CommandError, match="name a file"):
        run("export_table", "agreements", format="xlsx")


def test_what_does_not_fit_into_a_workbook_is_told(tmp_path):
    make_agreement(summary_it="x" * 40_000)

    with pytest.raises(CommandError, match="column “summary_it” does not fit"):
        run("export_table", "agreements", tmp_path / "a.xlsx", format="xlsx")


def test_it_tells_how_far_it_has_come(tmp_path):
    partnership, file = make_partnership(), tmp_path / "a.csv"
    rows = [[f"new-{n}", partnership.slug, "twinning"] for n in range(running.CHUNK + 1)]
    file.write_bytes(csv_file(["slug", "partnership", "kind"], *rows))

    assert run("import_table", "agreements", file).splitlines() == [
        "250 of 251 rows",
        "251 of 251 rows",
        "agreements: 251 new, 0 changed, 0 same",
    ]
    assert Agreement.objects.count() == 251


def test_a_dry_run_changes_nothing(tmp_path):
    act, file = make_agreement(), tmp_path / "a.csv"
    file.write_bytes(of(slug=act.slug, title_it="Nuovo"))

    said = run("import_table", "agreements", file, dry_run=True)

    assert said.splitlines()[-2:] == [
        "agreements: 0 new, 1 changed, 0 same",
        "A dry run: nothing was changed.",
    ]
    assert Agreement.objects.get().title_it == act.title_it


def test_it_is_silent_when_asked(tmp_path):
    act, file = make_agreement(), tmp_path / "a.csv"
    file.write_bytes(of(slug=act.slug, title_it="Nuovo"))

    assert run("import_table", "agreements", file, verbosity=0) == ""
    assert Agreement.objects.get().title_it == "Nuovo"


def test_what_is_wrong_is_told_row_by_row(tmp_path):
    act, file = make_agreement(), tmp_path / "a.csv"
    file.write_bytes(of(slug=act.slug, kind="marriage", signed="long ago"))

    with pytest.raises(CommandError) as refusal:
        run("import_table", "agreements", file)

    said = str(refusal.value).splitlines()
    assert said[0] == "Nothing was imported:"
    assert said[1].startswith(f"row 2 ({act.slug}): kind: “marriage” is none of the codes.")
    assert said[2].startswith(f"row 2 ({act.slug}): signed: “long ago” is not a date")


def test_many_errors_are_not_all_told(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(csv_file(["slug", "partnership"], *([f"new-{n}", "none"] for n in range(60))))

    with pytest.raises(CommandError, match="… and 70 more"):
        run("import_table", "agreements", file)


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content):
    file = tmp_path / "a.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=r"a\.csv: "):
        run("import_table", "agreements", file)


def test_sectors_are_exported_alone():
    assert run("export_table", "sectors").startswith("code,parent,")
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_table", "sectors", "x.csv")
