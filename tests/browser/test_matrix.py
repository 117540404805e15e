"""The matrix in a browser: which table is shown, what stays in sight, and that it follows the filter."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("options", "shown", "columns"),
    [({}, "wide", 48), ({"viewport": PHONE}, "small", 9)],
    ids=["desktop", "phone"],
)
def test_one_of_the_two_tables_is_shown_without_javascript(
    open_page: Open, site: str, options: dict[str, object], shown: str, columns: int
) -> None:
    page = open_page("/it/matrix/", java_script_enabled=False, **options)

    tables = page.locator(".matrix:visible")
    assert tables.count() == 1
    assert tables.get_attribute("id") == f"matrix-{shown}"
    assert tables.locator("tfoot td").count() == columns


def test_it_fits_into_a_window_of_1440_pixels(open_page: Open, site: str) -> None:
    for language in ("it", "ja", "en"):
        page = open_page(f"/{language}/matrix/")

        sizes = page.locator("#matrix-wide").evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert sizes[0] == sizes[1]


def test_every_link_is_large_enough_for_a_finger(open_page: Open, site: str) -> None:
    for options in ({}, {"viewport": PHONE}):
        page = open_page("/en/matrix/", **options)

        boxes = [link.bounding_box() for link in page.locator(".matrix a:visible").all()]
        assert boxes
        assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


def test_heads_stay_in_sight_while_the_table_scrolls_by_keyboard(
    open_page: Open, site: str
) -> None:
    page = open_page("/en/matrix/", viewport={"width": 1000, "height": 600})
    page.locator("#matrix-wide").focus()

    for key in ("ArrowRight", "ArrowDown"):
        for _ in range(8):
            page.keyboard.press(key)
            page.wait_for_timeout(60)

    page.wait_for_timeout(500)  # until it has come to rest
    scrolled, sicily, kanto = page.locator("#matrix-wide").evaluate(
        """frame => {
            const box = frame.getBoundingClientRect();
            const head = (scope, name) => [...frame.querySelectorAll(`th[scope="${scope}"]`)]
                .find(head => head.textContent.trim() === name).getBoundingClientRect();
            return [
                [frame.scrollLeft, frame.scrollTop],
                head("row", "Sicily").left - box.left,
                head("colgroup", "Kanto").top - box.top,
            ];
        }"""
    )
    assert min(scrolled) > 100
    assert 0 <= sicily < 60
    assert 0 <= kanto < 4


def test_it_follows_the_filter_without_a_reload(open_page: Open, site: str) -> None:
    page = open_page("/en/matrix/")
    page.evaluate("window.isTheSame = true")

    page.locator(".facet summary", has_text="Region").click()
    page.locator('input[value="IT-45"]').check()

    expect(page.locator("#matrix-wide tfoot td").last).to_have_text("7")
    expect(page.get_by_role("link", name="Download as CSV")).to_have_attribute(
        "href", "/en/matrix.csv?region=IT-45"
    )
    assert page.evaluate("window.isTheSame") is True
