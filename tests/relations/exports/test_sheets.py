"""CSV and workbooks: what a program for tables sees."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import translation

from relations.exports.sheets import head_of, write_csv, write_csv_for_excel, write_xlsx
from relations.models import Agreement
from relations.tables import DERIVED, TABLES
from tests.factories import make_agreement, make_italian_city, make_partnership
from tests.relations.exports.rows import SITE, selection


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode())))


@pytest.mark.django_db
def test_codes_keep_their_zeros_and_kanji_stay_in_a_workbook() -> None:
    city = make_italian_city(code="011015", name_ja="ラ・スペツィア市")
    make_agreement(partnership=make_partnership(italian_place=city))

    content = write_xlsx(selection("places"))

    sheet = openpyxl.load_workbook(BytesIO(content)).active
    head, *rows = sheet.iter_rows(values_only=True)
    row = next(
        r for r in (dict(zip(head, row, strict=True)) for row in rows) if r["slug"] == city.slug
    )
    assert (row["code"], row["name_ja"]) == ("011015", "ラ・スペツィア市")
    assert {
        cell.data_type for cells in sheet.iter_rows(min_row=2) for cell in cells if cell.value
    } == {"s"}
    assert {
        cell.number_format for cells in sheet.iter_rows(min_row=2) for cell in cells if cell.value
    } == {"@"}


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_cell_is_never_a_formula(sign: str) -> None:
    make_agreement(title_en=f"{sign}1+1")

    (row,) = read(write_csv(selection("agreements")))

    assert row["title_en"] == f"'{sign}1+1"
    (timeline,) = read(write_csv(selection("timeline")))
    assert timeline["title_en"] == f"'{sign}1+1"


@pytest.mark.django_db
def test_lines_end_and_quotes_are_doubled_as_rfc_4180_has_it() -> None:
    make_agreement(title_en='A “pact”, "signed"\nin May')

    content = write_csv(selection("agreements")).decode()

    assert content.count("\r\n") == 2
    assert '"A “pact”, ""signed""\nin May"' in content
    assert not content.startswith("\ufeff")


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "delimiter"), [("it", ";"), ("ja", ","), ("en", ",")])
def test_the_variant_for_excel_has_a_mark_and_the_separator_of_the_country(
    language: str, delimiter: str
) -> None:
    make_agreement()

    with translation.override(language):
        content = write_csv_for_excel(selection("agreements"))

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[0].split(delimiter) == head_of("agreements")


def test_the_columns_of_a_table_come_first_and_no_name_comes_twice() -> None:
    for kind, table in TABLES.items():
        head = head_of(kind)
        assert head[: len(table.names)] == table.names
        assert len(head) == len(set(head))


def test_every_derived_column_says_what_it_is() -> None:
    columns = [column for of_kind in DERIVED.values() for column in of_kind]

    assert [column.name for column in columns if not str(column.meaning)] == []


def test_what_follows_from_other_facts_stands_behind_them(atlas: None) -> None:
    rows = {row["slug"]: row for row in read(write_csv(selection("partnerships")))}

    row = rows["torino-nagoya"]
    assert {name: row[name] for name in head_of("partnerships")[8:]} == {
        "uri": f"{SITE}/partnerships/torino-nagoya/",
        "italian_place_name_it": "Torino",
        "italian_place_name_ja": "トリノ市",
        "italian_place_name_en": "Turin",
        "italian_place_code": "001272",
        "italian_region": "IT-21",
        "japanese_place_name_it": "Nagoya",
        "japanese_place_name_ja": "名古屋市",
        "japanese_place_name_en": "Nagoya",
        "japanese_place_code": "23100",
        "japanese_prefecture": "JP-23",
        "first_signed": row["first_signed"],
        "status": "in_force",
        "status_as_of": "2026-11-30",
        "kinds": row["kinds"],
        "sectors": row["sectors"],
        "agreement_count": str(Agreement.objects.filter(partnership__slug="torino-nagoya").count()),
        "event_count": row["event_count"],
        "source_count": row["source_count"],
        "last_event": row["last_event"],
        "distance_km": row["distance_km"],
    }


@pytest.mark.parametrize("kind", ["places", "sources", "partnerships", "agreements"])
def test_the_desk_reads_a_public_file_again_and_changes_nothing(
    whole_atlas: None, tmp_path, capsys, kind: str
) -> None:
    file = tmp_path / f"{kind}.csv"
    file.write_bytes(write_csv(selection(kind)))
    rows = len(read(file.read_bytes()))

    call_command("import_table", kind, str(file))

    assert capsys.readouterr().out.splitlines()[-1] == f"{kind}: 0 new, 0 changed, {rows} same"
