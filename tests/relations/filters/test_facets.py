"""Beside each option of the filter stands the number of results that it would leave."""

import random
from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from relations.enums import AgreementKind, Country, MacroArea, Renewal, Status
from relations.filters import AtlasFilter, Facet, Option, facets_of
from relations.models import Agreement, Partnership, Sector
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)
UNITS = [Agreement, Partnership]


def read(query=""):
    return AtlasFilter(QueryDict(query), on=TODAY)


def count_of(atlas_filter, unit):
    """The number of results of a list."""
    if unit is Agreement:
        return atlas_filter.apply(Agreement.objects.published()).count()
    return atlas_filter.partnerships(Partnership.objects.published()).count()


def options_of(facet):
    """All options of a facet, broad and narrow."""
    broad = [option for _label, group in facet.groups for option in group]
    return [*broad, *(narrow for option in broad for narrow in option.narrower)]


def alone(atlas_filter, facet, option):
    """The filter with the option alone chosen, the other parameters (and country) as they are."""
    chosen = [option.value]
    if facet.name == "region":
        chosen += [code for code in atlas_filter.regions if code[:2] != option.value[:2]]
    return read(atlas_filter.query(**{facet.name: chosen}).removeprefix("?"))


# A random atlas

WORDS = ["porto", "ceramica", "Città", "友好", "観光", "マラソン", "dall’Ambasciata"]


def some(rng, values, most):
    return rng.sample(values, rng.randint(0, most))


def random_text(rng):
    return " ".join(some(rng, WORDS, 3))


def make_atlas(rng):
    """Thirty partnerships with acts and events of all sorts, some of these shared and some drafts."""
    regions = [make_region(code=f"IT-{n}") for n in range(10, 15)]
    prefectures = [make_prefecture(code=f"JP-{n}") for n in range(10, 15)]
    italian = [*regions, *(make_italian_city(region=rng.choice(regions)) for _ in range(8))]
    japanese = [
        *prefectures,
        *(make_japanese_city(region=rng.choice(prefectures)) for _ in range(8)),
    ]
    broad = [make_sector(code=f"broad-{n}") for n in range(3)]
    sectors = [
        *broad,
        *(make_sector(code=f"narrow-{n}", parent=rng.choice(broad)) for n in range(5)),
    ]
    pairs = rng.sample([(one, other) for one in italian for other in japanese], 30)
    partnerships = [
        make_partnership(italian_place=one, japanese_place=other, summary_it=random_text(rng))
        for one, other in pairs
    ]
    dates = ["", "1986", "198X", "1990-03", "2005-05-27", "2013-11~", "2024", "2026-03"]
    states = ["published", "published", "published", "draft"]
    for partnership in partnerships:
        acts = []
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
            earlier = rng.choice([None, *acts])
            act = make_agreement(
                partnership=partnership,
                kind=rng.choice(AgreementKind.values),
                signed=rng.choice(dates),
                term_months=rng.choice([None, 36, 120]),
                renewal=rng.choice(Renewal.values),
                state=rng.choice(states),
                summary_ja=random_text(rng),
                sectors=tuple(some(rng, sectors, 3)),
                **{rng.choice(["renews", "supersedes"]): earlier},
            )
            acts.append(act)
    for _ in range(25):
        make_event(
            partnerships=tuple(some(rng, partnerships, 3)),
            start=rng.choice(dates),
            state=rng.choice(states),
            summary_it=random_text(rng),
            sectors=tuple(some(rng, sectors, 2)),
        )


