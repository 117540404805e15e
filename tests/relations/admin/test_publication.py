"""Nothing wrong is published, and what is published stays right."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from relations.enums import CitedField, Country, PublicationState
from relations.models import Agreement, Citation, Event, Partnership, Party, Place
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_partnership,
)
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


def act(client, model, action, *rows):
    """Choose an action on a list page, for some rows."""
    return client.post(
        reverse(f"admin:relations_{model}_changelist"),
        {"action": action, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )


def delete_selected(client, model, *rows):
    """Delete some rows of a list page, and say yes."""
    return client.post(
        reverse(f"admin:relations_{model}_changelist"),
        {
            "action": "delete_selected",
            "post": "yes",
            "_selected_action": [row.pk for row in rows],
        },
        follow=True,
    )


def delete(client, model, row):
    """Delete one row, and say yes."""
    return client.post(
        reverse(f"admin:relations_{model}_delete", args=(row.pk,)), {"post": "yes"}, follow=True
    )


def edit(client, model, row, **typed):
    """Change some values on the page of a row."""
    url = reverse(f"admin:relations_{model}_change", args=(row.pk,))
    values = form_values(client.get(url)) | typed
    sent = {name: value for name, value in values.items() if value is not None}
    return post_and_confirm(client, url, sent)


def state(row):
    """The state that is stored."""
    return type(row).objects.values_list("state", flat=True).get(pk=row.pk)


def test_a_complete_agreement_is_published(admin_client):
    agreement = make_reviewed()

    page = act(admin_client, "agreement", "publish", agreement)

    assert said(page) == ["1 record is now: Published."]
    assert state(agreement) == PublicationState.PUBLISHED


def test_an_incomplete_agreement_stays_in_review_and_the_others_are_published(admin_client):
    empty, complete, other = make_reviewed(title_en="Empty act"), make_reviewed(), make_reviewed()
    empty.parties.filter(place__country=Country.JAPAN).delete()
    empty.citations.all().delete()

    page = act(admin_client, "agreement", "publish", empty, complete, other)

    assert sorted(said(page)) == [
        "2 records are now: Published.",
        "“Empty act” cites no source.",
        "“Empty act” has no party on the side of Japan.",
    ]
    assert [state(row) for row in (empty, complete, other)] == ["review", "published", "published"]


def test_an_incomplete_event_stays_in_review(admin_client):
    event = make_event(title_en="Lone mission", state=PublicationState.REVIEW)
    event.citations.all().delete()

    page = act(admin_client, "event", "publish", event)

    assert said(page) == [
        "“Lone mission” concerns no partnership and no place.",
        "“Lone mission” cites no source.",
    ]
    assert state(event) == PublicationState.REVIEW


def test_a_complete_event_is_published(admin_client):
    event = make_event(partnerships=(make_partnership(),), state=PublicationState.REVIEW)

    act(admin_client, "event", "publish", event)

    assert state(event) == PublicationState.PUBLISHED


@pytest.mark.parametrize(
    ("before", "action", "expected"),
    [
        (PublicationState.DRAFT, "send_to_review", PublicationState.REVIEW),
        (PublicationState.REVIEW, "back_to_draft", PublicationState.DRAFT),
        (PublicationState.WITHDRAWN, "back_to_draft", PublicationState.DRAFT),
    ],
)
def test_the_other_steps_check_nothing(admin_client, before, action, expected):
    agreement = make_agreement(state=before)
    agreement.citations.all().delete()

    page = act(admin_client, "agreement", action, agreement)

    assert said(page) == [f"1 record is now: {expected.label}."]
    assert state(agreement) == expected


def withdraw(client, model, *rows, **reason):
    """Choose to withdraw rows, and give the reason."""
    return client.post(
        reverse(f"admin:relations_{model}_changelist"),
        {
            "action": "withdraw",
            "reason": "given",
            "_selected_action": [row.pk for row in rows],
            **reason,
        },
        follow=True,
    )


def test_withdrawing_asks_for_the_reason_first(admin_client):
    agreement = make_agreement(title_en="The act")

    page = act(admin_client, "agreement", "withdraw", agreement)

    assert page.templates[0].name == "admin/relations/withdraw.html"
    assert inline_code(page) == []
    assert list(page.context["records"]) == [agreement]
    assert state(agreement) == PublicationState.PUBLISHED


@pytest.mark.parametrize("typed", [{}, {"it": " ", "en": ""}])
def test_withdrawing_without_a_reason_is_refused(admin_client, typed):
    agreement = make_agreement()

    page = withdraw(admin_client, "agreement", agreement, **typed)

    assert page.context["form"].errors == {
        "__all__": ["Say why it is withdrawn, in one language at least."]
    }
    assert state(agreement) == PublicationState.PUBLISHED


def test_a_reason_that_is_too_long_is_refused(admin_client):
    agreement = make_agreement()

    page = withdraw(admin_client, "agreement", agreement, ja="長" * 301)

    assert list(page.context["form"].errors) == ["ja"]
    assert state(agreement) == PublicationState.PUBLISHED


def test_a_withdrawn_record_keeps_the_day_and_the_reason(admin_client):
    agreement, event = make_agreement(), make_event(partnerships=(make_partnership(),))

    pages = [
        withdraw(
            admin_client, "agreement", agreement, it="Non è mai stato firmato.", en="Unsigned."
        ),
        withdraw(admin_client, "event", event, ja="重複のため。"),
    ]

    assert [said(page) for page in pages] == [["1 record is now: Withdrawn."]] * 2
    agreement.refresh_from_db()
    event.refresh_from_db()
    today = timezone.localdate()
    assert (agreement.state, agreement.withdrawn_on, agreement.withdrawn_reason_it) == (
        "withdrawn",
        today,
        "Non è mai stato firmato.",
    )
    assert (event.withdrawn_on, event.withdrawn_reason_ja) == (today, "重複のため。")


def test_a_step_is_written_into_the_history_of_the_record(admin_client, admin_user):
    agreement = make_reviewed()

    act(admin_client, "agreement", "publish", agreement)

    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.user) == (str(agreement.pk), admin_user)
    assert entry.get_change_message() == "Changed publication."


def test_removing_the_last_citation_of_a_published_agreement_is_refused(admin_client):
    agreement = make_agreement(title_en="The act")

    page = edit(
        admin_client,
        "agreement",
        agreement,
        **{"title_en": "The new title", "citations-0-DELETE": "on"},
    )

    assert errors(page) == {"": ["“The new title” cites no source."]}
    assert page.context["adminform"].form["title_en"].value() == "The new title"
    agreement.refresh_from_db()
    assert (agreement.title_en, agreement.citations.count()) == ("The act", 1)
    assert LogEntry.objects.count() == 0


def test_removing_the_only_party_of_a_side_is_refused(admin_client):
    agreement = make_agreement(title_en="The act")

    page = edit(
        admin_client, "agreement", agreement, **{"parties-0-DELETE": "on", "parties-1-DELETE": "on"}
    )

    assert errors(page) == {
        "": [
            "“The act” has no party on the side of Italy.",
            "“The act” has no party on the side of Japan.",
        ]
    }
    assert agreement.parties.count() == 2


def test_a_draft_may_lose_what_it_has(admin_client):
    agreement = make_draft()

    edit(admin_client, "agreement", agreement, **{"citations-0-DELETE": "on"})

    assert agreement.citations.count() == 0


def test_a_published_agreement_may_exchange_its_citation(admin_client):
    agreement = make_agreement()
    source = make_citation(agreement=make_draft(), field=CitedField.KIND, stated="x").source

    edit(
        admin_client,
        "agreement",
        agreement,
        **{
            "citations-TOTAL_FORMS": 2,
            "citations-0-DELETE": "on",
            "citations-1-source": source.pk,
            "citations-1-field": "kind",
            "citations-1-stated": "gemellaggio",
        },
    )

    assert [citation.stated for citation in agreement.citations.all()] == ["gemellaggio"]


def test_taking_the_partnership_from_a_published_event_is_refused(admin_client):
    event = make_event(title_en="The mission", partnerships=(make_partnership(),))

    page = edit(admin_client, "event", event, partnerships=None)

    assert errors(page) == {"": ["“The mission” concerns no partnership and no place."]}
    assert event.partnerships.count() == 1


def test_a_citation_that_a_published_record_needs_is_not_deleted(admin_client):
    citation = make_agreement(title_en="The act").citations.get()

    pages = [
        delete(admin_client, "citation", citation),
        delete_selected(admin_client, "citation", citation),
    ]

    assert [said(page) for page in pages] == [["“The act” cites no source."]] * 2
    assert Citation.objects.get() == citation
    assert LogEntry.objects.count() == 0


def test_a_citation_that_nothing_public_needs_is_deleted(admin_client):
    one, other = make_draft().citations.get(), make_draft().citations.get()

    delete(admin_client, "citation", one)
    delete_selected(admin_client, "citation", other)

    assert Citation.objects.count() == 0


def test_a_saved_citation_stays_with_its_record(admin_client):
    agreement, other = make_agreement(), make_draft()
    citation = agreement.citations.get()

    edit(admin_client, "citation", citation, agreement=other.pk, stated="27 maggio 2005")

    citation.refresh_from_db()
    assert (citation.agreement, citation.stated) == (agreement, "27 maggio 2005")


def test_a_citation_is_not_changed_into_one_that_exists(admin_client):
    citation = make_agreement().citations.get()
    other = make_citation(
        agreement=citation.agreement,
        source=citation.source,
        field=citation.field,
        stated="27 maggio 2005",
        preferred=False,
    )

    page = edit(admin_client, "citation", other, stated=citation.stated)

    assert errors(page) == {"": ["This source already states this of the same fact."]}


def test_a_party_that_a_published_agreement_needs_is_not_deleted(admin_client):
    agreement = make_agreement(title_en="The act")
    party = agreement.parties.get(place__country=Country.ITALY)

    pages = [delete(admin_client, "party", party), delete_selected(admin_client, "party", party)]

    sentence = "“The act” has no party on the side of Italy."
    assert [said(page) for page in pages] == [[sentence]] * 2
    assert Party.objects.count() == 2


def test_a_party_does_not_change_sides(admin_client):
    agreement = make_agreement(title_en="The act")
    party = agreement.parties.get(place__country=Country.JAPAN)

    page = edit(admin_client, "party", party, place=make_italian_city().pk)

    assert errors(page) == {"": ["“The act” has no party on the side of Japan."]}
    party.refresh_from_db()
    assert party.place == agreement.partnership.japanese_place


def test_a_saved_party_stays_with_its_agreement(admin_client):
    agreement, other = make_agreement(), make_draft()
    party = agreement.parties.get(place__country=Country.JAPAN)

    edit(admin_client, "party", party, agreement=other.pk, name_en="City of Nagoya")

    party.refresh_from_db()
    assert (party.agreement, party.name_en) == (agreement, "City of Nagoya")


def test_a_partnership_that_a_published_event_needs_is_not_deleted(admin_client):
    partnership = make_partnership()
    make_event(title_en="The mission", partnerships=(partnership,))

    page = delete(admin_client, "partnership", partnership)

    assert said(page) == ["“The mission” concerns no partnership and no place."]
    assert Partnership.objects.get() == partnership


def test_a_place_that_a_published_event_needs_is_not_deleted(admin_client):
    place = make_italian_city()
    make_event(title_en="The mission", places=(place,))

    page = delete(admin_client, "place", place)

    assert said(page) == ["“The mission” concerns no partnership and no place."]
    assert Place.objects.filter(pk=place.pk).count() == 1


def test_a_record_that_is_or_was_public_is_not_deleted(admin_client):
    public, gone = (
        make_agreement(title_en="The act"),
        make_event(title_en="Gone", state="withdrawn"),
    )
    again = make_draft(title_en="Again", withdrawn_on=timezone.localdate())

    pages = [
        delete(admin_client, "agreement", public),
        delete_selected(admin_client, "event", gone),
        delete_selected(admin_client, "agreement", again, make_draft()),
    ]

    sentence = (
        "“{}” is or was public and is not deleted: withdraw it, so that its address says what "
        "stood there."
    )
    assert [said(page) for page in pages] == [
        [sentence.format(title)] for title in ("The act", "Gone", "Again")
    ]
    assert (Agreement.objects.count(), Event.objects.count()) == (3, 1)


def test_a_partnership_that_was_public_is_not_deleted(admin_client):
    partnership, never = make_partnership(), make_partnership()
    make_event(partnerships=(partnership,), state="withdrawn")

    pages = [
        delete(admin_client, "partnership", partnership),
        delete_selected(admin_client, "partnership", partnership, never),
    ]

    sentence = f"“{partnership}” was public and is not deleted: its address says what stood there."
    assert [said(page) for page in pages] == [[sentence]] * 2
    delete(admin_client, "partnership", never)
    assert list(Partnership.objects.all()) == [partnership]


def test_a_draft_that_was_never_public_is_deleted(admin_client):
    one, other = make_draft(), make_event(state=PublicationState.DRAFT)

    delete(admin_client, "agreement", one)
    delete_selected(admin_client, "event", other)

    assert (Agreement.objects.count(), Event.objects.count()) == (0, 0)


def test_only_what_is_published_is_viewed_on_the_site(admin_client):
    pages = [
        admin_client.get(reverse("admin:relations_agreement_change", args=(row.pk,)))
        for row in (make_agreement(), make_draft())
    ]

    assert [page.context["has_absolute_url"] for page in pages] == [True, False]


# When a record last changed


def changed(row):
    """The moment that is stored."""
    return type(row).objects.values_list("changed", flat=True).get(pk=row.pk)


def test_a_record_that_is_saved_as_it_was_has_not_changed(admin_client):
    agreement, event = make_agreement(), make_event(partnerships=(make_partnership(),))
    before = changed(agreement), changed(event)

    edit(admin_client, "agreement", agreement)
    edit(admin_client, "event", event)

    assert (changed(agreement), changed(event)) == before


def test_a_record_changes_with_its_own_fields_and_with_its_citations(admin_client):
    agreement = make_agreement()
    moments = [changed(agreement)]

    edit(admin_client, "agreement", agreement, title_en="Another title")
    moments.append(changed(agreement))
    edit(admin_client, "agreement", agreement, **{"citations-0-stated": "12 maggio 2005"})
    moments.append(changed(agreement))

    assert moments == sorted(set(moments))
    assert len(moments) == 3


def test_publishing_is_a_change(admin_client):
    agreement = make_reviewed()
    before = changed(agreement)

    act(admin_client, "agreement", "publish", agreement)

    assert changed(agreement) > before
