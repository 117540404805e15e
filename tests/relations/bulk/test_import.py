"""What an import writes, and what it leaves as it is."""

import logging
from datetime import datetime
from io import BytesIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from relations.bulk import FORMATS, Import, Outcome, read_file, running
from relations.enums import Language, PublicationState
from relations.models import (
    Agreement,
    Citation,
    DatasetVersion,
    Event,
    Partnership,
    Party,
    Place,
    PlaceName,
    Signatory,
    Source,
)
from relations.tables import TABLES
from tests.factories import (
    make_agreement,
    make_citation,
    make_entry,
    make_event,
    make_italian_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
    make_source,
)
from tests.relations.admin.rows import make_draft, make_one_of_each, make_reviewed
from tests.relations.bulk.files import (
    csv_file,
    exported,
    imported,
    of,
    rows_of,
    sentences,
    workbook,
)

pytestmark = pytest.mark.django_db

IMPORTED = [kind for kind, table in TABLES.items() if table.can_be_read]
OUR_LOG = "atlas.desk"


@pytest.fixture
def editor():
    """Someone of the group of editors."""
    user = User.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def publisher():
    """Someone of the group of publishers."""
    user = User.objects.create_user("publisher", is_staff=True)
    user.groups.add(Group.objects.get(name="Publishers"))
    return user


def moments():
    """When each agreement and event last changed."""
    return [list(model.objects.values_list("pk", "changed")) for model in (Agreement, Event)]


# The way there and back


@pytest.mark.usefixtures("whole_atlas")
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", IMPORTED)
def test_the_exported_file_changes_nothing(kind, form):
    file, version, before = (
        exported(kind, FORMATS[form]),
        DatasetVersion.objects.current(),
        moments(),
    )

    job = imported(kind, file)

    assert job.counts == {Outcome.SAME: TABLES[kind].model.objects.count()}
    assert (DatasetVersion.objects.current(), moments()) == (version, before)


@pytest.mark.usefixtures("whole_atlas")
def test_the_whole_atlas_comes_through_its_files_as_drafts():
    exports = {kind: exported(kind, FORMATS["xlsx"]) for kind in IMPORTED}
    rows = {kind: rows_of(kind, file) for kind, file in exports.items()}
    for model in (Citation, Event):
        model.objects.all().delete()
    Agreement.objects.update(renews=None, supersedes=None)
    for model in (Agreement, Partnership, Source):
        model.objects.all().delete()
    Place.objects.filter(region__isnull=False).delete()
    Place.objects.all().delete()

    for kind in IMPORTED:
        names = [name for name in TABLES[kind].names if name != "state"]
        content = csv_file(names, *([row[name] for name in names] for row in rows[kind]))
        job = imported(kind, content)
        assert sentences(job) == []
        assert job.counts[Outcome.NEW if kind != "citations" else Outcome.SAME] == job.total

    for kind in IMPORTED:
        for row in rows[kind]:
            if "state" in row:
                row["state"] = "draft"
        assert rows_of(kind, exported(kind)) == rows[kind]


@pytest.mark.parametrize("form", FORMATS)
def test_text_that_looks_like_a_formula_comes_back_as_it_was(form):
    one = make_one_of_each()
    texts = {"it": "=1+1", "ja": "'@sum", "en": "-\r\n+2\n"}
    Agreement.objects.filter(pk=one["agreement"].pk).update(
        **{f"summary_{language}": text for language, text in texts.items()}
    )
    Citation.objects.filter(pk=one["citation"].pk).update(stated="=cmd|' /C calc'!A0 \\ | x")

    for kind in IMPORTED:
        job = imported(kind, exported(kind, FORMATS[form]))
        assert job.counts == {Outcome.SAME: job.total}
    cells = rows_of("agreements", exported("agreements", FORMATS[form]))[0]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells.values())


def test_what_is_not_in_the_file_stays():
    act = make_agreement(summary_it="Riassunto")

    job = imported("agreements", of(slug=act.slug, title_it="Nuovo"))

    act.refresh_from_db()
    assert job.counts == {Outcome.CHANGED: 1}
    assert (act.title_it, act.summary_it, act.parties.count()) == ("Nuovo", "Riassunto", 2)


