"""Filters come once each, are the same for both systems, and find a whole page."""

import sqlite3
from urllib.parse import parse_qsl, urlsplit

import pytest

from bench.rotation import ROWS, Filter, draw

REGIONS = ["IT-21", "IT-25", "IT-34", "IT-45"]
PREFECTURES = ["JP-13", "JP-21", "JP-26"]
SECTORS = ["culture", "trade", "sport"]


@pytest.fixture
def flat(tmp_path):
    path = tmp_path / "flat.db"
    with sqlite3.connect(path) as table:
        table.execute(
            "CREATE TABLE partnerships (slug, italian_region, prefecture, sector, year INTEGER)"
        )
        rows = (
            (f"s{n:04}", REGIONS[n % 4], PREFECTURES[n % 3], SECTORS[n // 7 % 3], 1950 + n % 70)
            for n in range(2000)
        )
        table.executemany("INSERT INTO partnerships VALUES (?, ?, ?, ?, ?)", rows)
    return path


def rows_of(flat, asked):
    """How many rows match, counted one by one."""
    with sqlite3.connect(flat) as table:
        rows = table.execute("SELECT italian_region, prefecture, sector, year FROM partnerships")
        return sum(
            (italian if asked.column == "italian_region" else japanese) in asked.regions
            and (not asked.sectors or sector in asked.sectors)
            and year >= asked.year
            for italian, japanese, sector, year in rows
        )


def test_the_same_seed_draws_the_same_filters(flat):
    assert draw(flat, 50) == draw(flat, 50)
    assert draw(flat, 50) != draw(flat, 50, seed=2)


def test_no_filter_comes_twice(flat):
    assert len(set(draw(flat, 200))) == 200


def test_every_filter_finds_a_whole_page(flat):
    assert min(rows_of(flat, asked) for asked in draw(flat, 100)) >= ROWS


def test_both_systems_are_asked_for_the_same():
    asked = Filter("prefecture", ("JP-13", "JP-26"), ("culture",), 1980)

    assert asked.of_atlas() == (
        "/it/partnerships/?region=JP-13&region=JP-26&sector=culture&from=1980"
    )
    address = urlsplit(asked.of_datasette())
    assert address.path == "/flat/partnerships"
    assert parse_qsl(address.query)[:3] == [
        ("prefecture__in", "JP-13,JP-26"),
        ("sector", "culture"),
        ("year__gte", "1980"),
    ]
