"""The steps from draft to published as buttons of the form: saved and taken together, or not at all."""

import logging
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from relations.enums import PublicationState
from relations.models import Agreement, Citation, Event
from tests.factories import make_agreement, make_event, make_italian_city, make_partnership
from tests.relations.admin.rows import (
    errors,
    form_values,
    inline_code,
    make_draft,
    make_reviewed,
    post_and_confirm,
    said,
)

pytestmark = pytest.mark.django_db

DRAFT, REVIEW, PUBLISHED, WITHDRAWN = (
    PublicationState.DRAFT,
    PublicationState.REVIEW,
    PublicationState.PUBLISHED,
    PublicationState.WITHDRAWN,
)


def url(row, page="change"):
    """A page of a record."""
    return reverse(f"admin:relations_{row._meta.model_name}_{page}", args=(row.pk,))  # noqa: SLF001 # documented API


def press(client, row, state, **typed):
    """Change some values on the page of a record, and press the button that leads to a state."""
    values = form_values(client.get(url(row))) | typed | {"_step": state}
    sent = {name: value for name, value in values.items() if value is not None}
    return post_and_confirm(client, url(row), sent)


def stored(row):
    """The record as it is stored."""
    return type(row).objects.get(pk=row.pk)


def buttons(page):
    """What the row of buttons offers, in its order."""
    row = re.search(r'<div class="submit-row">(.*?)</div>', page.content.decode(), re.DOTALL)[1]
    found = re.findall(r'<input[^>]* value="([^"]+)"|<(?:button|a)[^>]*>([^<]+)<', row)
    return [value or text for value, text in found]


@pytest.fixture
def acts():
    """An agreement in each state."""
    return {
        DRAFT: make_draft(title_en="The act"),
        REVIEW: make_reviewed(title_en="The act"),
        PUBLISHED: make_agreement(title_en="The act", state=PUBLISHED),
        WITHDRAWN: make_agreement(title_en="The act", state=WITHDRAWN),
    }


SAVE = ["Save", "Save and continue editing"]


@pytest.mark.parametrize(
    ("role", "state", "offered"),
    [
        ("editor", DRAFT, [*SAVE, "Save and send to review", "Delete"]),
        ("editor", REVIEW, ["Back to draft", "Close"]),
        ("editor", PUBLISHED, ["Close"]),
        ("editor", WITHDRAWN, ["Close"]),
        (
            "publisher",
            DRAFT,
            [*SAVE, "Save and send to review", "Save and publish", "Delete"],
        ),
        (
            "publisher",
            REVIEW,
            [*SAVE, "Save and publish", "Save and put back to draft", "Delete"],
        ),
        ("publisher", PUBLISHED, [*SAVE, "Withdraw…"]),
        ("publisher", WITHDRAWN, [*SAVE, "Save and put back to draft"]),
    ],
)
def test_only_the_steps_that_a_person_may_take_are_shown(signed_in, acts, role, state, offered):
    page = signed_in(role).get(url(acts[state]))

    assert buttons(page) == offered
    assert page.content.decode().count('class="default"') == ("Save" in offered)
    assert inline_code(page) == []


def test_a_new_record_can_be_sent_to_review_at_once(signed_in):
    page = signed_in("editor").get(reverse("admin:relations_agreement_add"))

    assert buttons(page) == [*SAVE, "Save and send to review"]


def test_other_records_have_no_steps(signed_in):
    page = signed_in("publisher").get(reverse("admin:relations_source_add"))

    assert buttons(page) == [*SAVE, "Save and add another"]


def test_an_editor_saves_and_sends_to_review(signed_in, acts):
    page = press(signed_in("editor"), acts[DRAFT], REVIEW, title_en="A better title")

    act = stored(acts[DRAFT])
    assert (page.status_code, act.title_en, act.state) == (302, "A better title", REVIEW)


def test_a_publisher_publishes_a_draft_at_one_press_and_each_step_is_noted(signed_in, acts, caplog):
    caplog.set_level(logging.INFO)
    client = signed_in("publisher")

    press(client, acts[DRAFT], PUBLISHED, title_en="A better title")

    act = stored(acts[DRAFT])
    assert (act.title_en, act.state) == ("A better title", PUBLISHED)
    notes = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert notes[1:] == ["Changed publication."] * 2
    lines = [line.message for line in caplog.records if line.name == "atlas.desk"]
    assert len(lines) == 1
    assert lines[0].startswith(f"published: agreement {act.slug} by user ")
    page = client.get(reverse("admin:relations_agreement_changelist"))
    assert said(page)[0] == "1 record is now: Published."


def test_an_event_is_published_at_one_press(signed_in):
    event = make_event(partnerships=(make_partnership(),), state=DRAFT)

    press(signed_in("publisher"), event, PUBLISHED)

    assert stored(event).state == PUBLISHED


def test_what_is_refused_is_shown_again_as_it_was_typed_and_nothing_is_saved(
    signed_in, acts, caplog
):
    caplog.set_level(logging.INFO)
    Citation.objects.all().delete()
    act = acts[DRAFT]
    act.parties.all().delete()

    page = press(signed_in("publisher"), act, PUBLISHED, title_en="A better title")

    assert errors(page) == {
        "": [
            "“A better title” has no party on the side of Italy.",
            "“A better title” has no party on the side of Japan.",
            "“A better title” cites no source.",
        ]
    }
    assert page.context["adminform"].form["title_en"].value() == "A better title"
    assert (stored(act).title_en, stored(act).state) == ("The act", DRAFT)
    assert LogEntry.objects.count() == 0
    assert [line for line in caplog.records if line.name == "atlas.desk"] == []


