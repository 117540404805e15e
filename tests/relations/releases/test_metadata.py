"""The description of the tables, read by a program that knows CSV on the Web and nothing of the atlas."""

import json
from datetime import date, datetime

import pytest
from csvw import TableGroup

from relations.cells import unguarded
from relations.enums import CitedField
from relations.releases import FILES, Edition
from relations.releases.rows import _PUBLIC
from relations.tables import TABLES
from relations.tables.forms import Many
from relations.tables.lines import Lines
from tests.factories import make_agreement, make_citation, make_sector, make_source
from tests.relations.releases.rows import SITE

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(tmp_path):
    """Reads the tables back by their common description; a warning would be an error."""

    def read():
        for name, file in FILES.items():
            if file.path.startswith("data/"):
                (tmp_path / name).write_bytes(file.make(Edition(SITE)).body)
        return TableGroup.from_file(tmp_path / "csv-metadata.json")

    return read


def as_read(column, record):
    """What the reader should give for a value of a record."""
    value = column.value(record)
    if isinstance(column.form, Lines):
        return sorted(column.form.text([line]) for line in value)
    if isinstance(column.form, Many):
        return list(value)
    return None if value == "" else value


def without_guard(value):
    return unguarded(value) if isinstance(value, str) else value


def test_the_files_are_read_back_to_the_same_facts(whole_atlas, read):
    tables = read().tabledict

    for kind, table in TABLES.items():

        def order(row, key=table.key):
            return [row[name] or "" for name in key]

        records = table.fetch(_PUBLIC[kind]())
        expected = [{c.name: as_read(c, record) for c in table.columns} for record in records]
        rows = tables[f"{kind}.csv"].iterdicts(strict=True)
        found = [{name: without_guard(value) for name, value in row.items()} for row in rows]
        assert sorted(found, key=order) == sorted(expected, key=order)


def test_every_name_of_another_record_leads_to_one(whole_atlas, read):
    group = read()

    assert group.check_referential_integrity()  # strict would allow no empty cell
    assert {
        (table.url.string, *key.columnReference, key.reference.resource.string)
        for table in group.tables
        for key in table.tableSchema.foreignKeys
    } == {
        ("places.csv", "region", "places.csv"),
        ("partnerships.csv", "italian_place", "places.csv"),
        ("partnerships.csv", "japanese_place", "places.csv"),
        ("agreements.csv", "partnership", "partnerships.csv"),
        ("agreements.csv", "signed_at", "places.csv"),
        ("agreements.csv", "renews", "agreements.csv"),
        ("agreements.csv", "supersedes", "agreements.csv"),
        ("events.csv", "place", "places.csv"),
        ("events.csv", "agreement", "agreements.csv"),
        ("citations.csv", "source", "sources.csv"),
        ("citations.csv", "partnership", "partnerships.csv"),
        ("citations.csv", "agreement", "agreements.csv"),
        ("citations.csv", "event", "events.csv"),
        ("sectors.csv", "parent", "sectors.csv"),
    }


def test_texts_that_look_like_something_else_come_back_as_they_are(read):
    act = make_agreement(
        title_en="=1+1",
        summary_en='Two\nlines, a "quote", a; semicolon | and a bar',
        sectors=(make_sector(code="b"), make_sector(code="a")),
    )
    source = make_source(slug="zz", title="#1", retrieved=date(2026, 1, 2), published="1986~")
    make_citation(agreement=act, field=CitedField.KIND, stated="null", source=source)

    group = read()

    (row,) = group.tabledict["agreements.csv"].iterdicts(strict=True)
    assert (unguarded(row["title_en"]), row["summary_en"], row["sectors"]) == (
        act.title_en,
        act.summary_en,
        ["a", "b"],
    )
    *_, row = group.tabledict["sources.csv"].iterdicts(strict=True)
    assert (row["title"], row["retrieved"], row["published"]) == (
        "#1",
        datetime(2026, 1, 2),  # noqa: DTZ001 # so the reader gives a day
        "1986~",
    )


@pytest.mark.parametrize("kind", TABLES)
def test_the_description_of_one_table_says_the_same_as_the_common_one_but_for_the_links(db, kind):
    group = json.loads(FILES["csv-metadata.json"].make(Edition(SITE)).body)
    (among_all,) = [table for table in group["tables"] if table["url"] == f"{kind}.csv"]

    alone = json.loads(FILES[f"{kind}.csv-metadata.json"].make(Edition(SITE)).body)

    del among_all["tableSchema"]["foreignKeys"]
    assert {name: alone[name] for name in among_all} == among_all
    assert (
        alone["@context"] == group["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    )
    assert alone["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}


def test_rows_have_the_uris_of_their_records(db):
    group = json.loads(FILES["csv-metadata.json"].make(Edition(SITE)).body)

    assert {t["url"]: t["tableSchema"].get("aboutUrl") for t in group["tables"]} == {
        "places.csv": "https://atlas.example.org/places/{slug}/",
        "sources.csv": "https://atlas.example.org/sources/{slug}/",
        "partnerships.csv": "https://atlas.example.org/partnerships/{slug}/",
        "agreements.csv": "https://atlas.example.org/agreements/{slug}/",
        "events.csv": "https://atlas.example.org/events/{slug}/",
        "citations.csv": None,
        "sectors.csv": "https://atlas.example.org/sectors/{code}/",
    }


def test_each_column_is_described_in_three_languages(db):
    group = json.loads(FILES["csv-metadata.json"].make(Edition(SITE)).body)

    languages = {
        tuple(said["@language"] for said in column["dc:description"])
        for table in group["tables"]
        for column in table["tableSchema"]["columns"]
    }

    assert languages == {("it", "ja", "en")}
