"""Records as linked data: what is public, in its languages, never more precise than its source."""

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Literal, URIRef

from relations.enums import AgreementKind, CitedField, Institution, Language, PublicationState
from relations.linked import Records, about, everything, graph_of, turtle
from relations.linked.vocabulary import EDTF, SCHEMA, WDT, WIKIDATA
from relations.models import Agreement, Event, Partnership, Place, Sector, Source
from relations.uris import uri_of
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_sector,
    make_source,
)

SITE = "https://atlas.example.org"
# The datatypes of a date of each length, and how they say it.
BY_LENGTH = {10: XSD.date, 7: XSD.gYearMonth, 4: XSD.gYear}


def uri(record):
    """The URI of a record, as a node."""
    return URIRef(uri_of(record, SITE))


def said(graph, subject, predicate):
    """The values of a property, with their datatype or language."""
    values = graph.objects(subject, predicate)
    return {(str(v), getattr(v, "datatype", None) or getattr(v, "language", None)) for v in values}


def dates(edtf):
    """What must be said of a date in canonical EDTF: itself, and an exact form where it has one."""
    expected = {(edtf, EDTF)} if edtf else set()
    if edtf and edtf[-1].isdigit():
        expected.add((edtf, BY_LENGTH[len(edtf)]))
    return expected


def test_a_graph_has_every_public_record_and_passes_the_shapes(whole_atlas, complaints):
    graph = graph_of(everything(), SITE)

    assert complaints(graph) == []
    for records in (
        Partnership.objects.published(),
        Agreement.objects.published(),
        Event.objects.published(),
        Place.objects.all(),
        Sector.objects.all(),
        Source.objects.published(),
    ):
        missing = [record.pk for record in records if (uri(record), RDF.type, None) not in graph]
        assert (records.model, missing) == (records.model, [])


@pytest.mark.parametrize(
    ("model", "predicate", "path"),
    [
        (Place, SCHEMA.name, "schema:name"),
        (Place, DCTERMS.identifier, "dct:identifier"),
        (Partnership, SCHEMA.about, "schema:about"),
        (Agreement, SCHEMA.author, "schema:author"),
        (Agreement, DCTERMS.source, "dct:source"),
        (Event, SCHEMA.name, "schema:name"),
        (Source, DCTERMS.language, "dct:language"),
    ],
)
def test_the_shapes_see_what_a_record_lacks(atlas, complaints, model, predicate, path):
    graph = graph_of(everything(), SITE)
    subject = next(
        uri(record) for record in model.objects.all() if (uri(record), predicate, None) in graph
    )
    graph.remove((subject, predicate, None))

    assert complaints(graph) == [path]


def test_the_shapes_see_a_date_that_is_none(db, complaints):
    act = make_agreement()
    graph = graph_of(everything(), SITE)
    graph.add((uri(act), SCHEMA.dateCreated, Literal("in spring")))

    assert set(complaints(graph)) == {"schema:dateCreated"}


def test_dates_of_the_whole_atlas_are_as_precise_as_their_sources(whole_atlas):
    graph = graph_of(everything(), SITE)

    for act in Agreement.objects.published():
        assert said(graph, uri(act), SCHEMA.dateCreated) == dates(act.signed)
        assert said(graph, uri(act), SCHEMA.expires) == dates(act.ended)
    for event in Event.objects.published():
        assert said(graph, uri(event), SCHEMA.startDate) == dates(event.start)
        assert said(graph, uri(event), SCHEMA.endDate) == dates(event.end)
    for source in Source.objects.published():
        assert said(graph, uri(source), SCHEMA.datePublished) == dates(source.published)


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("2005-05-27", {("2005-05-27", EDTF), ("2005-05-27", XSD.date)}),
        ("2013-11", {("2013-11", EDTF), ("2013-11", XSD.gYearMonth)}),
        ("1986", {("1986", EDTF), ("1986", XSD.gYear)}),
        ("1986~", {("1986~", EDTF)}),
        ("2005-05-27?", {("2005-05-27?", EDTF)}),
        ("198X", {("198X", EDTF)}),
        ("XXXX", {("XXXX", EDTF)}),
        ("", set()),
    ],
)
def test_a_date_is_said_in_the_datatype_of_its_precision_and_no_other(db, signed, expected):
    act = make_agreement(signed=signed)

    assert said(graph_of(about(act), SITE), uri(act), SCHEMA.dateCreated) == expected


def test_a_city_is_what_wikidata_and_its_country_call_it(db):
    place = make_italian_city(
        slug="torino", name_it="Torino", name_en="Turin", name_ja="トリノ市", wikidata="Q495"
    )

    graph = graph_of(about(place), SITE)

    assert (uri(place), RDF.type, SCHEMA.City) in graph
    assert said(graph, uri(place), SCHEMA.name) == {
        ("Torino", "it"),
        ("Turin", "en"),
        ("トリノ市", "ja"),
    }
    assert said(graph, uri(place), DCTERMS.identifier) == {(place.code, None)}
    assert set(graph.objects(uri(place), OWL.sameAs)) == {WIKIDATA.Q495}
    assert set(graph.objects(uri(place), SCHEMA.containedInPlace)) == {uri(place.region)}
    assert graph.value(uri(place), SCHEMA.geo / SCHEMA.latitude) == Literal(
        "44.40000", datatype=XSD.decimal
    )


def test_a_region_lies_in_its_country(db):
    region = make_italian_city().region

    graph = graph_of(about(region), SITE)

    country = URIRef("http://publications.europa.eu/resource/authority/country/ITA")
    assert set(graph.objects(uri(region), RDF.type)) == {SCHEMA.AdministrativeArea}
    assert set(graph.objects(uri(region), SCHEMA.containedInPlace)) == {country}


