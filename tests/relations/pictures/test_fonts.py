"""Pictures show no box where a letter should be."""

from pathlib import Path

import pytest

from relations.models import Place
from relations.pictures import fonts


def test_each_script_has_its_letters() -> None:
    assert fonts.can_write("Torino – Kōchi, Ōtsu, Città, L’Aquila, Südtirol · 2005", "latin")
    assert fonts.can_write("名古屋市、つくば市、トリノ市（1986年から）", "japanese")
    assert not fonts.can_write("名古屋市", "latin")


def test_every_place_can_be_written(whole_atlas: None) -> None:
    names = Place.objects.values_list("name_it", "name_en", "name_ja")

    assert [
        name
        for italian, english, japanese in names
        for name, script in ((italian, "latin"), (english, "latin"), (japanese, "japanese"))
        if not fonts.can_write(name, script)
    ] == []


def test_what_cannot_be_written_is_left_out() -> None:
    assert fonts.legible("Torino 名古屋", "latin") == "Torino "


def test_widths_are_those_of_the_letters() -> None:
    assert fonts.width("名古屋市", fonts.TEXT["japanese"]) == 4
    narrow, wide = (fonts.width(text, fonts.TITLE["latin"]) for text in ("iiii", "mmmm"))
    assert 0.8 < narrow < wide < 4


@pytest.fixture
def unbuilt(settings: object, tmp_path: Path) -> None:
    settings.PICTURE_FONTS_DIR = tmp_path  # type: ignore[attr-defined]


def test_where_no_fonts_were_built_nothing_can_be_written(unbuilt: None) -> None:
    assert fonts.files() == []
    assert not fonts.can_write("Torino", "latin")
    assert fonts.width("Torino", fonts.TITLE["latin"]) > 0
