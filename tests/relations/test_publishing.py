"""The steps from draft to published and back, whoever asks for them."""

import logging
from datetime import date
from threading import Thread

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from relations import permissions, publishing
from relations.enums import PublicationState
from relations.models import PlaceName, Signatory
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_partnership,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db

DRAFT, REVIEW, PUBLISHED, WITHDRAWN = PublicationState
REASON = {"it": "Doppione.", "ja": "重複", "en": "A duplicate."}


@pytest.fixture
def superuser():
    return User.objects.create_superuser("root")


def user_with(*codenames):
    """Someone with some permissions."""
    user = User.objects.create_user("someone")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def make(model, state, **fields):
    """An agreement or event that has all that it takes, in a state."""
    partnership = make_partnership()
    if model == "agreement":
        return make_agreement(partnership=partnership, state=state, title_en="The act", **fields)
    return make_event(partnerships=(partnership,), state=state, title_en="The act", **fields)


@pytest.mark.parametrize("model", ["agreement", "event"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DRAFT, REVIEW),
        (REVIEW, PUBLISHED),
        (PUBLISHED, WITHDRAWN),
        (REVIEW, DRAFT),
        (WITHDRAWN, DRAFT),
    ],
)
def test_a_step_that_exists_is_taken(superuser, model, before, after):
    record = make(model, before)

    publishing.take_step(record, after, superuser, REASON)

    record.refresh_from_db()
    assert record.state == after


@pytest.mark.parametrize("model", ["agreement", "event"])
@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        *(
            (state, REVIEW, "“The act” is no draft: only a draft is sent to review.")
            for state in (REVIEW, PUBLISHED, WITHDRAWN)
        ),
        *(
            (
                state,
                PUBLISHED,
                "“The act” is not in review: only what is in review is published.",
            )
            for state in (DRAFT, PUBLISHED, WITHDRAWN)
        ),
        *(
            (
                state,
                WITHDRAWN,
                "“The act” is not published: only what is public is withdrawn.",
            )
            for state in (DRAFT, REVIEW, WITHDRAWN)
        ),
        *(
            (
                state,
                DRAFT,
                "“The act” is neither in review nor withdrawn: it does not go back to draft.",
            )
            for state in (DRAFT, PUBLISHED)
        ),
    ],
)
def test_any_other_step_is_refused_with_its_sentence(superuser, model, before, after, sentence):
    record = make(model, before)

    with pytest.raises(ValidationError) as caught:
        publishing.take_step(record, after, superuser, REASON)

    assert caught.value.messages == [sentence]
    record.refresh_from_db()
    assert record.state == before


@pytest.mark.parametrize("model", ["agreement", "event"])
@pytest.mark.parametrize(
    ("before", "after", "needed", "sentence"),
    [
        (DRAFT, REVIEW, "change", "You may not send “The act” to review."),
        (
            REVIEW,
            PUBLISHED,
            "publish",
            "You may not publish “The act”: that is for publishers.",
        ),
        (
            PUBLISHED,
            WITHDRAWN,
            "withdraw",
            "You may not withdraw “The act”: that is for publishers.",
        ),
        (
            REVIEW,
            DRAFT,
            "change",
            "You may not take “The act” back to draft: that is for publishers.",
        ),
        (
            WITHDRAWN,
            DRAFT,
            "withdraw",
            "You may not take “The act” back to draft: that is for publishers.",
        ),
    ],
)
def test_each_step_takes_its_permission(model, before, after, needed, sentence):
    other = "event" if model == "agreement" else "agreement"
    verbs = {"change", "publish", "withdraw"}
    without = user_with(
        *(f"{v}_{model}" for v in verbs - {needed}), *(f"{v}_{other}" for v in verbs)
    )
    record = make(model, before)

    for user in (without, AnonymousUser()):
        with pytest.raises(ValidationError) as caught:
            publishing.take_step(record, after, user, REASON)
        assert caught.value.messages == [sentence]

    without.user_permissions.set(Permission.objects.filter(codename=f"{needed}_{model}"))
    publishing.take_step(record, after, User.objects.get(pk=without.pk), REASON)
    assert record.state == after


def test_publishing_needs_what_the_constraints_demand(superuser):
    record = make("agreement", REVIEW)
    record.citations.all().delete()

    with pytest.raises(ValidationError) as caught:
        publishing.take_step(record, PUBLISHED, superuser)

    assert caught.value.messages == ["“The act” cites no source."]
    record.refresh_from_db()
    assert record.state == REVIEW