def test_a_text_is_there_in_the_languages_in_which_it_is(db):
    act = make_agreement(title_it="Gemellaggio", title_ja="", title_en="Twinning")

    found = said(graph_of(about(act), SITE), uri(act), SCHEMA.name)

    assert found == {("Gemellaggio", "it"), ("Twinning", "en")}


def test_sectors_are_a_scheme_of_two_levels(db):
    broad = make_sector()
    narrow = make_sector(parent=broad)

    graph = graph_of(Records(sectors=Sector.objects.all()), SITE)

    assert (uri(narrow), SKOS.broader, uri(broad)) in graph
    assert (uri(broad), SKOS.narrower, uri(narrow)) in graph
    assert set(graph.objects(URIRef(f"{SITE}/sectors/"), SKOS.hasTopConcept)) == {uri(broad)}


def test_the_values_that_sources_state_of_a_fact_stand_side_by_side(db):
    act = make_agreement(signed="2005-05-27")
    source = make_source()
    make_citation(
        agreement=act, source=source, field=CitedField.SIGNED, stated="2005", preferred=False
    )
    make_citation(
        agreement=act, source=source, field=CitedField.SIGNED, stated="da 20 anni", preferred=False
    )

    graph = graph_of(about(act), SITE)

    claims = {
        str(claim): (
            str(graph.value(claim, SCHEMA.text)),
            (claim, SCHEMA.creativeWorkStatus, None) in graph,
        )
        for claim in graph.subjects(SCHEMA.about, uri(act))
    }
    first = act.citations.get(preferred=True).source
    assert claims == {
        f"{uri(act)}#signed-{first.slug}": ("2005-05-27", True),
        f"{uri(act)}#signed-{source.slug}": ("2005", False),
        f"{uri(act)}#signed-{source.slug}-2": ("da 20 anni", False),
    }
    assert set(graph.objects(uri(act), DCTERMS.source)) == {uri(first), uri(source)}


def twins(**fields):
    """A public act of two places that Wikidata knows, and what is said of them as twins."""
    partnership = make_partnership(
        italian_place=make_italian_city(wikidata="Q495"),
        japanese_place=make_japanese_city(wikidata="Q11751"),
    )
    act = make_agreement(partnership=partnership, **fields)
    return act, lambda: set(graph_of(about(partnership), SITE).subject_objects(WDT.P190))


BOTH_WAYS = {(WIKIDATA.Q495, WIKIDATA.Q11751), (WIKIDATA.Q11751, WIKIDATA.Q495)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, BOTH_WAYS),
        ({"kind": AgreementKind.FRIENDSHIP_PACT}, BOTH_WAYS),
        ({"ended": "2010"}, BOTH_WAYS),
        ({"signed": ""}, BOTH_WAYS),
        ({"kind": AgreementKind.LETTER_OF_INTENT}, set()),
        ({"kind": AgreementKind.MEMORANDUM}, set()),
        ({"signed": "2999-01-02"}, set()),
    ],
)
def test_places_are_twins_where_they_are_or_were(db, fields, expected):
    _act, found = twins(**fields)

    assert found() == expected


def test_what_chambers_of_commerce_sign_makes_no_twins(db):
    act, found = twins()
    act.parties.update(institution=Institution.CHAMBER_OF_COMMERCE, name_en="Chamber")

    assert found() == set()


def test_no_draft_is_in_any_graph(db):
    hidden = {"state": PublicationState.DRAFT}
    act = make_agreement(slug="public-act", sectors=(make_sector(),))
    draft = make_agreement(slug="hidden-act", partnership=act.partnership, **hidden)
    Agreement.objects.filter(pk=act.pk).update(supersedes=draft, renews=draft)
    make_event(slug="hidden-event", partnerships=(act.partnership,), **hidden)
    make_event(slug="public-event", partnerships=(act.partnership,), agreement=draft)
    only_draft = make_agreement(
        slug="hidden-too", partnership=make_partnership(slug="hidden-pair"), **hidden
    )
    Source.objects.filter(citations__agreement__in=[draft, only_draft]).update(
        title="hidden source"
    )

    records = [*Partnership.objects.all(), *Agreement.objects.all(), *Event.objects.all()]
    records += [*Place.objects.all(), *Sector.objects.all(), *Source.objects.all()]
    texts = [turtle(graph_of(about(record), SITE)) for record in records]
    texts.append(turtle(graph_of(everything(), SITE)))

    assert "public-act" in texts[-1]
    assert [text for text in texts if "hidden" in text] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_graph_takes_the_same_number_of_queries_for_any_rows(db, rows, django_assert_num_queries):
    for _ in range(rows):
        act = make_agreement(sectors=(make_sector(parent=make_sector()),))
        make_event(
            partnerships=(act.partnership,), places=(make_italian_city(),), sectors=(make_sector(),)
        )

    # partnerships, their agreements with sectors and parties, their events; agreements, sectors,
    # parties; events, sectors, places, partnerships; places, spellings, partnerships of both
    # sides; sectors, narrower ones; sources; citations
    with django_assert_num_queries(5 + 3 + 4 + 4 + 2 + 1 + 1):
        graph_of(everything(), SITE)


def test_the_languages_are_those_of_the_records(whole_atlas):
    graph = graph_of(everything(), SITE)

    languages = {o.language for o in graph.objects() if isinstance(o, Literal) and o.language}
    assert languages == {*Language.values, "ja-Hira"}
