"""Two editors at one record: who saves second is told what the first has changed, and loses nothing."""

import json
import re

import pytest
from django.urls import reverse

from relations.enums import Language, PublicationState
from relations.models import Partnership, PlaceName
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_partnership,
    make_sector,
    make_source,
)
from tests.relations.admin.rows import (
    errors,
    form_values,
    inline_code,
    make_draft,
    make_one_of_each,
    post_and_confirm,
)

pytestmark = pytest.mark.django_db

FIRST = (
    "This record has been changed since you opened it, and nothing of yours is saved yet. What "
    "you typed is still here: compare it with this, correct it and save again."
)


def url(row):
    """The page of a record."""
    return reverse(f"admin:relations_{row._meta.model_name}_change", args=(row.pk,))  # noqa: SLF001 # documented API


def opened(client, row):
    """What a browser would send back from the page of a record, the stamp included."""
    page = client.get(url(row))
    return form_values(page) | {"seen": page.context["seen"]}


def told(page):
    """The sentences, with any time of day as 0:00."""
    return [re.sub(r"\d+(:\d+)? [ap]\.m\.|noon|midnight", "0:00", s) for s in errors(page)[""]]


@pytest.fixture
def two(signed_in):
    """Two who may change everything."""
    return signed_in("publisher"), signed_in("superuser")


def test_who_saves_second_is_told_what_the_first_has_changed(two):
    one, other = two
    act = make_draft(title_en="The act")
    mine, theirs = opened(one, act), opened(other, act)
    post_and_confirm(other, url(act), theirs | {"title_en": "Their title", "kind": "memorandum"})

    page = one.post(url(act), mine | {"title_en": "My title", "title_it": "Il mio titolo"})

    assert told(page) == [
        FIRST,
        "superuser, 0:00: Changed Kind and English title.",
        "It now says of “English title”: Their title",
        "It now says of “kind”: Memorandum of understanding",
    ]
    form = page.context["adminform"].form
    assert (form["title_en"].value(), form["title_it"].value()) == ("My title", "Il mio titolo")
    act.refresh_from_db()
    assert (act.title_en, act.title_it != "Il mio titolo") == ("Their title", True)
    assert inline_code(page) == []


def test_who_has_been_told_can_save(two):
    one, other = two
    act = make_draft()
    mine, theirs = opened(one, act), opened(other, act)
    other.post(url(act), theirs | {"title_en": "Their title"})
    page = one.post(url(act), mine | {"title_en": "My title"})

    again = one.post(url(act), form_values(page) | {"seen": page.context["seen"]})

    act.refresh_from_db()
    assert (again.status_code, act.title_en) == (302, "My title")


def test_what_is_wrong_otherwise_does_not_make_an_old_form_new(two):
    one, other = two
    act = make_draft()
    mine = opened(one, act)
    other.post(url(act), opened(other, act) | {"title_en": "Their title"})

    wrong = one.post(url(act), mine | {"signed": "2005-13", "title_en": "My title"})
    assert list(errors(wrong)) == ["signed"]
    page = one.post(
        url(act), form_values(wrong) | {"seen": wrong.context["seen"], "signed": "2005"}
    )

    assert told(page)[0] == FIRST
    act.refresh_from_db()
    assert act.title_en == "Their title"


def test_who_saves_twice_is_not_told_of_the_own_change(two):
    one, _other = two
    act = make_draft()
    one.post(url(act), opened(one, act) | {"title_en": "First", "_continue": "1"})

    answer = one.post(url(act), opened(one, act) | {"title_en": "Second"})

    act.refresh_from_db()
    assert (answer.status_code, act.title_en) == (302, "Second")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"citations-0-stated": "27 maggio 2005"}, "Changed Stated for citation “{citation}”."),
        ({"parties-0-name_en": "City hall"}, "Changed English name for party “City hall”."),
        ({"sectors": "{sector}"}, "Changed Sectors."),
    ],
)
def test_a_change_of_what_hangs_on_it_is_a_change_of_the_record(two, change, said):
    one, other = two
    act, sector = make_draft(), make_sector()
    mine, theirs = opened(one, act), opened(other, act)
    other.post(url(act), theirs | {k: v.format(sector=sector.pk) for k, v in change.items()})

    page = one.post(url(act), mine)

    assert page.status_code == 200
    assert told(page)[0] == FIRST
    assert told(page)[1].startswith("superuser, 0:00: Changed ")
    assert said.split("“")[0] in told(page)[1]


def test_a_step_of_another_is_a_change(two):
    one, other = two
    act = make_draft()
    mine = opened(one, act)
    other.post(
        reverse("admin:relations_agreement_changelist"),
        {"action": "send_to_review", "_selected_action": [act.pk]},
    )

    page = one.post(url(act), mine | {"_step": "published"})

    assert told(page) == [
        FIRST,
        "superuser, 0:00: Changed publication.",
        "It now says of “publication”: In review",
    ]
    act.refresh_from_db()
    assert act.state == PublicationState.REVIEW


