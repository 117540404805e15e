"""The home page in a browser: filtering without a reload, pointing, selecting, moving the maps, keys, phone."""

import re
from importlib import import_module
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from relations.maps import TALL, WIDE
from tests.browser.conftest import PHONE, Box, Open, overlapping

pytestmark = pytest.mark.browser


def _rows(page: Page) -> list[str]:
    """The partnerships of the list."""
    ties = page.locator(".tie")
    return [row.get_attribute("data-tie") or "" for row in ties.all()]


def _curves(page: Page, frame: str = "wide") -> list[str]:
    """The partnerships that are drawn."""
    curves = page.locator(f".map--{frame} .curve")
    return [curve.get_attribute("data-tie") or "" for curve in curves.all()]


def _lit(page: Page, what: str) -> list[str | None]:
    """Which curves or rows stand out."""
    return [item.get_attribute("data-tie") for item in page.locator(f"{what}.is-lit").all()]


def _query(page: Page) -> str:
    return page.url.partition("?")[2]


def _spot(page: Page, code: str, right: float, down: float) -> tuple[float, float]:
    """A point of the window in a territory, clear of its marks: a fraction of its box from its top left."""
    box = page.locator(f'.map--wide [data-territory="{code}"]').first.bounding_box()
    assert box
    return box["x"] + right * box["width"], box["y"] + down * box["height"]


def _toggle(page: Page, code: str) -> None:
    """Click on a region or prefecture, whatever mark may stand on the middle of it."""
    page.locator(f'.map--wide [data-territory="{code}"]').dispatch_event("click")


def _shown_names(page: Page, frame: str) -> list[Box]:
    """The boxes of the names that can be read on a map."""
    boxes = page.locator(f".map--{frame} .mark__name").evaluate_all(
        """names => names.filter(name => getComputedStyle(name).opacity > 0.5)
            .map(name => name.getBoundingClientRect().toJSON())"""
    )
    return list(boxes)


# Filtering