def test_an_empty_cell_empties_the_field():
    act = make_agreement(summary_it="Riassunto")

    imported("agreements", of(slug=act.slug, summary_it=""))

    act.refresh_from_db()
    assert act.summary_it == ""


# Files as programs write them


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_any_delimiter_with_and_without_a_mark(mark, delimiter):
    act = make_agreement()
    rows = (["slug", "title_it"], [act.slug, "Uno; due, tre"])

    imported("agreements", mark + csv_file(*rows, delimiter=delimiter))

    act.refresh_from_db()
    assert act.title_it == "Uno; due, tre"


def test_the_line_by_which_excel_names_the_delimiter_is_no_row():
    act = make_agreement()

    imported("agreements", b"sep=;\r\nslug;title_it\r\n" + f"{act.slug};Uno, due\r\n".encode())

    act.refresh_from_db()
    assert act.title_it == "Uno, due"


def test_cells_of_a_workbook_are_read_by_their_types():
    source, act = make_source(), make_agreement()

    imported("sources", workbook(["slug", "published"], [source.slug, datetime(2024, 3, 5)]))  # noqa: DTZ001 # as Excel has it
    imported("agreements", workbook(["slug", "signed", "term_months"], [act.slug, 1986, 60.0]))

    source.refresh_from_db()
    act.refresh_from_db()
    assert source.published == "2024-03-05"
    assert (act.signed, act.term_months) == ("1986", 60)


def test_codes_keep_their_zeros_in_a_workbook():
    make_italian_city(code="001272")

    (row,) = [r for r in rows_of("places", exported("places", FORMATS["xlsx"])) if r["region"]]

    assert row["code"] == "001272"


def test_the_sheet_that_is_named_after_the_table_is_read():
    act = make_agreement()
    book = load_workbook(BytesIO(workbook(["notes"], ["of mine"])))
    sheet = book.create_sheet("Agreements")
    sheet.append(["slug", "title_it"])
    sheet.append([act.slug, "Nuovo"])
    file = BytesIO()
    book.save(file)

    assert imported("agreements", file.getvalue()).counts == {Outcome.CHANGED: 1}


# New records


@pytest.fixture
def _pair():
    make_partnership(
        slug="torino-nagoya",
        italian_place=make_italian_city(slug="torino"),
    )
    make_source(slug="release")
    make_sector(code="culture")


@pytest.mark.usefixtures("_pair")
def test_a_new_agreement_comes_with_its_parts_as_a_draft():
    japanese = Partnership.objects.get().japanese_place.slug
    job = imported(
        "agreements",
        of(
            slug="",
            partnership="torino-nagoya",
            kind="twinning",
            title_it="Gemellaggio",
            signed="S38.10.12",
            parties=f"torino\n{japanese} | university | | 大学 | A University",
            signatories=f"torino | Maria Rossi | | sindaca\n{japanese}/university | Ken Itō",
            sectors="culture",
            citations="release | signed | 12 ottobre 1963 | preferred | perché sì",
            state="draft",
        ),
    )

    act = Agreement.objects.get()
    assert job.counts == {Outcome.NEW: 1}
    assert (act.slug, act.signed, act.state) == ("torino-nagoya-1963", "1963-10-12", "draft")
    assert [p.institution for p in act.parties.all()] == ["local_government", "university"]
    assert set(Signatory.objects.values_list("name", "party__institution")) == {
        ("Maria Rossi", "local_government"),
        ("Ken Itō", "university"),
    }
    assert [s.code for s in act.sectors.all()] == ["culture"]
    assert Citation.objects.get().note_it == "perché sì"
    act.check_publishable()


@pytest.mark.usefixtures("_pair")
def test_a_file_without_slugs_adds_its_rows_once():
    file = of(slug="", partnership="torino-nagoya", kind="twinning", signed="1963")

    first, second = imported("agreements", file), imported("agreements", file)

    assert (first.counts, second.counts) == ({Outcome.NEW: 1}, {Outcome.WRONG: 1})
    assert list(Agreement.objects.values_list("slug", flat=True)) == ["torino-nagoya-1963"]


