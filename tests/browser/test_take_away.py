"""The panel of files in a browser: sizes come when it is opened, and follow the filter."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser


def test_the_sizes_come_when_the_panel_is_opened(site: str, open_page: Open) -> None:
    page = open_page("/en/partnerships/?region=IT-45")
    expect(page.locator(".file-list__size")).to_have_count(0)

    page.locator(".take-away__summary").click()

    expect(page.locator(".file-list__size")).to_have_count(7)
    expect(page.locator(".file-list__size").first).to_have_text(re.compile(r"^[\d.]+\sKB$"))
    expect(page.locator(".take-away")).to_contain_text("7 rows")
    expect(page.locator(".take-away__address")).to_have_text(
        f"{site}/api/v1/partnerships?region=IT-45"
    )


def test_an_open_panel_follows_the_filter(site: str, open_page: Open) -> None:
    page = open_page("/en/partnerships/?region=IT-45")
    page.locator(".take-away__summary").click()
    expect(page.locator(".file-list__size")).to_have_count(7)

    page.locator(".chips__clear").click()

    expect(page.locator(".take-away")).to_contain_text("10 rows")
    expect(page.locator(".file-list__size")).to_have_count(7)
    first = page.locator(".file-list__link").first
    assert first.get_attribute("href") == f"{site}/en/partnerships.csv"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_panel_on_a_phone(
    site: str, open_page: Open, scheme: str
) -> None:
    page = open_page(
        "/ja/partnerships/torino-nagoya/",
        viewport=PHONE,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page.locator(".take-away__summary").click()
    expect(page.locator(".file-list__size")).to_have_count(7)

    violations = Axe().run(page).response["violations"]

    assert [violation["id"] for violation in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_the_page_of_sizes_is_a_link_away(site: str, open_page: Open) -> None:
    page = open_page("/en/timeline/?region=IT-45", java_script_enabled=False)

    page.locator(".take-away__summary").click()
    page.locator(".take-away__more a").click()

    expect(page).to_have_url(f"{site}/en/timeline/take-away/?region=IT-45")
    expect(page.locator(".file-list__size")).to_have_count(7)
