"""Chromium, and pages in it that are watched: none may ask another host, and a failing test leaves a picture."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.conftest import BASE_DIR, CHROMIUM

PICTURES = BASE_DIR / "var" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=10_000)  # milliseconds; a busy machine of CI is slow

Open = Callable[..., Page]
Box = dict[str, float]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(live_server: Any, atlas: None) -> str:
    """The address of the atlas with the founding data."""
    return str(live_server.url)


@pytest.fixture
def sixty(live_server: Any, atlas: None) -> None:
    """Sixty partnerships in real regions and prefectures."""
    from bench.synthetic import fill  # noqa: PLC0415 # needs no import where no browser is

    fill(60)


def overlapping(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """The pairs of boxes that cover each other by more than a pixel, or three of a line's height."""
    return [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a["left"] < b["right"] - 1
        and b["left"] < a["right"] - 1
        and a["top"] < b["bottom"] - 3
        and b["top"] < a["bottom"] - 3
    ]


class Watch:
    """The pages of one test, what they asked for and what went wrong in them."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.browser = browser
        self.origin = origin
        self.contexts: list[BrowserContext] = []
        self.under_way: set[Request] = set()
        self.has_aborted = False
        self.elsewhere: list[str] = []
        self.errors: list[str] = []

    def open(self, path: str = "", **options: Any) -> Page:
        """Open a page in a clean browser, with any options of a Playwright context."""
        context = self.browser.new_context(**{"viewport": DESKTOP} | options)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", self._ask)
        page.on("requestfinished", self._answer)
        page.on("requestfailed", self._abort)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{self.origin}{path}")
        if page.locator(".atlas").count() and options.get("java_script_enabled", True):
            page.wait_for_selector(".map.is-ready")
        return page

    def _ask(self, request: Request) -> None:
        self.under_way.add(request)
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def _answer(self, request: Request) -> None:
        self.under_way.discard(request)

    def _abort(self, request: Request) -> None:
        self.under_way.discard(request)
        self.has_aborted = True

    def close(self) -> None:
        """Wait for what is under way, since the server reads a database that is emptied next.

        What a page has given up on the server finishes all the same, unseen.
        """
        for _ in range(50):
            if not self.under_way:
                break
            self.contexts[-1].pages[-1].wait_for_timeout(100)
        if self.has_aborted:
            self.contexts[-1].pages[-1].wait_for_timeout(500)
        for context in self.contexts:
            context.close()

    def picture(self, name: str) -> None:
        """Keep a picture of every page that is open."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
        pages = [page for context in self.contexts for page in context.pages]
        for number, page in enumerate(pages, 1):
            page.screenshot(path=PICTURES / f"{safe}-{number}.png", full_page=True)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens pages, see `Watch.open`.

    When the test is over, no request may have gone to another host and no script may
    have failed; if the test failed, each of its pages is pictured in var/screenshots/.
    """
    watch = Watch(browser, str(live_server.url))
    yield watch.open
    if getattr(request.node, "has_failed", False):
        watch.picture(request.node.name)
    watch.close()
    assert watch.elsewhere == []
    assert watch.errors == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Tell `open_page` whether the test itself failed."""
    report = yield
    if call.when == "call":
        item.has_failed = report.failed  # type: ignore[attr-defined] # read above
    return report
