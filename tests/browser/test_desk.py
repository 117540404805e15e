"""What only a browser can show of the editor's desk: choosing places, picking a point."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from relations.loading import load_gazetteer
from relations.models import Partnership, Place
from relations.models.current import one_change
from tests.browser.conftest import Open
from tests.factories import make_agreement

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(site: str, open_page: Open, admin_user: Any) -> Any:
    """Opens pages of the desk for an editor who is signed in, with the gazetteer loaded."""
    load_gazetteer(settings.BASE_DIR / "data" / "gazetteer")
    client = Client()
    client.force_login(admin_user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_desk(path: str, **options: Any) -> Page:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{site}/admin/"}
        state = {"cookies": [{**cookie, "path": "/admin/", "domain": "localhost"}]}
        for part in state["cookies"]:
            del part["url"]
            part |= {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
        return open_page(f"/admin/{path}", locale="en", storage_state=state, **options)

    return open_desk


def choose(page: Page, name: str, words: str, offered: str) -> None:
    """Type into an autocomplete and choose what it offers."""
    page.locator(f"#id_{name} + .select2").click()
    page.locator(".select2-search--dropdown input").fill(words)
    page.locator(".select2-results__option", has_text=offered).last.click()


def test_a_partnership_of_two_new_places_takes_a_few_letters(desk: Any) -> None:
    page = desk("relations/partnership/add/")

    choose(page, "italian_place", "fid", "Fidenza · PR · Emilia-Romagna")
    page.get_by_label("Japanese name of Fidenza").fill("フィデンツァ市")
    choose(page, "japanese_place", "泉大津", "泉大津市 Izumiotsu · Osaka")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    partnership = Partnership.objects.get(slug="fidenza-izumiotsu")
    assert (partnership.italian_place.code, partnership.italian_place.name_ja) == (
        "034014",
        "フィデンツァ市",
    )
    assert partnership.japanese_place.code == "27206"


def test_a_place_of_the_atlas_is_offered_under_its_own_heading(desk: Any) -> None:
    page = desk("relations/partnership/add/")

    page.locator("#id_japanese_place + .select2").click()
    page.locator(".select2-search--dropdown input").fill("izumi")

    groups = page.locator(".select2-results__group")
    expect(groups).to_have_text(["In the atlas", "Not yet in the atlas: added when you save"])
    expect(page.locator(".select2-results__option--highlighted")).to_have_text(
        "泉佐野市 Izumisano · Osaka"
    )


def test_a_question_goes_when_another_place_is_chosen(desk: Any) -> None:
    page = desk("relations/partnership/add/")

    choose(page, "italian_place", "fid", "Fidenza · PR · Emilia-Romagna")
    expect(page.get_by_label("Japanese name of Fidenza")).to_be_visible()
    expect(page.locator("#change_id_italian_place")).not_to_have_attribute("href", re.compile("."))
    choose(page, "italian_place", "faenza", "Faenza · Emilia-Romagna")

    expect(page.get_by_label("Japanese name of Fidenza")).to_have_count(0)
    faenza = Place.objects.get(slug="faenza").pk
    expect(page.locator("#change_id_italian_place")).to_have_attribute(
        "href", re.compile(f"/place/{faenza}/change/")
    )


def test_the_form_of_a_place_is_filled_in_by_looking_it_up(desk: Any) -> None:
    page = desk("relations/place/add/")

    choose(page, "gazetteer", "fid", "Fidenza · PR · Emilia-Romagna")

    expect(page.locator("#id_name_it")).to_have_value("Fidenza")
    expect(page.locator("#id_code")).to_have_value("034014")
    expect(page.locator("#id_slug")).to_have_value("fidenza")
    page.locator("#id_name_ja").fill("フィデンツァ市")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Place.objects.get(code="034014").name_ja == "フィデンツァ市"


def test_looking_up_a_place_of_the_atlas_leads_to_its_form(desk: Any) -> None:
    page = desk("relations/place/add/")

    choose(page, "gazetteer", "takko", "田子町 Takko")

    expect(page.locator("#id_code")).to_have_value("02443")


def test_a_point_is_picked_on_the_map_and_typed(desk: Any) -> None:
    page = desk("relations/place/add/")
    shown = page.locator(".point-picker__map")
    expect(shown.locator(".point-picker__base path")).not_to_have_count(0)
    box = shown.bounding_box()
    assert box

    page.locator("#id_country").select_option("JP")
    shown.click(position={"x": box["width"] / 2, "y": box["height"] / 2})

    latitude = float(page.locator("#id_latitude").input_value())
    longitude = float(page.locator("#id_longitude").input_value())
    assert (25 < latitude < 46, 122 < longitude < 154) == (True, True)
    before = page.locator(".point-picker__spot").get_attribute("d")
    page.locator("#id_latitude").fill("43.06210")
    expect(page.locator(".point-picker__spot")).not_to_have_attribute("d", before or "")


def test_without_javascript_the_numbers_are_there(desk: Any) -> None:
    page = desk("relations/place/add/", java_script_enabled=False)

    expect(page.locator("#id_latitude")).to_be_visible()
    expect(page.locator("[data-point-picker]")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editor_sees_what_was_changed_and_takes_it_back(desk: Any, scheme: str) -> None:
    act = make_agreement(title_en="The right title", state="draft")
    with one_change():
        act.title_en = "The wrong title"
        act.save()
    page = desk(f"relations/agreement/{act.pk}/history/", color_scheme=scheme)

    expect(page.locator("del", has_text="right")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    with page.expect_navigation():
        page.get_by_role("link", name="Restore this version").first.click()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Reason of the change:").fill("as in the release")
    page.get_by_role("button", name="Restore").click()

    expect(page.get_by_text("as in the release")).to_be_visible()
    act.refresh_from_db()
    assert act.title_en == "The right title"