@pytest.mark.parametrize("reason", [None, {}, {"it": "", "en": " "}])
def test_a_withdrawal_needs_a_reason(superuser, reason):
    record = make("agreement", PUBLISHED)

    with pytest.raises(ValidationError) as caught:
        publishing.take_step(record, WITHDRAWN, superuser, reason)

    assert caught.value.messages == ["Say why it is withdrawn, in one language at least."]
    record.refresh_from_db()
    assert (record.state, record.withdrawn_on) == (PUBLISHED, None)


def test_what_was_withdrawn_stays_so_until_it_is_published_again(superuser):
    record = make("event", PUBLISHED)
    today = timezone.localdate()

    seen = []
    for state in (WITHDRAWN, DRAFT, REVIEW, PUBLISHED):
        publishing.take_step(record, state, superuser, REASON)
        record.refresh_from_db()
        seen.append((record.withdrawn_on, str(record.withdrawn_reason), record.was_public))

    assert seen == [(today, "A duplicate.", True)] * 3 + [(None, "", True)]


def test_publishing_and_withdrawing_are_written_down_without_a_name(superuser, caplog):
    caplog.set_level(logging.INFO, "atlas.desk")
    record = make("agreement", DRAFT, slug="the-act")

    for state in (REVIEW, PUBLISHED, WITHDRAWN, DRAFT):
        publishing.take_step(record, state, superuser, REASON)

    assert [(line.name, line.message) for line in caplog.records] == [
        ("atlas.desk", f"published: agreement the-act by user {superuser.pk}"),
        ("atlas.desk", f"withdrawn: agreement the-act by user {superuser.pk}"),
    ]


@pytest.mark.parametrize(
    ("fields", "is_refused"),
    [
        ({"state": DRAFT}, False),
        ({"state": REVIEW}, False),
        ({"state": PUBLISHED}, True),
        ({"state": WITHDRAWN}, True),
        ({"state": DRAFT, "withdrawn_on": date(2026, 1, 1)}, True),
    ],
)
def test_what_was_public_is_not_deleted(fields, is_refused):
    record = make_agreement(**fields)

    assert record.was_public is is_refused
    if is_refused:
        with pytest.raises(ValidationError):
            permissions.check_deletable(record)
    else:
        permissions.check_deletable(record)


@pytest.mark.parametrize(
    ("state", "guard"), [(DRAFT, ""), *((s, "agreement") for s in (REVIEW, PUBLISHED, WITHDRAWN))]
)
def test_the_parts_of_an_agreement_are_guarded_as_it_is(state, guard):
    agreement = make_agreement(state=state)
    party = agreement.parties.first()
    signatory = Signatory.objects.create(party=party, name="Maria Rossi")

    parts = [agreement, party, signatory, agreement.citations.first()]

    assert [permissions.guarded_as(part) for part in parts] == [guard] * 4


@pytest.mark.parametrize(("state", "guard"), [(DRAFT, ""), (REVIEW, "event"), (PUBLISHED, "event")])
def test_the_citation_of_an_event_is_guarded_as_it_is(state, guard):
    event = make_event(state=state)

    parts = [event, event.citations.first()]

    assert [permissions.guarded_as(part) for part in parts] == [guard] * 2


@pytest.mark.parametrize(("state", "guard"), [(DRAFT, ""), (REVIEW, ""), (PUBLISHED, "agreement")])
def test_what_stands_by_itself_is_guarded_once_something_public_shows_it(state, guard):
    agreement = make_agreement(state=state)
    partnership = agreement.partnership
    region, place = partnership.italian_place.region, partnership.italian_place
    name = PlaceName.objects.create(place=place, text="x", language="it")

    records = [partnership, place, region, name, agreement.citations.first().source]

    assert [permissions.guarded_as(record) for record in records] == [guard] * 5


def test_a_place_is_guarded_where_something_happened_or_was_signed():
    where, there, with_whom = make_italian_city(), make_italian_city(), make_italian_city()
    agreement = make_agreement(signed_at=where)
    make_event(place=there)
    agreement.parties.create(place=with_whom)

    guards = [permissions.guarded_as(place) for place in (where, there, with_whom)]

    assert guards == ["agreement"] * 3


def test_sectors_are_always_guarded_and_a_new_source_is_not():
    assert permissions.guarded_as(make_sector()) == "agreement"
    assert permissions.guarded_as(make_source()) == ""


