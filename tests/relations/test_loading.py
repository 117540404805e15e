"""Fixture files are loaded whole or not at all, and never over what an editor did."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import models, transaction

from relations.loading import FILES, LoadError, LoadReport, RecordName, load
from relations.loading.layout import LAYOUTS
from relations.loading.rows import read_rows
from relations.models import (
    Agreement,
    Citation,
    Event,
    LoadedRecord,
    Partnership,
    Place,
    Sector,
)

FIXTURES = settings.BASE_DIR / "fixtures"

pytestmark = pytest.mark.django_db

# A small atlas; what is left out has its default.
WORLD = """\
- model: relations.sector
  fields: {code: economy, order: 10, colour: economy, name_it: Economia, name_ja: 経済, name_en: Economy}
- model: relations.sector
  fields: {code: automotive, parent: [economy], order: 20, colour: economy, name_it: Auto, name_ja: 自動車, name_en: Cars}
- model: relations.place
  fields:
    slug: piemonte
    kind: region
    country: IT
    macro_area: north-west
    name_it: Piemonte
    name_ja: ピエモンテ州
    name_en: Piedmont
    latitude: '45.07'
    longitude: '7.68682'
    code: IT-21
- model: relations.place
  fields:
    slug: aichi
    kind: prefecture
    country: JP
    macro_area: chubu
    name_it: Aichi
    name_ja: 愛知県
    name_en: Aichi
    latitude: '35.18028'
    longitude: '136.90667'
    code: JP-23
- model: relations.place
  fields:
    slug: torino
    kind: municipality
    country: IT
    region: [piemonte]
    name_it: Torino
    name_ja: トリノ
    name_en: Turin
    latitude: '45.07049'
    longitude: '7.68682'
    code: '001272'
- model: relations.place
  fields:
    slug: nagoya
    kind: municipality
    country: JP
    region: [aichi]
    name_it: Nagoya
    name_ja: 名古屋市
    name_en: Nagoya
    latitude: '35.18145'
    longitude: '136.90641'
    code: '23100'
- model: relations.source
  fields: {slug: torino-page, kind: official_page, title: Gemellaggi, language: it, retrieved: 2026-11-20}
- model: relations.partnership
  fields: {slug: torino-nagoya, italian_place: [torino], japanese_place: [nagoya]}
- model: relations.agreement
  fields:
    slug: torino-nagoya-2005
    partnership: [torino-nagoya]
    kind: twinning
    title_en: Twinning of Turin and Nagoya
    signed: '2005-05-27'
    signed_at: [torino]
    sectors: [[automotive], [economy]]
    state: published
- model: relations.party
  fields: {agreement: [torino-nagoya-2005], place: [torino]}
- model: relations.party
  fields: {agreement: [torino-nagoya-2005], place: [nagoya]}
- model: relations.signatory
  fields: {party: [torino-nagoya-2005, torino, local_government, ''], name: Sergio Chiamparino}
- model: relations.event
  fields:
    slug: nagoya-mission
    kind: mission
    title_en: Mission to Nagoya
    start: H17.5
    partnerships: [[torino-nagoya]]
    state: published
- model: relations.citation
  fields:
    source: [torino-page]
    agreement: [torino-nagoya-2005]
    field: signed
    stated: 27 maggio 2005
- model: relations.citation
  fields: {source: [torino-page], event: [nagoya-mission], field: start, stated: maggio 2005}
