"""The version of the dataset changes with every write that the public may see, and with no other."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from relations.models import DatasetVersion, LoadedRecord, Sector
from relations.models.versions import quiet_triggers
from tests.conftest import PRESS_RELEASES
from tests.factories import make_sector

pytestmark = pytest.mark.django_db

UNWATCHED = {
    "relations_datasetversion",
    "relations_gazetteerentry",
    "relations_linkcheck",
    "relations_loadedrecord",
    "relations_pressrelease",  # for editors alone
    "relations_publicchange",
    "relations_upload",
}


def current():
    return DatasetVersion.objects.current()


def watched_tables():
    """The tables with triggers that change the version, and how many each has."""
    sql = {
        "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1",
        "postgresql": "SELECT event_object_table, count(DISTINCT event_manipulation)"
        " FROM information_schema.triggers GROUP BY 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return dict(cursor.fetchall())


def test_every_table_of_the_domain_is_watched_for_inserts_updates_and_deletes():
    """A migration that makes a table anew on SQLite must watch it again."""
    tables = set(connection.introspection.django_table_names())
    domain = {table for table in tables if table.startswith("relations_")}
    versions = {table for table in tables if table.startswith("relations_historical")}

    assert watched_tables() == dict.fromkeys(domain - UNWATCHED - versions, 3)


def test_each_write_gives_another_version():
    seen = {current()}
    sector = make_sector()
    seen.add(current())
    Sector.objects.update(name_en="Silk")
    seen.add(current())
    Sector.objects.filter(pk=sector.pk).delete()
    seen.add(current())

    assert len(seen) == 4


def test_a_write_that_is_taken_back_leaves_the_version_as_it_was():
    make_sector()
    before = current()
    with transaction.atomic():
        make_sector()
        made = current()
        transaction.set_rollback(True)

    assert (current(), before != made) == (before, True)


def test_two_writes_after_the_same_version_give_different_ones():
    """As when two tests, or two tries of a load, begin from the same data."""
    versions = []
    for _ in range(2):
        with transaction.atomic():
            make_sector()
            versions.append(current())
            transaction.set_rollback(True)

    assert versions[0] != versions[1]


def test_the_ledger_of_loads_is_not_part_of_the_dataset():
    before = current()

    LoadedRecord.objects.create(model="relations.sector", key="silk", fingerprint="0" * 64)

    assert current() == before


def test_a_second_load_of_the_same_files_keeps_the_version(atlas):
    before = current()

    call_command("load_atlas", PRESS_RELEASES, verbosity=0)

    assert current() == before


@pytest.mark.django_db(transaction=True)
def test_the_triggers_can_be_taken_off_and_put_back():
    before = watched_tables()
    call_command("migrate", "relations", "0001", verbosity=0)
    taken_off = watched_tables()
    call_command("migrate", "relations", verbosity=0)

    assert (taken_off, watched_tables()) == ({}, before)


@pytest.mark.django_db(transaction=True)
def test_going_back_before_the_moments_of_change_keeps_the_triggers():
    """Both ways SQLite makes the tables of agreements and events anew."""
    before = watched_tables()
    call_command("migrate", "relations", "0002", verbosity=0)
    gone_back = watched_tables()
    call_command("migrate", "relations", verbosity=0)

    assert (gone_back, watched_tables()) == (before, before)


def test_many_writes_can_change_the_version_once_at_their_end():
    before = DatasetVersion.objects.current()

    with quiet_triggers():
        make_sector()
        during = DatasetVersion.objects.current()
    DatasetVersion.objects.change()
    after = DatasetVersion.objects.current()
    make_sector()

    assert (during == before) is (connection.vendor == "postgresql")
    assert len({before, after, DatasetVersion.objects.current()}) == 3
