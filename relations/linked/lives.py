"""Partnerships, agreements and events as linked data."""

from collections.abc import Iterable
from datetime import date

from rdflib import DCTERMS, RDF, Graph, Literal, URIRef

from relations.enums import Institution
from relations.linked.places import wikidata_of
from relations.linked.twinned import affiliations
from relations.linked.vocabulary import SCHEMA, WDT, add_date, add_texts
from relations.models import Agreement, Event, Partnership, Party, Sector
from relations.uris import uri_of


def describe_partnership(graph: Graph, partnership: Partnership, site: str, on: date) -> None:
    """Say between which places it is, and which acts and events are its life.

    schema.org has no word for the relation itself: it is the collection of what came of it.
    """
    uri = URIRef(uri_of(partnership, site))
    graph.add((uri, RDF.type, SCHEMA.Collection))
    add_texts(graph, uri, SCHEMA.abstract, partnership, "summary")
    add_date(graph, uri, DCTERMS.date, partnership.first_contact_date)  # when the sides first met
    for place in (partnership.italian_place, partnership.japanese_place):
        graph.add((uri, SCHEMA.about, URIRef(uri_of(place, site))))
    for part in (*partnership.public_agreements, *partnership.public_events):
        graph.add((uri, SCHEMA.hasPart, URIRef(uri_of(part, site))))
    _say_sectors(graph, uri, partnership.all_sectors, site)
    _say_twins(graph, partnership, on)


def _say_twins(graph: Graph, partnership: Partnership, on: date) -> None:
    """Say in Wikidata's own terms that the places are twins, or were.

    P190 joins items of Wikidata and is symmetric. Twins whose relation has ended keep it there,
    with an end (P582); a plain link cannot have one: the agreements say it.
    """
    one, other = map(wikidata_of, (partnership.italian_place, partnership.japanese_place))
    if one and other and affiliations(partnership, on):
        graph.add((one, WDT.P190, other))
        graph.add((other, WDT.P190, one))


def describe_agreement(graph: Graph, act: Agreement, site: str) -> None:
    """Say what was signed, when and where, by whom and about what."""
    uri = URIRef(uri_of(act, site))
    graph.add((uri, RDF.type, SCHEMA.CreativeWork))
    graph.add((uri, SCHEMA.additionalType, Literal(act.kind)))
    add_texts(graph, uri, SCHEMA.name, act, "title")
    add_texts(graph, uri, SCHEMA.abstract, act, "summary")
    add_date(graph, uri, SCHEMA.dateCreated, act.signed_date)
    add_date(graph, uri, SCHEMA.expires, act.ended_date)
    graph.add((uri, SCHEMA.isPartOf, URIRef(uri_of(act.partnership, site))))
    for place in (act.partnership.italian_place, act.partnership.japanese_place):
        graph.add((uri, SCHEMA.about, URIRef(uri_of(place, site))))
    if act.signed_at:
        graph.add((uri, SCHEMA.locationCreated, URIRef(uri_of(act.signed_at, site))))
    for predicate, earlier in (
        (DCTERMS.replaces, act.supersedes),
        (SCHEMA.isBasedOn, act.renews),
    ):
        if earlier and earlier.is_published:
            graph.add((uri, predicate, URIRef(uri_of(earlier, site))))
    for number, party in enumerate(act.parties.all(), 1):
        _describe_party(graph, uri, URIRef(f"{uri}#party-{number}"), party, site)
    _say_sectors(graph, uri, act.sectors.all(), site)


def _describe_party(graph: Graph, act: URIRef, uri: URIRef, party: Party, site: str) -> None:
    is_government = party.institution == Institution.LOCAL_GOVERNMENT
    graph.add((act, SCHEMA.author, uri))
    graph.add(
        (uri, RDF.type, SCHEMA["GovernmentOrganization" if is_government else "Organization"])
    )
    graph.add((uri, SCHEMA.additionalType, Literal(party.institution)))
    add_texts(graph, uri, SCHEMA.name, party if _has_name(party) else party.place, "name")
    graph.add((uri, SCHEMA.areaServed, URIRef(uri_of(party.place, site))))


def _has_name(party: Party) -> bool:
    return bool(party.name_it or party.name_ja or party.name_en)


def describe_event(graph: Graph, event: Event, site: str) -> None:
    """Say what happened, when and where, in which partnerships and about what."""
    uri = URIRef(uri_of(event, site))
    graph.add((uri, RDF.type, SCHEMA.Event))
    graph.add((uri, SCHEMA.additionalType, Literal(event.kind)))
    add_texts(graph, uri, SCHEMA.name, event, "title")
    add_texts(graph, uri, SCHEMA.description, event, "summary")
    add_date(graph, uri, SCHEMA.startDate, event.start_date)
    add_date(graph, uri, SCHEMA.endDate, event.end_date)
    if event.place:
        graph.add((uri, SCHEMA.location, URIRef(uri_of(event.place, site))))
    if event.agreement and event.agreement.is_published:
        graph.add((uri, SCHEMA.workFeatured, URIRef(uri_of(event.agreement, site))))
    for partnership in event.partnerships.all():
        graph.add((uri, DCTERMS.isPartOf, URIRef(uri_of(partnership, site))))
        for place in (partnership.italian_place, partnership.japanese_place):
            graph.add((uri, SCHEMA.about, URIRef(uri_of(place, site))))
    for place in event.places.all():
        graph.add((uri, SCHEMA.about, URIRef(uri_of(place, site))))
    _say_sectors(graph, uri, event.sectors.all(), site)


def _say_sectors(graph: Graph, uri: URIRef, sectors: Iterable[Sector], site: str) -> None:
    for sector in sectors:
        graph.add((uri, DCTERMS.subject, URIRef(uri_of(sector, site))))
