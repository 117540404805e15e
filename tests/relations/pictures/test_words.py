"""Titles of pictures fit, whatever the places are called."""

import pytest
from django.utils import translation

from relations.pictures.maps import WIDTH
from relations.pictures.words import MARGIN, Run, Words, joined, named
from tests.factories import make_italian_city, make_japanese_city


def words(*runs: Run) -> Words:
    """A title of these parts."""
    return Words([Run("Atlante", "latin")], runs, "Gemellaggio")


def test_a_short_title_is_large_and_a_long_one_fits() -> None:
    short = words(Run("Torino", "latin"))
    long = words(Run("Città metropolitana di Roma Capitale – Prefettura di Miyagi", "latin"))

    assert short.size == 64
    assert long.size < 46
    assert sum(run.em for run in long.title) * long.size <= WIDTH - 2 * MARGIN + 4


def test_native_names_give_way_to_a_title_that_can_be_read() -> None:
    native = Run("宮城県", "japanese", is_native=True)
    roomy = words(Run("Miyagi", "latin"), native)
    full = words(
        Run("Città metropolitana di Roma Capitale – Prefettura di Miyagi", "latin"), native
    )

    assert native in roomy.fitting.title
    assert native not in full.fitting.title


def test_the_parts_of_a_title_follow_each_other() -> None:
    parts = list(
        words(Run("Nagoya", "latin"), Run("名古屋市", "japanese", is_native=True)).placed_title()
    )

    assert [part.style for part in parts] == ["title title--latin", "native japanese"]
    assert parts[0].x == MARGIN
    assert parts[1].x > parts[0].x + 64 * 2
    assert parts[1].size < parts[0].size


def test_neighbours_in_one_font_are_set_as_one_text() -> None:
    native = Run("名古屋市", "japanese", is_native=True)
    runs = [Run("Torino", "latin"), Run(" – ", "latin"), Run("Nagoya", "latin"), native]

    assert joined(runs) == [Run("Torino – Nagoya", "latin"), native]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("it", ["Torino", "Nagoya", "名古屋市"]),
        ("en", ["Turin", "Torino", "Nagoya", "名古屋市"]),
        ("ja", ["トリノ市", "Torino", "名古屋市"]),
    ],
)
def test_the_native_name_stands_beside_another(db: None, language: str, names: list[str]) -> None:
    torino = make_italian_city(name_it="Torino", name_en="Turin", name_ja="トリノ市")
    nagoya = make_japanese_city(name_it="Nagoya", name_en="Nagoya", name_ja="名古屋市")

    with translation.override(language):
        runs = [*named(torino), *named(nagoya)]

    assert [run.text for run in runs] == names