def test_a_change_that_the_desk_has_not_made_is_found_too(two):
    one, _other = two
    partnership = make_partnership(summary_en="Old.")
    mine = opened(one, partnership)
    Partnership.objects.filter(pk=partnership.pk).update(summary_en="New. " + "x" * 300)

    page = one.post(url(partnership), mine)

    assert told(page) == [
        FIRST,
        f"It now says of “English summary”: New. {'x' * 295}…",
    ]


def test_a_spelling_that_another_has_added_is_a_change_of_the_place(two):
    one, other = two
    place = make_partnership().italian_place
    mine, theirs = opened(one, place), opened(other, place)
    new = {"spellings-TOTAL_FORMS": 1, "spellings-0-text": "Altra", "spellings-0-language": "it"}
    other.post(url(place), theirs | new)

    page = one.post(url(place), mine)

    assert PlaceName.objects.get().language == Language.ITALIAN
    assert told(page)[0] == FIRST
    assert len(told(page)) == 2


def test_what_another_has_changed_on_a_page_of_its_own_is_a_change_of_the_record(two):
    one, other = two
    act = make_draft()
    citation, party = act.citations.get(), act.parties.first()
    mine = opened(one, act)
    other.post(url(citation), opened(other, citation) | {"stated": "maggio 2005"})
    other.post(url(party), opened(other, party) | {"name_en": "City hall"})

    page = one.post(url(act), mine | {"title_en": "My title"})

    party.refresh_from_db()
    citation.refresh_from_db()
    assert told(page) == [
        FIRST,
        f"Changed meanwhile, party: {party}",
        f"Changed meanwhile, citation: {citation}",
    ]
    assert (citation.stated, party.name_en) == ("maggio 2005", "City hall")
    again = one.post(url(act), form_values(page) | {"seen": page.context["seen"]})
    assert again.status_code == 302


def test_a_part_that_another_has_removed_is_a_change_too(two):
    one, _other = two
    partnership = make_partnership()
    citation = make_citation(partnership=partnership, field="summary", stated="x")
    mine = opened(one, partnership)
    citation.delete()

    page = one.post(url(partnership), mine)
    again = form_values(page) | {"seen": page.context["seen"]}
    saved = one.post(url(partnership), again | {"citations-0-DELETE": "on", "summary_en": "New."})

    assert told(page) == [
        FIRST,
        "1 of the rows below has been removed meanwhile: tick “Delete” there too.",
    ]
    partnership.refresh_from_db()
    assert (saved.status_code, partnership.summary_en) == (302, "New.")


def test_every_form_is_stamped(admin_client):
    for row in make_one_of_each().values():
        page = admin_client.get(url(row))

        assert set(json.loads(page.context["seen"])) == {"read", "sums", "parts"}
        assert 'name="seen"' in page.content.decode()
        values = form_values(page) | {"seen": page.context["seen"]}
        assert post_and_confirm(admin_client, url(row), values).status_code == 302


@pytest.mark.parametrize("seen", ["", "{", "[]", "7", '{"read": "x"}', '{"read": "2026-01-01"}'])
def test_a_stamp_that_cannot_be_read_is_none(admin_client, seen):
    source = make_source()

    answer = admin_client.post(
        url(source), opened(admin_client, source) | {"seen": seen, "title": "New"}
    )

    source.refresh_from_db()
    assert (answer.status_code, source.title) == (302, "New")


def test_a_new_record_has_no_stamp(admin_client):
    page = admin_client.get(reverse("admin:relations_source_add"))

    assert 'name="seen"' not in page.content.decode()


# Addresses last


@pytest.mark.parametrize("role", ["publisher", "superuser"])
@pytest.mark.parametrize("name", ["agreement", "event", "partnership", "place", "source"])
def test_the_address_of_what_is_public_is_changed_by_nobody(signed_in, role, name):
    client, row = signed_in(role), make_one_of_each()[name]
    before = row.slug

    page = post_and_confirm(client, url(row), opened(client, row) | {"slug": "elsewhere"})

    assert errors(page) == {
        "slug": [f"It is or was public at the address “{before}”, which lasts: links lead there."]
    }
    row.refresh_from_db()
    assert row.slug == before


def test_nor_is_that_of_what_was_public(signed_in):
    client = signed_in("publisher")
    act = make_agreement(state="withdrawn")
    revised = make_event(state="draft", withdrawn_on="2026-11-08")
    rows = [
        act,
        revised,
        act.partnership,
        act.citations.get().source,
        act.partnership.italian_place,
    ]

    found = [
        errors(post_and_confirm(client, url(row), opened(client, row) | {"slug": "elsewhere"}))
        for row in rows
    ]

    assert [list(each) for each in found] == [["slug"]] * 5


def test_an_address_that_is_left_empty_does_not_become_another(signed_in):
    client, act = signed_in("publisher"), make_agreement()

    page = client.post(url(act), opened(client, act) | {"slug": ""})

    assert list(errors(page)) == ["slug"]


def test_the_address_of_what_was_never_public_can_be_changed(signed_in):
    client, act = signed_in("editor"), make_draft()
    rows = [act, act.partnership, act.partnership.italian_place, act.citations.get().source]

    for n, row in enumerate(rows):
        answer = post_and_confirm(client, url(row), opened(client, row) | {"slug": f"new-{n}"})

        assert answer.status_code == 302
        row.refresh_from_db()
        assert row.slug == f"new-{n}"
