"""The system checks say what no constraint can keep."""

import os
from datetime import timedelta

import pytest
from django.core.checks import Tags, run_checks
from django.core.checks.registry import registry
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

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


@pytest.mark.django_db
def test_a_published_agreement_is_not_signed_in_the_future():
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    factories.make_agreement(slug="act", signed=tomorrow)

    assert found() == [
        (
            "relations.E006",
            "agreement act",
            f"It is said to be signed on {tomorrow}, which is still to come.",
        )
    ]


@pytest.mark.django_db
def test_a_published_agreement_is_not_older_than_the_relations_of_the_countries():
    factories.make_agreement(slug="act", signed="1859")

    assert found() == [
        ("relations.E006", "agreement act", "It is said to be signed on 1859, before 1860.")
    ]


@pytest.mark.django_db
def test_today_this_year_1860_and_no_date_are_in_order_and_so_is_a_draft_of_tomorrow():
    today = timezone.localdate()
    for signed in (today.isoformat(), str(today.year), "1860", ""):
        factories.make_agreement(signed=signed)
    factories.make_agreement(signed=(today + timedelta(days=1)).isoformat(), state="draft")

    assert found() == []


@pytest.mark.django_db
@pytest.mark.parametrize("relation", ["renews", "supersedes"])
def test_an_agreement_follows_the_one_that_it_renews_or_supersedes(relation):
    later = factories.make_agreement(slug="later", signed="2006-02-14")
    factories.make_agreement(
        slug="act", signed="2005", partnership=later.partnership, **{relation: later}
    )

    assert found() == [
        (
            "relations.E007",
            "agreement act",
            f"It {relation} “later”, but was signed before it: 2005, 2006-02-14.",
        )
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("signed", ["2005", "2006", "2005-05-27", ""])
def test_an_agreement_that_may_follow_another_is_in_order(signed):
    earlier = factories.make_agreement(signed="2005-05-27")
    factories.make_agreement(signed=signed, partnership=earlier.partnership, renews=earlier)

    assert found() == []


@pytest.mark.django_db
def test_two_sources_do_not_share_a_url():
    for slug in ("one", "other"):
        factories.make_source(slug=slug, url="https://example.org/page")

    assert found() == [
        ("relations.E008", "source other", "It has the URL of “one”: https://example.org/page")
    ]


@pytest.mark.django_db
def test_sources_without_url_are_no_doubles():
    for url in ("", "", "https://example.org/1", "https://example.org/2"):
        factories.make_source(url=url)

    assert found() == []


@pytest.mark.django_db
def test_the_whole_dataset_is_in_order(whole_atlas):
    assert found() == []
