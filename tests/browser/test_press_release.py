"""A publisher has the press release of La Spezia before them, and types it in: from the empty form to the public page."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Page, expect

from relations.loading import load_gazetteer
from relations.models import Agreement, Citation, Event, Partnership, Place, Source
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

# Counts what the editor does, over all the pages of one visit.
COUNTING = """
for (const kind of ["keydown", "mousedown"]) {
  document.addEventListener(kind, () => {
    sessionStorage.setItem(kind, Number(sessionStorage.getItem(kind) || 0) + 1);
  }, true);
}
"""
# What the release says, in the words of an editor.
SUMMARY = (
    "Firmato a Izumisano dai due sindaci, il memorandum avvia la collaborazione fra le due "
    "amministrazioni su cultura, turismo, sviluppo economico, educazione e sport."
)


SECTORS = (
    ("cult", "Culture"),
    ("tour", "Tourism"),
    ("econ", "Economy and trade"),
    ("educ", "Education and youth"),
    ("sport", "Sport"),
)
PUBLISHED = (
    "Memorandum d’intesa tra La Spezia e Izumisano",
    "23 settembre 2025",
    "Pierluigi Peracchini",
    "sindaco di Izumisano",
    "3 anni",
    "AGENPARL",
)


@pytest.fixture
def without_la_spezia(site: str) -> None:
    """The atlas knows neither the pair nor the two cities; the gazetteer does."""
    load_gazetteer(settings.BASE_DIR / "data" / "gazetteer")
    pair = Partnership.objects.get(slug="la-spezia-izumisano")
    Citation.objects.filter(source__slug="la-spezia-2025-09-24").delete()
    Event.objects.filter(partnerships=pair).delete()
    pair.agreements.all().delete()
    pair.delete()
    Place.objects.filter(slug__in=("la-spezia", "izumisano")).delete()
    Source.objects.filter(slug="la-spezia-2025-09-24").delete()


class Editor:
    """Types and clicks as a person does, from field to field with the tab key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def type(self, label: str, text: str, *, nth: int = 0) -> None:
        """Click into a field and type."""
        self.page.get_by_label(label, exact=True).nth(nth).click()
        self.page.keyboard.type(text)

    def choose(self, name: str, letters: str, offered: str) -> None:
        """Open an autocomplete, type a few letters, and take what is offered."""
        self.page.locator(f"#id_{name} + .select2").click()
        # A hand is slower than the moment in which select2 gives the focus to its field.
        expect(self.page.locator(".select2-container--open .select2-search__field")).to_be_focused()
        self.page.keyboard.type(letters)
        wanted = self.page.locator(".select2-results__option[role=option]", has_text=offered)
        expect(wanted.first).to_be_visible()
        wanted.first.click()

    def count(self, kind: str) -> int:
        """How many times a key or the mouse button was pressed."""
        return int(self.page.evaluate(f"Number(sessionStorage.getItem('{kind}'))"))


@pytest.fixture
def editor(without_la_spezia: None, groups: None, site: str, open_page: Open) -> Editor:
    """A publisher, signed in, in front of the empty form."""
    user = User.objects.create_user("publisher", is_staff=True)
    user.groups.add(Group.objects.get(name="Publishers"))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie: dict[str, Any] = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "domain": "localhost",
        "path": "/admin/",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Lax",
    }
    page = open_page("/admin/login/", locale="en", storage_state={"cookies": [cookie]})
    page.context.add_init_script(COUNTING)
    page.goto(f"{site}/admin/relations/agreement/add/")
    return Editor(page)


def type_source_and_places(editor: Editor) -> None:
    """Where it was read and between whom: nobody types a code or a coordinate."""
    editor.type("Publisher:", "AGENPARL")
    editor.type("Date of publication:", "24/9/2025")
    editor.type("Title:", "La Spezia e Izumisano: firmato l’accordo di amicizia tra le due città")
    editor.choose("italian_place", "spez", "La Spezia · SP · Liguria")
    editor.type("Japanese name of La Spezia", "ラ・スペツィア市")
    editor.choose("japanese_place", "izumis", "泉佐野市 Izumisano")
    expect(editor.page.locator(".between")).to_contain_text("The first act of these two places")