def test_a_new_record_that_cannot_be_published_is_not_added(signed_in):
    client = signed_in("publisher")
    add = reverse("admin:relations_event_add")
    values = form_values(client.get(add)) | {"kind": "mission", "title_en": "X", "slug": "x"}

    page = client.post(add, values | {"_step": PUBLISHED})

    assert errors(page)[""] == [
        "“X” concerns no partnership and no place.",
        "“X” cites no source.",
    ]
    assert Event.objects.count() == 0
    client.post(add, values | {"_step": REVIEW, "places": [make_italian_city().pk]})
    assert Event.objects.get().state == REVIEW


def test_a_step_that_somebody_may_not_take_saves_nothing(signed_in, acts):
    page = press(signed_in("editor"), acts[DRAFT], PUBLISHED, title_en="A better title")

    assert errors(page) == {"": ["You may not publish “A better title”: that is for publishers."]}
    assert stored(acts[DRAFT]).state == DRAFT


def test_a_doubt_is_asked_before_the_step(signed_in):
    client = signed_in("publisher")
    act = make_draft()
    values = form_values(client.get(url(act))) | {"signed": "2999", "_step": PUBLISHED}

    asked = client.post(url(act), values)

    assert asked.context["doubts"]
    assert stored(act).state == DRAFT
    read = {"doubts_read": "on", "doubt": [doubt.code for doubt in asked.context["doubts"]]}
    client.post(url(act), values | read)
    assert stored(act).state == PUBLISHED


def test_an_editor_takes_back_to_draft_what_is_in_review_without_changing_it(signed_in, acts):
    client = signed_in("editor")

    answer = client.post(url(acts[REVIEW]), {"_step": DRAFT, "title_en": "Sneaked in"})

    assert answer.headers["location"] == url(acts[REVIEW])
    act = stored(acts[REVIEW])
    assert (act.state, act.title_en) == (DRAFT, "The act")
    assert said(client.get(url(act))) == ["1 record is now: Draft."]


@pytest.mark.parametrize("state", [PUBLISHED, WITHDRAWN])
def test_an_editor_takes_back_nothing_that_was_public(signed_in, acts, state):
    client = signed_in("editor")

    client.post(url(acts[state]), {"_step": DRAFT})

    assert stored(acts[state]).state == state
    assert len(said(client.get(url(acts[state])))) == 1


def test_a_step_that_does_not_exist_is_no_step(signed_in, acts):
    client = signed_in("editor")

    press(client, acts[DRAFT], "burnt", title_en="A better title")

    act = stored(acts[DRAFT])
    assert (act.title_en, act.state) == ("A better title", DRAFT)
    assert client.post(url(acts[REVIEW]), {"_step": "burnt"}).status_code == 403


def test_withdrawing_leads_to_the_page_that_asks_why(signed_in, acts):
    client, act = signed_in("publisher"), acts[PUBLISHED]

    asked = client.get(url(act, "withdraw"))
    refused = client.post(url(act, "withdraw"), {"reason": "given", "it": " "})
    state = stored(act).state
    done = client.post(url(act, "withdraw"), {"reason": "given", "it": "Doppione."})

    assert (asked.status_code, inline_code(asked)) == (200, [])
    assert "The act" in asked.content.decode()
    assert refused.context["form"].errors == {
        "__all__": ["Say why it is withdrawn, in one language at least."]
    }
    assert (state, done.headers["location"]) == (PUBLISHED, url(act))
    assert (stored(act).state, stored(act).withdrawn_reason_it) == (WITHDRAWN, "Doppione.")


@pytest.mark.parametrize(
    ("role", "status"),
    [("anonymous", 302), ("editor", 403), ("publisher", 200), ("superuser", 200)],
)
def test_the_page_that_asks_why_is_for_publishers(signed_in, acts, role, status):
    client = signed_in(role)

    assert client.get(url(acts[PUBLISHED], "withdraw")).status_code == status
    client.post(url(acts[PUBLISHED], "withdraw"), {"reason": "given", "en": "A duplicate."})
    assert stored(acts[PUBLISHED]).state == (WITHDRAWN if status == 200 else PUBLISHED)


def test_what_is_not_published_is_not_withdrawn(signed_in, acts):
    client = signed_in("publisher")

    page = client.get(url(acts[DRAFT], "withdraw"), follow=True)

    assert said(page) == ["“The act” is not published: only what is public is withdrawn."]
    missing = reverse("admin:relations_agreement_withdraw", args=(0,))
    assert client.get(missing).status_code == 404


# Deleting


def test_an_editor_deletes_a_draft_that_was_never_public(signed_in):
    act, event = make_draft(), make_event(state=DRAFT)
    client = signed_in("editor")

    client.post(url(act, "delete"), {"post": "yes"})
    client.post(
        reverse("admin:relations_event_changelist"),
        {"action": "delete_selected", "post": "yes", "_selected_action": [event.pk]},
    )

    assert (Agreement.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": REVIEW},
        {"state": PUBLISHED},
        {"state": WITHDRAWN},
        {"state": DRAFT, "withdrawn_on": "2026-11-08"},
    ],
)
def test_an_editor_deletes_nothing_else(signed_in, fields):
    act, other = make_agreement(**fields), make_draft()
    client = signed_in("editor")

    answers = [
        client.post(url(act, "delete"), {"post": "yes"}),
        client.post(
            reverse("admin:relations_agreement_changelist"),
            {"action": "delete_selected", "post": "yes", "_selected_action": [act.pk, other.pk]},
        ),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Agreement.objects.count() == 2
