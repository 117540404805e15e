"""The timeline in a browser: labels that can be read, the brush, keys, phone, paper."""

import random
import re
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from relations.models import Partnership
from tests.browser.conftest import PHONE, Box, Open, overlapping
from tests.factories import make_event

pytestmark = pytest.mark.browser

# The narrowest window that has lanes, and the usual one.
WINDOWS = [{"width": 1152, "height": 800}, {"width": 1440, "height": 900}]


def _boxes(page: Page, what: str) -> list[Box]:
    found = page.locator(what).evaluate_all(
        "items => items.map(item => item.getBoundingClientRect().toJSON())"
    )
    return list(found)


def _query(page: Page) -> str:
    return page.url.partition("?")[2]


@pytest.fixture
def two_hundred_events(sixty: None) -> None:
    """Events of sixty partnerships, two hundred in all, at any time and of any precision."""
    rng = random.Random(7)  # noqa: S311 # repeatable, not secret
    partnerships = list(Partnership.objects.published())
    for _ in range(130):
        year = rng.randint(1965, 2025)
        start = rng.choice(
            [f"{year}", f"{year}-0{rng.randint(1, 9)}", f"{year}-05-{rng.randint(10, 28)}"]
        )
        make_event(partnerships=(rng.choice(partnerships),), start=start)


