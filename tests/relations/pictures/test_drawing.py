"""What a picture says, as the SVG that it is drawn from."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import timezone, translation

from relations import pictures, queries
from relations.models import Agreement, Partnership, Place

TODAY = timezone.localdate()


def texts(drawn: str) -> list[str]:
    """All that is written in a picture, in order."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 # our own
    found = root.iter("{http://www.w3.org/2000/svg}text")
    return ["".join(element.itertext()).strip() for element in found]


def drawn(slug: str, language: str) -> str:
    """The picture of a partnership."""
    partnership = Partnership.objects.with_places().with_status(TODAY).get(slug=slug)
    acts = Agreement.objects.published().filter(partnership=partnership).with_status(TODAY)
    with translation.override(language):
        return pictures.of_partnership(partnership, list(acts))


def test_a_partnership_is_named_with_what_it_is(whole_atlas: None) -> None:
    said = texts(drawn("torino-nagoya", "en"))

    assert said[:4] == ["Turin", "Nagoya", "名古屋市", "Italy"]
    assert said[-6:] == [
        "Italy–Japan Twinning Atlas",
        "Turin",
        "Torino",
        "– Nagoya",
        "名古屋市",
        "Twinning since 2005 · in force",
    ]


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("napoli-kagoshima", "Twinning since 1960, in renewal"),
        ("sardegna-okinawa", "Proposed partnership"),
        ("verona-nagahama", "Twinning · in force"),
        ("citta-metropolitana-di-roma-miyagi", "Twinning of 2001, ended"),
    ],
)
def test_the_line_says_how_a_partnership_stands(whole_atlas: None, slug: str, line: str) -> None:
    assert texts(drawn(slug, "en"))[-1] == line


def test_the_curve_is_of_the_style_of_its_status(whole_atlas: None) -> None:
    dashes = {
        slug: re.findall(r'stroke-dasharray="([^"]+)"', drawn(slug, "it"))
        for slug in ("torino-nagoya", "sardegna-okinawa")
    }

    assert dashes == {"torino-nagoya": [], "sardegna-okinawa": ["7 4"]}


def test_japanese_is_written_in_its_own_fonts(whole_atlas: None) -> None:
    picture = drawn("torino-nagoya", "ja")

    assert 'font-family: "Noto Serif JP"' in picture
    assert "名古屋市" in texts(picture)


def test_without_japanese_fonts_names_are_latin(
    whole_atlas: None, settings: object, tmp_path: Path
) -> None:
    settings.PICTURE_FONTS_DIR = tmp_path  # type: ignore[attr-defined]

    assert not re.search(r"[\u3040-\u9fff]", "".join(texts(drawn("torino-nagoya", "ja"))))


def test_a_region_is_outlined_and_counted(whole_atlas: None) -> None:
    region = Place.objects.get(slug="emilia-romagna")
    within = Partnership.objects.published().of_place_or_within(region)
    rows = list(within.with_places().with_status(TODAY))

    picture = pictures.of_place(region, rows, len(rows))

    assert texts(picture)[-2:] == [
        "Emilia-Romagna",
        f"Region · {len(rows)} partnerships with Japan",
    ]
    assert len(re.findall(r'href="#IT-45"', picture)) == 2  # tinted, outlined


def test_the_atlas_is_named_in_the_other_languages_too(whole_atlas: None) -> None:
    rows = list(Partnership.objects.published().with_places().with_status(TODAY))
    with translation.override("it"):
        said = texts(pictures.of_atlas(rows, queries.numbers()))

    assert said[-5:-1] == [
        "日伊姉妹都市アトラス",
        "·",
        "Italy–Japan Twinning Atlas",
        "Atlante dei gemellaggi Italia–Giappone",
    ]


def test_a_name_cannot_break_a_picture(whole_atlas: None) -> None:
    Place.objects.filter(slug="torino").update(name_en="Turin & <b>")

    assert "Turin & <b>" in texts(drawn("torino-nagoya", "en"))


def test_all_colours_are_those_of_the_style_sheet(whole_atlas: None) -> None:
    picture = drawn("torino-nagoya", "it")

    tokens = Path("static/css/tokens.css").read_text("utf-8")
    assert {c for c in re.findall(r"#[0-9a-f]{6}\b", picture) if c not in tokens} == set()
    assert 'fill=""' not in picture
    assert 'stroke=""' not in picture