def test_a_publisher_of_agreements_alone_does_not_change_a_public_event():
    user = user_with("publish_agreement", "change_event")

    assert permissions.may_change(user, make_agreement())
    assert not permissions.may_change(user, make_event())


def test_a_step_is_taken_from_where_the_record_really_is(superuser):
    mine = make("agreement", REVIEW)
    theirs = type(mine).objects.get(pk=mine.pk)
    publishing.take_step(theirs, DRAFT, superuser)

    with pytest.raises(ValidationError) as refused:
        publishing.take_step(mine, PUBLISHED, superuser)

    assert refused.value.messages == [
        "“The act” is not in review: only what is in review is published."
    ]
    mine.refresh_from_db()
    assert mine.state == DRAFT


def test_the_row_is_locked_where_the_database_can(superuser):
    record = make("agreement", DRAFT)

    with CaptureQueriesContext(connection) as queries:
        publishing.take_step(record, REVIEW, superuser)

    locked = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    assert (len(locked) == 1) == connection.features.has_select_for_update


@pytest.mark.parametrize(
    ("state", "editor", "publisher"),
    [
        (DRAFT, [REVIEW], [REVIEW, PUBLISHED]),
        (REVIEW, [DRAFT], [PUBLISHED, DRAFT]),
        (PUBLISHED, [], [WITHDRAWN]),
        (WITHDRAWN, [], [DRAFT]),
    ],
)
@pytest.mark.parametrize("model", ["agreement", "event"])
def test_each_is_offered_the_steps_that_are_open(model, state, editor, publisher):
    record = make(model, state)
    user = user_with(f"change_{model}")
    offered = [publishing.open_to(user, record)]
    user = User.objects.create_user("publisher")
    verbs = ("change", "publish", "withdraw")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=[f"{verb}_{model}" for verb in verbs])
    )

    offered.append(publishing.open_to(user, record))

    assert offered == [editor, publisher]
    assert publishing.open_to(AnonymousUser(), record) == []


def test_who_publishes_but_does_not_change_does_not_publish_a_draft():
    user = user_with("publish_agreement")

    assert publishing.open_to(user, make("agreement", DRAFT)) == []
    assert publishing.open_to(user, make("agreement", REVIEW)) == [PUBLISHED]


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (DRAFT, PUBLISHED, (REVIEW, PUBLISHED)),
        (DRAFT, REVIEW, (REVIEW,)),
        (REVIEW, PUBLISHED, (PUBLISHED,)),
        (WITHDRAWN, PUBLISHED, (PUBLISHED,)),
    ],
)
def test_a_draft_is_published_by_way_of_review(before, after, way):
    assert publishing.way_to(make("event", before), after) == way


@pytest.mark.parametrize(
    ("state", "withdrawn_on", "may"),
    [
        (DRAFT, None, True),
        (DRAFT, date(2026, 11, 8), False),
        (REVIEW, None, False),
        (PUBLISHED, None, False),
        (WITHDRAWN, None, False),
    ],
)
@pytest.mark.parametrize("model", ["agreement", "event"])
def test_an_editor_may_delete_only_a_draft_that_was_never_public(model, state, withdrawn_on, may):
    record = make(model, state, withdrawn_on=withdrawn_on)

    assert permissions.may_delete(user_with(f"delete_{model}"), record) == may


def test_the_parts_of_a_draft_may_be_deleted_and_those_of_a_public_record_not():
    user = user_with("delete_citation")

    found = [
        permissions.may_delete(user, make("agreement", state).citations.get())
        for state in (DRAFT, PUBLISHED)
    ]

    assert found == [True, False]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_steps_at_once_the_second_finds_what_the_first_has_done(superuser):
    record = make("agreement", REVIEW)
    said = []

    def publish():
        try:
            publishing.take_step(type(record).objects.get(pk=record.pk), PUBLISHED, superuser)
        except ValidationError as refusal:
            said.extend(refusal.messages)
        finally:
            connection.close()

    second = Thread(target=publish)
    with transaction.atomic():
        publishing.take_step(record, DRAFT, superuser)
        second.start()
        second.join(0.5)
        was_waiting = second.is_alive()
    second.join(10)

    assert was_waiting
    assert said == ["“The act” is not in review: only what is in review is published."]
    record.refresh_from_db()
    assert record.state == DRAFT
