"""What the pages ask for, counted and in order, at a cost that does not grow with the rows."""

from datetime import date

import pytest

from relations import queries
from relations.enums import Country, MacroArea, Renewal, Status
from relations.models import Agreement, Citation, Event, Partnership, Signatory
from relations.queries import Numbers, SectorCount
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)


@pytest.fixture
def partnership():
    return make_partnership(slug="torino-nagoya")


# Numbers


def test_an_empty_atlas_counts_nothing():
    make_partnership()

    assert queries.numbers() == Numbers(0, 0, 0, 0, 0, 0)


def test_numbers_count_what_is_public_each_thing_once():
    bologna, nagoya = make_italian_city(), make_japanese_city()
    first = make_partnership(italian_place=bologna)
    second = make_partnership(italian_place=bologna, japanese_place=nagoya)
    third = make_partnership(japanese_place=nagoya)
    proposal, drafted = make_partnership(), make_partnership()
    for partnership in (first, first, second, third):
        make_agreement(partnership=partnership)
    make_event(partnerships=(first, second, proposal))
    make_event()
    make_agreement(partnership=drafted, state="draft")
    make_event(partnerships=(drafted,), state="review")

    numbers = queries.numbers()

    # Sources: those of the four agreements and of the two events.
    assert numbers == Numbers(
        partnerships=4, agreements=4, italian_places=3, japanese_places=3, events=2, sources=6
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_numbers_cost_four_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        make_agreement()

    # Partnerships with their places, agreements, events, sources.
    with django_assert_num_queries(4):
        numbers = queries.numbers()

    assert numbers.partnerships == rows


# The life of a partnership


def test_a_life_has_agreements_and_events_in_order(partnership):
    undated_act = make_agreement(partnership=partnership, signed="", slug="undated")
    undated_event = make_event(partnerships=(partnership,), start="", slug="a")
    year = make_event(partnerships=(partnership,), start="2005", slug="year")
    same_day = make_event(partnerships=(partnership,), start="2005-05-27", slug="signing")
    signed = make_agreement(partnership=partnership, signed="2005-05-27", slug="twinning")
    first = make_agreement(partnership=partnership, signed="199X", slug="z")

    life = queries.life_of(partnership, TODAY)

    assert life.agreements == [first, signed, undated_act]
    assert life.events == [year, same_day, undated_event]


def test_a_life_holds_nothing_that_is_not_public_or_of_others(partnership):
    make_agreement(partnership=partnership, state="draft")
    make_event(partnerships=(partnership,), state="withdrawn")
    make_agreement()
    make_event(partnerships=(make_partnership(),))

    life = queries.life_of(partnership, TODAY)

    assert (life.agreements, life.events, life.provenance.sources) == ([], [], [])


def test_a_life_has_the_status_of_each_agreement_on_the_day(partnership):
    make_agreement(
        partnership=partnership, signed="2005-05-27", term_months=120, renewal=Renewal.NONE
    )

    statuses = [
        [act.status for act in queries.life_of(partnership, on).agreements]
        for on in (date(2015, 5, 27), date(2015, 5, 28))
    ]

    assert statuses == [[Status.IN_FORCE], [Status.ENDED]]


def test_a_life_cites_the_sources_of_all_its_records_the_oldest_first(partnership):
    def source(published):
        return make_source(published=published)

    newest, oldest, middle = source("2025-09-24"), source("2005"), source("2013-11")
    act = make_agreement(partnership=partnership)
    event = make_event(partnerships=(partnership,))
    Citation.objects.all().delete()
    make_citation(partnership=partnership, source=newest, field="record", stated="x")
    make_citation(agreement=act, source=middle, field="kind", stated="x")
    make_citation(event=event, source=oldest, field="kind", stated="x")

    provenance = queries.life_of(partnership, TODAY).provenance

    assert provenance.sources == [oldest, middle, newest]
    assert [
        provenance.of(record, name).marks[0].number
        for record, name in ((partnership, "record"), (act, "kind"), (event, "kind"))
    ] == [3, 2, 1]


def test_the_parties_of_a_life_stand_italy_first(partnership):
    make_agreement(partnership=partnership)

    (act,) = queries.life_of(partnership, TODAY).agreements

    assert [party.place.country for party in act.parties.all()] == [Country.ITALY, Country.JAPAN]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_life_costs_ten_queries(rows, partnership, django_assert_num_queries):
    sector, kyoto = make_sector(), make_prefecture()
    for _ in range(rows):
        act = make_agreement(partnership=partnership, sectors=(sector,), signed_at=kyoto)
        for party in act.parties.all():
            Signatory.objects.create(party=party, name="Mayor")
        make_event(
            partnerships=(partnership,),
            places=(kyoto,),
            sectors=(sector,),
            place=kyoto,
            agreement=act,
        )

    # Agreements, their sectors, parties, signatories; events, their sectors, places,
    # partnerships; citations.
    with django_assert_num_queries(10):
        life = queries.life_of(partnership, TODAY)
        shown = [
            (
                act.signed_at.slug,
                [sector.code for sector in act.sectors.all()],
                [
                    (party.place.slug, [person.name for person in party.signatories.all()])
                    for party in act.parties.all()
                ],
            )
            for act in life.agreements
        ]
        told = [
            (
                event.place.slug,
                event.agreement.slug,
                [sector.code for sector in event.sectors.all()],
                [place.slug for place in event.places.all()],
                [other.slug for other in event.partnerships.all()],
            )
            for event in life.events
        ]
        sources = [source.title for source in life.provenance.sources]

    assert (len(shown), len(told), len(sources)) == (rows, rows, 2 * rows)


# Lists


@pytest.mark.parametrize("rows", [1, 3])
def test_listed_partnerships_cost_four_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        partnership = make_partnership()
        make_agreement(partnership=partnership, sectors=(make_sector(), make_sector()))
        make_event(partnerships=(partnership,))

    # Partnerships with places and status, their agreements, the sectors of these, events.
    with django_assert_num_queries(4):
        shown = [
            (
                str(row),
                row.italian_place.territory.slug,
                row.japanese_place.territory.slug,
                row.status,
                row.first_signed,
                row.first_signed_date,
                row.kinds,
                len(row.all_sectors),
                row.last_event.start,
                row.last_told,
                row.distance_km,
            )
            for row in queries.listed(Partnership.objects.all(), TODAY)
        ]

    assert [(row[3], row[4], row[7], row[9]) for row in shown] == [
        (Status.IN_FORCE, date(2005, 5, 27), 2, date(2019, 1, 1))
    ] * rows


# Sources of partnerships, and pairs of regions


def listed():
    return list(queries.listed(Partnership.objects.order_by("slug"), TODAY))


def test_a_partnership_counts_the_sources_of_all_that_is_public_of_it_each_once():
    ours, other = make_partnership(), make_partnership()
    shared = make_source()
    act = make_agreement(partnership=ours)  # has a source of its own
    make_citation(agreement=act, source=shared, field="kind", stated="gemellaggio")
    make_citation(agreement=act, source=shared, field="parties", stated="due città")
    make_citation(partnership=ours, source=shared, field="record", stated="gemellaggio")
    make_citation(partnership=ours, field="record", stated="1986", preferred=False)
    make_event(partnerships=(ours, other))  # has one too
    draft = make_agreement(partnership=ours, state="draft")
    make_citation(agreement=draft, field="kind", stated="patto")

    assert queries.source_counts(listed()) == {ours.pk: 4, other.pk: 1}


def test_a_partnership_that_nothing_is_cited_of_rests_on_no_source():
    partnership = make_partnership()

    assert queries.source_counts(listed()) == {partnership.pk: 0}


def test_no_partnerships_rest_on_no_sources():
    assert queries.source_counts([]) == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_source_counts_of_loaded_rows_cost_one_query(rows, django_assert_num_queries):
    for _ in range(rows):
        make_event(partnerships=(make_agreement().partnership,))
    partnerships = listed()

    with django_assert_num_queries(1):
        counts = queries.source_counts(partnerships)

    assert list(counts.values()) == [2] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_listed_agreements_cost_three_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        make_agreement(sectors=(make_sector(),), signed_at=make_prefecture())

    # Agreements with places, their sectors, their parties.
    with django_assert_num_queries(3):
        shown = [
            (
                act.get_absolute_url(),
                act.partnership.italian_place.territory.slug,
                act.partnership.japanese_place.territory.slug,
                act.signed_at.slug,
                [str(party) for party in act.parties.all()],
                [sector.code for sector in act.sectors.all()],
            )
            for act in queries.listed_agreements(Agreement.objects.all())
        ]

    assert [(len(row[4]), len(row[5])) for row in shown] == [(2, 1)] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_listed_events_cost_four_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        make_event(
            partnerships=(make_partnership(),),
            places=(make_prefecture(),),
            sectors=(make_sector(),),
            place=make_region(),
        )

    # Events with places, their partnerships, the places concerned, their sectors.
    with django_assert_num_queries(4):
        shown = [
            (
                event.get_absolute_url(),
                event.place.slug,
                [place.slug for place in event.places.all()],
                [sector.code for sector in event.sectors.all()],
            )
            for event in queries.listed_events(Event.objects.all())
        ]

    assert [(len(row[2]), len(row[3])) for row in shown] == [(1, 1)] * rows


def test_listed_events_stand_newest_first():
    undated, older, newer = (make_event(start=start) for start in ("", "2019", "2024-02"))

    assert list(queries.listed_events(Event.objects.all())) == [newer, older, undated]


def test_the_latest_agreements_are_public_and_dated_and_stand_newest_first():
    older, newest, newer = (make_agreement(signed=day) for day in ("2005", "2025-09-23", "2013-11"))
    make_agreement(signed="")
    make_agreement(signed="2026", state="draft")

    assert [queries.latest_agreements(count) for count in (2, 9)] == [
        [newest, newer],
        [newest, newer, older],
    ]


# Territories


def test_territories_stand_by_macro_area_with_those_places_in_them_that_are_shown():
    piemonte = make_region(code="IT-21", macro_area=MacroArea.NORTH_WEST)
    emilia_romagna = make_region(code="IT-45", macro_area=MacroArea.NORTH_EAST)
    liguria = make_region(code="IT-42", macro_area=MacroArea.NORTH_WEST)
    parma = make_italian_city(region=emilia_romagna, code="034027")
    ferrara = make_italian_city(region=emilia_romagna, code="038008")
    make_italian_city(region=emilia_romagna, code="033032")

    linked = (parma, ferrara, emilia_romagna)
    counts = {parma.pk: 2, ferrara.pk: 1, emilia_romagna.pk: 1}

    areas = queries.territories(
        Country.ITALY, {place.pk for place in (piemonte, liguria, *linked)}, counts
    )

    assert [
        (area, [(t.place, t.places, t.partnership_count) for t in territories])
        for area, territories in areas.items()
    ] == [
        (MacroArea.NORTH_WEST, [(piemonte, [], 0), (liguria, [], 0)]),
        (MacroArea.NORTH_EAST, [(emilia_romagna, [parma, ferrara], 4)]),
    ]


def test_territories_of_a_country_leave_the_other_out():
    ibaraki = make_prefecture(macro_area=MacroArea.KANTO)
    piemonte = make_region()

    areas = queries.territories(Country.JAPAN, {ibaraki.pk, piemonte.pk}, {})

    assert {area: [t.place for t in found] for area, found in areas.items()} == {
        MacroArea.KANTO: [ibaraki]
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_territories_cost_two_queries(rows, django_assert_num_queries):
    cities = [make_italian_city() for _ in range(rows)]
    shown = {key for city in cities for key in (city.pk, city.region_id)}

    # The territories, and the places in them.
    with django_assert_num_queries(2):
        areas = queries.territories(Country.ITALY, shown, {city.pk: 1 for city in cities})

    found = [territory for territories in areas.values() for territory in territories]
    assert [territory.partnership_count for territory in found] == [1] * rows


# Sectors


def test_a_sector_counts_the_partnerships_and_events_about_it_or_a_narrower_one_once():
    industry = make_sector(order=901)
    aerospace = make_sector(order=903, parent=industry)
    automotive = make_sector(order=902, parent=industry)
    culture = make_sector(order=904)
    partnership = make_partnership()
    make_agreement(partnership=partnership, sectors=(automotive, aerospace, industry))
    make_agreement(partnership=partnership, sectors=(automotive,))
    make_agreement(sectors=(industry,))
    make_agreement(sectors=(culture,), state="draft")
    make_event(partnerships=(partnership,), sectors=(automotive, aerospace))
    make_event(sectors=(culture,))
    make_event(sectors=(culture,), state="draft")

    assert queries.sector_counts(Agreement.objects.published(), Event.objects.published()) == [
        SectorCount(
            industry,
            partnerships=2,
            events=1,
            narrower=[
                SectorCount(automotive, partnerships=1, events=1, narrower=[]),
                SectorCount(aerospace, partnerships=1, events=1, narrower=[]),
            ],
        ),
        SectorCount(culture, partnerships=0, events=1, narrower=[]),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_sector_counts_cost_three_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        make_agreement(sectors=(make_sector(),))

    # The sectors of agreements, those of events, the vocabulary.
    with django_assert_num_queries(3):
        counts = queries.sector_counts(Agreement.objects.published(), Event.objects.published())

    assert [count.partnerships for count in counts] == [1] * rows


# Sources


def test_sources_are_listed_newest_first_with_the_number_of_facts_that_they_support():
    undated, old, new, hidden = (
        make_source(published=published) for published in ("", "2005", "2025-09-24", "2026")
    )
    act, draft = make_agreement(), make_agreement(state="draft")
    Citation.objects.all().delete()
    for source, field in ((old, "kind"), (old, "signed"), (new, "kind"), (undated, "term")):
        make_citation(source=source, agreement=act, field=field, stated="x", preferred=False)
    for source in (old, hidden):
        make_citation(source=source, agreement=draft, field="kind", stated="x", preferred=False)

    counted = [(source, source.citation_count) for source in queries.listed_sources()]

    assert counted == [(new, 1), (old, 2), (undated, 1)]


def test_a_source_that_states_two_values_of_a_fact_is_cited_twice():
    source, act = make_source(), make_agreement()
    Citation.objects.all().delete()
    for stated in ("205", "2025"):
        make_citation(source=source, agreement=act, field="signed", stated=stated, preferred=False)

    assert [source.citation_count for source in queries.listed_sources()] == [2]


@pytest.mark.parametrize("rows", [1, 3])
def test_listed_sources_cost_one_query(rows, django_assert_num_queries):
    for _ in range(rows):
        make_agreement()

    with django_assert_num_queries(1):
        counted = [source.citation_count for source in queries.listed_sources()]

    assert counted == [1] * rows


def test_a_source_supports_the_public_records_that_cite_it_with_what_it_states(partnership):
    source = make_source()
    act = make_agreement(partnership=partnership, slug="a")
    event = make_event(partnerships=(partnership,), slug="b")
    draft = make_agreement(partnership=partnership, state="draft")
    facts = [
        make_citation(source=source, stated="x", **target)
        for target in (
            {"partnership": partnership, "field": "record"},
            {"agreement": act, "field": "kind"},
            {"agreement": act, "field": "term"},
            {"event": event, "field": "kind"},
            {"agreement": draft, "field": "kind"},
        )
    ]

    supported = dict(queries.supported_by(source))

    assert supported == {partnership: facts[:1], act: facts[1:3], event: facts[3:4]}


@pytest.mark.parametrize("rows", [1, 3])
def test_what_a_source_supports_costs_three_queries(rows, django_assert_num_queries):
    source = make_source()
    for _ in range(rows):
        act = make_agreement()
        event = make_event(partnerships=(act.partnership,), places=(make_region(),))
        make_citation(source=source, partnership=act.partnership, field="record", stated="x")
        make_citation(source=source, agreement=act, field="kind", stated="x")
        make_citation(source=source, event=event, field="kind", stated="x")

    # Citations with their records, the partnerships of events, the places of events.
    with django_assert_num_queries(3):
        shown = [
            (str(record), record.get_absolute_url()) for record, _ in queries.supported_by(source)
        ]

    assert len(shown) == 3 * rows
