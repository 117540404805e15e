"""Who changed what, when and why can be seen at the desk, and undone."""

import re
from html import unescape
from itertools import cycle

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.history import history_of
from relations.models import Agreement, Citation, Event, Party, Signatory, Source
from relations.models.current import one_change
from relations.models.states import versions_of
from tests.conftest import PRESS_RELEASES
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_partnership,
    make_sector,
    make_source,
)
from tests.relations.admin.rows import (
    MODELS,
    form_values,
    inline_code,
    make_draft,
    make_one_of_each,
    make_reviewed,
    post_and_confirm,
    said,
)

pytestmark = pytest.mark.django_db


def url(page, record, *args):
    """A page of the desk on a record, or on its kind."""
    return reverse(f"admin:relations_{record._meta.model_name}_{page}", args=args)  # noqa: SLF001


def edit(client, record, reason="", **typed):
    """Change some values on the page of a record."""
    address = url("change", record, record.pk)
    values = {name.replace("__", "-"): value for name, value in typed.items()}
    before = form_values(client.get(address))
    answer = post_and_confirm(client, address, before | values | {"change_reason": reason})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    record.refresh_from_db()


def history(client, record):
    """The entries of the history of a record as the page has them."""
    page = client.get(url("history", record, record.pk))
    assert page.status_code == 200
    told = page.context["history"]
    return told.entries if told else []


