"""A needle finds the same rows on every database: those in whose folded text it occurs."""

import os
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Model

from relations.models import (
    Agreement,
    Event,
    GazetteerEntry,
    Partnership,
    Place,
    PlaceName,
    Signatory,
)
from relations.text import needles

SEARCHED = (Agreement, Event, GazetteerEntry, Partnership, Place, PlaceName, Signatory)
# What people type, and what means something in a pattern of SQL.
TYPED = (
    "torino",
    "Forlì",
    "FORLI",
    "Kōbe",
    "koyasan",
    "L'Aquila",
    "l’aquila",
    "aquila",
    "dell'ottobre",
    "monte san",
    "gemellaggio",
    "a",
    "o",
    "sa",
    "2005",
    "東京",
    "市",
    "友好都市提携",
    "姉妹都市",
    "ナゴヤ",
    "なごや",
    "ぐんま",
    "ﾄﾘﾉ",
    "Ｔｏｒｉｎｏ",  # noqa: RUF001 # full width, as Japanese keyboards type
    "北海道 torino",
    "%",
    "_",
    "a_b",
    "to_ino",
    "tor%no",
    "100%",
    "\\",
    "\\%",
    "tor\\ino",
    "'",
    '"; DROP TABLE',
    "zzz",
)
# What no text folds to, and a column is asked for all the same (by the desk, as it is typed).
RAW = ("%", "_", "\\", "%%", "_ ", "tor_no", "tor%no", "\\%", "'", "ì", "TORINO", " torino", "  ")


@pytest.fixture
def texts(whole_atlas: None) -> dict[type[Model], dict[int, str]]:
    """What is searched in, by model and key; with rows that hold the signs of patterns."""
    for n, name in enumerate(("100% tor_ino", "tor\\ino a_b", "tor%no", "_", "%", "D'Annunzio_")):
        PlaceName.objects.create(place=Place.objects.order_by("pk")[n], text=name, language="it")
    return {model: dict(model.objects.values_list("pk", "folded")) for model in SEARCHED}


def test_a_needle_finds_the_rows_in_whose_text_it_occurs(
    texts: dict[type[Model], dict[int, str]],
) -> None:
    sought = {needle for typed in TYPED for needle in needles(typed)} | set(RAW) - {"TORINO"}

    wrong = [
        (model.__name__, needle)
        for model, folded in texts.items()
        for needle in sorted(sought)
        if set(model.objects.filter(folded__contains=needle).values_list("pk", flat=True))
        != {key for key, text in folded.items() if needle in text}
    ]

    assert wrong == []


def test_places_are_found_by_their_names_their_spellings_and_those_of_their_region(
    texts: dict[type[Model], dict[int, str]],
) -> None:
    regions = dict(Place.objects.values_list("pk", "region"))
    spellings: dict[int, str] = dict.fromkeys(regions, "")
    for pk, place in PlaceName.objects.values_list("pk", "place"):
        spellings[place] += "\n" + texts[PlaceName][pk]
    own = {pk: texts[Place][pk] + "\n" + spellings[pk] for pk in regions}

    wrong = [
        needle
        for typed in TYPED
        for needle in needles(typed)
        if set(Place.objects.spelled(needle).values_list("pk", flat=True))
        != {pk for pk, r in regions.items() if needle in own[pk] or (r and needle in own[r])}
    ]

    assert wrong == []


@pytest.mark.postgres
@pytest.mark.parametrize("model", SEARCHED)
def test_postgresql_looks_a_needle_up_in_an_index(model: type[Model], db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a small table is read through

    plan = model.objects.order_by().filter(folded__contains=" torino").explain()

    assert f"relations_{model.__name__.lower()}_trigrams" in plan


@pytest.mark.postgres
def test_a_role_that_may_not_install_the_extension_is_told_who_may(db: None) -> None:
    migration = import_module("relations.migrations.0012_trigrams")
    role = f"test_nobody_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP EXTENSION pg_trgm CASCADE; CREATE ROLE {role}; SET LOCAL ROLE {role}")

    with pytest.raises(DatabaseError) as caught, connection.schema_editor() as editor:
        migration.index_trigrams(apps, editor)

    assert str(caught.value) == (
        "The extension pg_trgm is not installed in this database, and this role may not install it. "
        "Let a superuser run there: CREATE EXTENSION pg_trgm; then migrate again."
    )