@pytest.mark.parametrize("viewport", WINDOWS)
@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize("view", ["", "japan"])
def test_no_two_labels_or_marks_overlap(
    open_page: Open, two_hundred_events: None, viewport: Any, language: str, view: str
) -> None:
    page = open_page(f"/{language}/timeline/?view={view}", viewport=viewport)
    page.evaluate("document.fonts.ready")
    frame = _boxes(page, ".timeline")[0]

    labels = _boxes(page, ".moment--act .moment__label")
    marks = _boxes(page, ".lane:not(.lane--undated) .moment--event .moment__link")

    assert (len(labels), len(marks)) >= (100, 190)
    assert overlapping([*labels, *marks]) == []
    assert [
        box for box in labels if box["right"] > frame["right"] or box["left"] < frame["left"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_range_drawn_on_the_axis_filters_by_its_years(open_page: Open, site: str) -> None:
    page = open_page("/en/timeline/")
    page.evaluate("window.stays = true")
    (axis,) = _boxes(page, "[data-axis]")
    year = axis["width"] / (2027 - 1960 + 1)  # an event of the data lasts until 2027
    middle = axis["top"] + axis["height"] / 2

    page.mouse.move(axis["left"] + (2003.5 - 1960) * year, middle)
    page.mouse.down()
    page.mouse.move(axis["left"] + (2007.5 - 1960) * year, middle, steps=5)
    expect(page.locator(".timeline__brush")).to_have_attribute("data-years", "2003–2007")
    page.mouse.up()

    expect(page.locator(".column")).to_have_count(5)
    assert _query(page) == "from=2003&to=2007"
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.get_by_role("spinbutton", name="From")).to_have_value("2003")
    expect(page.locator(".count-line")).to_have_text(
        re.compile(r"1\s+of 10 partnerships\s+·\s+2\s+agreements")
    )
    assert page.evaluate("window.stays") is True
    page.go_back()
    expect(page.locator(".column")).to_have_count(7)
    assert _query(page) == ""


def test_a_decade_is_a_link_to_its_years(open_page: Open, site: str) -> None:
    page = open_page("/en/timeline/")

    page.locator(".column__link", has_text="2000").click()

    expect(page.locator(".column")).to_have_count(10)
    assert _query(page) == "from=2000&to=2009"


def test_lanes_and_events_are_chosen_without_a_reload(open_page: Open, site: str) -> None:
    page = open_page("/en/timeline/")
    page.evaluate("window.stays = true")

    page.get_by_label("Lanes").select_option("japan")
    expect(page.locator("#lane-1")).to_contain_text("Kanto")
    page.locator("summary", has_text="Events").click()
    page.get_by_role("checkbox", name=re.compile("^Mission")).check()
    expect(page.locator(".moment--event")).to_have_count(2)

    assert _query(page) == "event=mission&view=japan"
    assert page.evaluate("window.stays") is True
    page.go_back()
    expect(page.locator(".moment--event")).to_have_count(10)
    page.go_back()
    expect(page.get_by_label("Lanes")).to_have_value("")


def test_a_mark_selects_its_partnership_which_the_map_shows_too(open_page: Open, site: str) -> None:
    page = open_page("/en/timeline/?region=IT-45")

    page.get_by_role("link", name=re.compile("^Emilia-Romagna – Ibaraki")).first.click()
    expect(page.locator(".timeline-selected")).to_contain_text("since 1986")
    expect(page.locator(".moment--act.is-lit")).to_have_count(1)
    page.locator(".switch__link", has_text="Two maps").click()

    expect(page.locator(".tie.is-open")).to_have_attribute("data-tie", "emilia-romagna-ibaraki")
    assert _query(page) == "region=IT-45&sel=emilia-romagna-ibaraki"
    page.locator(".switch__link", has_text="Timeline").click()
    expect(page.locator(".moment--act.is-lit")).to_have_count(1)
    page.get_by_role("link", name="Let go").click()
    expect(page.locator(".timeline-selected__box")).to_have_count(0)
    assert _query(page) == "region=IT-45"


def test_keys_reach_every_mark_in_reading_order(open_page: Open, site: str) -> None:
    page = open_page("/en/timeline/")
    links = page.locator(".moment__link")
    wanted = [link.evaluate("link => link.textContent") for link in links.all()]

    links.first.focus()
    reached = []
    for _ in range(len(wanted) + 5):  # the names of lanes are links too
        reached += page.evaluate(
            "[document.activeElement].filter(e => e.matches('.moment__link')).map(e => e.textContent)"
        )
        page.keyboard.press("Tab")

    assert reached == wanted
    assert len(wanted) == 22


def test_what_is_said_of_a_mark_shows_when_it_has_the_focus(open_page: Open, site: str) -> None:
    page = open_page("/en/timeline/")
    mark = page.locator(".moment--event .moment__link").first

    page.locator(".moment__link").first.focus()
    page.keyboard.press("Tab")
    mark.focus()
    tip = mark.locator(".moment__tip").bounding_box()

    assert tip
    assert tip["width"] > 80
    assert tip["x"] + tip["width"] <= 1440


def test_it_is_complete_without_javascript(open_page: Open, site: str) -> None:
    page = open_page("/it/timeline/", java_script_enabled=False)

    assert page.locator(".moment").count() == 22
    page.locator(".column__link").nth(4).click()
    assert _query(page) == "from=2000&to=2009"
    page.locator('select[name="view"]').select_option("kind")
    page.locator(".filter").get_by_role("button", name="Applica").click()
    assert _query(page) == "from=2000&to=2009&view=kind"
    assert page.locator(".moment--act").count() == 3


def test_a_phone_shows_the_same_as_a_list_with_the_dates_at_its_side(
    open_page: Open, site: str
) -> None:
    page = open_page("/en/timeline/", viewport=PHONE, has_touch=True, is_mobile=True)
    dates = _boxes(page, ".lane .moment__date")
    links = _boxes(page, ".moment__link")

    assert len(links) == 22
    assert {round(box["left"]) for box in links} == {round(links[0]["left"])}
    assert all(one["bottom"] <= other["top"] + 1 for one, other in pairwise(links))
    assert min(box["height"] for box in links) >= 24
    assert all(box["right"] < 130 for box in dates)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_paper_has_the_filter_and_every_mark_in_words(open_page: Open, site: str) -> None:
    page = open_page("/en/timeline/?region=IT-45")

    page.emulate_media(media="print")

    expect(page.locator(".print-head")).to_contain_text("timeline/?region=IT-45")
    expect(page.locator(".chip")).to_be_visible()
    assert page.locator(".filter").is_visible() is False
    assert page.locator(".atlas__bar").is_visible() is False
    for date in page.locator(".moment__date").all():
        assert date.is_visible()
        assert date.bounding_box()["width"] > 10  # type: ignore[index] # it is visible
    assert overlapping(_boxes(page, ".moment")) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_full_and_folded_lanes(
    open_page: Open, sixty: None, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = []
    for most in (150, 20):
        monkeypatch.setattr(import_module("relations.timelines.drawing"), "MOST_LABELS", most)
        page = open_page("/ja/timeline/", color_scheme=scheme, reduced_motion="reduce")
        findings += [
            (violation["id"], [node["target"] for node in violation["nodes"]][:5])
            for violation in Axe().run(page).response["violations"]
        ]

    assert findings == []