def random_filters(rng, count):
    """The filter of nothing, then filters with some values of some parameters."""
    filters = [read()]
    everything = filters[0]
    places = [partnership.italian_place.name_en for partnership in Partnership.objects.all()]
    while len(filters) < count:
        query = everything.query(
            region=some(rng, list(everything.territories), 3) if rng.random() < 0.5 else (),
            sector=some(rng, list(everything.vocabulary), 2) if rng.random() < 0.4 else (),
            kind=some(rng, AgreementKind.values, 4) if rng.random() < 0.4 else (),
            status=some(rng, Status.values, 3) if rng.random() < 0.4 else (),
            from_=rng.choice([None, None, None, 1985, 2000]),
            to=rng.choice([None, None, None, 2005, 2020]),
            q=rng.choice(["", "", *WORDS, rng.choice(places)]),
        )
        filters.append(read(query.removeprefix("?")))
    return filters


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("unit", UNITS)
def test_an_option_counts_the_results_that_it_would_leave_if_it_alone_were_chosen(unit, seed):
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    make_atlas(rng)

    wrong = [
        (atlas_filter.query(), facet.name, option.value, option.count, expected)
        for atlas_filter in random_filters(rng, 10)
        for facet in facets_of(atlas_filter, unit)
        for option in rng.sample(options_of(facet), 2)
        if option.count != (expected := count_of(alone(atlas_filter, facet, option), unit))
    ]

    assert wrong == []


@pytest.mark.parametrize("unit", UNITS)
def test_an_option_is_selected_where_the_filter_has_it(unit):
    rng = random.Random(5)  # noqa: S311 # repeatable, not secret
    make_atlas(rng)

    for atlas_filter in random_filters(rng, 10):
        selected = {"region": [], "sector": [], "kind": [], "status": []}
        for facet in facets_of(atlas_filter, unit):
            chosen = [option.value for option in options_of(facet) if option.selected]
            assert facet.selected == len(chosen)
            selected[facet.name] += chosen

        assert {name: sorted(values) for name, values in selected.items()} == {
            "region": atlas_filter.regions,
            "sector": atlas_filter.sectors,
            "kind": atlas_filter.kinds,
            "status": atlas_filter.statuses,
        }


# One atlas by hand


@pytest.fixture
def torino_nagoya():
    industry = make_sector(code="industry", order=1, name_en="Industry")
    automotive = make_sector(code="automotive", order=2, parent=industry, name_en="Automotive")
    aerospace = make_sector(code="aerospace", order=3, parent=industry, name_en="Aerospace")
    make_sector(code="culture", order=4, name_en="Culture")
    piemonte = make_region(code="IT-21", name_en="Piedmont", macro_area=MacroArea.NORTH_WEST)
    make_region(code="IT-45", name_en="Emilia-Romagna", macro_area=MacroArea.NORTH_EAST)
    make_region(code="IT-42", name_en="Liguria", macro_area=MacroArea.NORTH_WEST)
    aichi = make_prefecture(code="JP-23", name_en="Aichi", macro_area=MacroArea.CHUBU)
    partnership = make_partnership(
        italian_place=make_italian_city(region=piemonte),
        japanese_place=make_japanese_city(region=aichi),
    )
    make_agreement(partnership=partnership, sectors=(automotive,))
    make_agreement(
        partnership=partnership,
        kind=AgreementKind.MEMORANDUM,
        sectors=(automotive, aerospace, industry),
    )
    return partnership


def facet(query, unit, number):
    return facets_of(read(query), unit)[number]


def test_there_are_five_facets(torino_nagoya):
    names = [(facet.name, facet.label) for facet in facets_of(read(), Partnership)]

    assert names == [
        ("region", "Region"),
        ("region", "Prefecture"),
        ("sector", "Sector"),
        ("kind", "Kind"),
        ("status", "Status"),
    ]


def test_regions_stand_in_the_groups_of_their_macro_areas(torino_nagoya):
    assert facet("region=IT-21", Agreement, 0) == Facet(
        "region",
        "Region",
        [
            (
                "North-West",
                [
                    Option("IT-21", "Piedmont", 2, selected=True),
                    Option("IT-42", "Liguria", 0, selected=False),
                ],
            ),
            ("North-East", [Option("IT-45", "Emilia-Romagna", 0, selected=False)]),
        ],
    )


def test_prefectures_are_counted_under_the_regions_chosen(torino_nagoya):
    prefectures = [facet(query, Partnership, 1) for query in ("region=IT-21", "region=IT-45")]

    assert prefectures == [
        Facet("region", "Prefecture", [("Chubu", [Option("JP-23", "Aichi", n, selected=False)])])
        for n in (1, 0)
    ]


