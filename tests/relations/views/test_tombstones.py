"""What stands where a partnership, an agreement or an event was public."""

import re
from datetime import date

import pytest
from django.test import Client

from relations import queries
from relations.models import Partnership
from tests.factories import make_agreement, make_event, make_italian_city, make_partnership

pytestmark = pytest.mark.django_db

WITHDRAWN = {
    "state": "withdrawn",
    "withdrawn_on": date(2026, 11, 8),
    "withdrawn_reason_it": "Mai firmato.",
    "withdrawn_reason_ja": "署名されていないため。",
    "withdrawn_reason_en": "Never signed.",
}


def gone(**fields):
    """An agreement that was all that was public of its partnership."""
    texts = {"title_en": "The withdrawn act", "summary_en": "What it said."}
    return make_agreement(slug="the-act", **texts | WITHDRAWN | fields)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The withdrawn act", "Withdrawn since 8 November 2026.", "Never signed."]),
        ("it", ["Data del ritiro: 8 novembre 2026.", "Mai firmato."]),
        ("ja", ["取下げ日：2026年11月8日。", "署名されていないため。"]),
    ],
)
def test_a_withdrawn_partnership_is_gone_and_says_what_stood_there(
    client: Client, language, sentences
):
    act = gone()
    partnership = act.partnership

    response = client.get(f"/{language}/partnerships/{partnership.slug}/")

    html = response.content.decode()
    assert response.status_code == 410
    names = [
        getattr(place, f"name_{language}")
        for place in (partnership.italian_place, partnership.japanese_place)
    ]
    assert [said for said in (*names, *sentences) if said not in html] == []
    assert '<meta name="robots" content="noindex">' in html


def test_a_tombstone_does_not_repeat_the_content(client: Client):
    act = gone()
    act.partnership.summary_en = "A story."
    act.partnership.save()

    html = client.get(act.partnership.get_absolute_url()).content.decode()

    assert [text for text in ("What it said.", "A story.", "2005") if text in html] == []


def test_a_reason_in_another_language_is_marked(client: Client):
    act = gone(withdrawn_reason_en="", withdrawn_reason_ja="")

    html = client.get(act.partnership.get_absolute_url()).content.decode()

    assert '<span lang="it">Mai firmato.</span>' in html


def test_a_day_that_is_not_known_is_not_made_up(client: Client):
    act = make_agreement(state="withdrawn")

    response = client.get(act.partnership.get_absolute_url())

    assert response.status_code == 410
    assert "Withdrawn." in response.content.decode()


@pytest.mark.parametrize("state", ["draft", "review"])
def test_what_is_worked_on_again_is_gone_still_and_its_new_name_is_not_shown(client: Client, state):
    act = gone(state=state, title_en="A new title")

    response = client.get(act.partnership.get_absolute_url())

    html = response.content.decode()
    assert response.status_code == 410
    assert "A record that is being revised" in html
    assert [text for text in ("A new title", "the-act") if text in html] == []


@pytest.mark.parametrize("state", ["draft", "review"])
def test_a_partnership_that_was_never_public_is_not_found(client: Client, state):
    act = make_agreement(state=state)

    assert client.get(act.partnership.get_absolute_url()).status_code == 404


def test_an_address_that_nothing_ever_had_is_not_found(client: Client):
    assert client.get("/en/partnerships/atlantide-mu/").status_code == 404


def test_a_partnership_is_gone_with_its_last_event(client: Client):
    partnership = make_partnership()
    make_event(partnerships=(partnership,), **WITHDRAWN)

    assert client.get(partnership.get_absolute_url()).status_code == 410


def test_a_partnership_with_one_public_record_stays_and_marks_where_the_others_were(
    client: Client,
):
    act = gone()
    make_agreement(partnership=act.partnership, title_en="The public one")
    make_event(partnerships=(act.partnership,), slug="the-event", **WITHDRAWN)
    make_event(partnerships=(act.partnership,), slug="the-draft", state="draft")

    response = client.get(act.partnership.get_absolute_url())

    html = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'class="withdrawn__item" id="([^"]+)"', html) == ["the-event", "the-act"]
    assert "What it said." not in html
    assert "the-draft" not in html


def test_a_place_marks_where_the_events_were_that_are_withdrawn(client: Client):
    event = make_event(places=(make_italian_city(),), slug="the-event", **WITHDRAWN)
    make_event(places=(event.places.get(),), slug="the-draft", state="draft")

    html = client.get(event.places.get().get_absolute_url()).content.decode()

    assert re.findall(r'class="withdrawn__item" id="([^"]+)"', html) == ["the-event"]
    assert "the-draft" not in html


@pytest.mark.parametrize("file", ["anniversaries.ics", "changes.atom"])
def test_the_feeds_of_a_withdrawn_partnership_are_gone_too(client: Client, file):
    act, never = gone(), make_agreement(state="draft")

    answers = [
        client.get(f"{record.partnership.get_absolute_url()}{file}").status_code
        for record in (act, never)
    ]

    assert answers == [410, 404]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "timeline/",
        "partnerships/",
        "agreements/",
        "anniversaries/2030/",
        "places/",
        "sectors/",
        "sources/",
        "changes.atom",
        "anniversaries.ics",
    ],
)
def test_no_list_and_no_feed_has_what_is_withdrawn(client: Client, page):
    act = gone()
    make_agreement()

    html = client.get(f"/en/{page}").content.decode()

    assert [
        text for text in (act.slug, act.partnership.slug, "withdrawn act") if text in html
    ] == []


def test_no_count_has_what_is_withdrawn():
    gone()
    make_event(partnerships=(make_partnership(),), **WITHDRAWN)

    numbers = queries.numbers()

    assert (numbers.partnerships, numbers.agreements, numbers.events, numbers.sources) == (0,) * 4


def test_withdrawn_partnerships_are_those_of_which_nothing_is_public_any_more():
    act, half, _draft = gone(), make_agreement(), make_agreement(state="draft")
    make_agreement(partnership=half.partnership, **WITHDRAWN)
    make_agreement(partnership=half.partnership, state="draft")

    assert list(Partnership.objects.withdrawn()) == [act.partnership]


def test_the_last_withdrawn_stands_first():
    act = gone()
    later = make_event(
        partnerships=(act.partnership,), **WITHDRAWN | {"withdrawn_on": date(2026, 12, 1)}
    )

    assert queries.withdrawn_of(act.partnership) == [later, act]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_tombstone_takes_as_many_queries_for_three_records_as_for_one(
    client: Client, django_assert_num_queries, rows
):
    partnership = make_partnership()
    for _ in range(rows):
        make_agreement(partnership=partnership, **WITHDRAWN)

    # The version; the public one, which is not there; the withdrawn one; its agreements and its events.
    with django_assert_num_queries(5):
        client.get(partnership.get_absolute_url())
