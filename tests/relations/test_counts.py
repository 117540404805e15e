"""A published figure stands beside what a stated rule gives, and neither is bent to the other."""

from datetime import date

import pytest

from relations import counts, queries
from relations.counts import PUBLISHED, BodyKind, Published, Reason, Rule, Unit
from relations.enums import AgreementKind, Answer, Country, Institution, PlaceKind, Status
from relations.models import Agreement
from tests.factories import (
    make_agreement,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_party,
    make_prefecture,
    make_region,
)

pytestmark = pytest.mark.django_db

DAY = date(2019, 2, 28)
PAIRS = Rule(Unit.PAIRS, DAY)
STRICT = Rule(Unit.PAIRS, DAY, heeds_clair=True)
YEARS = Rule(Unit.PAIRS, DAY, years=(1960, 2016))


def acts():
    """The agreements as the page reads them."""
    return list(queries.counted_agreements(DAY))


def reckoning_of(rule, figure=1, **fields):
    return counts.reckon(Published("source", figure, "things", rule, **fields), acts())


# What is counted


def test_a_tally_counts_partnerships_and_places_once():
    bologna = make_italian_city()
    first, second = (make_partnership(italian_place=bologna) for _ in range(2))
    for partnership in (first, first, second):
        make_agreement(partnership=partnership)

    tally = counts.tally(acts())

    assert [len(keys) for keys in (tally.agreements, tally.partnerships)] == [3, 2]
    assert tally.italian_places == {bologna.pk}
    assert tally.japanese_places == {first.japanese_place_id, second.japanese_place_id}


def test_agreements_are_grouped_by_their_own_status_and_kind():
    make_agreement(ended="2010")
    make_agreement(kind=AgreementKind.MEMORANDUM)
    make_agreement()

    by_status, by_kind = counts.by_status(acts()), counts.by_kind(acts())

    assert {status: len(tally.agreements) for status, tally in by_status.items()} == {
        Status.IN_FORCE: 2,
        Status.ENDED: 1,
    }
    assert {kind: len(tally.agreements) for kind, tally in by_kind.items()} == {
        AgreementKind.TWINNING: 2,
        AgreementKind.MEMORANDUM: 1,
    }


def test_the_tests_of_clair_are_counted_by_answer_and_together():
    yes, no = Answer.YES, Answer.NO
    make_agreement(clair_heads=yes, clair_general=yes, clair_council=yes)
    make_agreement(clair_heads=yes, clair_general=no)
    make_agreement()

    assert [len(tally.agreements) for _words, tally in counts.by_tests(acts())] == [
        *(2, 0, 1),  # signed by the heads: yes, no, unknown
        *(1, 1, 1),  # not confined to one field
        *(1, 0, 2),  # approved by the council
        1,  # all three passed
        1,  # at least one failed
    ]


# A rule


@pytest.mark.parametrize("kind", AgreementKind)
def test_a_rule_counts_twinnings_friendship_pacts_and_records(kind):
    make_agreement(kind=kind)

    counted = {
        AgreementKind.TWINNING,
        AgreementKind.FRIENDSHIP_PACT,
        AgreementKind.FRIENDSHIP_RECORD,
    }

    assert PAIRS.reason_to_leave_out(acts()[0]) == (None if kind in counted else Reason.KIND)


@pytest.mark.parametrize(
    ("rule", "fields", "reason"),
    [
        (PAIRS, {"signed": "2019-02-28"}, None),
        (PAIRS, {"signed": "2019"}, None),  # it may have been by then
        (PAIRS, {"signed": ""}, None),
        (PAIRS, {"signed": "2019-03-01"}, Reason.DATE),
        (PAIRS, {"ended": "2019-02-28"}, Reason.ENDED),
        (PAIRS, {"ended": "XXXX"}, Reason.ENDED),
        (PAIRS, {"ended": "2019-03-01"}, None),
        (PAIRS, {"clair_general": "no"}, None),
        (STRICT, {"clair_general": "no"}, Reason.CLAIR),
        (STRICT, {"clair_council": "no"}, Reason.CLAIR),
        (STRICT, {"clair_general": "yes"}, None),
        (YEARS, {"signed": "1960"}, None),
        (YEARS, {"signed": "2016-12-31"}, None),
        (YEARS, {"signed": "1959-12-31"}, Reason.DATE),
        (YEARS, {"signed": "2017"}, Reason.DATE),
        (YEARS, {"signed": "201X"}, Reason.DATE),  # it may have been in 2017
        (YEARS, {"signed": ""}, Reason.DATE),
        (YEARS, {"ended": "2010"}, None),
    ],
)
def test_a_rule_leaves_out_what_is_not_of_its_time_or_fails(rule, fields, reason):
    make_agreement(**fields)

    assert rule.reason_to_leave_out(acts()[0]) == reason


def test_a_rule_needs_a_local_government_on_each_side():
    act = make_agreement()
    act.parties.filter(place__country=Country.ITALY).update(
        institution=Institution.PORT_AUTHORITY, name_en="Port"
    )

    assert PAIRS.reason_to_leave_out(acts()[0]) == Reason.BODY

    make_party(agreement=act, place=act.partnership.italian_place)

    assert PAIRS.reason_to_leave_out(acts()[0]) is None


def test_a_figure_of_italian_cities_leaves_out_regions_and_provinces():
    rule = Rule(Unit.ITALIAN_CITIES, DAY)
    city, region = make_italian_city(), make_region()
    province = make_italian_city(kind=PlaceKind.PROVINCE)
    for place in (city, city, region, province):
        make_agreement(partnership=make_partnership(italian_place=place))

    reckoning = reckoning_of(rule)

    assert reckoning.counted == [city]
    assert reckoning.left_out == {}  # nothing of them would be counted


