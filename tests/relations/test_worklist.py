"""What there is to do is found by the rules of the public report, drafts included, for whom it concerns."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User

from relations.enums import CitedField, Country, LinkResult, PublicationState, Renewal
from relations.models import Agreement, DatasetVersion, LinkCheck, Signatory
from relations.quality import quality
from relations.worklist import Matter, Worklist, rows_of
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_partnership,
    make_sector,
    make_source,
)
from tests.relations.admin.rows import make_draft, make_reviewed

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)
YESTERDAY = date(2025, 11, 30)


@pytest.fixture
def everybody():
    """Who may do everything."""
    return User.objects.create_user("super", is_superuser=True)


@pytest.fixture
def found(everybody):
    """What there is to do of a matter: for each record its points, and where these lead."""

    def of(matter, user=everybody):
        tasks = Worklist(user, TODAY).tasks[matter]
        return {
            row.record: [(point.words, point.anchor) for point in row.points]
            for row in rows_of({matter: tasks})[matter]
        }

    return of


def complete(**fields):
    """A public agreement with nothing to do, nor on its partnership."""
    act = make_agreement(
        **{"partnership": make_partnership(summary_it="Sì.", summary_ja="はい。")} | fields
    )
    make_citation(agreement=act, field=CitedField.RECORD, stated="", preferred=False)
    return act


def test_a_complete_atlas_leaves_nothing_to_do(everybody):
    complete()

    assert Worklist(everybody, TODAY).tasks == {matter: [] for matter in Matter}


def test_the_matters_are_in_the_order_of_urgency(everybody):
    assert list(Worklist(everybody, TODAY).tasks) == list(Matter)


# Drafts, and what is in review


def test_what_is_in_review_says_what_it_lacks(found):
    whole, bare = make_reviewed(), make_reviewed(title_it="", title_ja="", title_en="Bare")
    bare.citations.all().delete()
    bare.parties.filter(place__country=Country.JAPAN).delete()
    nameless = make_event(state="review", slug="e", title_it="", title_ja="", title_en="")
    nameless.citations.all().delete()

    assert found(Matter.REVIEW) == {
        whole: [],
        bare: [
            ("“Bare” has no party on the side of Japan.", "parties-group"),
            ("“Bare” cites no source.", "citations-group"),
        ],
        nameless: [
            ("“e” concerns no partnership and no place.", "id_partnerships"),
            ("“e” cites no source.", "citations-group"),
            ("“e” has no title in any language.", "id_title_en"),
        ],
    }


def test_what_waits_longest_comes_first(found):
    new, old, event = make_draft(), make_draft(), make_event(state=PublicationState.DRAFT)
    for days, record in enumerate((old, event, new), 1):
        type(record).objects.filter(pk=record.pk).update(changed=f"2025-01-0{days}T00:00Z")

    assert list(found(Matter.DRAFT)) == [old, event, new]


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_is_neither_draft_nor_in_review_does_not_wait(found, state):
    make_agreement(state=state)

    assert (found(Matter.REVIEW), found(Matter.DRAFT)) == ({}, {})


# Conflicts


def dispute(act, preferred):
    """Another value of the date of an agreement."""
    act.citations.update(preferred=preferred)
    make_citation(agreement=act, field=CitedField.SIGNED, stated="2006", preferred=False)


def test_a_conflict_that_nobody_has_decided_is_found(found):
    act = make_draft()
    make_citation(agreement=act, field=CitedField.KIND, stated="gemellaggio")
    dispute(act, preferred=False)

    (row,) = found(Matter.CONFLICT).items()

    values = {
        "Date of signature: “2005-05-27” – “2006”",
        "Date of signature: “2006” – “2005-05-27”",
    }
    ((words, anchor),) = row[1]
    assert (row[0], anchor) == (act, "id_citations-1-preferred")  # after the kind
    assert words in values


def test_a_conflict_that_is_decided_is_none(found):
    dispute(make_agreement(), preferred=True)

    assert found(Matter.CONFLICT) == {}
    assert len(quality(TODAY).conflicts) == 1


def test_each_fact_in_conflict_is_a_task_of_its_own(everybody):
    act = make_agreement()
    dispute(act, preferred=False)
    for stated in ("gemellaggio", "patto"):
        make_citation(agreement=act, field=CitedField.KIND, stated=stated, preferred=False)

    names = [task.names for task in Worklist(everybody, TODAY).tasks[Matter.CONFLICT]]
    assert names == [("kind",), ("signed",)]


# Sources


def test_a_record_that_cites_nothing_comes_first(found):
    part, event, act = make_agreement(slug="a"), make_event(), make_draft(slug="z")
    for record in (event, act):
        record.citations.all().delete()

    rows = found(Matter.SOURCE)

    assert list(rows) == [act, event, act.partnership, part]
    assert rows[event] == [("It cites no source.", "citations-group")]
    assert rows[part] == [
        ("Kind: no source", "citations-group"),
        ("Parties: no source", "citations-group"),
    ]


def test_what_is_told_of_a_partnership_supports_it(found):
    told, quiet = make_partnership(), make_partnership()
    make_event(partnerships=(told,))

    assert list(found(Matter.SOURCE)) == [quiet]


def test_every_fact_that_is_filled_in_needs_a_source(everybody):
    act = make_agreement(
        signed_at=make_italian_city(),
        term_months=60,
        renewal=Renewal.AUTOMATIC,
        ended="2015",
        summary_ja="概要",
        sectors=(make_sector(),),
    )
    Signatory.objects.create(party=act.parties.first(), name="Maria Rossi")
    act.citations.all().delete()
    make_citation(agreement=act, field=CitedField.SECTORS, stated="cultura")

    (task,) = Worklist(everybody, TODAY).tasks[Matter.SOURCE]

    assert task.names == (
        "kind",
        "signed",
        "signed_at",
        "parties",
        "signatories",
        "term",
        "renewal",
        "ended",
        "summary",
    )


def test_a_source_of_the_record_as_a_whole_supports_every_fact(found):
    complete()

    assert found(Matter.SOURCE) == {}


# Addresses


def fail(url, result=LinkResult.GONE, **found):
    """Let an address fail."""
    LinkCheck.note(url, TODAY, result, **found)


def test_an_address_that_leads_nowhere_is_found(found):
    source = make_source(url="https://example.org/1")
    make_source(url="https://example.org/2")
    fail(source.url, status=404)

    assert found(Matter.LINK) == {source: [("URL: Gone (404)", "id_url")]}


def test_a_copy_that_is_there_stands_in_for_the_address(found):
    source = make_source(url="https://example.org/1", archived_url="https://example.org/2")
    fail(source.url)

    before = found(Matter.LINK)
    fail(source.archived_url, status=410)

    assert before == {}
    assert found(Matter.LINK) == {
        source: [("URL: Gone", "id_url"), ("Archived copy: Gone (410)", "id_archived_url")]
    }


def test_a_first_failure_is_not_yet_work(found):
    source = make_source(url="https://example.org/1")
    LinkCheck.note(source.url, YESTERDAY, LinkResult.NO_ANSWER)

    before = found(Matter.LINK)
    fail(source.url, LinkResult.NO_ANSWER)

    assert (before, list(found(Matter.LINK))) == ({}, [source])


# Translations, dates, age


def test_each_text_that_is_missing_leads_to_its_field(found):
    partnership = make_partnership(summary_it="Sommario.", summary_ja="", summary_en="Summary.")
    act = make_draft(partnership=partnership, title_ja="", summary_en="Summary.")

    assert found(Matter.TRANSLATION) == {
        act: [
            ("Japanese title: missing", "id_title_ja"),
            ("Italian summary: missing", "id_summary_it"),
            ("Japanese summary: missing", "id_summary_ja"),
        ],
        partnership: [("Japanese summary: missing", "id_summary_ja")],
    }


@pytest.mark.parametrize(
    ("when", "said"), [("2005-05", "May 2005"), ("2005", "2005"), ("", "date unknown")]
)
def test_a_date_not_to_the_day_leads_to_its_field(found, when, said):
    act = make_draft(signed=when)
    event = make_event(start=when)

    assert found(Matter.DATE) == {
        act: [(f"Date of signature: {said}", "id_signed")],
        event: [(f"Date: {said}", "id_start")],
    }


def test_what_is_not_verified_stands_by_the_day_of_its_newest_source(found):
    acts = {}
    for published in ("2024-03", "", "2019-05-01", "2025-06"):
        acts[published] = act = make_agreement()
        act.citations.update(source=make_source(published=published))

    rows = {r: p for r, p in found(Matter.AGE).items() if isinstance(r, Agreement)}

    assert list(rows.items()) == [
        (acts[""], [("no dated source", "citations-group")]),
        (acts["2019-05-01"], [("Last verified: 1 May 2019", "citations-group")]),
        (acts["2024-03"], [("Last verified: 31 March 2024", "citations-group")]),
    ]


def test_the_source_of_a_draft_verifies_its_partnership(found):
    partnership = make_partnership()
    make_agreement(partnership=partnership).citations.update(source=make_source(published="2001"))
    make_draft(partnership=partnership)

    assert partnership not in found(Matter.AGE)
    assert partnership in [row.record for row in quality(TODAY).unverified]


# What is left out


def test_what_is_withdrawn_is_no_work(everybody):
    act = make_agreement(state="withdrawn", signed="2005", title_ja="")
    dispute(act, preferred=False)
    event = make_event(state="withdrawn", partnerships=(act.partnership,), start="")
    event.citations.all().delete()

    tasks = Worklist(everybody, TODAY).tasks

    assert {task.kind for matter in Matter for task in tasks[matter]} == set()


def test_what_is_worked_on_again_is(everybody):
    act = make_draft(withdrawn_on=YESTERDAY, signed="2005")

    keys = [task[:2] for task in Worklist(everybody, TODAY).tasks[Matter.DATE]]
    assert keys == [("agreement", act.pk)]


def test_a_record_that_is_deleted_meanwhile_has_no_row(everybody):
    act = make_draft()
    tasks = Worklist(everybody, TODAY).tasks[Matter.DRAFT]
    act.delete()

    assert rows_of({Matter.DRAFT: tasks}) == {Matter.DRAFT: []}


# For whom


def able(*codenames):
    """Someone with these permissions."""
    user = User.objects.create_user("able")
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return user


CHANGES = ("change_agreement", "change_event", "change_partnership", "change_source")
PUBLISHES = ("publish_agreement", "publish_event")


def weak():
    """A draft, one in review and a public act, each of another partnership and not to the day."""
    return [make_agreement(signed="2005", state=s) for s in ("draft", "review", "published")]


def open_to(user, matter):
    """The keys of agreements, and how many tasks are left to others."""
    worklist = Worklist(user, TODAY)
    keys = [task.key for task in worklist.tasks[matter] if task.kind == "agreement"]
    return keys, worklist.left[matter]


def test_editors_work_on_drafts_and_see_what_is_in_review():
    draft, review, _public = weak()
    user = able(*CHANGES)

    assert open_to(user, Matter.DATE) == ([draft.pk], 2)
    assert open_to(user, Matter.REVIEW) == ([review.pk], 0)
    assert open_to(user, Matter.DRAFT) == ([draft.pk], 0)


def test_publishers_work_on_everything():
    acts = weak()

    assert open_to(able(*CHANGES, *PUBLISHES), Matter.DATE) == ([act.pk for act in acts], 0)


def test_who_publishes_events_alone_does_not_work_on_public_agreements():
    draft, _review, _public = weak()
    event = make_event(start="2005")
    user = able(*CHANGES, "publish_event")

    assert open_to(user, Matter.DATE) == ([draft.pk], 2)
    assert ("event", event.pk) in [t[:2] for t in Worklist(user, TODAY).tasks[Matter.DATE]]


def test_who_may_change_nothing_has_nothing_to_do():
    weak()
    worklist = Worklist(able("view_agreement"), TODAY)

    assert worklist.tasks == {matter: [] for matter in Matter}
    assert worklist.left == dict.fromkeys(Matter, 0)


def test_partnerships_and_sources_that_the_public_sees_are_for_publishers(everybody):
    public, quiet = make_agreement(), make_draft()
    for act in (public, quiet):
        act.citations.update(source=make_source(url="https://example.org/", published="2001"))
    fail("https://example.org/")

    tasks = Worklist(everybody, TODAY).tasks

    partnerships = {t.key: t.flaws.is_guarded for t in tasks[Matter.AGE] if t.kind == "partnership"}
    sources = {t.key: t.flaws.is_guarded for t in tasks[Matter.LINK]}
    assert partnerships == {public.partnership_id: True, quiet.partnership_id: False}
    assert sources == {
        public.citations.get().source_id: True,
        quiet.citations.get().source_id: False,
    }


# What is kept


def test_what_is_read_is_kept_until_the_data_change(everybody, django_assert_num_queries):
    act = make_draft(signed="2005")
    Worklist(everybody, TODAY)

    with django_assert_num_queries(2):  # the version, the addresses that fail
        before = Worklist(everybody, TODAY).tasks[Matter.DATE]
    Agreement.objects.filter(pk=act.pk).update(
        signed="2005-05-27", signed_earliest="2005-05-27", signed_latest="2005-05-27"
    )

    assert (len(before), Worklist(everybody, TODAY).tasks[Matter.DATE]) == (1, [])


def test_without_a_version_nothing_is_kept(everybody):
    DatasetVersion.objects.all().delete()
    Worklist(everybody, TODAY)
    act = make_draft(signed="2005")
    DatasetVersion.objects.all().delete()

    assert [task.key for task in Worklist(everybody, TODAY).tasks[Matter.DATE]] == [act.pk]


def test_the_whole_dataset_has_as_much_to_do_as_the_report_says(whole_atlas, everybody):
    tasks, whole = Worklist(everybody, TODAY).tasks, quality(TODAY)

    assert (len(tasks[Matter.DATE]), len(tasks[Matter.AGE])) == (
        len(whole.imprecise),
        len(whole.unverified),
    )
    assert {matter: len(tasks[matter]) for matter in (Matter.CONFLICT, Matter.SOURCE)} == {
        Matter.CONFLICT: 0,
        Matter.SOURCE: 0,
    }
