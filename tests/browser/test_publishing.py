"""What stands where a record was, and what editors see before the public does, in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from relations.models import Agreement, Citation, Partnership, Source

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_axe_finds_nothing_on_tombstones_and_in_the_preview(
    browser: Browser, site: str, admin_user: object, language: str, scheme: str
) -> None:
    Agreement.objects.filter(partnership__slug="la-spezia-izumisano").update(
        state="withdrawn", withdrawn_on="2026-11-08", withdrawn_reason_en="Never signed."
    )
    first = Agreement.objects.filter(partnership__slug="torino-nagoya").first()
    Agreement.objects.filter(pk=first.pk).update(state="withdrawn", withdrawn_reason_it="Doppione.")
    Agreement.objects.filter(partnership__slug="bologna-itabashi").update(state="draft")
    drafts = Partnership.objects.get(slug="bologna-itabashi")
    source = Source.objects.create(slug="gone", kind="news", title="Gone", language="it")
    Citation.objects.create(
        source=source, field="record", agreement=Agreement.objects.withdrawn().first()
    )
    client = Client()
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": f"{site}/admin/"}])
    page = context.new_page()

    found = {}
    for path, status in (
        (f"/{language}/partnerships/la-spezia-izumisano/", 410),
        (f"/{language}/partnerships/torino-nagoya/", 200),
        (f"/admin/relations/partnership/{drafts.pk}/preview/{language}/", 200),
        (f"/admin/relations/place/{drafts.italian_place_id}/preview/{language}/", 200),
        (f"/{language}/sources/{source.slug}/", 410),
    ):
        answer = page.goto(f"{site}{path}")
        violations = Axe().run(page).response["violations"]
        found[path] = (answer.status == status, [violation["id"] for violation in violations])
    context.close()

    assert found == dict.fromkeys(found, (True, []))
