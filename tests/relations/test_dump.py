"""The database is written back to the files that it was loaded from."""

import pytest
import yaml
from django.conf import settings

from relations.loading import FILES, dump, load
from relations.models import LoadedRecord, Place, Sector, Signatory
from tests import factories

FIXTURES = settings.BASE_DIR / "fixtures"

pytestmark = pytest.mark.django_db


def texts(directory):
    return {file.name: file.read_bytes() for file in directory.iterdir()}


def section(directory, file, model):
    """What a file says, without what the model is called."""
    records = yaml.safe_load((directory / file).read_text(encoding="utf-8"))
    assert {record["model"] for record in records} <= {model}
    return [record["fields"] for record in records]


def test_the_founding_dataset_comes_back_byte_for_byte(tmp_path):
    load([FIXTURES])

    dump(tmp_path)

    assert texts(tmp_path) == texts(FIXTURES)


def test_the_paths_are_returned_in_the_order_in_which_they_can_be_loaded(tmp_path):
    assert dump(tmp_path / "new") == [tmp_path / "new" / file for file in FILES]


def test_an_empty_database_gives_empty_lists(tmp_path):
    dump(tmp_path)

    assert texts(tmp_path) == dict.fromkeys(FILES, b"[]\n")


def test_what_was_dumped_loads_as_it_was(tmp_path):
    load([FIXTURES])
    Place.objects.filter(slug="nagoya").update(name_en="Nagoya City")
    dump(tmp_path)

    report = load([tmp_path])

    assert (report.created, report.updated, report.kept) == ([], [], [])
    assert len(report.unchanged) == LoadedRecord.objects.count()


def test_a_record_is_written_with_its_fields_in_order(tmp_path):
    factories.make_sector(
        code="economy", order=20, name_it="Economia", name_ja="経済", name_en="Economy"
    )

    dump(tmp_path)

    assert (
        (tmp_path / "01_sectors.yaml").read_text(encoding="utf-8")
        == """\
- model: relations.sector
  fields:
    code: economy
    parent: null
    order: 20
    colour: culture
    name_it: Economia
    name_ja: 経済
    name_en: Economy
"""
    )


def test_natural_keys_stand_in_brackets_and_lists_of_them_one_a_line(tmp_path):
    broad = factories.make_sector(code="economy", order=2)
    other = factories.make_sector(code="tourism", order=1)
    agreement = factories.make_agreement(slug="act", sectors=(broad, other))
    Signatory.objects.create(party=agreement.parties.earliest("pk"), name="Sergio Chiamparino")
    place = agreement.partnership.italian_place.slug

    dump(tmp_path)

    acts = (tmp_path / "06_agreements.yaml").read_text(encoding="utf-8")
    people = (tmp_path / "08_signatories.yaml").read_text(encoding="utf-8")
    assert "    sectors:\n    - [tourism]\n    - [economy]\n    summary_it: ''\n" in acts
    assert f"    party: [act, {place}, local_government, '']\n" in people


def test_derived_columns_and_primary_keys_are_left_out(tmp_path):
    factories.make_agreement()

    dump(tmp_path)

    (fields,) = section(tmp_path, "06_agreements.yaml", "relations.agreement")
    assert " ".join(fields) == (
        "slug partnership kind title_it title_ja title_en signed signed_at term_months renewal "
        "ended ended_reason_it ended_reason_ja ended_reason_en supersedes renews sectors "
        "summary_it summary_ja summary_en clair_heads clair_general clair_council state"
    )


@pytest.mark.parametrize("code", ["011015", "089017", "101010"])
def test_codes_are_quoted_whatever_their_digits(tmp_path, code):
    factories.make_italian_city(code=code)

    dump(tmp_path)

    assert f"    code: '{code}'\n" in (tmp_path / "02_places.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "One: two, «tre»; 'four' \"five\" # six",
        "First line.\n\nSecond, with a trailing space. \nThird.",
        "𠮷野家 🗾 – no escapes",
        "yes",
        "1986~",
        "x" * 5000,
        " ",
    ],
)
def test_any_text_survives_the_way_there_and_back(tmp_path, text):
    source = factories.make_source(note_en=text)

    dump(tmp_path)

    (fields,) = section(tmp_path, "04_sources.yaml", "relations.source")
    assert fields["note_en"] == text
    assert (tmp_path / "04_sources.yaml").read_text(encoding="utf-8").count("\n") == 14
    load([tmp_path], overwrite=True)
    source.refresh_from_db()
    assert source.note_en == text


def test_places_are_sorted_by_country_territories_first_then_code(tmp_path):
    japanese = factories.make_japanese_city(slug="j", code="01100")
    italian = factories.make_italian_city(slug="i", code="001272")
    Place.objects.filter(pk=japanese.region_id).update(slug="jr")
    Place.objects.filter(pk=italian.region_id).update(slug="ir")

    dump(tmp_path)

    places = section(tmp_path, "02_places.yaml", "relations.place")
    assert [place["slug"] for place in places] == ["ir", "i", "jr", "j"]


def test_citations_are_sorted_by_what_they_are_about(tmp_path):
    source = factories.make_source(slug="s")
    event = factories.make_event()
    agreement = factories.make_agreement()
    event.citations.all().delete()
    agreement.citations.all().delete()
    cite = {"source": source, "preferred": False}
    for field, stated in (("start", "2"), ("start", "1"), ("kind", "3")):
        factories.make_citation(event=event, field=field, stated=stated, **cite)
    factories.make_citation(agreement=agreement, field="signed", stated="0", **cite)
    factories.make_citation(partnership=agreement.partnership, field="record", stated="9", **cite)

    dump(tmp_path)

    citations = section(tmp_path, "10_citations.yaml", "relations.citation")
    assert [citation["stated"] for citation in citations] == ["9", "0", "3", "1", "2"]


def test_files_of_an_earlier_dump_are_replaced(tmp_path):
    (tmp_path / "01_sectors.yaml").write_text("old", encoding="utf-8")
    factories.make_sector(code="economy")

    dump(tmp_path)

    assert [
        record["code"] for record in section(tmp_path, "01_sectors.yaml", "relations.sector")
    ] == [Sector.objects.get().code]
    assert sorted(texts(tmp_path)) == sorted(FILES)
