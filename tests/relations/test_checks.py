"""The system checks say what no constraint can keep."""

import os

import pytest
from django.core.checks import Tags, run_checks
from django.core.checks.registry import registry
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from relations import checks
from relations.models import Citation
from tests import factories


def found(*tags: str):
    """What a run over the database finds of ours: id, record and sentence."""
    messages = run_checks(tags=tags or None, databases=["default"])
    return [
        (message.id, message.obj, message.msg)
        for message in messages
        if message.id.startswith("relations.E")
    ]


# Translations


@pytest.fixture
def catalog(tmp_path, settings):
    """An Italian catalog, not compiled."""
    file = tmp_path / "it" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.touch()
    settings.LOCALE_PATHS = [tmp_path]
    return file


def test_a_catalog_that_is_not_compiled_is_warned_of(catalog):
    (warning,) = checks.check_catalogs()

    assert (warning.id, warning.msg, warning.hint) == (
        "relations.W001",
        f"The translations in {catalog} are not compiled, or were changed since.",
        "Run make serve or make test: they compile what has changed.",
    )


def test_a_catalog_that_was_changed_since_is_warned_of(catalog):
    catalog.with_suffix(".mo").touch()
    os.utime(catalog.with_suffix(".mo"), (0, 0))

    assert [warning.id for warning in checks.check_catalogs()] == ["relations.W001"]


def test_compiled_catalogs_are_in_order(catalog):
    catalog.with_suffix(".mo").touch()

    assert checks.check_catalogs() == []


def test_the_checks_are_registered_with_their_tags():
    tags = {check.__name__: check.tags for check in registry.get_checks()}

    assert (tags["check_catalogs"], tags["check_data"]) == ((Tags.translation,), (Tags.database,))


# Data


def test_without_a_database_to_check_nothing_is_asked():
    assert checks.check_data() == []  # with a query, this test would need the database


@pytest.mark.django_db
def test_while_migrations_wait_nothing_is_asked():
    factories.make_agreement().citations.all().delete()
    MigrationRecorder.Migration.objects.filter(app="relations").delete()

    assert checks.check_data(databases=["default"]) == []


@pytest.mark.django_db
def test_the_founding_dataset_is_in_order(atlas):
    call_command("check", databases=["default"])

    assert found() == []


@pytest.mark.django_db
def test_a_published_agreement_needs_a_party_on_each_side_and_a_source():
    act = factories.make_agreement(slug="act", title_en="Act")
    act.citations.all().delete()
    act.parties.filter(place__country="JP").delete()

    assert found(Tags.database) == [
        ("relations.E002", "agreement act", "“Act” has no party on the side of Japan."),
        ("relations.E002", "agreement act", "“Act” cites no source."),
    ]


@pytest.mark.django_db
def test_a_draft_needs_neither():
    factories.make_agreement(state="draft").citations.all().delete()
    factories.make_event(state="draft")
    Citation.objects.all().delete()

    assert found() == []


@pytest.mark.django_db
def test_a_place_belongs_to_a_region_of_its_own_country():
    factories.make_italian_city(
        slug="torino", name_en="Turin", region=factories.make_prefecture(name_en="Aichi")
    )

    assert found() == [("relations.E003", "place torino", "“Turin” is in Italy, “Aichi” is not.")]


@pytest.mark.django_db
def test_a_published_event_needs_a_source():
    event = factories.make_event(
        slug="visit", title_en="Visit", partnerships=(factories.make_partnership(),)
    )
    event.citations.all().delete()

    assert found() == [("relations.E004", "event visit", "“Visit” cites no source.")]


@pytest.mark.django_db
def test_a_conflict_of_sources_needs_a_decision():
    act = factories.make_agreement(slug="act")
    act.citations.update(preferred=False)
    factories.make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    assert found() == [
        (
            "relations.E005",
            "agreement act",
            "Sources state 2 values of “signed”, and none is preferred.",
        )
    ]


@pytest.mark.django_db
def test_a_conflict_that_is_decided_is_in_order():
    act = factories.make_agreement()
    factories.make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    assert found() == []


@pytest.mark.django_db
def test_sources_that_agree_need_no_decision():
    act = factories.make_agreement()
    act.citations.update(preferred=False)
    factories.make_citation(
        agreement=act, field="signed", stated=act.citations.get().stated, preferred=False
    )

    assert found() == []
