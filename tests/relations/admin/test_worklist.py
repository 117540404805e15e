"""The desk's first page says what there is to do, to whom it concerns, and leads to the very field."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from bench.flaws import leave_work
from bench.synthetic import fill
from relations.enums import CitedField, LinkResult
from relations.models import Agreement, LinkCheck
from relations.worklist import Matter
from tests.factories import make_agreement, make_citation, make_event, make_partnership, make_source
from tests.relations.admin.rows import inline_code, make_draft, make_reviewed

pytestmark = pytest.mark.django_db


def lines(page, matter=None):
    """What a page shows of a matter: for each record its words, and the addresses that they lead to."""
    shown = (
        page.context["lines"]
        if matter is None
        else next((s.lines for s in page.context["sections"] if s.matter == matter), [])
    )
    return {
        line.row.record: [(point.words, url) for point, url in line.points] or line.words
        for line in shown
    }


def form(record):
    """The address of the form of a record."""
    return f"/admin/relations/{type(record).__name__.lower()}/{record.pk}/change/"


def make_flaws():
    """A record for each matter."""
    source = make_source(url="https://example.org/")
    LinkCheck.note(source.url, timezone.localdate(), LinkResult.GONE, status=404)
    review, draft = make_reviewed(), make_draft(signed="2005", title_ja="")
    draft.citations.update(preferred=False)
    make_citation(agreement=draft, field=CitedField.SIGNED, stated="2006", preferred=False)
    make_event(partnerships=(draft.partnership,), start="")
    return review, draft


def test_the_index_shows_each_matter_with_its_number_in_the_order_of_urgency(signed_in):
    make_flaws()

    page = signed_in("superuser").get("/admin/")

    sections = [(section.matter, section.size) for section in page.context["sections"]]
    assert sections == [
        (Matter.REVIEW, 1),
        (Matter.DRAFT, 1),
        (Matter.CONFLICT, 1),
        (Matter.SOURCE, 2),
        (Matter.LINK, 1),
        (Matter.TRANSLATION, 3),
        (Matter.DATE, 2),
        (Matter.AGE, 5),
    ]
    assert inline_code(page) == []


def test_the_models_of_django_stand_beside_it(signed_in):
    page = signed_in("editor").get("/admin/")

    assert "/admin/relations/agreement/add/" in page.content.decode()
    assert page.context["title"] == "What there is to do"
    assert "There is nothing to do." in page.content.decode()


def test_what_is_in_review_says_to_publishers_what_they_can_do(signed_in):
    whole, bare = make_reviewed(), make_reviewed(title_en="Bare")
    bare.citations.all().delete()

    rows = lines(signed_in("publisher").get("/admin/"), Matter.REVIEW)

    assert rows == {
        whole: "It can be published now.",
        bare: [("“Bare” cites no source.", f"{form(bare)}#citations-group")],
    }


def test_editors_see_what_waits_for_a_publisher_without_links_to_fields(signed_in):
    whole, bare = make_reviewed(), make_reviewed(title_en="Bare")
    bare.citations.all().delete()

    rows = lines(signed_in("editor").get("/admin/"), Matter.REVIEW)

    assert rows == {whole: "It waits for a publisher.", bare: [("“Bare” cites no source.", "")]}


def test_a_draft_that_is_complete_can_be_sent_to_review(signed_in):
    draft = make_draft()

    rows = lines(signed_in("editor").get("/admin/"), Matter.DRAFT)

    assert rows == {draft: "It has all that it takes and can be sent to review."}


def test_what_editors_may_not_change_is_counted_and_not_shown(signed_in):
    draft, public = make_draft(signed="2005"), make_agreement(signed="2005")
    client = signed_in("editor")

    page, index = client.get("/admin/worklist/date/"), client.get("/admin/")

    assert list(lines(page)) == [draft]
    assert page.context["left"] == 1
    sentence = "1 other concerns what is in review or public, which publishers change."
    assert sentence in page.content.decode()
    # The date of the public act; its facts without a source; the translation and age of its partnership.
    assert index.context["left"] >= 1
    assert public not in lines(index, Matter.DATE)


@pytest.mark.parametrize("role", ["editor", "publisher", "superuser"])
def test_every_link_leads_to_a_field_that_is_there(signed_in, role):
    review, draft = make_flaws()
    draft.parties.all().delete()
    review.citations.all().delete()
    nameless = make_event(state="draft", title_it="", title_ja="", title_en="")
    client = signed_in(role)
    page = client.get("/admin/")
    links = {
        url
        for section in page.context["sections"]
        for line in section.lines
        for _point, url in line.points
        if url
    }

    missing = []
    for link in links:
        parts = urlsplit(link)
        fields = client.get(f"{parts.path}?{parts.query}").content.decode()
        if not re.search(f'\\bid="{re.escape(parts.fragment)}"', fields):
            missing.append(link)

    assert missing == []
    assert f"{form(nameless)}#id_partnerships" in links
    assert f"{form(draft)}#parties-group" in links
    assert len(links) >= 10


def test_a_conflict_leads_to_its_own_row_of_the_form(signed_in):
    act = make_draft()
    make_citation(agreement=act, field=CitedField.KIND, stated="gemellaggio", preferred=False)
    make_citation(agreement=act, field=CitedField.KIND, stated="patto", preferred=False)
    make_citation(agreement=act, field=CitedField.SUMMARY, stated="x")
    client = signed_in("editor")
    ((_words, link),) = lines(client.get("/admin/"), Matter.CONFLICT)[act]

    inlines = client.get(form(act)).context["inline_admin_formsets"]
    number = re.search(r"id_citations-(\d+)-preferred$", link)
    (citations,) = [i.formset for i in inlines if i.formset.prefix == "citations"]
    assert citations.forms[int(number[1])].instance.field == CitedField.KIND


def test_a_fact_without_source_leads_to_a_citation_of_it(signed_in):
    act = make_draft()

    rows = lines(signed_in("editor").get("/admin/worklist/source/"))

    assert rows[act] == [
        (f"{label}: no source", f"{form(act)}?cite={fact}#citations-group")
        for fact, label in (("kind", "Kind"), ("parties", "Parties"))
    ]


# A page for each matter


@pytest.mark.parametrize("matter", Matter.values)
def test_a_matter_has_its_page(signed_in, matter):
    make_flaws()

    page = signed_in("superuser").get(f"/admin/worklist/{matter}/")

    assert page.context["title"] == Matter(matter).label
    assert page.context["lines"]
    assert inline_code(page) == []


def test_a_page_has_fifty_rows_and_can_be_filtered_by_kind(signed_in):
    partnership = make_partnership()
    for _ in range(51):
        make_event(partnerships=(partnership,), start="2005")
    make_agreement(partnership=partnership, signed="2005")
    client = signed_in("superuser")

    first, last, acts = (
        client.get(f"/admin/worklist/date/?{query}")
        for query in ("", "kind=event&p=2", "kind=agreement")
    )

    assert [len(page.context["lines"]) for page in (first, last, acts)] == [50, 1, 1]
    assert [(kind.code, kind.size) for kind in first.context["kinds"]] == [
        ("", 52),
        ("agreement", 1),
        ("event", 51),
    ]
    assert 'href="?kind=event&amp;p=1"' in last.content.decode()


def test_a_kind_that_there_is_not_is_said(signed_in):
    draft = make_draft(signed="2005")

    page = signed_in("superuser").get("/admin/worklist/date/?kind=sonnet&p=nine")

    assert [str(message) for message in page.context["messages"]] == [
        "There is no kind of record “sonnet”; all are shown."
    ]
    assert list(lines(page)) == [draft]


def test_a_matter_that_there_is_not_is_not_found(signed_in):
    assert signed_in("superuser").get("/admin/worklist/weather/").status_code == 404


@pytest.mark.parametrize("path", ["/admin/", "/admin/worklist/date/"])
def test_a_stranger_is_sent_to_the_login(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.headers["location"]) == (302, f"/admin/login/?next={path}")


# Speed: what is read of the data is kept until they change; each row costs no query


def queries_of(client, path):
    """How many queries a page takes right after a change, and then."""
    made = []
    for _ in range(2):
        with connection.execute_wrapper(
            lambda run, *args: (made[-1].append(args[0]), run(*args))[1]
        ):
            made.append([])
            client.get(path)
    return [len(queries) for queries in made]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_the_index_takes_as_many_queries_for_three_rows_as_for_one(signed_in, role, rows):
    client = signed_in(role)
    for _ in range(rows):
        make_flaws()

    # Session and account, for an editor two of permissions; the version, the addresses that fail.
    # Read of the data: three kinds of records, two that wait, conflicts, cited facts, the newest
    # sources in five ways, failing sources. For the rows: agreements with parties and citations;
    # events (of which an editor has none) with partnerships, places and citations; partnerships
    # and their citations; sources and their checks. The actions of the account.
    assert queries_of(client, "/admin/") == {"superuser": [29, 16], "editor": [27, 14]}[role]


def test_thousands_of_records_take_no_more(signed_in, atlas):
    fill(120)
    leave_work()
    Agreement.objects.filter(slug__endswith="-1").update(title_it="")

    client = signed_in("superuser")
    few = queries_of(client, "/admin/worklist/source/")
    fill(120, seed=2)
    many = queries_of(client, "/admin/worklist/source/")

    assert few == many
    page = client.get("/admin/")
    assert {section.matter for section in page.context["sections"]} == set(Matter)
    assert all(len(section.lines) <= 5 for section in page.context["sections"])
