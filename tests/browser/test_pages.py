"""What only a browser can show: accessibility, requests, keyboard, no JavaScript, phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "?sel=torino-nagoya",
    "?view=world&sel=torino-nagoya",
    "?region=IT-45&sector=culture",
    "?region=IT-67",
    "timeline/",
    "timeline/?view=japan&sel=torino-nagoya",
    "timeline/?view=sector&from=2000&to=2012",
    "timeline/?region=IT-67",
    "partnerships/",
    "partnerships/?region=IT-45&sector=culture&q=emilia",
    "partnerships/?region=IT-67",
    "partnerships/?region=IT-99",
    "partnerships/la-spezia-izumisano/",
    "partnerships/torino-nagoya/",
    "partnerships/emilia-romagna-ibaraki/",
    "partnerships/monticelli-d-ongina-takko/",
    "agreements/",
    "anniversaries/2026/",
    "anniversaries/2028/?region=IT-42&region=JP-27",
    "anniversaries/2027/?region=IT-45&sector=culture",
    "matrix/",
    "matrix/?region=IT-45&region=JP-08&sector=culture",
    "matrix/?region=IT-67",
    "places/",
    "places/torino/",
    "places/tsukuba/",
    "places/emilia-romagna/",
    "sectors/",
    "sources/",
    "sources/emilia-romagna-40-years/",
    "changes/",
    "changes/?region=IT-45",
    "partnerships/torino-nagoya/changes/",
    "data/",
    "api/",
    "partnerships/take-away/?region=IT-45",
    "places/?region=IT-45",
    "about/",
    "about/counts/",
    "about/data-quality/",
    "atlantis/",
)


def _open(browser: Browser, **options: Any) -> Page:
    context = browser.new_context(**options)
    context.set_default_timeout(10_000)
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_axe_finds_nothing(browser: Browser, site: str, language: str, scheme: str) -> None:
    page = _open(browser, color_scheme=scheme, reduced_motion="reduce")
    findings = {}

    for path in PAGES:
        page.goto(f"{site}/{language}/{path}")
        for details in page.locator(".filter details").all():
            details.evaluate("element => element.open = true")
        violations = Axe().run(page).response["violations"]
        if violations:
            findings[path] = [
                (violation["id"], [node["target"] for node in violation["nodes"]])
                for violation in violations
            ]

    assert findings == {}


def test_no_page_asks_another_host_or_keeps_a_cookie(browser: Browser, site: str) -> None:
    page = _open(browser)
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )

    for path in PAGES:
        page.goto(f"{site}/it/{path}", wait_until="networkidle")

    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert page.context.cookies() == []
    assert [text for text in errors if "status of 40" not in text] == []


def test_filter_works_with_javascript_off(open_page: Open, site: str) -> None:
    page = open_page("/en/partnerships/", java_script_enabled=False)

    page.locator(".filter summary", has_text="Prefecture").first.click()
    page.locator('input[name="region"][value="JP-08"]').check()
    page.locator(".filter button[type=submit]").click()

    assert page.url.endswith("/en/partnerships/?region=JP-08")
    assert page.locator("tbody tr").count() == 1


def test_anniversaries_are_filtered_with_javascript_off(open_page: Open, site: str) -> None:
    page = open_page("/en/anniversaries/2026/", java_script_enabled=False)

    page.get_by_label("Region").select_option("IT-45")
    page.get_by_label("Prefecture").select_option("JP-08")
    page.get_by_role("button", name="Apply").click()

    assert page.url.endswith("/en/anniversaries/2026/?region=IT-45&region=JP-08")
    assert page.locator(".life__item h3").all_inner_texts() == ["Emilia-Romagna – Ibaraki 茨城県"]


def test_chip_takes_its_condition_off(open_page: Open, site: str) -> None:
    page = open_page("/en/partnerships/?region=IT-45&region=JP-08")

    page.get_by_role("link", name="Remove filter: Ibaraki").click()

    expect(page.locator("tbody tr")).to_have_count(7)
    assert page.url.endswith("/en/partnerships/?region=IT-45")


def test_filter_works_by_keyboard_alone(open_page: Open, site: str) -> None:
    page = open_page("/en/partnerships/")

    page.locator(".filter input[name=q]").focus()
    page.keyboard.type("nagoya")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=nagoya**")

    expect(page.locator("tbody tr")).to_have_count(1)


def test_first_tab_stop_skips_to_the_content(open_page: Open, site: str) -> None:
    page = open_page("/en/about/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id || location.hash") in (
        "content",
        "#content",
        "main",
        "#main",
    )


def test_language_switch_keeps_the_filter(open_page: Open, site: str) -> None:
    page = open_page("/en/partnerships/?region=IT-45")

    page.get_by_role("link", name="日本語").click()

    page.wait_for_url("**/ja/**")
    assert page.url.endswith("/ja/partnerships/?region=IT-45")


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_scrolls_sideways(browser: Browser, site: str, width: int, language: str) -> None:
    page = _open(browser, viewport={"width": width, "height": 844})
    wide = {}

    for path in PAGES:
        page.goto(f"{site}/{language}/{path}")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow:
            wide[path] = overflow

    assert wide == {}


def test_print_leaves_out_the_navigation(browser: Browser, site: str) -> None:
    page = _open(browser)
    page.goto(f"{site}/en/partnerships/la-spezia-izumisano/")

    page.emulate_media(media="print")

    assert page.locator("header nav").first.is_visible() is False
    assert page.locator("h1").is_visible() is True
