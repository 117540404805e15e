"""Chromium, and pages in it that are watched: none may ask another host, and a failing test leaves a picture."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import BASE_DIR, CHROMIUM

PICTURES = BASE_DIR / "var" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

Open = Callable[..., Page]


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
def open_page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens a page in a clean browser, with any options of a Playwright context.

    When the test is over, no request may have gone to another host and no script may
    have failed; if the test failed, each of its pages is pictured in var/screenshots/.
    """
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    errors: list[str] = []

    def asked(url: str) -> None:
        if not url.startswith((str(live_server.url), "data:", "blob:")):
            elsewhere.append(url)

    def open_it(path: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP} | options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda sent: asked(sent.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{live_server.url}{path}")
        if page.locator(".atlas").count() and options.get("java_script_enabled", True):
            page.wait_for_selector(".map.is-ready")
        return page

    yield open_it
    if getattr(request.node, "has_failed", False):
        _picture(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert errors == []


def _picture(contexts: list[BrowserContext], name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, 1):
        page.screenshot(path=Path(PICTURES / f"{safe}-{number}.png"), full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Tell the fixtures whether the test itself failed."""
    report = yield
    if report.when == "call":
        item.has_failed = report.failed  # type: ignore[attr-defined] # read by `open_page`
    return report