@pytest.mark.usefixtures("_pair")
def test_an_agreement_can_renew_one_that_stands_below_it():
    act = {"partnership": "torino-nagoya", "kind": "twinning"}
    head = ["slug", "renews", *act]

    job = imported(
        "agreements",
        csv_file(
            head, ["b", "a", *act.values()], ["c", "b", *act.values()], ["a", "", *act.values()]
        ),
    )

    assert sentences(job) == []
    assert list(Agreement.objects.order_by("slug").values_list("slug", "renews__slug")) == [
        ("a", None),
        ("b", "a"),
        ("c", "b"),
    ]


def test_a_new_event_is_a_draft():
    partnership = make_partnership()

    imported("events", of(slug="e", kind="mission", start="2019", partnerships=partnership.slug))

    event = Event.objects.get()
    assert event.state == PublicationState.DRAFT
    assert list(event.partnerships.all()) == [partnership]


def test_a_place_is_named_by_its_entry_in_the_gazetteer():
    region, prefecture = make_region(code="IT-42"), make_prefecture(code="JP-27")
    make_entry(code="011015", name_it="La Spezia", region_code="IT-42", latitude="44.10250")
    make_entry(
        country="JP",
        code="27213",
        name_it="Izumisano",
        name_ja="泉佐野市",
        reading="いずみさのし",
        region_code="JP-27",
        latitude="34.40000",
        longitude="135.30000",
    )

    job = imported(
        "partnerships",
        csv_file(
            ["slug", "italian_place", "japanese_place"],
            ["", "IT-011015:ラ・スペツィア市", "JP-27213"],
        ),
    )

    assert sentences(job) == []
    assert Partnership.objects.get().slug == "la-spezia-izumisano"
    italian, japanese = Place.objects.get(code="011015"), Place.objects.get(code="27213")
    assert (italian.region, italian.name_ja, str(italian.latitude)) == (
        region,
        "ラ・スペツィア市",
        "44.10250",
    )
    assert (japanese.region, japanese.name_ja) == (prefecture, "泉佐野市")
    assert job.new_places == [italian, japanese]


def test_the_row_of_a_place_is_filled_in_from_the_gazetteer():
    make_region(code="IT-42", slug="liguria")
    make_entry(code="011015", name_it="La Spezia", region_code="IT-42")

    job = imported("places", of(slug="", country="IT", code="011015", name_ja="ラ・スペツィア市"))

    place = Place.objects.get(code="011015")
    assert sentences(job) == []
    assert (place.slug, place.name_it, place.kind) == ("la-spezia", "La Spezia", "municipality")
    assert place.region.slug == "liguria"


# Changes


def test_parts_are_removed_changed_and_added():
    one = make_one_of_each()
    act, party = one["agreement"], one["party"]
    other = make_italian_city()
    japanese = act.partnership.japanese_place.slug

    imported(
        "agreements",
        of(
            slug=act.slug,
            parties=f"{party.place.slug} | | Il Comune\n{other.slug}\n{japanese}",
            signatories=f"{party.place.slug} | Maria Rossi | マリア\n{other.slug} | Ugo",
        ),
    )

    party.refresh_from_db()
    assert party.name_it == "Il Comune"
    assert Party.objects.filter(agreement=act).count() == 3
    assert dict(Signatory.objects.values_list("name", "name_ja")) == {
        "Maria Rossi": "マリア",
        "Ugo": "",
    }


def test_a_party_that_has_signed_is_not_left_out_unseen():
    one = make_one_of_each()
    japanese = one["agreement"].partnership.japanese_place.slug

    job = imported("agreements", of(slug=one["agreement"].slug, parties=japanese))

    assert [column for _row, column, _sentence in sentences(job)] == ["signatories"]
    assert Signatory.objects.count() == 1


def test_a_preference_passes_from_one_citation_to_another():
    act = make_agreement()
    first = act.citations.get()
    second = make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    job = imported(
        "agreements",
        of(
            slug=act.slug,
            citations=f"{first.source.slug} | signed | {first.stated}\n{second.source.slug} | signed | 2006 | preferred",
        ),
    )

    assert sentences(job) == []
    assert list(act.citations.filter(preferred=True)) == [second]