def test_a_facet_filters_without_a_reload(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    page.evaluate("window.stays = true")

    page.locator("summary", has_text="Prefecture").click()
    page.get_by_role("checkbox", name=re.compile("^Ibaraki")).check()

    expect(page.locator(".tie")).to_have_count(1)
    expect(page.locator(".count-line")).to_have_text(re.compile(r"1\s+of 10 partnership"))
    assert _query(page) == "region=JP-08"
    assert (_rows(page), _curves(page)) == (["emilia-romagna-ibaraki"], ["emilia-romagna-ibaraki"])
    assert page.evaluate("window.stays") is True
    # The drawer stays open, the focus in it, and its counts are those of the new result.
    assert page.evaluate("document.activeElement.value") == "JP-08"
    expect(page.locator(".chip")).to_have_text(re.compile("Ibaraki"))


def test_a_region_of_the_map_toggles_its_filter(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    umbria = _spot(page, "IT-55", 0.35, 0.75)

    page.mouse.click(*umbria)
    expect(page.locator(".tie")).to_have_count(1)
    chosen = _query(page)
    page.mouse.click(*umbria)
    expect(page.locator(".tie")).to_have_count(10)

    assert (chosen, _query(page)) == ("region=IT-55", "")


def test_words_filter_while_they_are_typed(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    page.get_by_role("searchbox").fill("なごや")

    expect(page.locator(".tie")).to_have_count(1)
    assert _rows(page) == ["torino-nagoya"]
    assert page.evaluate("document.activeElement.name") == "q"


def test_the_range_of_years_filters_by_keys(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    handle = page.get_by_role("slider", name="First year")
    handle.focus()
    handle.press("End")

    expect(page.locator(".chip")).to_have_text(re.compile("from 2026"))
    expect(page.locator("input[name=from]")).to_have_value("2026")
    assert _query(page) == "from=2026"


def test_the_filter_works_by_keyboard_alone(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    page.locator("summary", has_text="Sector").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".chip")).to_have_count(1)
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.localName") == "summary"
    assert page.locator(".facet[open]").count() == 0
    assert _query(page) == "sector=culture"


def test_a_filter_that_finds_nothing_says_what_to_loosen(open_page: Open, site: str) -> None:
    page = open_page("/en/?from=2026")

    page.get_by_role("link", name="Clear all filters").click()

    expect(page.locator(".tie")).to_have_count(10)
    assert _query(page) == ""


def test_back_and_forward_go_through_filters_and_selections(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    _toggle(page, "IT-45")
    expect(page.locator(".tie")).to_have_count(7)
    page.locator(".tie__head", has_text="Parma").click()
    expect(page.locator(".tie.is-open")).to_have_count(1)

    page.go_back()
    expect(page.locator(".tie.is-open")).to_have_count(0)
    page.go_back()
    expect(page.locator(".tie")).to_have_count(10)
    page.go_forward()
    expect(page.locator(".tie")).to_have_count(7)
    page.go_forward()

    expect(page.locator(".tie.is-open")).to_contain_text("Parma")
    expect(page.locator(".tie.is-open dl")).to_be_visible()


def test_a_deep_link_is_restored_in_a_clean_browser(open_page: Open, site: str) -> None:
    first = open_page("/ja/")
    _toggle(first, "IT-45")
    expect(first.locator(".tie")).to_have_count(7)
    first.locator('.tie[data-tie="bologna-itabashi"] .tie__head').click()
    expect(first.locator(".tie.is-open dl")).to_be_visible()

    second = open_page(first.url.removeprefix(site))

    assert _rows(second) == _rows(first)
    assert (_lit(second, ".tie"), _lit(second, ".map--wide .curve")) == (
        ["bologna-itabashi"],
        ["bologna-itabashi"],
    )
    assert second.locator("html").get_attribute("lang") == "ja"


def test_the_languages_keep_what_is_shown(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    _toggle(page, "IT-45")
    expect(page.locator(".tie")).to_have_count(7)

    page.locator(".languages__link[lang=it]").click()

    page.wait_for_url("**/it/?region=IT-45")
    assert page.locator(".tie").count() == 7


def test_the_other_view_keeps_filter_and_selection(open_page: Open, site: str) -> None:
    page = open_page("/en/?region=IT-45")
    page.locator(".tie__head", has_text="Parma").click()
    expect(page.locator(".tie.is-open")).to_have_count(1)

    page.get_by_role("link", name="World").click()

    page.wait_for_url("**view=world**")
    assert _query(page) == "region=IT-45&view=world&sel=parma-kagawa"
    expect(page.locator(".caption")).to_contain_text("9,5")
    expect(page.locator(".map--world .curve.is-lit")).to_have_attribute("data-tie", "parma-kagawa")


def test_what_makes_no_sense_is_said_where_the_count_stands(open_page: Open, site: str) -> None:
    page = open_page("/en/?from=2005")

    page.get_by_role("searchbox").fill("a b c d e f g h i")

    expect(page.locator(".count-line")).to_contain_text("At most 8 words")
    assert page.locator(".tie").count() == 3
    assert _query(page) == "from=2005"


def test_years_that_run_backwards_wait_for_the_other_one(open_page: Open, site: str) -> None:
    page = open_page("/en/?to=1990")

    page.locator("input[name=from]").fill("2005")
    page.locator("input[name=from]").press("Tab")
    page.wait_for_timeout(300)
    before = _query(page)
    page.locator("input[name=to]").fill("2010")
    page.locator("input[name=to]").press("Tab")
    expect(page.locator(".tie")).to_have_count(2)

    assert (before, _query(page)) == ("to=1990", "from=2005&to=2010")


def test_back_while_a_request_is_under_way_shows_where_it_leads(open_page: Open, site: str) -> None:
    page = open_page("/en/?sector=culture")
    _toggle(page, "IT-45")
    page.go_back()

    page.wait_for_timeout(500)
    assert _query(page) == "sector=culture"
    expect(page.locator(".chip")).to_have_text(re.compile("Culture"))
    assert page.locator('input[value="IT-45"]').is_checked() is False


def test_quick_clicks_add_up(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    for code in ("IT-45", "IT-55", "IT-21"):
        _toggle(page, code)

    expect(page.locator(".tie")).to_have_count(9)
    assert _query(page) == "region=IT-21&region=IT-45&region=IT-55"


def test_a_server_that_cannot_be_reached_changes_nothing(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    page.context.set_offline(True)
    _toggle(page, "IT-45")

    expect(page.locator(".count-line")).to_contain_text("cannot be reached")
    assert (page.locator(".tie").count(), _query(page)) == (10, "")


# Pointing and selecting


def test_pointing_at_a_row_shows_the_partnership_on_both_maps(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    caption = page.locator(".caption")

    page.locator(".tie__head", has_text="Assisi").hover()

    assert _lit(page, ".map--wide .curve") == ["assisi-koya"]
    marks = page.locator(".map--wide .mark.is-lit")
    assert [mark.get_attribute("data-ties") for mark in marks.all()] == ["assisi-koya"] * 2
    expect(caption).to_contain_text(re.compile(r"Assisi\s+–\s+Koya\s+高野町"))
    expect(caption).to_contain_text("Protocol of understanding")
    expect(caption).to_contain_text("since 2009")
    expect(caption).to_contain_text("16–17 years")
    expect(caption).to_contain_text("1 source")
    page.mouse.move(0, 0)
    assert _lit(page, ".map--wide .curve") == []


def test_pointing_at_a_place_shows_all_its_partnerships(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    page.locator('.map--wide .mark[data-ties="bologna-hamamatsu bologna-itabashi"]').dispatch_event(
        "pointerover"
    )

    assert sorted(str(slug) for slug in _lit(page, ".map--wide .curve")) == [
        "bologna-hamamatsu",
        "bologna-itabashi",
    ]
    expect(page.locator(".caption")).to_contain_text("Hamamatsu, Itabashi")


def test_pointing_at_a_region_shows_its_partnerships(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    page.mouse.move(*_spot(page, "IT-21", 0.35, 0.85))

    expect(page.locator(".map--wide .curve.is-lit")).to_have_count(1)
    assert _lit(page, ".map--wide .curve") == ["torino-nagoya"]
    expect(page.locator(".caption")).to_contain_text("Piedmont: 1 partnership")


def test_a_click_on_a_curve_selects_and_escape_lets_go(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    frame = page.locator(".map--wide").bounding_box()
    assert frame
    slot = page.locator('.map--wide .curve[data-tie="torino-nagoya"]').get_attribute("data-slot")
    unit = frame["width"] / WIDE.width

    page.mouse.click(
        frame["x"] + WIDE.gutter_start * unit + 4, frame["y"] + float(slot or 0) * unit
    )
    expect(page.locator(".tie.is-open dl")).to_be_visible()
    selected = _query(page)
    page.keyboard.press("Escape")
    expect(page.locator(".tie.is-open")).to_have_count(0)

    assert (selected, _query(page)) == ("sel=torino-nagoya", "")


def test_of_places_that_overlap_the_nearest_is_pointed_at(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    hits = page.locator(".map--wide .mark__hit")

    found = {}
    for hit in hits.all():
        box = hit.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        own = hit.evaluate("hit => hit.parentNode.dataset.ties")
        pointed = page.locator(".map--wide .mark.is-pointed").get_attribute("data-ties")
        found[own] = pointed

    assert found == {own: own for own in found}


def test_a_place_with_two_partnerships_selects_them_in_turn(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    bologna = page.locator('.map--wide .marks--it .mark[data-ties^="bologna"]')

    seen = []
    for _ in range(3):
        bologna.dispatch_event("click")
        page.wait_for_timeout(400)
        seen.append(_query(page))

    assert seen == ["sel=bologna-hamamatsu", "sel=bologna-itabashi", ""]


def test_the_open_row_leads_to_its_page(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    page.locator(".tie__head", has_text="Parma").press("Enter")
    page.get_by_role("link", name="Open the partnership").click()

    page.wait_for_url("**/en/partnerships/parma-kagawa/")


def test_the_address_can_be_copied(open_page: Open, site: str) -> None:
    page = open_page("/en/?region=IT-45", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy link").click()

    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/en/?region=IT-45"


# Keys on the maps


def test_each_map_is_one_tab_stop(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    stops = page.locator(".atlas__maps").evaluate(
        "maps => [...maps.querySelectorAll('a[href], button, [tabindex]')]"
        ".filter(e => e.tabIndex >= 0 && e.checkVisibility()).map(e => e.closest('[data-marks]')?.dataset.marks)"
    )

    assert stops == ["IT", "JP"]


def test_arrow_keys_go_to_the_next_place(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    torino = page.locator('.map--wide .marks--it .mark[data-ties="torino-nagoya"]')
    torino.focus()

    def focused() -> str | None:
        return page.evaluate("document.activeElement.dataset.ties")

    page.keyboard.press("ArrowRight")
    right = focused()
    page.keyboard.press("End")
    last = focused()
    page.keyboard.press("Home")
    first = focused()

    assert right != "torino-nagoya"
    assert (first, last) == ("monticelli-d-ongina-takko", "assisi-koya")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator(".tie.is-open")).to_contain_text("Assisi")
    assert _query(page) == "sel=assisi-koya"


def test_the_focus_stays_on_the_place_that_was_selected(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    koya = page.locator('.map--wide .marks--jp .mark[data-ties="assisi-koya"]')

    koya.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tie.is-open dl")).to_be_visible()

    assert page.evaluate("document.activeElement.closest('[data-marks]').dataset.marks") == "JP"
    assert page.evaluate("document.activeElement.dataset.ties") == "assisi-koya"


def test_every_mark_has_a_name_of_its_own(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    names = [mark.get_attribute("aria-label") for mark in page.locator(".map--wide .mark").all()]

    assert len(names) == 19
    assert len(set(names)) == 19


def test_skip_links_lead_to_the_list_and_the_map(open_page: Open, site: str) -> None:
    page = open_page("/en/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    first = page.evaluate("document.activeElement.id")
    page.locator(".skip-link", has_text="map").focus()
    page.keyboard.press("Enter")

    assert (first, page.evaluate("document.activeElement.id")) == ("ties", "map")


@pytest.mark.parametrize("path", ["/en/", "/en/?view=world"])
def test_axe_finds_nothing_in_any_state(open_page: Open, site: str, path: str) -> None:
    page = open_page(path, reduced_motion="reduce")
    frame = ".map--world" if "world" in path else ".map--wide"
    states = {
        "pointed at": lambda: page.locator(".tie__head", has_text="Assisi").hover(),
        "selected": lambda: page.locator(".tie__head", has_text="Parma").click(),
        "place in focus": page.locator(f"{frame} .mark").first.focus,
        "enlarged": lambda: page.keyboard.press("+"),
        "filtered": lambda: page.get_by_role("searchbox").fill("bologna"),
        "empty": lambda: page.get_by_role("searchbox").fill("atlantis"),
    }
    findings = {}

    for name, reach in states.items():
        reach()
        page.wait_for_timeout(600)
        violations = Axe().run(page).response["violations"]
        if violations:
            findings[name] = [
                (violation["id"], [node["target"] for node in violation["nodes"]])
                for violation in violations
            ]

    assert findings == {}


# Moving the maps


def _transform(mark: Locator) -> str:
    return mark.get_attribute("transform") or ""


def _press(page: Page, button: str, is_moved: bool = True) -> None:
    """Press a button of a pane and wait until the map has been drawn anew."""
    page.get_by_role("button", name=button).click()
    moved = re.compile("is-moved") if is_moved else re.compile(r"^((?!is-moved).)*$")
    expect(page.locator(".map--wide")).to_have_class(moved)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"[\d.]+", text)]


def test_a_pane_is_enlarged_and_shown_whole_again(open_page: Open, site: str) -> None:
    page = open_page("/en/", reduced_motion="reduce")
    torino = page.locator('.map--wide .marks--it .mark[data-ties="torino-nagoya"]')
    nagoya = page.locator('.map--wide .marks--jp .mark[data-ties="torino-nagoya"]')
    curve = page.locator('.map--wide .curve[data-tie="torino-nagoya"] .line').last
    before = (_transform(torino), _transform(nagoya), curve.get_attribute("d"))

    _press(page, "Italy: zoom in")
    moved = (_transform(torino), _transform(nagoya), curve.get_attribute("d"))
    _press(page, "Italy: whole country", is_moved=False)

    assert moved[0] != before[0]
    assert _numbers(moved[1]) == pytest.approx(_numbers(before[1]), abs=0.7)
    assert moved[2] != before[2]
    # What the script draws at home is what the server drew.
    assert _numbers(_transform(torino)) == pytest.approx(_numbers(before[0]), abs=0.7)
    drawn = curve.get_attribute("d") or ""
    assert _numbers(drawn) == pytest.approx(_numbers(before[2] or ""), abs=0.7)


def test_names_come_out_when_a_pane_is_enlarged(open_page: Open, site: str) -> None:
    page = open_page("/en/", reduced_motion="reduce")
    hidden = page.locator(".map--wide .marks--it .mark__name[data-hidden]")
    before = hidden.count()

    for _ in range(4):
        page.get_by_role("button", name="Italy: zoom in").click()
        page.wait_for_timeout(100)

    assert before > 0
    assert hidden.count() < before


def test_shapes_come_in_detail_once_a_pane_is_enlarged(open_page: Open, site: str) -> None:
    page = open_page("/en/", reduced_motion="reduce")
    umbria, gifu = page.locator("#IT-55"), page.locator("#JP-21")
    before = (umbria.get_attribute("d") or "", gifu.get_attribute("d") or "")
    box = page.locator('.map--wide [data-territory="IT-55"]').bounding_box()
    assert box

    with page.expect_response("**/geo/italy-enlarged.svg"):
        _press(page, "Italy: zoom in")
    expect(umbria).to_have_attribute("transform", re.compile(r"scale\(0\.\d+\)"))

    assert len(umbria.get_attribute("d") or "") > 2 * len(before[0])
    assert gifu.get_attribute("d") == before[1]
    enlarged = page.locator('.map--wide [data-territory="IT-55"]').bounding_box()
    assert enlarged
    assert enlarged["width"] / box["width"] == pytest.approx(2, rel=0.05)


def test_dragging_moves_a_pane_and_selects_nothing(open_page: Open, site: str) -> None:
    page = open_page("/en/", reduced_motion="reduce")
    _press(page, "Italy: zoom in")
    mark = page.locator('.map--wide .marks--it .mark[data-ties="assisi-koya"]')
    before = _transform(mark)
    pane = page.locator(".map--wide .pane--it").bounding_box()
    assert pane

    page.mouse.move(pane["x"] + 150, pane["y"] + 500)
    page.mouse.down()
    page.mouse.move(pane["x"] + 200, pane["y"] + 540, steps=5)
    page.mouse.up()
    page.wait_for_timeout(200)

    assert _transform(mark) != before
    assert _query(page) == ""


def test_the_wheel_scrolls_the_page_and_not_the_map(open_page: Open, site: str) -> None:
    page = open_page("/en/")
    pane = page.locator(".map--wide .pane--it").bounding_box()
    assert pane

    page.mouse.move(pane["x"] + 100, pane["y"] + 300)
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)

    assert page.evaluate("scrollY") > 100
    assert "is-moved" not in (page.locator(".map--wide").get_attribute("class") or "")


def test_a_filter_keeps_an_enlarged_pane(open_page: Open, site: str) -> None:
    page = open_page("/en/", reduced_motion="reduce")
    _press(page, "Japan: zoom in")
    nagoya = page.locator('.map--wide .marks--jp .mark[data-ties="torino-nagoya"]')
    before = _transform(nagoya)

    page.get_by_role("searchbox").fill("nagoya")
    expect(page.locator(".tie")).to_have_count(1)

    assert _transform(nagoya) == before


# Names


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize(
    ("frame", "viewport"), [("wide", {"width": 1440, "height": 900}), ("tall", PHONE)]
)
def test_no_two_names_overlap_on_the_first_partnerships(
    open_page: Open, site: str, frame: str, viewport: Any, language: str
) -> None:
    page = open_page(f"/{language}/", viewport=viewport)
    page.evaluate("document.fonts.ready")

    boxes = _shown_names(page, frame)

    assert len(boxes) >= 5
    assert overlapping(boxes) == []


# Without what is taken for granted


def test_the_map_draws_without_javascript(open_page: Open, site: str) -> None:
    page = open_page("/en/", java_script_enabled=False)

    assert _curves(page) == _rows(page)
    assert page.locator(".map--wide .territory").count() == 20 + 47 + 1  # Okinawa has its inset
    page.mouse.click(*_spot(page, "IT-55", 0.35, 0.75))
    page.wait_for_url("**region=IT-55")
    assert _rows(page) == ["assisi-koya"]
    page.locator(".tie__head").click()
    assert page.url.endswith("?region=IT-55&sel=assisi-koya#tie-assisi-koya")
    assert page.locator(".tie.is-open dl").is_visible()
    assert _lit(page, ".map--wide .curve") == ["assisi-koya"]
    assert page.locator(".pane__tools").first.is_hidden()


def test_the_form_filters_without_javascript(open_page: Open, site: str) -> None:
    page = open_page("/en/", java_script_enabled=False)

    page.locator("input[name=from]").fill("2005")
    page.get_by_role("button", name="Apply").click()

    assert _query(page) == "from=2005"
    assert _rows(page) == ["torino-nagoya", "assisi-koya", "la-spezia-izumisano"]


def test_nothing_moves_under_reduced_motion(open_page: Open, site: str) -> None:
    page = open_page("/en/", reduced_motion="reduce")

    durations = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
        ".filter(d => !/^0s(, 0s)*$/.test(d)).length"
    )

    assert durations == 0


def test_a_phone_shows_the_maps_one_above_the_other(open_page: Open, site: str) -> None:
    page = open_page("/it/", viewport=PHONE, has_touch=True, is_mobile=True)
    italy = page.locator(".map--tall .pane--it").bounding_box()
    japan = page.locator(".map--tall .pane--jp").bounding_box()
    assert italy
    assert japan

    assert page.locator(".map--wide").is_hidden()
    assert italy["y"] + italy["height"] < japan["y"]
    assert _curves(page, "tall") == _rows(page)
    # One finger scrolls the page.
    action = page.locator(".map--tall .leaflet-container").first.evaluate(
        "element => getComputedStyle(element).touchAction"
    )
    assert action in ("pan-x pan-y", "auto", "manipulation")
    page.locator(".tie__head", has_text="Parma").tap()
    expect(page.locator(".tie.is-open dl")).to_be_visible()
    assert _lit(page, ".map--tall .curve") == ["parma-kagawa"]


def test_a_turned_phone_shows_what_has_been_filtered(open_page: Open, site: str) -> None:
    page = open_page("/it/", viewport=PHONE)
    page.locator('.map--tall [data-territory="IT-45"]').dispatch_event("click")
    expect(page.locator(".tie")).to_have_count(7)

    page.set_viewport_size({"width": 1200, "height": 800})

    expect(page.locator(".map--wide .curve")).to_have_count(7)


def test_print_shows_map_and_list_without_controls(open_page: Open, site: str) -> None:
    page = open_page("/en/?region=IT-45")

    page.emulate_media(media="print")

    assert page.locator(".filter").is_visible() is False
    assert page.locator(".pane__tools").first.is_visible() is False
    assert page.locator(".atlas__bar").is_visible() is False
    assert page.locator(".map--wide").is_visible() is True
    assert page.locator(".tie").last.is_visible() is True


@pytest.mark.parametrize("width", [700, 920])
@pytest.mark.parametrize("is_print_first", [True, False])
def test_marks_stand_in_their_regions_on_paper_too(
    open_page: Open, site: str, *, is_print_first: bool, width: int
) -> None:
    """Whether the script hears of the paper before or after its width."""
    page = open_page("/en/", reduced_motion="reduce")
    _press(page, "Japan: zoom in")

    turns = [
        lambda: page.emulate_media(media="print"),
        lambda: page.set_viewport_size({"width": width, "height": 1000}),
    ]
    for turn in turns if is_print_first else reversed(turns):
        turn()
    expect(page.locator(".map--wide")).not_to_have_class(re.compile(r"\bis-moved\b"))
    # The list may still be on its way for the new width.
    page.wait_for_function(
        """() => {
          const box = (selector) => document.querySelector(`.map--wide ${selector}`).getBoundingClientRect();
          const mark = box('.marks--jp .mark[data-ties^="monticelli"] .mark__hit');
          const aomori = box('[data-territory="JP-02"]');
          const [x, y] = [mark.x + mark.width / 2, mark.y + mark.height / 2];
          return aomori.left < x && x < aomori.right && aomori.top < y && y < aomori.bottom;
        }"""
    )


def test_frames_keep_their_proportions(open_page: Open, site: str) -> None:
    for frame, viewport in ((WIDE, {"width": 1440, "height": 900}), (TALL, PHONE)):
        page = open_page("/en/", viewport=viewport)
        box = page.locator(f".map--{frame.name}").bounding_box()
        assert box

        assert box["width"] / box["height"] == pytest.approx(frame.width / frame.height, rel=0.01)


@pytest.mark.parametrize(
    ("frame", "viewport"), [("wide", {"width": 1440, "height": 900}), ("tall", PHONE)]
)
@pytest.mark.parametrize("language", ["it", "ja"])
def test_no_two_names_overlap_on_sixty_partnerships(
    open_page: Open, sixty: None, frame: str, viewport: Any, language: str
) -> None:
    page = open_page(f"/{language}/", viewport=viewport)
    page.evaluate("document.fonts.ready")

    boxes = _shown_names(page, frame)

    assert len(boxes) >= 8
    assert overlapping(boxes) == []


def test_too_many_partnerships_are_bundled(
    open_page: Open, live_server: Any, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("relations.views.home"), "MOST_CURVES", 9)
    page = open_page("/en/")
    bundles = page.locator(".map--wide .bundle")

    before = bundles.count()
    expect(page.locator(".caption")).to_contain_text("too many partnerships")
    page.locator(".tie__head", has_text="Assisi").hover()
    shown = page.locator('.map--wide .curve[data-tie="assisi-koya"]')
    opacity = shown.evaluate("curve => getComputedStyle(curve).opacity")
    page.mouse.click(*_spot(page, "IT-55", 0.35, 0.75))
    expect(page.locator(".tie")).to_have_count(1)

    assert before > 0
    assert opacity == "1"
    assert bundles.count() == 0
    assert _curves(page) == ["assisi-koya"]
