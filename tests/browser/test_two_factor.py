"""The second factor in a browser, from the QR code to a sign-in with a code."""

import re
from base64 import b32decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open

pytestmark = pytest.mark.browser


def problems(page: Page) -> list[str]:
    """What axe finds in the page, its frame aside, which is Django's."""
    return [each["id"] for each in Axe().run(page, "#content").response["violations"]]


def sign_in(page: Page, code: str = "") -> None:
    """Fill in the form."""
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill("a long secret")
    page.locator("#id_code").fill(code)
    page.locator("#id_code").press("Enter")


def ten_codes(page: Page) -> list[str]:
    """The codes for an emergency, once they are all there."""
    shown = page.locator(".two-factor__codes code")
    expect(shown).to_have_count(10)
    return shown.all_inner_texts()


@pytest.mark.parametrize(
    ("language", "scheme", "viewport"),
    [("it", "light", DESKTOP), ("ja", "dark", PHONE), ("en", "dark", DESKTOP)],
)
def test_from_the_secret_to_a_sign_in_with_a_code(
    site: str, open_page: Open, language: str, scheme: str, viewport: dict[str, int]
) -> None:
    User.objects.create_user("editor", password="a long secret", is_staff=True)
    page = open_page(
        "/admin/two-factor/",
        locale=language,
        color_scheme=scheme,
        viewport=viewport,
        reduced_motion="reduce",
    )
    found = {"login": problems(page)}

    sign_in(page)
    qr = page.locator(".two-factor__qr")
    expect(qr).to_be_visible()
    box = qr.bounding_box()
    secret = re.sub(r"\s", "", page.locator(".two-factor__secret").inner_text())
    found["set-up"] = problems(page)
    page.locator("#id_code").fill(f"{totp(b32decode(secret)):06}")
    page.locator("#id_code").press("Enter")
    codes = ten_codes(page)
    found["codes"] = problems(page)
    page.goto(f"{site}/admin/two-factor/")
    found["manage"] = problems(page)
    with page.expect_navigation():
        page.locator("#logout-form button").click()
    page.goto(f"{site}/admin/login/?next=/admin/")
    sign_in(page, codes[0])
    expect(page).to_have_url(f"{site}/admin/")

    assert box is not None
    assert box["width"] == box["height"] >= 200
    assert {name: rules for name, rules in found.items() if rules} == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