def test_a_preference_passes_from_one_row_to_another():
    act = make_agreement()
    first = act.citations.get()
    second = make_citation(agreement=act, field="signed", stated="2006", preferred=False)
    head = ["source", "partnership", "agreement", "event", "field", "stated", "preferred"]

    job = imported(
        "citations",
        csv_file(
            head,
            [second.source.slug, "", act.slug, "", "signed", "2006", "yes"],
            [first.source.slug, "", act.slug, "", "signed", first.stated, "no"],
        ),
    )

    assert sentences(job) == []
    assert list(act.citations.filter(preferred=True)) == [second]


def test_a_part_moves_the_moment_of_the_whole():
    act = make_agreement()
    before = act.changed

    imported("agreements", of(slug=act.slug, sectors=make_sector().code))

    act.refresh_from_db()
    assert act.changed > before


def test_spellings_of_a_place_are_brought_to_what_the_file_says():
    place = make_italian_city()
    PlaceName.objects.create(place=place, text="Old", language=Language.ENGLISH)

    imported("places", of(slug=place.slug, spellings="Nuovo | it"))

    assert list(place.spellings.values_list("text", "language")) == [("Nuovo", "it")]


def test_a_place_does_not_change_its_country():
    place = make_italian_city()

    job = imported("places", of(slug=place.slug, country="JP"))

    assert "does not pass from one country to the other" in sentences(job)[0][2]


# What is public


@pytest.mark.parametrize("state", ["review", "published", "withdrawn"])
def test_no_import_changes_a_state(state):
    act = make_draft()

    job = imported("agreements", of(slug=act.slug, state=state))

    assert [column for _row, column, _sentence in sentences(job)] == ["state"]
    act.refresh_from_db()
    assert act.state == PublicationState.DRAFT


def test_the_same_file_can_be_imported_twice():
    partnership = make_partnership()
    file = of(slug="new", partnership=partnership.slug, kind="twinning", state="")

    assert imported("agreements", file).counts == {Outcome.NEW: 1}
    assert imported("agreements", file).counts == {Outcome.SAME: 1}


def test_a_published_record_keeps_what_it_needs(publisher):
    act = make_agreement()

    job = imported("agreements", of(slug=act.slug, citations=""), publisher)

    assert [sentence for _row, _column, sentence in sentences(job)] == [f"“{act}” cites no source."]
    assert act.citations.count() == 1


def test_publishers_change_what_is_public(publisher):
    act = make_agreement()

    job = imported("agreements", of(slug=act.slug, title_it="Nuovo"), publisher)

    act.refresh_from_db()
    assert sentences(job) == []
    assert (act.title_it, act.state) == ("Nuovo", PublicationState.PUBLISHED)


@pytest.mark.parametrize("make", [make_agreement, make_reviewed])
def test_editors_change_drafts_alone(editor, make):
    act, draft = make(), make_draft()

    refused = imported("agreements", of(slug=act.slug, title_it="Nuovo"), editor)
    done = imported("agreements", of(slug=draft.slug, title_it="Nuovo"), editor)

    assert "only publishers may change it" in sentences(refused)[0][2]
    assert sentences(done) == []


def test_editors_import_unchanged_rows_of_what_is_public(editor):
    make_one_of_each()

    assert [imported(kind, exported(kind), editor).wrong for kind in IMPORTED] == [[]] * 6


def test_editors_do_not_cite_what_is_public(editor):
    act, source = make_agreement(), make_source()

    job = imported(
        "citations",
        of(
            source=source.slug,
            partnership="",
            agreement=act.slug,
            event="",
            field="kind",
            stated="x",
        ),
        editor,
    )

    assert "only publishers may change it" in sentences(job)[0][2]


