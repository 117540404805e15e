"""A table comes into the atlas through a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from relations.models import Agreement
from tests.relations.bulk.files import csv_file

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_file_is_refused_previewed_and_imported_on_pages_without_fault(
    browser: Browser, site: str, admin_user: object, language: str, scheme: str
) -> None:
    act = Agreement.objects.filter(partnership__slug="torino-nagoya").first()
    client = Client()
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(
        color_scheme=scheme, locale=language, viewport={"width": 390, "height": 800}
    )
    context.set_default_timeout(10_000)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": f"{site}/admin/"}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    start = f"{site}/admin/relations/agreement/import/"

    def send(**cells: str) -> None:
        page.goto(start)
        page.set_input_files(
            "input[type=file]",
            {
                "name": "a.csv",
                "mimeType": "text/csv",
                "buffer": csv_file(list(cells), list(cells.values())),
            },
        )
        page.click(".submit-row input")

    def faults() -> list[str]:
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = [*said, *(["too wide"] if wide else [])]
        found += [violation["id"] for violation in Axe().run(page).response["violations"]]
        said.clear()  # axe sets styles, which the policy blocks
        return found

    found = {}
    page.goto(start.replace("import", "export"))
    found["export"] = faults()
    send(slug=act.slug, kind="marriage")
    found["errors"] = faults()
    send(slug=act.slug, title_it="Nuovo")
    found["preview"] = faults()
    page.click(".exchange__result input[type=submit]")
    found["done"] = faults()
    hidden = page.locator(".exchange__step, .exchange__hint").evaluate_all(
        "all => all.every(one => getComputedStyle(one).display == 'none')"
    )
    context.close()

    act.refresh_from_db()
    assert found == {"export": [], "errors": [], "preview": [], "done": []}
    assert (act.title_it, hidden) == ("Nuovo", True)
