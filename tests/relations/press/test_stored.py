"""The gazetteer from the database, and the command that reads a file with it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from relations.models import Place
from relations.press.stored import stored_gazetteer
from tests.factories import make_entry, make_partnership

_RELEASE = "Assisi e Koya hanno firmato il protocollo d'intesa il 26 ottobre 2009."


def run(path, **options):
    """What the command prints."""
    out = StringIO()
    call_command("read_release", path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def release(tmp_path):
    path = tmp_path / "release.txt"
    path.write_text(_RELEASE, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_entries_and_places_are_one_gazetteer(atlas):
    make_entry(country="IT", code="999001", name_it="Borgo Nuovo")

    gazetteer = stored_gazetteer()

    assert gazetteer.by_key["IT-999001"].named.name == "Borgo Nuovo"
    assert not gazetteer.by_key["IT-999001"].is_known
    assert gazetteer.by_key["JP-08"].named.kind == "prefecture"


@pytest.mark.django_db
def test_partners_are_known_on_both_sides(atlas):
    partnership = make_partnership()
    italian, japanese = partnership.italian_place, partnership.japanese_place

    gazetteer = stored_gazetteer()

    assert gazetteer.by_key[f"IT-{italian.code}"].partners == {f"JP-{japanese.code}"}
    assert gazetteer.by_key[f"JP-{japanese.code}"].partners == {f"IT-{italian.code}"}


@pytest.mark.django_db
def test_the_gazetteer_costs_few_queries(atlas, django_assert_num_queries):
    with django_assert_num_queries(4):  # entries, places with regions, spellings, partnerships
        stored_gazetteer()


@pytest.mark.django_db
def test_the_command_lists_what_is_said(atlas, release):
    listed = run(release)

    assert "kind: protocol" in listed
    assert "signed: 2009-10-26" in listed
    assert "«protocollo d'intesa»" in listed


@pytest.mark.django_db
def test_the_command_prints_json(atlas, release):
    reading = json.loads(run(release, as_json=True))

    assert reading["acts"][0]["signed"]["value"] == "2009-10-26"
    assert reading["text"] == _RELEASE


@pytest.mark.django_db
def test_the_command_counts_from_the_day_received(atlas, release):
    release.write_text("Assisi e Koya hanno firmato ieri il protocollo d'intesa.", encoding="utf-8")

    assert "signed: 2026-01-29" in run(release, received="2026-01-30")


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_the_command_refuses_what_is_no_text(atlas, tmp_path, content):
    path = tmp_path / "release.txt"
    if content:
        path.write_bytes(content)

    with pytest.raises(CommandError, match="cannot be read"):
        run(path)


@pytest.mark.django_db
def test_the_command_needs_a_gazetteer(release):
    Place.objects.all().delete()

    with pytest.raises(CommandError, match="load_gazetteer"):
        run(release)
