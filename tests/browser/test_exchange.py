"""A table comes into the atlas through a browser."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page

from relations.models import Agreement
from tests.relations.bulk.files import of

pytestmark = pytest.mark.browser

PAGES = "/admin/relations/agreement"


class Desk:
    """A page of an editor on a phone; `said` is what the browser complains of."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.said: list[str] = []
        page.on("console", self.note)

    def note(self, message: ConsoleMessage) -> None:
        """Remember a complaint; the desk has no icon for the browser’s tab."""
        if not message.location["url"].endswith("/favicon.ico"):
            self.said.append(message.text)

    def send(self, **cells: str) -> None:
        """Choose a file of one row."""
        self.page.goto(f"{self.site}{PAGES}/import/")
        file = {"name": "a.csv", "mimeType": "text/csv", "buffer": of(**cells)}
        self.page.set_input_files("input[type=file]", file)
        self.press(".submit-row input")

    def press(self, button: str) -> None:
        """Send a form, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.click(button)

    def faults(self) -> list[str]:
        """What is wrong with the page, below the heads and breadcrumbs that are Django’s."""
        is_wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = [*self.said, *(["too wide"] if is_wide else [])]
        found += [v["id"] for v in Axe().run(self.page, "#content").response["violations"]]
        self.said.clear()  # axe sets styles, which the policy blocks
        return found


@pytest.fixture(params=["light", "dark"])
def desk(
    request: pytest.FixtureRequest, browser: Browser, site: str, admin_user: object
) -> Iterator[Desk]:
    """A superuser’s, in the language of the test."""
    client = Client()
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(
        color_scheme=request.param,
        locale=request.getfixturevalue("language"),
        viewport={"width": 390, "height": 800},
    )
    context.set_default_timeout(10_000)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": f"{site}/admin/"}])
    yield Desk(context.new_page(), site)
    context.close()


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_file_is_refused_previewed_and_imported_on_pages_without_fault(
    desk: Desk, language: str
) -> None:
    act = Agreement.objects.filter(partnership__slug="torino-nagoya").first()

    desk.page.goto(f"{desk.site}{PAGES}/export/")
    found = {"export": desk.faults()}
    desk.send(slug=act.slug, kind="marriage")
    found["errors"] = desk.faults()
    desk.send(slug=act.slug, title_it="Nuovo")
    found["preview"] = desk.faults()
    desk.press(".exchange__result input[type=submit]")
    found["done"] = desk.faults()
    hints = desk.page.locator(".exchange__step, .exchange__hint")

    act.refresh_from_db()
    assert found == {"export": [], "errors": [], "preview": [], "done": []}
    assert act.title_it == "Nuovo"
    assert hints.count() == 3
    assert [hint.is_visible() for hint in hints.all()] == [False] * 3