@pytest.mark.parametrize("kind", ["places", "sources", "partnerships"])
def test_editors_do_not_change_what_the_public_sees(editor, kind):
    one = make_one_of_each()
    record, column = {
        "places": (one["place"], "name_en"),
        "sources": (one["source"], "publisher"),
        "partnerships": (one["agreement"].partnership, "summary_it"),
    }[kind]

    job = imported(kind, of(slug=record.slug, **{column: "Other"}), editor)

    assert "only publishers may change it" in sentences(job)[0][2]


def test_who_may_not_remove_spellings_is_told_so(editor):
    place = make_italian_city()
    PlaceName.objects.create(place=place, text="Old", language=Language.ENGLISH)

    job = imported("places", of(slug=place.slug, spellings=""), editor)

    assert [sentence for _row, _column, sentence in sentences(job)] == ["You may not remove “Old”."]
    assert place.spellings.exists()


def test_who_may_not_add_places_is_told_so():
    make_entry(code="011015", name_ja="ラ・スペツィア市")
    user = User.objects.create_user("clerk", is_staff=True)

    job = imported("partnerships", of(slug="a", italian_place="IT-011015", japanese_place=""), user)

    assert any("You may not add places" in sentence for _row, _column, sentence in sentences(job))


# All or nothing


def test_one_wrong_row_keeps_all_others_out():
    partnership = make_partnership()
    act = make_agreement()
    head = ["slug", "partnership", "kind", "title_it"]

    job = imported(
        "agreements",
        csv_file(
            head,
            ["new", partnership.slug, "twinning", "Nuovo"],
            [act.slug, act.partnership.slug, act.kind, "Cambiato"],
            ["wrong", partnership.slug, "marriage", ""],
        ),
    )

    assert job.counts == {Outcome.NEW: 1, Outcome.CHANGED: 1, Outcome.WRONG: 1}
    assert list(Agreement.objects.values_list("slug", "title_it")) == [(act.slug, act.title_it)]


def test_a_dry_run_reports_the_same_and_writes_nothing(caplog, django_capture_on_commit_callbacks):
    act = make_agreement()

    with caplog.at_level(logging.INFO, OUR_LOG), django_capture_on_commit_callbacks(execute=True):
        job = imported("agreements", of(slug=act.slug, title_it="Nuovo"), dry_run=True)

    act.refresh_from_db()
    assert job.shown[0].changes == (("title_it", act.title_it, "Nuovo"),)
    assert caplog.messages == []


def test_stopping_halfway_undoes_all():
    partnership = make_partnership()
    rows = [[f"new-{n}", partnership.slug, "twinning"] for n in range(running.CHUNK + 1)]
    content = csv_file(["slug", "partnership", "kind"], *rows)
    steps = Import(TABLES["agreements"], read_file(content, TABLES["agreements"])).steps(
        dry_run=False
    )

    assert next(steps) == running.CHUNK
    assert Agreement.objects.count() == running.CHUNK
    steps.close()

    assert Agreement.objects.count() == 0


def test_an_import_is_logged_without_names(caplog, publisher, django_capture_on_commit_callbacks):
    act = make_agreement()

    with caplog.at_level(logging.INFO, OUR_LOG), django_capture_on_commit_callbacks(execute=True):
        imported("agreements", of(slug=act.slug, title_it="Nuovo"), publisher)

    assert caplog.messages == [
        f"import: agreements, 0 new, 1 changed, 0 the same, by user {publisher.pk}"
    ]


@pytest.mark.usefixtures("_pair")
def test_the_number_of_queries_of_an_unchanged_file_does_not_grow():
    make_event(partnerships=(Partnership.objects.get(),))
    make_agreement()
    one = exported("agreements")
    for _n in range(5):
        make_agreement()
    six = exported("agreements")

    with CaptureQueriesContext(connection) as few:
        imported("agreements", one)
    with CaptureQueriesContext(connection) as many:
        imported("agreements", six)

    assert len(few) == len(many)


@pytest.mark.usefixtures("atlas")
def test_loading_the_fixtures_again_after_an_import_of_the_export_changes_nothing():
    for kind in IMPORTED:
        imported(kind, exported(kind))
    version = DatasetVersion.objects.current()

    call_command("load_atlas", "tests/press_releases", verbosity=0)

    assert DatasetVersion.objects.current() == version