"""
RECORDS = 15


@pytest.fixture
def load_text(tmp_path):
    """Loads a text as the file atlas.yaml, which is never left half-loaded."""

    def load_it(text: str, **options) -> LoadReport:
        file = tmp_path / "atlas.yaml"
        file.write_text(text, encoding="utf-8")
        return load([file], **options)

    return load_it


@pytest.fixture
def world(load_text):
    """The small atlas, loaded."""
    return load_text(WORLD)


def numbers(report: LoadReport) -> tuple[int, int, int, int]:
    return tuple(map(len, (report.created, report.updated, report.unchanged, report.kept)))


# When a row was written is not part of what it says.
MOMENTS = {"added", "changed"}


def everything(*, keys: bool = False) -> dict[str, list[dict]]:
    """Every column of every row of the atlas, by table; natural keys in place of primary ones."""
    return {
        layout.file: sorted(
            (
                {
                    name: getattr(row, name)
                    for name in layout.written
                    if name not in layout.references and name not in MOMENTS
                }
                | {name: _key(getattr(row, name)) for name in layout.references}
                | {name: sorted(map(_key, getattr(row, name).all())) for name in layout.many}
                | ({"pk": row.pk} if keys else {})
                for row in layout.model.objects.all()
            ),
            key=str,
        )
        for layout in LAYOUTS
    }


def _key(row: models.Model | None):
    return row and row.natural_key()


# What is loaded


def test_every_record_is_created_and_reported(load_text):
    report = load_text(WORLD)

    assert numbers(report) == (RECORDS, 0, 0, 0)
    assert {model: dict(counts) for model, counts in report.counts.items()} == {
        "relations.sector": {"created": 2},
        "relations.place": {"created": 4},
        "relations.source": {"created": 1},
        "relations.partnership": {"created": 1},
        "relations.agreement": {"created": 1},
        "relations.party": {"created": 2},
        "relations.signatory": {"created": 1},
        "relations.event": {"created": 1},
        "relations.citation": {"created": 2},
    }
    assert report.created[-1] == RecordName(
        "relations.citation", ("torino-page", "event", "nagoya-mission", "start", "maggio 2005")
    )


def test_references_of_every_kind_are_resolved(world):
    act = Agreement.objects.get()

    assert act.partnership == Partnership.objects.get(slug="torino-nagoya")
    assert act.signed_at == Place.objects.get(slug="torino")
    assert set(act.sectors.all()) == set(Sector.objects.all())
    assert [party.place.slug for party in act.parties.all()] == ["torino", "nagoya"]
    assert Event.objects.get().citations.get().stated == "maggio 2005"


def test_derived_columns_and_cleaned_values_are_written(world):
    event = Event.objects.filter(start_earliest="2005-05-01", start_latest="2005-05-31").get()

    assert event.start == "2005-05"


def test_loading_twice_changes_nothing(load_text):
    load_text(WORLD)
    before = everything(keys=True)

    report = load_text(WORLD)

    assert numbers(report) == (0, 0, RECORDS, 0)
    assert everything(keys=True) == before


def test_loading_again_leaves_the_moment_of_the_last_change(load_text, world):
    load_text(WORLD)
    before = Agreement.objects.values_list("added", "changed").get()

    load_text(WORLD)
    after_the_same = Agreement.objects.values_list("added", "changed").get()
    load_text(WORLD.replace("kind: twinning", "kind: memorandum"))
    added, changed = Agreement.objects.values_list("added", "changed").get()

    assert after_the_same == before
    assert (added == before[0], changed > before[1]) == (True, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-2005], place: [nagoya]}", "-2005], place: [nagoya], name_ja: 名古屋市役所}"),
        ("name: Sergio Chiamparino", "name: Sergio Chiamparino, office_it: Sindaco"),
        ("field: signed\n", "field: signed\n    preferred: true\n"),
    ],
    ids=["party", "signatory", "citation"],
)
def test_an_agreement_changes_with_its_parts(load_text, world, old, new):
    load_text(WORLD)
    added, changed = Agreement.objects.values_list("added", "changed").get()

    load_text(WORLD.replace(old, new, 1))

    assert WORLD.count(old)
    assert Agreement.objects.get().added == added
    assert Agreement.objects.get().changed > changed


def test_loading_again_takes_one_query_a_table(load_text, django_assert_num_queries):
    load_text(WORLD)

    # The ledger; ten tables and four of many-to-many fields; opening and closing a savepoint;
    # whether the one narrow sector has narrower ones itself; the version before and after.
    with django_assert_num_queries(20):
        load_text(WORLD)


def test_a_changed_file_updates_the_record(load_text, world):
    nagoya = Place.objects.get(slug="nagoya")

    report = load_text(WORLD.replace("名古屋市", "名古屋"))

    assert report.updated == [RecordName("relations.place", ("nagoya",))]
    assert numbers(report) == (0, 1, RECORDS - 1, 0)
    assert Place.objects.get(pk=nagoya.pk).name_ja == "名古屋"


def test_many_to_many_fields_are_updated(load_text, world):
    report = load_text(WORLD.replace("[[automotive], [economy]]", "[[economy]]"))

    assert report.updated == [RecordName("relations.agreement", ("torino-nagoya-2005",))]
    assert list(Agreement.objects.get().sectors.all()) == [Sector.objects.get(code="economy")]


def test_the_order_of_many_to_many_fields_does_not_matter(load_text, world):
    report = load_text(WORLD.replace("[[automotive], [economy]]", "[[economy], [automotive]]"))

    assert numbers(report) == (0, 0, RECORDS, 0)


def test_a_field_that_is_left_out_returns_to_its_default(load_text, world):
    load_text(WORLD.replace("    signed_at: [torino]\n", ""))

    assert Agreement.objects.get().signed_at is None


def test_a_record_that_has_left_the_files_stays(load_text, world):
    report = load_text(WORLD[: WORLD.index("- model: relations.signatory")])

    assert numbers(report) == (0, 0, 11, 0)
    assert Event.objects.count() == 1


def test_a_record_may_refer_to_a_later_one_of_its_file(load_text, world):
    later = """\
