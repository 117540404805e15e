"""Each partnership, each place and the atlas itself has a picture for links that are shared."""

import struct
from pathlib import Path

import pytest
from django.test import Client

from relations.models import Agreement, Partnership
from tests.factories import make_agreement, make_italian_city, make_partnership

PATHS = ("home.png", "partnerships/torino-nagoya.png", "places/torino.png", "places/piemonte.png")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_picture_has_the_size_that_links_are_shown_in(
    client: Client, whole_atlas: None, language: str, path: str
) -> None:
    response = client.get(f"/{language}/{path}")

    signature, header = response.content[:8], response.content[16:24]
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert signature == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", header) == (1200, 630)
    assert response["Cache-Control"] == "public, max-age=3600"
    assert dict(response.cookies) == {}
    # Some services show no picture above 300 kB.
    assert len(response.content) < (300_000 if path == "home.png" else 150_000)


def test_pictures_differ_by_record_and_by_language(client: Client, whole_atlas: None) -> None:
    made = [
        client.get(f"/{language}/{path}").content for path in PATHS for language in ("it", "ja")
    ]

    assert len(set(made)) == len(made)


def test_a_picture_follows_its_facts(client: Client, db: None) -> None:
    act = make_agreement(partnership=make_partnership(slug="a-b"), signed="2005")
    first = client.get("/en/partnerships/a-b.png")
    same = client.get("/en/partnerships/a-b.png", headers={"if-none-match": first["ETag"]})
    Agreement.objects.filter(pk=act.pk).update(signed="2006")
    changed = client.get("/en/partnerships/a-b.png", headers={"if-none-match": first["ETag"]})

    assert (same.status_code, changed.status_code) == (304, 200)
    assert changed.content != first.content


def test_there_is_no_picture_of_what_is_not_public(client: Client, db: None) -> None:
    make_agreement(partnership=make_partnership(slug="draft"), state="draft")
    make_agreement(partnership=make_partnership(slug="gone"), state="withdrawn")

    answers = {
        path: client.get(f"/en/{path}.png").status_code
        for path in ("partnerships/draft", "partnerships/gone", "partnerships/no", "places/no")
    }

    assert answers == {
        "partnerships/draft": 404,
        "partnerships/gone": 410,
        "partnerships/no": 404,
        "places/no": 404,
    }


def test_of_very_many_partnerships_bundles_are_drawn(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relations.views.pictures.MOST_CURVES", 1)
    for _ in range(2):
        make_agreement()

    assert client.get("/en/home.png").status_code == 200


def test_a_place_without_a_partnership_has_a_picture_too(client: Client, db: None) -> None:
    place = make_italian_city()

    assert client.get(f"/en/places/{place.slug}.png").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    # each the version; numbers 4, partnerships; partnership, agreements; place,
    # partnerships, how many
    [("home.png", 6), ("partnerships/{slug}.png", 3), ("places/{place}.png", 4)],
)
def test_the_number_of_queries_does_not_grow(  # noqa: PLR0917 # of its table
    client: Client,
    db: None,
    django_assert_num_queries: object,
    path: str,
    queries: int,
    rows: int,
) -> None:
    city = make_italian_city()
    for _ in range(rows):
        make_agreement(partnership=make_partnership(italian_place=city))
    slug = Partnership.objects.first().slug  # type: ignore[union-attr]
    client.get("/en/home.png")  # the filter's index is made once for each state of the data

    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(f"/en/{path.format(slug=slug, place=city.slug)}")


def test_without_its_fonts_a_picture_has_no_text_but_is_there(
    client: Client, db: None, settings: object, tmp_path: Path
) -> None:
    settings.PICTURE_FONTS_DIR = tmp_path  # type: ignore[attr-defined]
    make_agreement(partnership=make_partnership(slug="a-b"))

    response = client.get("/ja/partnerships/a-b.png")

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
