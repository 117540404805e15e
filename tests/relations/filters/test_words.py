"""One word of a text finds places by name, agreements by who signed them, and partnerships."""

import pytest

from relations.enums import Language
from relations.filters.words import Word
from relations.models import Partnership, PlaceName, Signatory
from tests.factories import (
    make_agreement,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
)

pytestmark = pytest.mark.django_db


def test_a_word_finds_the_places_and_the_agreements_that_have_it():
    gunma = make_prefecture(name_en="Gunma")
    PlaceName.objects.create(place=gunma, text="Itoi", language=Language.ENGLISH)
    city = make_japanese_city(region=gunma)
    act = make_agreement()
    Signatory.objects.create(party=act.parties.first(), name="Shin’ichi Itō")

    word = Word.look_up(" ito")

    assert (word.needle, sorted(word.places), word.agreements) == (
        " ito",
        sorted([gunma.pk, city.pk]),
        [act.pk],
    )


def test_a_word_that_stands_nowhere_finds_nothing():
    make_agreement()

    assert Word.look_up(" nowhere") == Word(" nowhere", [], [])


def test_a_word_is_looked_up_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        Word.look_up(" ito")


def test_a_partnership_has_a_word_in_either_name_or_in_its_summary():
    italian = make_partnership(italian_place=make_italian_city(name_it="Porto Azzurro"), slug="a")
    japanese = make_partnership(japanese_place=make_japanese_city(name_en="Porto"), slug="b")
    told = make_partnership(summary_it="Due città di porto", slug="c")
    make_partnership(summary_it="Aeroporto")
    word = Word.look_up(" porto")

    found = Partnership.objects.filter(word.of("agreements__partnership"))
    for partnership in Partnership.objects.all():
        make_agreement(partnership=partnership)

    assert list(found) == [italian, japanese, told]