- model: relations.agreement
  fields: {slug: c, partnership: [torino-nagoya], kind: memorandum, renews: [b], supersedes: [a]}
- model: relations.agreement
  fields: {slug: b, partnership: [torino-nagoya], kind: memorandum, renews: [a]}
- model: relations.agreement
  fields: {slug: a, partnership: [torino-nagoya], kind: memorandum}
"""

    report = load_text(later)

    assert [name.key for name in report.created] == [("a",), ("b",), ("c",)]
    assert Agreement.objects.get(slug="c").renews.renews.superseded_by.get().slug == "c"


def test_two_sectors_may_change_places(load_text, world):
    swapped = WORLD.replace("order: 10", "order: x").replace("order: 20", "order: 10")

    load_text(swapped.replace("order: x", "order: 20"))

    assert [sector.code for sector in Sector.objects.all()] == ["automotive", "economy"]


def test_another_citation_may_become_the_preferred_one(load_text):
    fact = "- model: relations.citation\n  fields: {{source: [torino-page], agreement: [torino-nagoya-2005], field: kind, stated: {}, preferred: {}}}\n"
    load_text(WORLD + fact.format("twinning", "false") + fact.format("pact", "true"))

    load_text(WORLD + fact.format("twinning", "true") + fact.format("pact", "false"))

    assert Citation.objects.get(preferred=True).stated == "twinning"


def test_numbers_and_days_may_stand_without_quotes(load_text):
    load_text(WORLD.replace("'45.07'", "45.07"))

    assert str(Place.objects.get(slug="piemonte").latitude) == "45.07000"


def test_several_files_may_refer_to_each_other(tmp_path):
    start = WORLD.index("- model: relations.source")
    (tmp_path / "a.yaml").write_text(WORLD[start:], encoding="utf-8")
    (tmp_path / "b.yaml").write_text(WORLD[:start], encoding="utf-8")

    report = load([tmp_path / "a.yaml", tmp_path / "b.yaml"])

    assert numbers(report) == (RECORDS, 0, 0, 0)


def test_progress_counts_the_records(load_text):
    calls = []

    load_text(WORLD, progress=lambda done, total: calls.append((done, total)))

    assert calls == [(done, RECORDS) for done in range(1, RECORDS + 1)]


def test_a_dry_run_reports_the_same_and_changes_nothing(load_text):
    dry = load_text(WORLD, dry_run=True)

    assert numbers(dry) == (RECORDS, 0, 0, 0)
    assert (Place.objects.count(), LoadedRecord.objects.count()) == (0, 0)
    assert load_text(WORLD) == dry


def test_the_founding_dataset_loads_and_loads_again():
    first = load([FIXTURES])

    second = load([FIXTURES])

    assert (first.updated, first.unchanged, first.kept) == ([], [], [])
    assert second.unchanged == first.created
    assert numbers(second) == (0, 0, len(first.created), 0)


def test_loaddata_makes_the_same_database():
    with transaction.atomic():
        load([FIXTURES])
        loaded = everything()
        transaction.set_rollback(True)

    # As the shell expands fixtures/*.yaml: the names sort in the order of loading.
    call_command("loaddata", *sorted(FIXTURES.glob("*.yaml")), verbosity=0)

    assert everything() == loaded


def test_a_record_that_loaddata_wrote_is_known_from_then_on(load_text):
    call_command("loaddata", *(FIXTURES / file for file in FILES), verbosity=0)

    report = load([FIXTURES])

    assert numbers(report) == (0, 0, len(report.unchanged), 0)
    assert LoadedRecord.objects.count() == len(report.unchanged)


# What an editor did


def edit_nagoya() -> None:
    Place.objects.filter(slug="nagoya").update(name_en="Nagoya City")


def test_an_edited_record_survives_a_reload_and_is_named(load_text, world):
    edit_nagoya()

    report = load_text(WORLD)

    assert [(str(name), name.why) for name in report.kept] == [
        ("relations.place “nagoya”", "changed since the last load")
    ]
    assert numbers(report) == (0, 0, RECORDS - 1, 1)
    assert Place.objects.get(slug="nagoya").name_en == "Nagoya City"


def test_an_edited_record_survives_however_often_the_file_changes(load_text, world):
    edit_nagoya()
    load_text(WORLD)

    report = load_text(WORLD.replace("名古屋市", "名古屋"))

    assert report.kept == [RecordName("relations.place", ("nagoya",))]
    assert Place.objects.get(slug="nagoya").name_ja == "名古屋市"


def test_an_edit_of_a_many_to_many_field_survives(load_text, world):
    Agreement.objects.get().sectors.clear()

    report = load_text(WORLD)

    assert report.kept == [RecordName("relations.agreement", ("torino-nagoya-2005",))]
    assert Agreement.objects.get().sectors.count() == 0


def test_an_edit_that_the_file_has_caught_up_with_is_no_edit(load_text, world):
    edit_nagoya()
    caught_up = WORLD.replace("name_en: Nagoya\n", "name_en: Nagoya City\n")

    report = load_text(caught_up)

    assert numbers(report) == (0, 0, RECORDS, 0)
    assert load_text(WORLD).updated == [RecordName("relations.place", ("nagoya",))]


def test_overwrite_undoes_an_edit(load_text, world):
    edit_nagoya()

    report = load_text(WORLD, overwrite=True)

    assert report.updated == [RecordName("relations.place", ("nagoya",))]
    assert Place.objects.get(slug="nagoya").name_en == "Nagoya"
    assert numbers(load_text(WORLD)) == (0, 0, RECORDS, 0)


def test_a_record_of_the_editors_own_is_kept(load_text):
    Sector.objects.create(code="economy", order=5, colour="economy", name_en="Trade")

    report = load_text(WORLD)

    assert report.kept == [RecordName("relations.sector", ("economy",))]
    assert Sector.objects.get(code="automotive").parent.name_en == "Trade"


def test_a_deleted_record_stays_deleted_and_is_named(load_text, world):
    Event.objects.get().delete()

    report = load_text(WORLD)

    assert [(str(name), name.why) for name in report.kept] == [
        ("relations.event “nagoya-mission”", "deleted since the last load"),
        (
            "relations.citation “torino-page · event · nagoya-mission · start · maggio 2005”",
            "deleted since the last load",
        ),
    ]
    assert Event.objects.count() == 0


def test_what_refers_to_a_deleted_record_is_kept_out(load_text, world):
    Event.objects.get().delete()
    new = "- model: relations.citation\n  fields: {source: [torino-page], event: [nagoya-mission], field: kind, stated: missione}\n"

    report = load_text(WORLD + new)

    assert (report.created, report.kept[-1].why) == (
        [],
        "refers to a record deleted since the last load",
    )


def test_overwrite_brings_a_deleted_record_back(load_text, world):
    Event.objects.get().delete()

    report = load_text(WORLD, overwrite=True)

    assert numbers(report) == (2, 0, RECORDS - 2, 0)
    assert Event.objects.get().citations.count() == 1


def test_a_record_with_a_very_long_key_is_known_again(load_text, world):
    citation = """\
