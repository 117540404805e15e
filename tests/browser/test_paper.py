"""Pages on paper: fact sheets of partnerships and places on A4, and lists."""

import re
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from relations.models import Partnership, Source

pytestmark = pytest.mark.browser

# A4 in points.
A4 = (595, 842)


@pytest.fixture
def whole_site(live_server: Any, whole_atlas: None) -> str:
    """The address of the atlas with the whole dataset."""
    return str(live_server.url)


def _printed(browser: Browser, address: str, **options: Any) -> pdfium.PdfDocument:
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.fonts.ready")
    paper = page.pdf(prefer_css_page_size=True)
    context.close()
    return pdfium.PdfDocument(BytesIO(paper))


def _text(paper: pdfium.PdfDocument) -> str:
    """What stands on all pages; breaks within a line, such as in an address, are none."""
    pages = (page.get_textpage().get_text_bounded() for page in paper)
    return " ".join(" ".join(pages).replace("\x02", "-").replace("\ufffe", "-").split())


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


# At the most so many sheets in any language.
SHEETS = {
    "partnerships/torino-nagoya/": 4,
    "partnerships/la-spezia-izumisano/": 2,
    "partnerships/napoli-kagoshima/": 3,
    "places/torino/": 2,
    "places/emilia-romagna/": 4,
    "partnerships/?region=IT-45": 1,
}


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_few_sheets_of_a4_are_enough_and_the_last_is_not_empty(
    browser: Browser, whole_site: str, language: str
) -> None:
    papers = {path: _printed(browser, f"{whole_site}/{language}/{path}") for path in SHEETS}

    sizes = {tuple(map(round, page.get_size())) for paper in papers.values() for page in paper}
    assert sizes == {A4}
    assert {path: len(paper) for path, paper in papers.items() if len(paper) > SHEETS[path]} == {}
    last = {
        path: len(paper[len(paper) - 1].get_textpage().get_text_bounded())
        for path, paper in papers.items()
    }
    assert {path: letters for path, letters in last.items() if letters < 400} == {}


@pytest.mark.parametrize(
    ("language", "names", "words"),
    [
        ("it", "Torino Nagoya 名古屋市", ["In vigore", "27 maggio 2005", "Fonti", "Come citare"]),
        ("ja", "トリノ市 Torino 名古屋市", ["有効", "2005年5月27日", "出典", "引用方法"]),
        (
            "en",
            "Turin Torino Nagoya 名古屋市",
            ["In force", "27 May 2005", "Sources", "How to cite"],
        ),
    ],
)
def test_fact_sheet_has_names_facts_sources_address_date_and_licence(
    browser: Browser, whole_site: str, language: str, names: str, words: list[str]
) -> None:
    address = f"{whole_site}/{language}/partnerships/torino-nagoya/"
    paper = _printed(browser, address)

    text = _text(paper)
    partnership = Partnership.objects.filter(slug="torino-nagoya")
    urls = [source.url for source in Source.objects.of_partnerships(partnership) if source.url]
    today = timezone.localdate().isoformat()
    wanted = [*names.split(), *words, address, "CC BY 4.0", today]
    assert [word for word in wanted if _squeezed(word) not in _squeezed(text)] == []
    assert [url for url in urls if _squeezed(url) not in _squeezed(text)] == []
    assert [text.count(f"{n} / {len(paper)}") for n in range(1, len(paper) + 1)] == [1] * len(paper)


def test_first_sheet_says_what_matters(browser: Browser, whole_site: str) -> None:
    paper = _printed(browser, f"{whole_site}/en/partnerships/torino-nagoya/")

    first = " ".join(paper[0].get_textpage().get_text_bounded().split())
    order = ["Turin", "Status", "First agreement", "Distance", "The life of the partnership"]
    assert sorted(order, key=first.index) == order


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("partnerships/torino-nagoya/", "The life of the partnership"),
        ("places/torino/", "Events here"),
        ("places/emilia-romagna/", "sources of these partnerships and events"),
    ],
)
def test_what_is_for_the_screen_is_not_on_paper(
    browser: Browser, whole_site: str, path: str, shown: str
) -> None:
    text = _text(_printed(browser, f"{whole_site}/en/{path}"))

    hidden = ("Embed this", "iframe", "Report an error", "Method and definitions", "Last changed:")
    hidden += ("Calendar (.ics)", "Related partnerships", "Skip to", "fact sheet on A4")
    assert shown in text
    assert [word for word in hidden if word in text] == []


def test_sources_that_are_folded_on_the_screen_are_open_on_paper(
    browser: Browser, whole_site: str
) -> None:
    text = _squeezed(_text(_printed(browser, f"{whole_site}/it/places/torino/")))

    sources = Source.objects.of_partnerships(Partnership.objects.filter(slug="torino-nagoya"))
    urls = [source.url for source in sources if source.url]
    assert urls
    assert [url for url in urls if _squeezed(url) not in text] == []


@pytest.mark.parametrize("path", ["partnerships/torino-nagoya/", "places/emilia-romagna/"])
def test_paper_is_white_from_the_dark_colours_too(
    browser: Browser, whole_site: str, path: str
) -> None:
    dark, light = (
        _printed(browser, f"{whole_site}/en/{path}", color_scheme=scheme)[0].render(scale=0.5)
        for scheme in ("dark", "light")
    )

    pixels = bytes(dark.buffer)
    assert set(pixels[:3]) == {255}
    assert pixels == bytes(light.buffer)
    assert sum(pixels) / len(pixels) > 225