def texts(response):
    """What a page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(plain))


def restore(client, model, version, reason=""):
    """Go back to a version."""
    address = url("restore", model, version.pk)
    return client.post(address, {"change_reason": reason}, follow=True)


def versions(record, **conditions):
    """The versions of a record, the first first."""
    table = versions_of(type(record)).objects
    return list(table.filter(id=record.pk, **conditions).order_by("history_id"))


def test_a_change_is_told_with_who_why_and_what(admin_client):
    act = make_agreement(summary_en="Signed by the two mayors.", signed="2005-05-27")

    edit(
        admin_client,
        act,
        "The release has a misprint",
        signed="2005-05",
        kind="memorandum",
        summary_en="Signed by both mayors.",
    )

    entry = history(admin_client, act)[0]
    (item,) = entry.items
    page = admin_client.get(url("history", act, act.pk))
    assert (entry.who, entry.reason) == ("admin", "The release has a misprint")
    assert [(d.label, d.before, d.after) for d in item.differences if not d.pieces] == [
        ("Kind", "Twinning", "Memorandum of understanding"),
        ("Signed", "27 May 2005", "May 2005"),
    ]
    assert "<del>the two</del><ins>both</ins>" in page.content.decode()


def test_what_is_saved_at_once_is_one_entry_with_all_its_parts_the_last_first(admin_client):
    act = make_draft()
    party = act.parties.first()
    Signatory.objects.create(party=party, name="Maria Rossi")
    place = f"parties-{0 if act.parties.all()[0] == party else 1}"

    edit(
        admin_client,
        act,
        title_en="Another title",
        **{f"{place}-name_en": "The city", f"{place}-signatories-0-name": "Maria Bianchi"},
    )
    edit(admin_client, act, title_en="A third title")

    second, first = history(admin_client, act)[:2]
    assert [item.model for item in second.items] == [Agreement]
    assert {item.model for item in first.items} == {Agreement, Party, Signatory}
    assert "Maria Bianchi" in {item.name for item in first.items}


def test_saving_without_a_change_is_not_told(admin_client):
    act = make_draft()
    before = len(history(admin_client, act))

    edit(admin_client, act, "no reason at all")

    assert len(history(admin_client, act)) == before


def test_what_was_loaded_can_be_had_again_after_the_first_change(admin_client, atlas):
    act = Agreement.objects.exclude(sectors=None).first()
    loaded = (act.title_en, set(act.sectors.all()))

    edit(admin_client, act, title_en="Typed by mistake", sectors=[])
    (found,) = versions(act, as_found=True)
    restore(admin_client, act, found)

    act.refresh_from_db()
    assert (act.title_en, set(act.sectors.all())) == loaded
    assert history(admin_client, act)[-1].is_first


def test_a_record_that_nobody_has_changed_says_so(admin_client, atlas):
    act = Agreement.objects.first()

    assert "Nothing has been changed here" in texts(admin_client.get(url("history", act, act.pk)))


def test_a_load_between_two_changes_is_told_as_such(admin_client, atlas):
    act = Agreement.objects.first()
    original = act.title_en
    edit(admin_client, act, title_en="Typed at the desk")
    call_command("load_atlas", PRESS_RELEASES, "--overwrite", verbosity=0)
    act.refresh_from_db()
    edit(admin_client, act, kind="other")

    last, load, first = history(admin_client, act)[:3]
    assert [d.label for d in last.items[0].differences] == ["Kind"]
    assert (load.is_found, load.who) == (True, "")
    assert [d.label for d in load.items[0].differences] == ["English title"]
    assert first.who == "admin"
    assert act.title_en == original


def test_what_a_load_has_overwritten_since_can_be_had_again(admin_client, atlas):
    act = Agreement.objects.first()
    edit(admin_client, act, title_en="Typed at the desk")
    quiet = texts(admin_client.get(url("history", act, act.pk)))
    call_command("load_atlas", PRESS_RELEASES, "--overwrite", verbosity=0)

    page = admin_client.get(url("history", act, act.pk))
    item = page.context["history"].entries[0].items[0]
    restore(admin_client, act, versions_of(Agreement).objects.get(pk=item.number))

    act.refresh_from_db()
    notice = "Since the last change that is told here something was changed"
    assert (notice in quiet, notice in texts(page)) == (False, True)
    assert (item.is_current, act.title_en) == (False, "Typed at the desk")


def test_an_earlier_version_comes_back_as_a_new_one_with_its_reason(admin_client):
    act = make_draft(title_en="The right title")
    (first, *_) = versions(act)
    edit(admin_client, act, title_en="A wrong title")
    count = len(versions(act))

    page = restore(admin_client, act, first, "as in the release")

    act.refresh_from_db()
    last = versions(act)[-1]
    assert act.title_en == "The right title"
    assert len(versions(act)) == count + 1
    assert re.fullmatch(
        r"Restored the version of .+: as in the release", last.history_change_reason
    )
    assert said(page)[-1:] == ["“The right title” is restored."]
    assert page.redirect_chain[-1][0] == url("history", act, act.pk)


def test_the_way_back_shows_first_what_it_would_change(admin_client):
    act = make_draft(title_en="The right title")
    (first, *_) = versions(act)
    edit(admin_client, act, title_en="The wrong title")

    page = admin_client.get(url("restore", act, first.pk))

    act.refresh_from_db()
    assert "The <del>wrong</del><ins>right</ins> title" in page.content.decode()
    assert act.title_en == "The wrong title"
    assert inline_code(page) == []


def test_going_back_publishes_and_withdraws_nothing(admin_client):
    act = make_agreement(title_en="Public title")
    public = versions(act)[-1]
    Agreement.objects.filter(pk=act.pk).update(state="draft", title_en="Draft title")

    restore(admin_client, act, public)

    act.refresh_from_db()
    assert (act.title_en, act.state) == ("Public title", "draft")


def test_what_is_deleted_of_an_agreement_is_seen_and_comes_back(admin_client):
    act = make_draft()
    party = act.parties.first()
    Signatory.objects.create(party=party, name="Maria Rossi")
    key = party.pk
    admin_client.post(url("delete", party, party.pk), {"post": "yes"})

    entry = history(admin_client, act)[0]
    (gone,) = versions_of(Party).objects.filter(id=key, history_type="-")
    restore(admin_client, party, gone)

    assert {(item.model, item.kind) for item in entry.items} == {(Party, "-"), (Signatory, "-")}
    assert Party.objects.get(pk=key).agreement == act
    assert [person.name for person in Party.objects.get(pk=key).signatories.all()] == [
        "Maria Rossi"
    ]


def test_a_deleted_draft_comes_back_with_its_parts_from_the_list(admin_client):
    sector = make_sector()
    act = make_draft(title_en="The lost draft", sectors=(sector,))
    key, parts = act.pk, (act.parties.count(), act.citations.count())
    admin_client.post(url("delete", act, act.pk), {"post": "yes"})

    listed = admin_client.get(url("deleted", Agreement))
    told = admin_client.get(url("history", Agreement, key))
    gone = listed.context["page"].object_list[0]
    restore(admin_client, Agreement, versions_of(Agreement).objects.get(pk=gone.number))

    back = Agreement.objects.get(pk=key)
    assert (gone.name, gone.who) == ("The lost draft", "admin")
    assert "This record is deleted." in texts(told)
    assert "/admin/relations/party/versions/" not in told.content.decode()  # comes back with it
    assert (back.title_en, back.state, list(back.sectors.all())) == (
        "The lost draft",
        "draft",
        [sector],
    )
    assert (back.parties.count(), back.citations.count()) == parts
    assert admin_client.get(url("deleted", Agreement)).context["page"].object_list == []


def test_an_earlier_version_of_what_is_deleted_comes_back_with_its_parts_too(admin_client):
    act = make_draft(title_en="First")
    party = act.parties.first()
    Signatory.objects.create(party=party, name="Maria Rossi")
    first, key = versions(act)[0], act.pk
    edit(admin_client, act, title_en="Second")
    admin_client.post(url("delete", act, act.pk), {"post": "yes"})

    restore(admin_client, Agreement, first)

    back = Agreement.objects.get(pk=key)
    assert (back.title_en, back.parties.count(), back.citations.count()) == ("First", 2, 1)
    assert Signatory.objects.get(party__agreement=back).name == "Maria Rossi"


def test_a_record_deleted_in_review_comes_back_as_a_draft(admin_client):
    act = make_reviewed()
    key = act.pk
    act.delete()

    restore(admin_client, Agreement, versions_of(Agreement).objects.filter(id=key).latest())

    assert Agreement.objects.get(pk=key).state == "draft"


def test_what_a_public_agreement_needs_is_not_restored_away(admin_client):
    act = make_agreement()
    party = next(p for p in act.parties.all() if p.place.country == "JP")
    Party.objects.filter(pk=party.pk).update(place=make_italian_city())
    party.refresh_from_db()
    party.name_en = "Typed"
    party.save()
    wrong = versions(party)[-1]
    japanese = act.partnership.japanese_place
    party.place = japanese
    party.save()

    page = restore(admin_client, party, wrong)

    party.refresh_from_db()
    assert party.place == japanese
    assert f"“{act}” has no party on the side of Japan." in texts(page)


def test_a_constraint_is_told_in_its_sentence(admin_client):
    act = make_draft()
    first = act.citations.first()
    preferred = versions(first)[-1]
    first.preferred = False
    first.save()
    make_citation(agreement=act, field=first.field, stated="another day", preferred=True)

    page = restore(admin_client, first, preferred)

    first.refresh_from_db()
    assert not first.preferred
    assert "Another citation of this fact is already the preferred one." in texts(page)


def test_what_belongs_to_a_deleted_record_waits_for_it(admin_client):
    act = make_draft(title_en="The lost draft")
    party = act.parties.first()
    key = party.pk
    party.delete()
    act.delete()
    gone = versions_of(Party).objects.filter(id=key).latest()

    page = restore(admin_client, Party, gone)

    assert not Party.objects.filter(pk=key).exists()
    assert "Agreement: “The lost draft” is no longer there. Restore that first." in texts(page)


def test_what_is_gone_of_a_list_is_named_and_left_out(admin_client):
    sector = make_sector(name_en="Silk")
    act = make_draft(sectors=(sector,), title_en="Right")
    full = versions(act)[-1]
    edit(admin_client, act, title_en="Wrong", sectors=[])
    sector.delete()

    asked = admin_client.get(url("restore", act, full.pk))
    restore(admin_client, act, full)

    act.refresh_from_db()
    assert "No longer there, and not restored with it: Silk" in texts(asked)
    assert (act.title_en, act.sectors.count()) == ("Right", 0)


@pytest.mark.parametrize(
    ("role", "state", "status"),
    [
        ("viewer", "draft", 403),
        ("editor", "draft", 200),
        ("editor", "published", 403),
        ("publisher", "published", 200),
    ],
)
def test_only_who_may_change_a_record_may_bring_it_back(signed_in, role, state, status):
    act = make_agreement(state=state, title_en="Right")
    right = versions(act)[-1]
    act.title_en = "Wrong"
    act.save()
    client = signed_in(role)

    seen = client.get(url("history", act, act.pk))
    done = restore(client, act, right)

    act.refresh_from_db()
    assert seen.status_code == 200
    assert ("Restore this version" in texts(seen)) is (status == 200)
    assert (done.status_code, act.title_en) == (status, "Right" if status == 200 else "Wrong")


def test_an_editor_does_not_bring_back_a_part_of_what_is_public(signed_in):
    act = make_agreement()
    party = act.parties.create(place=make_italian_city())
    key = party.pk
    party.delete()

    page = restore(signed_in("editor"), Party, versions_of(Party).objects.filter(id=key).latest())

    assert not Party.objects.filter(pk=key).exists()
    assert "only publishers may change it" in texts(page)


def test_who_may_see_nothing_sees_no_history():
    act = make_draft()
    User.objects.create_user("nobody", is_staff=True)
    client = Client()
    client.force_login(
        User.objects.get(username="nobody"), backend="django.contrib.auth.backends.ModelBackend"
    )

    pages = [
        url("history", act, act.pk),
        url("deleted", act),
        url("restore", act, versions(act)[0].pk),
    ]

    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


def test_the_history_outlasts_the_account(admin_client, admin_user):
    act = make_draft()
    edit(admin_client, act, title_en="Another title")
    number = admin_user.pk
    other = User.objects.create_superuser("other")
    admin_user.delete()
    client = Client(headers={"accept-language": "en"})
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")

    assert f"account {number}, which is deleted" in texts(client.get(url("history", act, act.pk)))


def test_what_another_changes_while_the_page_is_open_is_not_restored_away(admin_client):
    act = make_draft(title_en="First")
    edit(admin_client, act, title_en="Second")
    address = url("restore", act, versions(act)[-2].pk)
    seen = admin_client.get(address).context["plan"].digest
    edit(admin_client, act, summary_en="Written meanwhile.")

    page = admin_client.post(address, {"seen": seen})

    act.refresh_from_db()
    assert "The record has been changed meanwhile." in texts(page)
    assert (act.title_en, act.summary_en) == ("Second", "Written meanwhile.")
    again = page.context["plan"].digest
    assert admin_client.post(address, {"seen": again}).status_code == 302


def test_the_address_of_what_is_public_stays_when_an_earlier_version_comes_back(admin_client):
    act = make_draft(slug="old")
    edit(admin_client, act, slug="new", title_en="New title")
    edit(admin_client, act, title_en="Public title", _step="published")

    restore(admin_client, act, versions(act)[-2])

    act.refresh_from_db()
    assert (act.state, act.title_en, act.slug) == ("published", "New title", "new")


def test_the_reason_that_was_typed_stands_beside_the_step(admin_client):
    act = make_draft()

    edit(admin_client, act, "Read by both offices", _step="published")

    reason = history(admin_client, act)[0].reason
    assert [part in reason for part in ("Read by both offices", "Publish")] == [True, True]


def test_each_step_of_publication_is_told_by_its_verb(admin_client):
    act = make_draft()
    steps = [
        ("send_to_review", {}),
        ("publish", {}),
        ("withdraw", {"reason": "given", "it": "Mai firmato.", "ja": "", "en": "Never signed."}),
        ("back_to_draft", {}),
    ]
    for action, more in steps:
        rows = {"action": action, "_selected_action": [act.pk]}
        admin_client.post(url("changelist", act), rows | more)

    entries = history(admin_client, act)[:4]
    assert [entry.reason for entry in reversed(entries)] == [
        "Send to review",
        "Publish",
        "Withdraw: Mai firmato. / Never signed.",
        "Back to draft",
    ]
    assert {entry.who for entry in entries} == {"admin"}


def test_a_preference_that_passes_to_another_citation_is_told_as_it_was(admin_client):
    act = make_draft()
    first = act.citations.first()
    second = make_citation(agreement=act, field=first.field, stated="28 May", preferred=False)
    order = [citation.pk for citation in act.citations.all()]
    old, new = order.index(first.pk), order.index(second.pk)

    edit(
        admin_client,
        act,
        **{f"citations__{old}__preferred": "", f"citations__{new}__preferred": "on"},
    )

    items = history(admin_client, act)[0].items
    assert {(item.differences[0].before, item.differences[0].after) for item in items} == {
        ("Yes", "No"),
        ("No", "Yes"),
    }
    assert [v.as_found for v in versions(first)] == [False, False]


def test_a_reason_that_was_typed_stays_when_the_form_is_refused(admin_client):
    act = make_draft()
    address = url("change", act, act.pk)
    values = form_values(admin_client.get(address))

    page = admin_client.post(address, values | {"signed": "soon", "change_reason": "I had to"})

    assert page.status_code == 200
    assert 'value="I had to"' in page.content.decode()
    assert len(versions(act)) == len(versions(Agreement.objects.get(pk=act.pk)))


@pytest.mark.parametrize("name", MODELS)
def test_every_record_has_a_history_and_a_list_of_what_is_deleted(admin_client, name):
    record = make_one_of_each()[name]

    pages = [
        admin_client.get(url("history", record, record.pk)),
        admin_client.get(url("deleted", record)),
        admin_client.get(url("restore", record, versions(record)[0].pk)),
        admin_client.get(url("change", record, record.pk)),
    ]

    assert [page.status_code for page in pages] == [200] * 4
    assert [inline_code(page) for page in pages[:3]] == [[]] * 3
    assert 'name="change_reason"' in pages[3].content.decode()
    assert url("deleted", record) in admin_client.get(url("changelist", record)).content.decode()


@pytest.mark.parametrize("page", ["?page=0", "?page=9", "?page=x"])
def test_a_page_that_is_not_there_is_not_found(admin_client, page):
    act = make_draft()

    assert admin_client.get(url("history", act, act.pk) + page).status_code == 404
    assert admin_client.get(url("history", act, 987_654)).status_code == 404
    assert admin_client.get(url("history", act, "9" * 23)).status_code == 404
    assert admin_client.get(url("restore", act, 987_654)).status_code == 404


def test_a_long_history_is_paged_and_takes_no_more_queries_than_a_short_one():
    act = make_draft()
    cities, sectors = (
        cycle([make_italian_city() for _n in range(3)]),
        cycle([make_sector(), make_sector()]),
    )

    def change(n):
        with one_change(f"change {n}"):
            act.title_en = f"Title {n}"
            act.signed_at = next(cities)
            act.save()
            act.sectors.set([next(sectors)])
            citation = act.citations.first()
            citation.stated = f"{n}"
            citation.save()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            told = history_of(Agreement, act.pk)
        return len(asked), told

    for n in range(3):
        change(n)
    few, _told = queries()
    for n in range(200):
        change(n)
    many, told = queries()

    assert many <= few
    assert len(told.entries) == 25
    assert told.entries[0].reason == "change 199"


def test_an_event_and_a_partnership_tell_of_their_citations(admin_client):
    partnership = make_partnership()
    event = make_event(partnerships=(partnership,))
    make_citation(
        partnership=partnership, field="summary", stated="x", source=make_source(title="Il Secolo")
    )
    citation = event.citations.first()
    edit(admin_client, citation, stated="2020")

    assert history(admin_client, event)[0].items[0].model is Citation
    assert "Il Secolo" in history(admin_client, partnership)[0].items[0].name


def test_what_a_version_refers_to_is_named_when_it_is_gone(admin_client):
    source = make_source(title="The lost release", publisher="")
    act = make_draft()
    citation = make_citation(agreement=act, field="kind", stated="x", source=source)
    citation.delete()
    source.delete()

    items = [item for entry in history(admin_client, act) for item in entry.items]

    assert not Source.objects.filter(title="The lost release").exists()
    assert "The lost release · Kind" in {item.name for item in items}


def test_a_history_of_an_event_names_its_partnerships(admin_client):
    event = make_event()
    partnership = make_partnership()
    with one_change():
        event.partnerships.add(partnership)

    (difference,) = history(admin_client, event)[0].items[0].differences
    assert [(piece.text, piece.mark) for piece in difference.pieces] == [(str(partnership), "ins")]
    assert Event.objects.get(pk=event.pk).partnerships.count() == 1
