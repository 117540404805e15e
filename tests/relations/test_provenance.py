"""Each fact on a page has the sources that say it, and shows where they do not agree."""

import pytest

from relations.models import Citation
from relations.provenance import CitedFact, Mark, Provenance, say_numbers
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_partnership,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return make_partnership(slug="torino-nagoya")


@pytest.fixture
def act(partnership):
    act = make_agreement(partnership=partnership, slug="twinning")
    act.citations.all().delete()
    return act


def provenance_of(act):
    return Provenance(act.citations.select_related("source").order_by("pk"))


def test_sources_are_numbered_in_the_order_in_which_they_are_first_cited(act):
    one, two = make_source(), make_source()
    for source, field in ((two, "kind"), (one, "signed"), (two, "term"), (one, "renewal")):
        make_citation(agreement=act, source=source, field=field, stated="x")

    provenance = provenance_of(act)

    numbers = [provenance.of(act, name).marks[0].number for name in ("kind", "signed", "term")]
    assert (provenance.sources, numbers) == ([two, one], [1, 2, 1])


def test_a_fact_has_a_mark_for_each_citation_that_leads_to_its_source(act):
    first = make_citation(agreement=act, field="kind", stated="gemellaggio")
    second = make_citation(agreement=act, field="kind", stated="gemellaggio", preferred=False)

    fact = provenance_of(act).of(act, "kind")

    assert fact == CitedFact([Mark(1, first), Mark(2, second)])
    assert [(mark.url, mark.stated) for mark in fact.marks] == [
        ("#source-1", "gemellaggio"),
        ("#source-2", "gemellaggio"),
    ]


def test_a_source_that_states_two_values_of_a_fact_has_one_mark_beside_it(act):
    source = make_source()
    first = make_citation(agreement=act, source=source, field="signed", stated="205")
    other = make_citation(agreement=act, field="signed", stated="2025", preferred=False)
    make_citation(agreement=act, source=source, field="signed", stated="2025", preferred=False)

    fact = provenance_of(act).of(act, "signed")

    assert fact.sources == [Mark(1, first), Mark(2, other)]


def test_a_fact_that_nobody_cites_rests_on_the_sources_of_the_record_as_a_whole(act):
    whole = make_citation(agreement=act, field="record", stated="")
    kind = make_citation(agreement=act, field="kind", stated="patto")

    provenance = provenance_of(act)

    assert [mark.citation for mark in provenance.of(act, "signed").marks] == [whole]
    assert [mark.citation for mark in provenance.of(act, "kind").marks] == [kind]
    assert [provenance.of(act, name).is_whole for name in ("signed", "kind")] == [True, False]
    assert provenance.conflicts == 0


def test_a_fact_that_nobody_cites_has_no_marks(act):
    assert provenance_of(act).of(act, "term").marks == []


def test_facts_of_the_same_name_of_other_records_are_kept_apart(act, partnership):
    event = make_event(partnerships=(partnership,))
    event.citations.all().delete()
    of_act = make_citation(agreement=act, field="summary", stated="a")
    of_event = make_citation(event=event, field="summary", stated="b")
    of_partnership = make_citation(partnership=partnership, field="summary", stated="c")

    provenance = Provenance(Citation.objects.select_related("source").order_by("pk"))

    assert [provenance.of(record, "summary").marks for record in (act, event, partnership)] == [
        [Mark(1, of_act)],
        [Mark(2, of_event)],
        [Mark(3, of_partnership)],
    ]
    assert provenance.conflicts == 0


def test_sources_that_state_the_same_are_in_no_conflict(act):
    make_citation(agreement=act, field="kind", stated="gemellaggio")
    make_citation(agreement=act, field="kind", stated="gemellaggio", preferred=False)

    provenance = provenance_of(act)

    assert (provenance.of(act, "kind").conflict, provenance.conflicts) == ([], 0)


def test_sources_that_state_different_values_are_in_conflict_the_preferred_first(act):
    misprint = make_citation(agreement=act, field="signed", stated="205", preferred=False)
    preferred = make_citation(agreement=act, field="signed", stated="2025", preferred=True)
    third = make_citation(agreement=act, field="signed", stated="2025", preferred=False)

    provenance = provenance_of(act)

    values = provenance.of(act, "signed").conflict
    assert [
        (value.stated, value.is_preferred, [mark.citation for mark in value.marks])
        for value in values
    ] == [("2025", True, [preferred, third]), ("205", False, [misprint])]
    assert provenance.conflicts == 1


def test_a_value_has_the_notes_of_all_who_state_it(act):
    for note in ("Perché sì", "", "Anche perché"):
        make_citation(agreement=act, field="signed", stated="2005", note_it=note, preferred=False)
    make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    first, other = provenance_of(act).of(act, "signed").conflict

    assert [note.text for note in first.notes] == ["Perché sì", "Anche perché"]
    assert (other.notes, first.language) == ([], "it")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([1], "1"), ([2, 1], "1, 2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 9, 9], "1, 3–5, 9")],
)
def test_numbers_are_said_as_briefly_as_can_be(act, numbers, said):
    citation = make_citation(agreement=act, field="kind", stated="patto")

    assert say_numbers([Mark(number, citation) for number in numbers]) == said


def test_notes_stand_apart_only_where_there_is_no_conflict_to_show_them_with(act):
    noted = make_citation(agreement=act, field="kind", stated="patto", note_it="Così il titolo")
    make_citation(agreement=act, field="kind", stated="patto", preferred=False)
    make_citation(agreement=act, field="signed", stated="205", note_it="Refuso")
    make_citation(agreement=act, field="signed", stated="2025", preferred=False)

    provenance = provenance_of(act)

    assert provenance.of(act, "kind").notes == [noted]
    assert provenance.of(act, "signed").notes == []