@pytest.mark.parametrize(("unit", "counts"), [(Agreement, (2, 2, 1)), (Partnership, (1, 1, 1))])
def test_a_broad_sector_counts_what_has_it_or_a_narrower_one_once(torino_nagoya, unit, counts):
    industry, automotive, aerospace = counts

    assert facet("sector=automotive", unit, 2) == Facet(
        "sector",
        "Sector",
        [
            (
                "",
                [
                    Option(
                        "industry",
                        "Industry",
                        industry,
                        selected=False,
                        narrower=[
                            Option("automotive", "Automotive", automotive, selected=True),
                            Option("aerospace", "Aerospace", aerospace, selected=False),
                        ],
                    ),
                    Option("culture", "Culture", 0, selected=False),
                ],
            )
        ],
    )


def test_the_narrower_sectors_that_are_chosen_count_as_selected(torino_nagoya):
    sectors = facet("sector=automotive&sector=culture&sector=industry", Partnership, 2)

    assert sectors.selected == 3


def test_kinds_are_listed_whole_and_in_their_order(torino_nagoya):
    kinds = facet("kind=memorandum", Agreement, 3)

    assert [(option.value, option.count, option.selected) for option in options_of(kinds)] == [
        ("twinning", 1, False),
        ("friendship_pact", 0, False),
        ("memorandum", 1, True),
        ("protocol", 0, False),
        ("friendship_record", 0, False),
        ("letter_of_intent", 0, False),
        ("other", 0, False),
    ]


@pytest.mark.parametrize(("unit", "count"), [(Agreement, 2), (Partnership, 1)])
def test_statuses_are_listed_whole_and_count_in_the_unit_of_the_list(torino_nagoya, unit, count):
    statuses = facet("", unit, 4)

    assert [(option.label, option.count) for option in options_of(statuses)] == [
        ("In force", count),
        ("In renewal", 0),
        ("Ended", 0),
        ("Proposed", 0),
        ("Unknown", 0),
    ]


def test_a_proposal_counts_among_partnerships_by_its_events(torino_nagoya):
    automotive = Sector.objects.get(code="automotive")
    make_event(partnerships=(make_partnership(), torino_nagoya), sectors=(automotive,))

    counts = [
        [option.count for option in options_of(facet("", Partnership, number))]
        for number in (2, 3, 4)
    ]

    assert counts == [[2, 0, 2, 1], [1, 0, 1, 0, 0, 0, 0], [1, 0, 0, 1, 0]]


def test_an_event_of_a_proposal_does_not_count_for_the_partnerships_beside_it(torino_nagoya):
    culture = Sector.objects.get(code="culture")
    make_event(
        partnerships=(make_partnership(), torino_nagoya), sectors=(culture,), title_en="Concert"
    )

    counts = {
        option.value: option.count for option in options_of(facet("q=concert", Partnership, 2))
    }

    assert counts == {"industry": 0, "automotive": 0, "aerospace": 0, "culture": 1}


def test_the_labels_are_in_the_active_language(torino_nagoya):
    Sector.objects.filter(code="culture").update(name_ja="文化")

    with translation.override("ja"):
        labels = [option.label for option in options_of(facet("", Partnership, 2))]

    assert labels[1] == "文化"


def test_the_two_countries_have_a_facet_each(torino_nagoya):
    italian, japanese = (
        {option.value[:2] for option in options_of(facet("", Agreement, number))}
        for number in (0, 1)
    )

    assert (italian, japanese) == ({Country.ITALY}, {Country.JAPAN})


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("unit", "query", "queries"),
    [
        (Agreement, "", 0),
        (Partnership, "", 0),
        (Agreement, "from=1990", 0),
        (Partnership, "from=1990", 0),
        (Partnership, "from=1990&q=a", 4),
    ],
)
def test_facets_cost_a_few_flat_queries(rows, unit, query, queries, django_assert_num_queries):
    sector = make_sector()
    for _ in range(rows):
        make_agreement(sectors=(make_sector(parent=sector),))
        make_event(partnerships=(make_partnership(),), sectors=(sector,))
    facets_of(read(), unit)  # which reads the index of this version
    atlas_filter = read(query)
    assert atlas_filter.index

    # Where a text is set: the agreements and the told events that match. Two more for a
    # word, however many counts it takes part in: places, signatories.
    with django_assert_num_queries(queries):
        facets = facets_of(atlas_filter, unit)

    assert len(facets) == 5
