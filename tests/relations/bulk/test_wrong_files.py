"""Every wrong file gets its sentence, and nothing is written."""

import re
import zipfile
from datetime import datetime, time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from relations.bulk import FileError, files, read_file, workbooks
from relations.models import Agreement, Citation, Event, Partnership, Party, Place, Source
from relations.tables import TABLES
from tests.factories import (
    make_agreement,
    make_citation,
    make_entry,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_source,
)
from tests.relations.bulk.files import csv_file, imported, of, sentences, workbook

pytestmark = pytest.mark.django_db

WRITTEN = (Agreement, Citation, Event, Partnership, Party, Place, Source)
HEAD = ["slug", "partnership", "kind"]


def archive(**parts):
    """A zip archive with parts of a workbook."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def with_part(name, content):
    """A workbook, one of whose parts is another."""
    file, packed = BytesIO(), BytesIO(workbook(HEAD, ["a", "b", "twinning"]))
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member, content if member.filename == name else old.read(member))
    return file.getvalue()


XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'
STRINGS = "xl/worksheets/sheet1.xml"

WRONG_FILES = {
    "nothing in it": (b"", "The file is empty."),
    "only a byte order mark": (b"\xef\xbb\xbf", "has no rows|is missing"),
    "only blank lines": (b"\n\n,,\n", "is missing"),
    "only the head": (csv_file(HEAD), "has no rows below the names of the columns"),
    "Latin-1": ("slug,title_it\na,città".encode("latin-1"), "not UTF-8: line 2 cannot be read"),
    "Shift JIS": ("slug,title_ja\na,日本".encode("shift-jis"), "not UTF-8: line 2"),
    "UTF-16": ("slug\na".encode("utf-16"), "not UTF-8 but UTF-16"),
    "not text": (b"slug\n\0\1\2", "This is not text"),
    "a PDF": (b"%PDF-1.7 ...", "This is a PDF"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old workbook"),
    "a damaged archive": (b"PK\x03\x04 and then nothing", "is damaged"),
    "an archive of something else": (archive(mimetype="odf"), "not an Excel workbook"),
    "a workbook in name only": (
        archive(**{"xl/workbook.xml": "<no/>"}),
        "cannot be read. Open it in Excel",
    ),
    "an empty workbook": (workbook(), "The file is empty."),
    "an external entity": (with_part(STRINGS, XXE), "definitions that Excel does not write"),
    "entities that multiply": (with_part(STRINGS, LAUGHS), "definitions that Excel does not"),
    "entities in UTF-16": (
        with_part(STRINGS, LAUGHS.decode().encode("utf-16")),
        "definitions that Excel does not write",
    ),
    "broken XML": (with_part(STRINGS, b"<worksheet><sheetData><row>"), "cannot be read"),
    "an unknown column": (csv_file(["slug", "colour"], ["a", "b"]), "does not have: 'colour'"),
    "no names of columns": (csv_file(["torino", "nagoya"], ["a", "b"]), "does not have: 'torino'"),
    "a column without a name": (
        csv_file(["slug", "", "kind"], ["a", "b", "c"]),
        "does not have: ''",
    ),
    "a column twice": (csv_file(["slug", "kind", "kind"], ["a", "b", "c"]), "“kind” stands twice"),
    "no key": (csv_file(["kind"], ["twinning"]), "The column slug is missing"),
    "an open quote": (b'slug,title_it\na,"b\nc,d\n', "is not CSV"),
    "text behind a quote": (b'slug,title_it\na,"b"c\n', "After row 1 the file is not CSV"),
    "a cell without end": (b"slug\n" + b"x" * 200_000, "is not CSV"),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_gets_its_sentence(name):
    content, sentence = WRONG_FILES[name]

    with pytest.raises(FileError, match=sentence):
        read_file(content, TABLES["agreements"])


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 10)

    with pytest.raises(FileError, match="Split it into smaller ones"):
        read_file(of(slug="a" * 20), TABLES["agreements"])


def test_a_file_of_too_many_rows_is_not_read(monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 2)

    with pytest.raises(FileError, match="more than 2 rows"):
        read_file(csv_file(["slug"], ["a"], ["b"], ["c"]), TABLES["agreements"])


def test_a_workbook_that_grows_when_unpacked_is_not_unpacked():
    bomb = with_part(STRINGS, b"<worksheet>" + b" " * (workbooks.MOST_UNPACKED + 1))

    assert len(bomb) < 1_000_000
    with pytest.raises(FileError, match="too large once it is unpacked"):
        read_file(bomb, TABLES["agreements"])


def test_a_cell_far_below_all_others_costs_no_time(monkeypatch):
    monkeypatch.setattr(workbooks, "LAST_ROW", 5)
    rows = [HEAD, *(["a", "b", "c"] for _n in range(5))]

    assert len(read_file(workbook(*rows[:5]), TABLES["agreements"]).rows) == 4
    with pytest.raises(FileError, match="Below row 5 nothing is read"):
        read_file(workbook(*rows), TABLES["agreements"])


def test_a_workbook_of_several_sheets_is_not_guessed_at():
    book = load_workbook(BytesIO(workbook(HEAD, ["a", "b", "c"], title="Eins")))
    book.create_sheet("Zwei").append(["x"])
    file = BytesIO()
    book.save(file)

    with pytest.raises(FileError, match="Several sheets hold something: Eins, Zwei"):
        read_file(file.getvalue(), TABLES["agreements"])


ACT = {
    "slug": "torino-nagoya-2005",
    "partnership": "torino-nagoya",
    "kind": "twinning",
    "signed": "2005-05-27",
    "parties": "torino\nnagoya",
}
SOURCE = {"slug": "new", "kind": "news", "title": "A title", "language": "it"}
PLACE = {
    "slug": "rho",
    "country": "IT",
    "kind": "municipality",
    "region": "piemonte",
    "name_it": "Rho",
    "name_ja": "ロー",
    "name_en": "Rho",
    "latitude": "45.5",
    "longitude": "9.0",
    "code": "015182",
}

WRONG_ROWS = {
    "no such partnership": ("agreements", {"partnership": "roma-tokyo"}, "partnership", "not in the table “partnerships”"),
    "no partnership": ("agreements", {"partnership": ""}, "partnership", "cannot be blank"),
    "no such kind": ("agreements", {"kind": "gemellaggio"}, "kind", "none of the codes. Write one of: twinning"),
    "no kind": ("agreements", {"kind": ""}, "kind", "cannot be blank"),
    "a day that does not exist": ("agreements", {"signed": "2005-02-30"}, "signed", "not a day of the calendar"),
    "a day as in Italy": ("agreements", {"signed": "27/05/2005"}, "signed", "Write a day 1960-05-03"),
    "an era that was over": ("agreements", {"signed": "S70.1.1"}, "signed", "outside its era"),
    "an end before the beginning": ("agreements", {"ended": "1999"}, "", "cannot end before it is signed"),
    "a term of no months": ("agreements", {"term_months": "0"}, "", "lasts at least one month"),
    "a term in words": ("agreements", {"term_months": "five years"}, "term_months", "Write digits only"),
    "a term without end": ("agreements", {"term_months": "99999"}, "term_months", "less than or equal to"),
    "no such sector": ("agreements", {"sectors": "culture; love"}, "sectors", "not in the table “sectors”"),
    "a slug with blanks": ("agreements", {"slug": "torino nagoya"}, "slug", "valid “slug”"),
    "a slug without end": ("agreements", {"slug": "a" * 200}, "slug", "at most 140 characters"),
    "no such state": ("agreements", {"state": "public"}, "state", "none of the codes"),
    "published by a file": ("agreements", {"state": "published"}, "state", "publishes and withdraws nothing"),
    "a party nowhere": ("agreements", {"parties": "atlantis"}, "parties", "“atlantis” is not in the table"),
    "a party without a place": ("agreements", {"parties": "| university"}, "parties", "“place” is missing"),
    "a body of no kind": ("agreements", {"parties": "torino | mayor"}, "parties", "none of the codes"),
    "a body without a name": ("agreements", {"parties": "torino | university"}, "parties", "needs its names"),
    "a party twice": ("agreements", {"parties": "torino\ntorino"}, "parties", "stands twice"),
    "too many fields": ("agreements", {"parties": "torino | other | a | b | c | d"}, "parties", "more than 5 fields"),
    "a signatory of nobody": ("agreements", {"signatories": "roma | Maria Rossi"}, "signatories", "does not name one of the parties. They are: nagoya, torino"),
    "a signatory without a name": ("agreements", {"signatories": "torino"}, "signatories", "cannot be blank"),
    "a source that is not there": ("agreements", {"citations": "gazzetta | signed | 2005"}, "citations", "not in the table “sources”"),
    "a fact that acts do not have": ("agreements", {"citations": "known | first_contact | 2005"}, "citations", "has no fact"),
    "a fact without a statement": ("agreements", {"citations": "known | signed"}, "citations", "Say what the source states"),
    "a fact without a name": ("agreements", {"citations": "known"}, "citations", "“field” is missing"),
    "two preferred values": ("agreements", {"citations": "known | signed | 2005 | preferred\nknown | signed | 2006 | preferred"}, "citations", "already the preferred one"),
    "it renews itself": ("agreements", {"renews": "torino-nagoya-2005"}, "renews", "not in the table “agreements”"),
    "it renews another pair’s": ("agreements", {"renews": "other"}, "renews", "belongs to another partnership"),
    "a title without end": ("agreements", {"title_it": "x" * 301}, "title_it", "at most 300 characters"),
    "not an answer": ("agreements", {"clair_heads": "perhaps"}, "clair_heads", "Write one of: yes, no, unknown"),
    "an address that is none": ("sources", {"url": "www"}, "url", "valid URL"),
    "a script for an address": ("sources", {"url": "javascript:alert(1)"}, "url", "valid URL"),
    "no title": ("sources", {"title": ""}, "title", "cannot be blank"),
    "no such language": ("sources", {"language": "de"}, "language", "Write one of: it, ja, en"),
    "a day that is none": ("sources", {"retrieved": "yesterday"}, "retrieved", "Write it as 2025-09-23"),
    "a code without its zero": ("places", {"code": "15182"}, "code", "an ISTAT code of 6 digits"),
    "a place in the sea": ("places", {"longitude": "-9"}, "", "lie outside the country"),
    "no coordinates": ("places", {"latitude": ""}, "latitude", "cannot be null"),
    "minutes of arc": ("places", {"latitude": "45°30\u2032"}, "latitude", "Write it as 44.10250"),
    "a region abroad": ("places", {"region": "aichi"}, "region", "lies in the other country"),
    "no region": ("places", {"region": ""}, "", "needs its region"),
    "no Japanese name": ("places", {"name_ja": ""}, "name_ja", "cannot be blank"),
    "a ward of Italy": ("places", {"kind": "ward"}, "", "has no places of this kind"),
    "another’s code": ("places", {"code": "001272"}, "", "Another place of this country has this code"),
    "a spelling in no language": ("places", {"spellings": "Rò"}, "spellings", "“language” is missing"),
}  # fmt: skip


@pytest.fixture
def _atlas():
    torino = make_italian_city(slug="torino", code="001272")
    Place.objects.filter(pk=torino.region_id).update(slug="piemonte")
    nagoya = make_japanese_city(slug="nagoya")
    Place.objects.filter(pk=nagoya.region_id).update(slug="aichi")
    make_partnership(slug="torino-nagoya", italian_place=torino, japanese_place=nagoya)
    make_source(slug="known")
    make_agreement(slug="other")


@pytest.mark.usefixtures("_atlas")
@pytest.mark.parametrize("name", WRONG_ROWS)
def test_a_wrong_row_gets_its_sentence_and_nothing_is_written(name):
    kind, cells, column, sentence = WRONG_ROWS[name]
    sound = {"agreements": ACT, "sources": SOURCE, "places": PLACE}[kind]
    before = {model: model.objects.count() for model in WRITTEN}
    key = "zz-sound" if kind != "places" else "rho"
    good = {**sound, "slug": key} | ({"code": "015999", "slug": "zz"} if kind == "places" else {})
    head = list(dict.fromkeys([*sound, *cells]))

    job = imported(
        kind,
        csv_file(head, [good.get(n, "") for n in head], [(sound | cells).get(n, "") for n in head]),
    )

    (found,) = sentences(job)
    assert found[:2] == (3, column)
    assert re.search(sentence, found[2])
    assert {model: model.objects.count() for model in WRITTEN} == before


@pytest.mark.usefixtures("_atlas")
def test_the_sound_rows_are_sound():
    rows = {"agreements": ACT, "sources": SOURCE, "places": PLACE}

    assert [sentences(imported(kind, of(**cells))) for kind, cells in rows.items()] == [[], [], []]


@pytest.mark.usefixtures("_atlas")
def test_every_wrong_cell_of_a_row_is_told_at_once():
    job = imported("agreements", of(**ACT | {"kind": "x", "signed": "y", "sectors": "z"}))

    assert [(row, column) for row, column, _sentence in sentences(job)] == [
        (2, "kind"),
        (2, "signed"),
        (2, "sectors"),
    ]
    assert "twinning" in job.wrong[0].problems[0].expected


@pytest.mark.usefixtures("_atlas")
def test_a_key_that_stands_twice_is_told():
    job = imported("agreements", csv_file(list(ACT), list(ACT.values()), list(ACT.values())))

    assert sentences(job) == [(3, "", "Row 2 has the same key. Leave one of them.")]


@pytest.mark.usefixtures("_atlas")
def test_more_cells_than_columns_are_told():
    job = imported("agreements", b"slug,title_it\nother,Torino, Nagoya\n")

    assert [(row, column) for row, column, _sentence in sentences(job)] == [(2, "")]
    assert "needs quotes around it" in sentences(job)[0][2]


@pytest.mark.usefixtures("_atlas")
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("=A1", "holds a formula"),
        (datetime(2005, 5, 27, 14, 30), "has made a time of this cell"),  # noqa: DTZ001 # as Excel has it
        (time(5, 27), "has made a time of this cell"),
    ],
)
def test_a_cell_of_a_workbook_that_is_no_value_is_told(value, sentence):
    job = imported("agreements", workbook(["slug", "title_it"], ["other", value]))

    assert [(row, column) for row, column, _sentence in sentences(job)] == [(2, "title_it")]
    assert sentence in sentences(job)[0][2]


@pytest.mark.usefixtures("_atlas")
def test_rows_count_as_a_program_for_tables_counts_them():
    content = b'slug,title_it\r\n\r\nother,"one\r\ntwo"\r\nnew,x\r\n'

    assert [row for row, _column, _sentence in sentences(imported("agreements", content))] == [4, 4]


@pytest.mark.usefixtures("_atlas")
def test_an_entry_that_the_gazetteer_does_not_have_is_told():
    job = imported("partnerships", of(slug="a", italian_place="IT-099999", japanese_place="nagoya"))

    assert "neither in the atlas nor in the gazetteer" in sentences(job)[0][2]


@pytest.mark.usefixtures("_atlas")
def test_an_entry_without_a_japanese_name_asks_for_it():
    make_entry(
        code="011015", name_it="La Spezia", region_code=Place.objects.get(slug="piemonte").code
    )

    job = imported("partnerships", of(slug="a", italian_place="IT-011015", japanese_place="nagoya"))

    assert "write it behind the code, IT-011015:" in sentences(job)[0][2]
    assert not Place.objects.filter(code="011015").exists()


def test_a_preference_that_another_row_keeps_is_told():
    act = make_agreement()
    make_citation(agreement=act, field="kind", stated="a", source=make_source(slug="one"))
    make_source(slug="two")

    job = imported(
        "citations",
        of(
            source="two",
            partnership="",
            agreement=act.slug,
            event="",
            field="kind",
            stated="b",
            preferred="yes",
        ),
    )

    assert sentences(job) == [
        (2, "", "Another citation of this fact is already the preferred one.")
    ]
