"""What is weak in the data is found, said of the right record, and counted where it belongs."""

from datetime import date

import pytest

from relations.enums import CitedField, Country, Language
from relations.quality import Matter, TextName, quality
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_partnership,
    make_region,
    make_source,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)


def found():
    return quality(TODAY)


def test_an_empty_atlas_has_nothing_to_work_on():
    assert (found().total, found().counts) == (0, dict.fromkeys(Matter, 0))


# Conflicts


def test_a_conflict_has_each_value_once_with_all_its_sources_the_followed_first():
    act = make_agreement()
    act.citations.all().delete()
    other, same = (
        make_citation(agreement=act, field=CitedField.SIGNED, stated="2006", preferred=False)
        for _ in range(2)
    )
    followed = make_citation(
        agreement=act, field=CitedField.SIGNED, stated="2005-05-27", note_en="The city says so."
    )

    (conflict,) = found().conflicts

    assert (conflict.record, conflict.field) == (act, CitedField.SIGNED)
    assert [(v.stated, v.citations, v.is_followed, v.notes) for v in conflict.values] == [
        ("2005-05-27", [followed], True, [followed]),
        ("2006", [other, same], False, []),
    ]


def test_sources_that_state_the_same_are_no_conflict():
    act = make_agreement()
    make_citation(agreement=act, field="signed", stated=act.citations.get().stated, preferred=False)

    assert found().conflicts == []


def test_what_is_not_public_is_left_out():
    act = make_agreement(state="draft", signed="2005", title_it="")
    make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    assert found().total == 0


# One source


def test_a_fact_that_one_source_states_is_alone():
    act = make_agreement()
    source = act.citations.get().source
    make_citation(agreement=act, field=CitedField.KIND, stated="gemellaggio", source=source)

    (lone,) = found().lone

    assert (lone.record, lone.source) == (act, source)
    assert lone.fields == [CitedField.KIND, CitedField.SIGNED]  # in the order of the vocabulary
    assert found().counts[Matter.SINGLE] == 2


def test_a_source_of_the_record_as_a_whole_supports_each_of_its_facts():
    act = make_agreement()
    make_citation(agreement=act, field=CitedField.RECORD, stated="", preferred=False)

    (lone,) = found().lone

    assert lone.fields == [CitedField.RECORD]  # by one source alone, while the date has two


def test_a_record_that_one_source_supports_in_all_is_alone_in_all():
    act = make_agreement()
    source = act.citations.get().source
    make_citation(agreement=act, field=CitedField.RECORD, stated="", source=source)

    (lone,) = found().lone

    assert lone.fields == [CitedField.RECORD, CitedField.SIGNED]


# Dates


@pytest.mark.parametrize("when", ["2005-05", "2005", "200X", ""])
def test_a_date_not_to_the_day_is_listed(when):
    act = make_agreement(signed=when)
    event = make_event(start=when, partnerships=(make_partnership(),))

    assert {(row.record, row.when.edtf) for row in found().imprecise} == {
        (act, when),
        (event, when),
    }


def test_a_date_to_the_day_is_not():
    make_agreement(signed="2005-05-27")
    make_event(start="2005-05-27", partnerships=(make_partnership(),))

    assert found().imprecise == []


# Age


def aged(**dates):
    """The records that are not verified, of an agreement with one source of these dates."""
    act = make_agreement()
    act.citations.all().delete()
    make_citation(
        agreement=act,
        field="signed",
        stated="2005",
        source=make_source(**{"published": ""} | dates),
    )
    return {row.record: row.last for row in found().unverified}


@pytest.mark.parametrize(
    "dates",
    [
        {"published": "2024-12-01"},
        {"published": "2024-12"},  # by its last day
        {"published": "2024"},
        {"published": "2010", "retrieved": "2025-01-01"},
    ],
)
def test_a_record_with_a_source_of_the_last_year_is_verified(dates):
    assert aged(**dates) == {}


