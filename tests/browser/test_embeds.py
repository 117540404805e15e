"""Small pages in frames of another site, and the code for them."""

import re
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser

SMALL = (
    "partnership/torino-nagoya/",
    "place/torino/",
    "place/emilia-romagna/",
    "map/",
    "map/?region=IT-45&view=world",
    "timeline/",
    "timeline/?region=IT-67",
    "partnership/atlantis/",
)


class _Town(BaseHTTPRequestHandler):
    """A page of another site with a frame of the address that stands in its query string."""

    def do_GET(self) -> None:
        address = unquote(self.path.partition("?")[2])
        html = f'<!doctype html><title>Town</title><iframe src="{escape(address)}" width="600" height="500"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(html.encode())

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


Frame = Callable[..., Page]


@pytest.fixture
def frame(browser: Browser) -> Iterator[Frame]:
    """Opens a page of another site, on this machine under another name, with a frame of an address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Town)
    Thread(target=server.serve_forever, daemon=True).start()
    contexts = []

    def open_frame(address: str, **options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/?{quote(address, safe='')}")
        return page

    yield open_frame
    for context in contexts:
        context.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", SMALL)
def test_another_site_frames_a_small_page(frame: Frame, site: str, path: str) -> None:
    page = frame(f"{site}/it/embed/{path}")

    shown = page.frame_locator("iframe")
    expect(shown.locator("h1")).to_be_visible()
    expect(shown.locator(".framed-source")).to_contain_text("Atlante dei gemellaggi")
    assert page.context.cookies() == []


def test_an_address_without_a_language_is_framed_in_that_of_the_reader(
    frame: Frame, site: str
) -> None:
    page = frame(f"{site}/embed/place/torino/", locale="ja-JP")

    expect(page.frame_locator("iframe").locator("h1")).to_contain_text("トリノ市")


def test_another_site_frames_no_other_page(frame: Frame, site: str) -> None:
    page = frame(f"{site}/it/partnerships/torino-nagoya/")

    page.wait_for_load_state("networkidle")
    assert page.frame_locator("iframe").locator(".masthead").count() == 0


def test_a_link_in_a_frame_opens_a_window_of_its_own(frame: Frame, site: str) -> None:
    page = frame(f"{site}/en/embed/partnership/torino-nagoya/")

    with page.expect_popup() as opened:
        page.frame_locator("iframe").locator(".framed-source a").first.click()

    opened.value.wait_for_url(f"{site}/en/partnerships/torino-nagoya/")
    assert opened.value.evaluate("window.opener") is None
    assert page.url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_axe_finds_nothing_in_small_pages(
    browser: Browser, site: str, language: str, scheme: str
) -> None:
    page = browser.new_context(color_scheme=scheme, viewport=PHONE).new_page()
    findings = {}

    for path in SMALL:
        page.goto(f"{site}/{language}/embed/{path}")
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        violations = Axe().run(page).response["violations"]
        if violations:
            findings[path] = [
                (violation["id"], [node["target"] for node in violation["nodes"]])
                for violation in violations
            ]

    assert findings == {}


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize("width", [320, 390, 600, 960])
def test_no_small_page_scrolls_sideways(
    browser: Browser, site: str, width: int, language: str
) -> None:
    page = browser.new_context(viewport={"width": width, "height": 500}).new_page()
    wide = {}

    for path in SMALL:
        page.goto(f"{site}/{language}/embed/{path}")
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if overflow := page.evaluate(over):
            wide[path] = overflow

    assert wide == {}


@pytest.mark.parametrize(
    ("query", "scheme", "is_dark"),
    [
        ("", "light", False),
        ("", "dark", True),
        ("?theme=dark", "light", True),
        ("?theme=light", "dark", False),
    ],
)
def test_colours_are_those_of_the_reader_unless_the_site_chooses(
    browser: Browser, site: str, query: str, scheme: str, *, is_dark: bool
) -> None:
    page = browser.new_context(color_scheme=scheme).new_page()
    page.goto(f"{site}/en/embed/place/torino/{query}")

    red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")

    assert (int(red) < 128) is is_dark


# The code for other sites


def _code(page: Page) -> str:
    return page.locator("#embed-code").input_value()


@pytest.mark.parametrize(
    ("path", "small"),
    [
        ("/it/partnerships/torino-nagoya/", "/it/embed/partnership/torino-nagoya/"),
        ("/it/places/torino/", "/it/embed/place/torino/"),
        ("/it/timeline/?region=IT-45", "/it/embed/timeline/?region=IT-45"),
        ("/it/?region=IT-45", "/it/embed/map/?region=IT-45"),
    ],
)
def test_code_works_without_javascript(
    open_page: Open, frame: Frame, site: str, path: str, small: str
) -> None:
    page = open_page(path, java_script_enabled=False)
    page.locator(".embed__summary").click()

    expect(page.locator("#embed-code")).to_be_visible()
    expect(page.locator("[data-embed-choices]")).to_be_hidden()
    src = re.search(r'src="([^"]+)"', _code(page))
    assert src is not None
    assert src[1] == site + small
    expect(frame(src[1]).frame_locator("iframe").locator("h1")).to_be_visible()


def test_choices_change_the_code_and_show_what_it_gives(open_page: Open, site: str) -> None:
    page = open_page("/it/partnerships/torino-nagoya/")
    page.locator(".embed__summary").click()
    preview = page.frame_locator("[data-embed-preview]")
    expect(preview.locator("h1")).to_contain_text("Torino")

    page.locator('[data-embed-choice="language"]').select_option("ja")
    page.locator('[data-embed-choice="theme"]').select_option("dark")
    page.locator('[data-embed-choice="height"]').fill("700")
    page.locator('[data-embed-choice="height"]').press("Tab")

    assert f'src="{site}/ja/embed/partnership/torino-nagoya/?theme=dark"' in _code(page)
    assert 'height="700"' in _code(page)
    expect(preview.locator("html")).to_have_attribute("data-theme", "dark")
    expect(preview.locator("h1")).to_contain_text("トリノ市")

    page.locator('[data-embed-choice="language"]').select_option("")

    assert f'src="{site}/embed/partnership/torino-nagoya/?theme=dark"' in _code(page)


def test_code_is_copied(open_page: Open, site: str) -> None:
    page = open_page("/en/places/torino/", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".embed__summary").click()

    page.get_by_role("button", name="Copy the code").click()

    expect(page.get_by_role("button", name="Code copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == _code(page)


def test_code_follows_the_filter_and_keeps_what_is_chosen(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    page.locator(".embed__summary").click()
    page.locator('[data-embed-choice="theme"]').select_option("light")

    page.locator(".filter input[name=q]").fill("nagoya")

    expect(page.locator("#embed-code")).to_have_value(
        re.compile(re.escape(f'src="{site}/en/embed/map/?q=nagoya&amp;theme=light"'))
    )
    expect(page.frame_locator("[data-embed-preview]").locator(".framed__count")).to_contain_text(
        "“nagoya”"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
def test_axe_finds_nothing_in_the_open_box(
    open_page: Open, site: str, viewport: Any, scheme: str
) -> None:
    page = open_page("/it/places/torino/", viewport=viewport, color_scheme=scheme)
    page.locator(".embed__summary").click()
    page.locator(".fold > summary").click()
    expect(page.frame_locator("[data-embed-preview]").locator("h1")).to_be_visible()

    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