def type_act_and_signatories(editor: Editor) -> None:
    """What was signed and by whom; the places of the two parties are there already."""
    page = editor.page
    page.locator("#id_kind").select_option(label="Memorandum of understanding")
    editor.type("Signed:", "23 settembre 2025")
    expect(page.locator(".field-signed .read-back").first).to_have_text("23 September 2025 (day)")
    editor.choose("signed_at", "izumis", "Izumisano")
    expect(page.locator("#id_parties-0-place")).to_have_value("IT-011015")
    expect(page.locator("#id_parties-1-place")).to_have_value("JP-27213")
    editor.type("Name as signed:", "Pierluigi Peracchini")
    editor.type("Office, Italian:", "sindaco della Spezia")
    editor.type("Name as signed:", "Hiroyasu Chiyomatsu", nth=1)
    editor.type("Office, Italian:", "sindaco di Izumisano", nth=1)


def type_content_and_term(editor: Editor) -> None:
    """What it is about and how long it holds."""
    page = editor.page
    for letters, sector in SECTORS:
        editor.choose("sectors", letters, sector)
    editor.type("Italian summary:", SUMMARY)
    editor.type("Term:", "3 anni")
    expect(page.locator(".field-term_months .read-back").first).to_have_text("3 years = 36 months")
    page.locator("#id_renewal").select_option(label="Automatic unless one side gives notice")


def test_the_release_of_la_spezia_from_the_empty_form_to_the_published_page(
    editor: Editor, site: str
) -> None:
    page = editor.page

    type_source_and_places(editor)
    type_act_and_signatories(editor)
    type_content_and_term(editor)
    page.get_by_role("button", name="Save and publish").click()

    expect(page.locator(".messagelist .success").first).to_be_visible()
    keys, clicks = editor.count("keydown"), editor.count("mousedown")
    print(f"{keys} keystrokes, {clicks} clicks")  # noqa: T201 # a figure of the issue
    assert (keys <= 400, clicks <= 30) == (True, True)
    act = Agreement.objects.get(partnership__slug="la-spezia-izumisano")
    assert (act.state, act.signed, act.term_months, act.renewal, act.signed_at.code) == (
        "published",
        "2025-09-23",
        36,
        "automatic",
        "27213",
    )
    assert {
        (party.place.code, person.name)
        for party in act.parties.all()
        for person in party.signatories.all()
    } == {("011015", "Pierluigi Peracchini"), ("27213", "Hiroyasu Chiyomatsu")}
    assert [citation.source.publisher for citation in act.citations.all()] == ["AGENPARL"]
    assert {sector.name_en for sector in act.sectors.all()} == {name for _, name in SECTORS}
    page.goto(f"{site}/it/partnerships/la-spezia-izumisano/")
    for words in PUBLISHED:
        expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()
    page.goto(f"{site}/ja/partnerships/la-spezia-izumisano/")
    expect(page.get_by_text("ラ・スペツィア市と泉佐野市との覚書").first).to_be_visible()


def test_two_persons_sign_for_one_party(editor: Editor) -> None:
    page = editor.page
    type_source_and_places(editor)
    type_act_and_signatories(editor)

    page.get_by_role("button", name="Add another signatory").nth(1).click()
    page.keyboard.type("Yamada Tarō")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(
        page.locator(".messagelist .warning").first
    ).to_be_visible()  # a signatory without office
    assert page.locator("#id_parties-1-signatories-1-name").input_value() == "Yamada Tarō"
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    japanese = Agreement.objects.get(partnership__slug="la-spezia-izumisano").parties.get(
        place__country="JP"
    )
    assert [person.name for person in japanese.signatories.all()] == [
        "Hiroyasu Chiyomatsu",
        "Yamada Tarō",
    ]