@pytest.mark.parametrize(
    ("dates", "last"),
    [
        ({"published": "2024-11-30"}, date(2024, 11, 30)),
        ({"published": "2024-11"}, date(2024, 11, 30)),
        ({"published": "2025-06-01", "retrieved": "2024-01-01"}, date(2024, 1, 1)),
        ({}, None),
    ],
)
def test_a_record_whose_newest_source_is_older_than_a_year_is_not_verified(dates, last):
    assert set(aged(**dates).values()) == {last}


def test_the_newest_source_decides():
    act = make_agreement()
    make_citation(
        agreement=act,
        field="kind",
        stated="gemellaggio",
        source=make_source(published="2001"),
    )

    assert found().unverified == []


def test_a_partnership_is_verified_with_one_of_its_acts_or_events():
    partnership = make_partnership()
    act = make_agreement(partnership=partnership)
    act.citations.update(source=make_source(published="2001"))
    make_event(partnerships=(partnership,))

    assert [row.record for row in found().unverified] == [act]


# Translations


def test_a_text_that_another_language_has_is_missing():
    partnership = make_partnership(summary_it="Sommario.", summary_ja="", summary_en="Summary.")
    act = make_agreement(partnership=partnership, title_ja="", summary_en="Summary.")

    rows = {(row.record, row.language): row.texts for row in found().untranslated}

    assert rows == {
        (partnership, Language.JAPANESE): [TextName.SUMMARY],
        (act, Language.ITALIAN): [TextName.SUMMARY],
        (act, Language.JAPANESE): [TextName.TITLE, TextName.SUMMARY],
    }
    assert found().by_language == {
        Language.ITALIAN: 1,
        Language.JAPANESE: 3,
        Language.ENGLISH: 0,
    }


# By region and prefecture


def test_what_is_weak_counts_once_in_each_region_that_it_concerns():
    lazio, umbria = make_region(code="IT-62"), make_region(code="IT-55")
    rome, rieti = (make_italian_city(region=lazio) for _ in range(2))
    terni = make_italian_city(region=umbria)
    partnerships = tuple(
        make_partnership(
            italian_place=place, summary_it="Sì.", summary_ja="はい。", summary_en="Yes."
        )
        for place in (rome, rieti, terni)
    )
    make_event(start="2019", partnerships=partnerships)

    rows = {row.place: row.counts[Matter.DATE] for row in found().by_territory(Country.ITALY)}

    assert rows == {umbria: 1, lazio: 1}
    assert [row.place for row in found().by_territory(Country.ITALY)] == [umbria, lazio]
    assert len(found().by_territory(Country.JAPAN)) == 3


def test_an_event_without_partnership_counts_where_it_took_part():
    region = make_region()
    make_event(start="2019", places=(region,))

    rows = [(row.place, row.counts[Matter.DATE]) for row in found().by_territory(Country.ITALY)]

    assert rows == [(region, 1)]


# The whole dataset


def test_the_whole_dataset_has_what_the_fixtures_show(whole_atlas):
    """Conflicts: facts with two values in `10_citations.yaml`. Dates: 14 of the 60 acts are not to the day."""
    whole = quality(date(2026, 11, 24))

    acts = [row for row in whole.imprecise if type(row.record).__name__ == "Agreement"]
    assert (len(whole.conflicts), len(acts), whole.untranslated) == (62, 14, [])
    assert whole.total == sum(whole.counts.values())


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_number_of_queries_for_any_rows(rows, django_assert_num_queries):
    for _ in range(rows):
        act = make_agreement()
        make_event(partnerships=(act.partnership,))
        make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    # partnerships, agreements, events with their partnerships and places, citations, conflicts;
    # the newest sources of agreements, events and partnerships, and of what is told of these
    with django_assert_num_queries(12):
        whole = found()
        [str(row.record) + row.record.get_absolute_url() for row in whole.unverified]
        assert len(whole.conflicts) == rows
        assert len(whole.by_territory(Country.ITALY)) == rows