def test_a_rule_says_in_words_what_it_does():
    assert STRICT.clauses == [
        "a twinning, a friendship pact or a friendship record",
        "at least one local government on each side",
        "signed by 28 February 2019, or on a day that is not known",
        "not known to have ended by 28 February 2019",
        "not known to fail one of CLAIR’s three tests",
        "counted: partnerships, each once",
    ]
    assert YEARS.clauses[2:] == [
        "signed in the years from 1960 to 2016, whether it has ended or not",
        "counted: partnerships, each once",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("名古屋市", BodyKind.CITY),
        ("板橋区", BodyKind.CITY),
        ("田子町", BodyKind.TOWN),
        ("白川村", BodyKind.TOWN),
    ],
)
def test_a_japanese_municipality_is_what_its_name_says(name, kind):
    assert counts.body_kind(make_japanese_city(name_ja=name)) == kind


def test_a_prefecture_is_one_by_its_kind():
    assert counts.body_kind(make_prefecture(name_ja="東京都")) == BodyKind.PREFECTURE


# A figure


def test_a_pair_counts_once_and_what_its_other_acts_are_is_not_left_out():
    partnership = make_partnership()
    make_agreement(partnership=partnership)
    make_agreement(partnership=partnership, kind=AgreementKind.MEMORANDUM)
    memorandum = make_agreement(kind=AgreementKind.MEMORANDUM)

    reckoning = reckoning_of(PAIRS, figure=3)

    assert (reckoning.counted, reckoning.number, reckoning.difference) == ([partnership], 1, -2)
    assert reckoning.left_out == {Reason.KIND: [memorandum]}


def test_parts_are_compared_one_by_one():
    for place in (
        make_japanese_city(name_ja="甲市"),
        make_japanese_city(name_ja="乙町"),
        make_prefecture(),
    ):
        make_agreement(partnership=make_partnership(japanese_place=place))

    reckoning = reckoning_of(
        Rule(Unit.JAPANESE_BODIES, DAY),
        figure=5,
        parts=((BodyKind.PREFECTURE, 3), (BodyKind.CITY, 1), (BodyKind.TOWN, 1)),
    )

    assert [(part.kind, part.number, part.difference) for part in reckoning.parts] == [
        (BodyKind.PREFECTURE, 1, -2),
        (BodyKind.CITY, 1, 0),
        (BodyKind.TOWN, 1, 0),
    ]


def test_a_remark_is_made_only_where_the_rule_counts_its_partnership():
    counted = make_partnership(slug="counted")
    make_agreement(partnership=counted)
    make_agreement(partnership=make_partnership(slug="ended"), ended="2010")

    reckoning = reckoning_of(PAIRS, remarks=(("counted", "So it is."), ("ended", "No more.")))

    assert reckoning.remarks == [(counted, "So it is.")]


# The whole dataset


def test_the_published_figures_and_what_the_rules_give(whole_atlas):
    """Counted by hand in the research's `agreements.json`.

    38 pairs by 2016: 24 dated twinnings (without Verona–Nagahama, whose date is unknown), 13
    friendship pacts and the record of Emilia-Romagna and Ibaraki. By 2022 Pompei–Tsumagoi
    comes to them. In February 2019: the 38 with Verona, without Rome–Miyagi (lapsed) and
    Amalfi–Mino (paper alone). In December 2019: the 38 with Verona, without Rome–Miyagi, of which
    three add no Italian city: Liguria, Emilia-Romagna, Florence’s second. In January 2026: the 38
    with Verona, Pompei and Venice, without Rome–Miyagi, Amalfi–Mino and Salerno–Tono (ended); one
    adds no Japanese body, since Shibukawa has two partners.
    """
    on = date(2026, 11, 24)
    found = [counts.reckon(p, queries.counted_agreements(on)) for p in PUBLISHED]

    assert [(r.published.source, r.published.figure, r.number, r.difference) for r in found] == [
        ("clairparis-2019", 40, 37, -3),
        ("giornaledicomo-2019", 39, 35, -4),
        ("tesorijapan-japit", 42, 38, -4),
        ("tesoriditalia-2023", 44, 39, -5),
        ("sankei-2026", 39, 37, -2),
    ]
    assert [(part.kind, part.figure, part.number) for part in found[-1].parts] == [
        (BodyKind.PREFECTURE, 5, 3),
        (BodyKind.CITY, 27, 27),
        (BodyKind.TOWN, 7, 7),
    ]


def test_the_parts_of_a_figure_add_up_to_it():
    assert [
        sum(figure for _kind, figure in published.parts)
        for published in PUBLISHED
        if published.parts
    ] == [39]


def test_the_towns_and_villages_are_those_that_the_research_names(whole_atlas):
    sankei = counts.reckon(PUBLISHED[-1], queries.counted_agreements(date(2026, 11, 24)))

    towns = [place.slug for place in sankei.counted if counts.body_kind(place) == BodyKind.TOWN]

    assert sorted(towns) == [
        "kanra",
        "sakahogi",
        "shirakawa-town",
        "shirakawa-village",
        "takko",
        "tsumagoi",
        "yugawara",
    ]


def test_every_agreement_of_the_dataset_is_counted_or_left_out_for_a_reason(whole_atlas):
    rows = list(queries.counted_agreements(date(2026, 11, 24)))

    for published in PUBLISHED:
        reckoning = counts.reckon(published, rows)
        left_out = [act for of in reckoning.left_out.values() for act in of]
        things = {published.rule.counted(act.partnership) for act in left_out}
        every = {published.rule.counted(act.partnership) for act in rows} - {None}

        assert things | set(reckoning.counted) == every
        assert things & set(reckoning.counted) == set()
    assert len(rows) == Agreement.objects.published().count() == 60
