"""Style sheets are served as one file, which is made again when one of its parts is newer."""

import os
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.staticfiles import finders

from atlas.finders import BundleFinder

LATER = 4_000_000_000  # as a time of change, long after any file of ours


@pytest.fixture
def sheets(tmp_path: Path, settings) -> Path:
    """A tree with two style sheets in `static/`, of which a bundle is to be made."""
    settings.BASE_DIR, settings.VAR_DIR = tmp_path, tmp_path / "var"
    settings.STATIC_BUNDLES = {"css/site.css": ["css/tokens.css", "css/base.css"]}
    folder = tmp_path / "static/css"
    folder.mkdir(parents=True)
    (folder / "base.css").write_text("/* 基 */ b {}\n", "utf-8")
    (folder / "tokens.css").write_text("a {}\n", "utf-8")
    return folder


def test_a_bundle_is_its_parts_one_after_the_other(sheets: Path) -> None:
    found = BundleFinder().find("css/site.css")

    assert found == str(sheets.parents[1] / "var/bundles/css/site.css")
    assert Path(found).read_text("utf-8") == "a {}\nb {}\n"


def test_a_bundle_leaves_out_what_only_its_authors_read(sheets: Path) -> None:
    sheet = '/* Of\n   two lines. */\n@layer a {\n  b::after {\n    content: "  ";\n  }\n}\n'
    (sheets / "base.css").write_text(sheet, "utf-8")

    made = Path(BundleFinder().find("css/site.css"))

    assert made.read_text("utf-8") == 'a {}\n@layer a {\nb::after {\ncontent: "  ";\n}\n}\n'


def test_a_bundle_is_made_again_when_a_part_is_newer(sheets: Path) -> None:
    made = Path(BundleFinder().find("css/site.css"))
    (sheets / "base.css").write_text("c {}\n")
    os.utime(sheets / "base.css", (LATER, LATER))

    BundleFinder().find("css/site.css")

    assert made.read_text() == "a {}\nc {}\n"


def test_a_bundle_that_is_what_its_parts_give_is_left_as_it_is(sheets: Path) -> None:
    made = Path(BundleFinder().find("css/site.css"))
    os.utime(made, (LATER, LATER))

    BundleFinder().find("css/site.css")

    assert made.stat().st_mtime == LATER


def test_a_bundle_is_made_again_where_it_is_newer_than_its_parts_but_not_of_them(
    sheets: Path,
) -> None:
    made = Path(BundleFinder().find("css/site.css"))
    text = made.read_text()
    made.write_text("made of other parts")
    os.utime(made, (LATER, LATER))

    BundleFinder().find("css/site.css")

    assert made.read_text() == text


def test_nothing_half_written_is_left_beside_a_bundle(sheets: Path) -> None:
    made = Path(BundleFinder().find("css/site.css"))

    assert list(made.parent.iterdir()) == [made]


@pytest.mark.parametrize("arguments", [{"find_all": True}, {"all": True}])
def test_all_bundles_of_a_name_are_a_list_of_one(sheets: Path, arguments: dict[str, bool]) -> None:
    finder = BundleFinder()

    assert finder.find("css/site.css", **arguments) == [finder.find("css/site.css")]


@pytest.mark.parametrize("path", ["css/base.css", "site.css", ""])
def test_what_is_no_bundle_is_not_found(sheets: Path, path: str) -> None:
    assert BundleFinder().find(path) == []


def test_every_bundle_is_collected_freshly_made(sheets: Path) -> None:
    ((path, storage),) = BundleFinder().list(None)

    with storage.open(path) as file:
        assert (path, file.read().decode()) == ("css/site.css", "a {}\nb {}\n")


def test_parts_that_exist_pass_the_check(sheets: Path) -> None:
    assert BundleFinder().check() == []


def test_a_part_that_does_not_exist_is_named_by_the_check(sheets: Path) -> None:
    (sheets / "base.css").unlink()

    (error,) = BundleFinder().check()

    assert (error.id, error.msg) == (
        "atlas.E001",
        "STATIC_BUNDLES: css/site.css is made of css/base.css, which is not in static/.",
    )


def test_the_site_s_bundles_hold_every_style_sheet_once() -> None:
    written = [f"css/{path.name}" for path in (site.BASE_DIR / "static/css").glob("*.css")]
    again = ["css/tokens.css", "css/base.css"]  # for pages in frames, which have no other bundle

    held = sorted(part for parts in site.STATIC_BUNDLES.values() for part in parts)

    assert held == sorted([*written, *again])


def test_django_finds_the_site_s_bundle() -> None:
    assert finders.find("css/site.css") == str(site.VAR_DIR / "bundles/css/site.css")
