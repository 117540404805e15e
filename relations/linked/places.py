"""Places and sectors as linked data."""

from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Graph, Literal, URIRef

from relations.enums import Country, PlaceKind
from relations.linked.vocabulary import COUNTRIES, SCHEMA, WIKIDATA, add_texts
from relations.models import Place, Sector
from relations.uris import uri_of

# The reading of a Japanese name: Japanese in hiragana (BCP 47, ISO 15924).
READING = "ja-Hira"


def class_of(place: Place) -> str:
    """Which class of schema.org a place is of: a city or town, or another part of its country."""
    return "City" if place.kind == PlaceKind.MUNICIPALITY else "AdministrativeArea"


def wikidata_of(place: Place) -> URIRef | None:
    """Its entity in Wikidata, where it is known."""
    return WIKIDATA[place.wikidata] if place.wikidata else None


def describe_place(graph: Graph, place: Place, site: str) -> None:
    """Say what a place is, what it is called, where it lies, and which partnerships it has."""
    uri = URIRef(uri_of(place, site))
    graph.add((uri, RDF.type, SCHEMA[class_of(place)]))
    add_texts(graph, uri, SCHEMA.name, place, "name")
    if place.reading:
        graph.add((uri, SKOS.altLabel, Literal(place.reading, lang=READING)))
    for spelling in place.spellings.all():
        graph.add((uri, SKOS.altLabel, Literal(spelling.text, lang=spelling.language)))
    # The code of ISTAT, JIS X 0402 or ISO 3166-2, with its zeros.
    graph.add((uri, DCTERMS.identifier, Literal(place.code)))
    if entity := wikidata_of(place):
        graph.add((uri, OWL.sameAs, entity))
        graph.add((uri, SCHEMA.sameAs, entity))
    within = (
        URIRef(uri_of(place.region, site)) if place.region else COUNTRIES[Country(place.country)]
    )
    graph.add((uri, SCHEMA.containedInPlace, within))
    _locate(graph, uri, place)
    for partnerships in (place.partnerships_as_italian, place.partnerships_as_japanese):
        for partnership in partnerships.all():
            graph.add((uri, SCHEMA.subjectOf, URIRef(uri_of(partnership, site))))


def _locate(graph: Graph, uri: URIRef, place: Place) -> None:
    """Its point, or that of its seat, in degrees (WGS 84)."""
    point = URIRef(f"{uri}#point")
    graph.add((uri, SCHEMA.geo, point))
    graph.add((point, RDF.type, SCHEMA.GeoCoordinates))
    for name in ("latitude", "longitude"):
        degrees = Literal(str(getattr(place, name)), datatype=XSD.decimal)
        graph.add((point, SCHEMA[name], degrees))


def describe_sector(graph: Graph, sector: Sector, site: str) -> None:
    """Say what a sector is called, and what is broader and narrower, as concepts of one scheme."""
    uri, scheme = URIRef(uri_of(sector, site)), URIRef(f"{site}/sectors/")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((uri, RDF.type, SKOS.Concept))
    graph.add((uri, SKOS.inScheme, scheme))
    graph.add((uri, SKOS.notation, Literal(sector.code)))
    add_texts(graph, uri, SKOS.prefLabel, sector, "name")
    if sector.parent:
        graph.add((uri, SKOS.broader, URIRef(uri_of(sector.parent, site))))
    else:
        graph.add((uri, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, uri))
    for narrower in sector.narrower.all():
        graph.add((uri, SKOS.narrower, URIRef(uri_of(narrower, site))))
