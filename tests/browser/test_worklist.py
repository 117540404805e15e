"""From the worklist to the very field, and what axe finds on its pages, in a browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from relations.enums import CitedField
from relations.models import Agreement, Citation
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.factories import make_citation

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(open_page: Open, site: str, admin_user: object) -> Open:
    """Opens pages of the desk, signed in."""

    def open_(path: str, **options: object) -> Page:
        client = Client()
        client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        page = open_page("/admin/login/", **options)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": f"{site}/admin/"}])
        page.goto(f"{site}{path}")
        return page

    return open_


def test_a_date_leads_to_its_field(desk: Open) -> None:
    act = Agreement.objects.exclude(signed="").first()
    Agreement.objects.update(
        signed="2005-05-27", signed_earliest="2005-05-27", signed_latest="2005-05-27"
    )
    Agreement.objects.filter(pk=act.pk).update(
        signed="2005", signed_earliest="2005-01-01", signed_latest="2005-12-31"
    )
    page = desk("/admin/worklist/date/?kind=agreement", locale="en-GB")

    page.get_by_role("link", name="Date of signature: 2005").click()

    expect(page.locator("#id_signed")).to_be_focused()
    expect(page.locator("#id_signed")).to_be_in_viewport()


def test_a_fact_without_source_leads_to_a_new_citation_of_it(desk: Open) -> None:
    act = Agreement.objects.first()
    Citation.objects.filter(agreement=act).exclude(field=CitedField.SIGNED).delete()
    page = desk("/admin/worklist/source/?kind=agreement", locale="en-GB")

    with page.expect_navigation():
        page.get_by_role("link", name="Kind: no source").click()

    number = act.citations.count()
    expect(page.locator(f"#id_citations-{number}-field")).to_have_value("kind")
    source = page.locator(f"#citations-{number} .field-source .select2-selection")
    expect(source).to_be_focused()
    expect(source).to_be_in_viewport()


def test_a_conflict_leads_to_the_row_that_can_be_preferred(desk: Open) -> None:
    act = Agreement.objects.first()
    act.citations.update(preferred=False)
    make_citation(agreement=act, field=CitedField.SIGNED, stated="2031", preferred=False)
    page = desk("/admin/worklist/conflict/", locale="en-GB")

    page.get_by_role("link", name=re.compile("Date of signature: .*2031")).click()

    focused = page.locator(":focus")
    expect(focused).to_have_attribute("id", re.compile(r"^id_citations-\d+-preferred$"))


def test_what_is_folded_opens(desk: Open) -> None:
    act = Agreement.objects.first()
    page = desk(f"/admin/relations/agreement/{act.pk}/change/#id_ended")

    expect(page.locator("#id_ended")).to_be_visible()
    expect(page.locator("#id_ended")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "viewport"), [("it-IT", DESKTOP), ("ja-JP", PHONE), ("en-GB", PHONE)]
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    desk: Open, language: str, viewport: dict[str, int], scheme: str
) -> None:
    acts = list(Agreement.objects.all())
    for act, state in zip(acts, ("draft", "review"), strict=False):
        Agreement.objects.filter(pk=act.pk).update(state=state)
    Citation.objects.filter(agreement=acts[0]).delete()
    page = desk("/admin/", locale=language, viewport=viewport, color_scheme=scheme)

    found = {}
    for path in ("/admin/", "/admin/worklist/date/", "/admin/worklist/source/"):
        page.goto(page.url.split("/admin/")[0] + path)
        violations = Axe().run(page).response["violations"]
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found[path] = ([violation["id"] for violation in violations], overflow)

    assert found == dict.fromkeys(found, ([], 0))