- model: relations.citation
  fields: {source: [torino-page], agreement: [%s], field: record, stated: '%s', note_en: %s}
"""
    long = WORLD.replace("torino-nagoya-2005", "a" * 140)
    citations = [citation % ("a" * 140, '"' * 299 + end, "%s") for end in "12"]
    load_text(long + "".join(citations) % ("x", "x"))

    report = load_text(long + "".join(citations) % ("x", "y"))

    assert numbers(report) == (0, 1, len(report.unchanged), 0)
    assert max(len(key) for key in LoadedRecord.objects.values_list("key", flat=True)) == 600


# What is wrong

LABELS = (
    "relations.sector, relations.place, relations.placename, relations.source, "
    "relations.partnership, relations.agreement, relations.party, relations.signatory, "
    "relations.event, relations.citation"
)


# What is replaced by what, and what is said of it.
BREAKAGES = {
    "no list": (
        WORLD,
        "model: relations.place",
        "FILE: the file is not a list of records.",
    ),
    "nothing at all": (
        WORLD,
        "# to do",
        "FILE: the file is not a list of records.",
    ),
    "a name twice": (
        "slug: aichi",
        "slug: aichi\n    slug: aici",
        "FILE, line 17: “slug” stands twice.",
    ),
    "an impossible day": (
        "2026-11-20",
        "2026-02-30",
        "FILE, line 53: a value cannot be read: day is out of range for month.",
    ),
    "an unknown tag": (
        "slug: aichi",
        "slug: !place aichi",
        "FILE, line 17: could not determine a constructor for the tag '!place'.",
    ),
    "a record that is none": (
        WORLD,
        "- torino",
        "FILE, line 1: expected model and fields, found “torino”.",
    ),
    "a record without model": (
        "- model: relations.source\n ",
        "-",
        f"FILE, line 53, model: expected one of {LABELS}; found nothing.",
    ),
    "a record without fields": (
        WORLD,
        "- model: relations.place",
        "FILE, line 1, relations.place, fields: expected the fields by name, found nothing.",
    ),
    "an unknown model": (
        "relations.source",
        "relations.sauce",
        f"FILE, line 53, model: expected one of {LABELS}; found “relations.sauce”.",
    ),
    "a primary key": (
        "- model: relations.source\n",
        "- model: relations.source\n  pk: 1\n",
        "FILE, line 53, relations.source “torino-page”, pk: leave it out: a record is known by its natural key.",
    ),
    "something besides model and fields": (
        "- model: relations.source\n",
        "- model: relations.source\n  note: x\n",
        "FILE, line 53, relations.source “torino-page”, note: expected only model and fields.",
    ),
    "an unknown field": (
        "name_ja: 名古屋市",
        "name_jp: 名古屋市",
        "FILE, line 41, relations.place “nagoya”, name_jp: there is no such field.",
    ),
    "a derived field": (
        "code: '23100'",
        "code: '23100'\n    folded: nagoya",
        "FILE, line 41, relations.place “nagoya”, folded: there is no such field.",
    ),
    "a number where text is expected": (
        "'001272'",
        "001272",
        "FILE, line 29, relations.place “torino”, code: expected text, found the number 001272. Put it in quotes.",
    ),
    "a day where text is expected": (
        "'2005-05-27'",
        "2005-05-27",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, signed: expected text, found the date 2005-05-27. Put it in quotes.",
    ),
    "a truth where text is expected": (
        "slug: aichi",
        "slug: yes",
        "FILE, line 17, relations.place, slug: expected text, found true. Put it in quotes.",
    ),
    "nothing where text is expected": (
        "code: IT-21",
        "code:",
        "FILE, line 5, relations.place “piemonte”, code: expected text, found nothing.",
    ),
    "text where a whole number is expected": (
        "order: 10",
        "order: '10'",
        "FILE, line 1, relations.sector “economy”, order: expected a whole number, found “10”.",
    ),
    "text where true or false is expected": (
        "maggio 2005}",
        "maggio 2005, preferred: 'yes'}",
        "FILE, line 87, relations.citation “torino-page · event · nagoya-mission · start · maggio 2005”, preferred: expected true or false, found “yes”.",
    ),
    "a list where a number is expected": (
        "'45.07'",
        "[45, 7]",
        "FILE, line 5, relations.place “piemonte”, latitude: expected a number, found [45, 7].",
    ),
    "a number where a day is expected": (
        "2026-11-20",
        "20261120",
        "FILE, line 53, relations.source “torino-page”, retrieved: expected a day such as 2025-09-24, found the number 20261120.",
    ),
    "a word where a number is expected": (
        "'45.07'",
        "north",
        "FILE, line 5, relations.place “piemonte”, latitude: “north” value must be a decimal number.",
    ),
    "text where a natural key is expected": (
        "region: [aichi]",
        "region: aichi",
        "FILE, line 41, relations.place “nagoya”, region: expected a natural key of texts such as [torino], found “aichi”.",
    ),
    "a primary key where a natural key is expected": (
        "region: [aichi]",
        "region: [2]",
        "FILE, line 41, relations.place “nagoya”, region: expected a natural key of texts such as [torino], found [2].",
    ),
    "text where a list of keys is expected": (
        "[[automotive], [economy]]",
        "automotive",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, sectors: expected a list of natural keys such as [torino], found “automotive”.",
    ),
    "text where one of the keys is expected": (
        "[[automotive], [economy]]",
        "[automotive]",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, sectors: expected a natural key of texts such as [torino], found “automotive”.",
    ),
    "no partnership": (
        "    partnership: [torino-nagoya]\n",
        "",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, partnership: expected a natural key of texts such as [torino], found nothing.",
    ),
    "a code that is not of the vocabulary": (
        "kind: twinning",
        "kind: gemellaggio",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, kind: “gemellaggio” is not one of twinning, friendship_pact, memorandum, protocol, friendship_record, letter_of_intent, other.",
    ),
    "a key that refers to nothing": (
        "region: [aichi]",
        "region: [aici]",
        "FILE, line 41, relations.place “nagoya”, region: there is no relations.place “aici”, in the files or in the database.",
    ),
    "a longer key that refers to nothing": (
        "torino, local_government",
        "torino, university",
        "FILE, line 71, relations.signatory “torino-nagoya-2005 · torino · university · Sergio Chiamparino”, party: there is no relations.party “torino-nagoya-2005 · torino · university”, in the files or in the database.",
    ),
    "a record twice": (
        WORLD,
        WORLD
        + "- model: relations.source\n  fields: {slug: torino-page, kind: news, title: x, language: it}\n",
        "FILE, line 89, relations.source “torino-page”: it already stands in FILE, line 53.",
    ),
    "a record that refers to itself": (
        "region: [aichi]",
        "region: [nagoya]",
        "FILE, line 41, relations.place “nagoya”: it refers to itself, directly or by way of others.",
    ),
    "a required text that is empty": (
        "name_en: Piedmont",
        "name_en: ''",
        "FILE, line 5, relations.place “piemonte”, name_en: This field cannot be blank.",
    ),
    "a text that is too long": (
        "Mission to Nagoya",
        "x" * 301,
        "FILE, line 73, relations.event “nagoya-mission”, title_en: Ensure this value has at most 300 characters (it has 301).",
    ),
    "a date that is none": (
        "'2005-05-27'",
        "27 maggio 2005",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, signed: “27 maggio 2005” is not a date that can be read. Write a day 1960-05-03, a month 2013-11, a year 1986, about 1986~, or a Japanese era date S38.10.12; leave it empty if nothing is known.",
    ),
    "a rule of one record": (
        "'001272'",
        "'1272'",
        "FILE, line 29, relations.place “torino”, code: “1272” should be an ISTAT code of 6 digits such as 011015.",
    ),
    "a rule of two records": (
        "region: [aichi]",
        "region: [piemonte]",
        "FILE, line 41, relations.place “nagoya”, region: “Piedmont” lies in the other country.",
    ),
    "a constraint on one row": (
        "'35.18145'",
        "'3.18145'",
        "FILE, line 41, relations.place “nagoya”: The coordinates lie outside the country: check latitude and longitude.",
    ),
    "a constraint on two rows": (
        "order: 20",
        "order: 10",
        "FILE, line 3, relations.sector “automotive”, order: Sector with this Order already exists.",
    ),
    "a citation of nothing": (
        "    agreement: [torino-nagoya-2005]\n    field: s",
        "    field: s",
        "FILE, line 81, relations.citation “torino-page · signed · 27 maggio 2005”: A citation is about one partnership, one agreement or one event.",
    ),
    "a citation of two records": (
        "event: [nagoya-mission]",
        "event: [nagoya-mission], partnership: [torino-nagoya]",
        "FILE, line 87, relations.citation “torino-page · partnership · torino-nagoya · start · maggio 2005”: A citation is about one partnership, one agreement or one event.",
    ),
    "an agreement to be published without a source": (
        "agreement: [torino-nagoya-2005]\n    field: signed",
        "event: [nagoya-mission]\n    field: start",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, state: “Twinning of Turin and Nagoya” cites no source.",
    ),
    "an agreement to be published without a side": (
        "2005], place: [nagoya]}",
        "2005], place: [torino], institution: other, name_en: x}",
        "FILE, line 57, relations.agreement “torino-nagoya-2005”, state: “Twinning of Turin and Nagoya” has no party on the side of Japan.",
    ),
    "an event to be published that concerns nobody": (
        "    partnerships: [[torino-nagoya]]\n",
        "",
        "FILE, line 73, relations.event “nagoya-mission”, state: “Mission to Nagoya” concerns no partnership and no place.",
    ),
}


@pytest.mark.parametrize(("old", "new", "sentence"), BREAKAGES.values(), ids=BREAKAGES)
def test_a_broken_file_changes_nothing_and_says_where(load_text, tmp_path, old, new, sentence):
    assert WORLD.count(old) == 1

    with pytest.raises(LoadError) as caught:
        load_text(WORLD.replace(old, new))

    assert str(caught.value) == sentence.replace("FILE", str(tmp_path / "atlas.yaml"))
    assert everything() == {file: [] for file in FILES}
    assert LoadedRecord.objects.count() == 0


def test_a_file_that_is_not_yaml_is_refused_with_the_line(load_text, tmp_path):
    with pytest.raises(LoadError) as caught:
        load_text(WORLD.replace("slug: aichi", "slug: [aichi"))

    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (tmp_path / "atlas.yaml", 20)
    assert problem.message.startswith("the file is not YAML: ")


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(tmp_path):
    file = tmp_path / "atlas.yaml"
    file.write_bytes(b"- model: relations.place\n  fields: {name_it: Forl\xec}\n")

    with pytest.raises(LoadError) as caught:
        load([file])

    assert str(caught.value) == f"{file}, line 2: the file is not text in UTF-8."


def test_files_and_directories_must_be_there(tmp_path):
    (tmp_path / "empty").mkdir()

    with pytest.raises(LoadError) as caught:
        load([tmp_path / "none.yaml", tmp_path / "empty"])

    assert str(caught.value).splitlines() == [
        f"{tmp_path / 'empty'}: the directory holds no .yaml file.",
        f"{tmp_path / 'none.yaml'}: there is no such file.",
    ]


def test_a_directory_is_read_whole_and_in_an_order_of_its_own(tmp_path):
    start = WORLD.index("- model: relations.place")
    (tmp_path / "more.yaml").write_text(WORLD[start:], encoding="utf-8")
    (tmp_path / "sectors.yaml").write_text(WORLD[:start], encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not read", encoding="utf-8")

    report = load([tmp_path])

    assert numbers(report) == (RECORDS, 0, 0, 0)


def test_all_problems_are_told_at_once(load_text, tmp_path):
    broken = (
        WORLD.replace("'001272'", "001272")
        .replace("kind: official_page", "kind: page")
        .replace("start: H17.5", "start: May")
        .replace("order: 20", "order: 10")
    )

    with pytest.raises(LoadError) as caught:
        load_text(broken)

    assert [(problem.line, problem.record, problem.field) for problem in caught.value.problems] == [
        (3, "relations.sector “automotive”", "order"),
        (29, "relations.place “torino”", "code"),
        (53, "relations.source “torino-page”", "kind"),
    ]
    assert caught.value.summary == "Nothing was loaded: there are 3 problems."


def test_a_broken_record_is_not_blamed_on_those_that_refer_to_it(load_text):
    with pytest.raises(LoadError) as caught:
        load_text(WORLD.replace("slug: torino-page", "slug: 7"))

    assert [problem.line for problem in caught.value.problems] == [53]


def test_records_that_refer_to_each_other_are_refused(load_text):
    act = "- model: relations.agreement\n  fields: {{slug: {}, partnership: [torino-nagoya], kind: other, renews: [{}]}}\n"

    with pytest.raises(LoadError) as caught:
        load_text(WORLD + act.format("a", "b") + act.format("b", "a"))

    assert [(problem.record, problem.message) for problem in caught.value.problems] == [
        (f"relations.agreement “{slug}”", "it refers to itself, directly or by way of others.")
        for slug in "ab"
    ]


def test_a_broken_update_changes_nothing(load_text, world):
    before = everything(keys=True), list(LoadedRecord.objects.order_by("pk").values())
    broken = WORLD.replace("name_en: Nagoya", "name_en: Nagoya City").replace("'35.18145'", "'3.1'")

    with pytest.raises(LoadError):
        load_text(broken)

    assert (everything(keys=True), list(LoadedRecord.objects.order_by("pk").values())) == before


def test_what_the_file_says_of_a_kept_record_must_be_right_too(load_text, world):
    edit_nagoya()

    with pytest.raises(LoadError) as caught:
        load_text(WORLD.replace("'35.18145'", "north"))

    assert [problem.record for problem in caught.value.problems] == ["relations.place “nagoya”"]


@pytest.mark.parametrize("layout", LAYOUTS, ids=FILES)
def test_a_file_has_every_field_that_is_not_derived(layout):
    meta = layout.model._meta  # noqa: SLF001 # public in all but name
    names = {field.name for field in (*meta.fields, *meta.many_to_many) if field.serialize}

    assert names == layout.fields.keys()


def test_a_record_is_known_by_its_natural_key():
    load([FIXTURES])

    rows = [(key, row) for found in read_rows().values() for key, row in found.items()]

    assert [row.instance.natural_key() for _key, row in rows] == [key for key, _row in rows]
