"""The desk asks once about what is doubtful, then saves it."""

import pytest
from django.urls import reverse

from relations.models import Agreement
from tests.factories import make_agreement, make_partnership
from tests.relations.admin.rows import errors, form_values, inline_code, make_draft

pytestmark = pytest.mark.django_db

ADD = "/admin/relations/agreement/add/"
NO_SOURCE = "No source is cited yet; without one it cannot be published."
FUTURE = "The date of the signature is in the future."
ASKED = {"": ["Read what is noted here. If it is right so, tick the box and save again."]}


def read(*codes):
    """The box is ticked under these doubts."""
    return {"doubts_read": "on", "doubt": codes}


def asked(page):
    """The sentences that are to be read."""
    return [doubt.sentence for doubt in page.context["doubts"]]


@pytest.fixture
def typed(admin_client):
    """An agreement without a source, as typed into the empty form."""
    partnership = make_partnership(slug="torino-nagoya")
    return form_values(admin_client.get(ADD)) | {
        "italian_place": partnership.italian_place_id,
        "japanese_place": partnership.japanese_place_id,
        "kind": "twinning",
        "title_en": "The act",
        "signed": "1986",
    }


def test_what_is_doubtful_is_asked_and_not_saved(admin_client, typed):
    page = admin_client.post(ADD, typed)

    assert (asked(page), errors(page)) == ([NO_SOURCE], ASKED)
    assert page.context["adminform"].form["title_en"].value() == "The act"
    html = page.content.decode()
    assert ("errornote" in html, html.count(ASKED[""][0])) == (False, 1)
    assert inline_code(page) == []
    assert '<input type="checkbox" name="doubts_read" id="doubts-read">' in html
    assert '<input type="hidden" name="doubt" value="source">' in html
    assert Agreement.objects.count() == 0


def test_who_has_read_it_saves(admin_client, typed):
    answer = admin_client.post(ADD, typed | read("source"))

    assert answer.status_code == 302
    assert Agreement.objects.get().title_en == "The act"


def test_a_box_that_is_not_ticked_is_asked_for_again(admin_client, typed):
    page = admin_client.post(ADD, typed | {"doubt": ["source"]})

    assert asked(page) == [NO_SOURCE]
    assert Agreement.objects.count() == 0


def test_what_has_become_doubtful_since_is_asked_too(admin_client, typed):
    page = admin_client.post(ADD, typed | read("source") | {"signed": "2999"})

    assert asked(page) == [FUTURE]
    assert Agreement.objects.count() == 0


def test_an_error_comes_before_a_doubt_and_no_box_helps(admin_client, typed):
    page = admin_client.post(ADD, typed | read("source") | {"signed": "yesterday"})

    assert list(errors(page)) == ["signed"]
    assert page.context["doubts"] == []
    assert Agreement.objects.count() == 0


def test_what_was_saved_so_is_not_asked_again(admin_client):
    act = make_draft()
    act.citations.all().delete()
    url = reverse("admin:relations_agreement_change", args=(act.pk,))

    answer = admin_client.post(url, form_values(admin_client.get(url)) | {"title_en": "New"})

    act.refresh_from_db()
    assert (answer.status_code, act.title_en) == (302, "New")


def test_a_change_that_makes_it_doubtful_is_asked(admin_client):
    act = make_draft()
    other = make_agreement(partnership=act.partnership, signed="1986", title_en="The other")
    url = reverse("admin:relations_agreement_change", args=(act.pk,))
    values = form_values(admin_client.get(url)) | {"signed": "1986-05"}

    page = admin_client.post(url, values)

    assert asked(page) == ["“The other” joins the same two places and is of the same year, 1986."]
    admin_client.post(url, values | read(f"same-year-{other.pk}"))
    act.refresh_from_db()
    assert act.signed == "1986-05"


def test_a_form_that_is_only_looked_at_asks_nothing(admin_client):
    assert admin_client.get(ADD).context["doubts"] == []
