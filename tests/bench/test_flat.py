"""The flat table has a row for each partnership, with the values that are filtered by."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from bench import data, flat
from relations.models import Partnership

pytestmark = [
    pytest.mark.usefixtures("atlas"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the table is made from SQLite"),
]


@pytest.fixture
def database(tmp_path):
    """The database of the test as a file."""
    path = tmp_path / "atlas.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return path


@pytest.mark.django_db(transaction=True)
def test_each_partnership_is_a_row(database):
    with closing(sqlite3.connect(flat.export(database, tuned=False))) as table:
        rows = dict(
            table.execute("SELECT slug, italian_region || ' ' || prefecture FROM partnerships")
        )

    assert rows == {
        p.slug: f"{(p.italian_place.region or p.italian_place).code} "
        f"{(p.japanese_place.region or p.japanese_place).code}"
        for p in Partnership.objects.with_places()
    }


@pytest.mark.django_db(transaction=True)
def test_tuned_every_filtered_column_has_an_index(database):
    indexes = {}
    for tuned in (False, True):
        with closing(sqlite3.connect(flat.export(database, tuned=tuned))) as table:
            names = table.execute("SELECT name FROM sqlite_master WHERE name LIKE 'by_%'")
            indexes[tuned] = {name for (name,) in names}

    assert indexes == {False: set(), True: {f"by_{column}" for column in flat.FILTERED}}


def test_another_seed_is_another_database():
    assert data.fingerprint(1) == data.fingerprint(1)
    assert data.fingerprint(1) != data.fingerprint(2)
