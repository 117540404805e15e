"""The vocabularies of our linked data, and how texts and dates are said in them."""

from typing import Any

from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, FOAF
from rdflib.term import Node

from relations.dates import DatePrecision, PartialDate
from relations.enums import Country, Language

SCHEMA = Namespace("https://schema.org/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
# Properties of Wikidata as plain links from item to item.
WDT = Namespace("http://www.wikidata.org/prop/direct/")
DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
# The tables of codes of the Publications Office of the European Union.
EU = Namespace("http://publications.europa.eu/resource/authority/")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")

PREFIXES = {
    "dcat": DCAT,
    "dcatapit": DCATAPIT,
    "dct": DCTERMS,
    "foaf": FOAF,
    "owl": OWL,
    "rdf": RDF,
    "schema": SCHEMA,
    "skos": SKOS,
    "vcard": VCARD,
    "wd": WIKIDATA,
    "wdt": WDT,
    "xsd": XSD,
}
COUNTRIES = {Country.ITALY: EU["country/ITA"], Country.JAPAN: EU["country/JPN"]}
LANGUAGES = {
    Language.ITALIAN: EU["language/ITA"],
    Language.JAPANESE: EU["language/JPN"],
    Language.ENGLISH: EU["language/ENG"],
}

# The datatype of XML Schema for what is known of a date, and no other; a decade has none.
_DATATYPES = {
    DatePrecision.DAY: XSD.date,
    DatePrecision.MONTH: XSD.gYearMonth,
    DatePrecision.YEAR: XSD.gYear,
}


def new_graph() -> Graph:
    """An empty graph that knows our prefixes and no others."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def exact(when: PartialDate) -> str:
    """A date in the form of ISO 8601, as precisely as it is known: `2005-05-27`, `2005-05`, `2005`.

    Empty where that form would say more than is known: of a decade, of what is approximate or uncertain.
    """
    return "" if when.approximate or when.uncertain else when.datetime


def add_date(graph: Graph, subject: Node, predicate: URIRef, when: PartialDate) -> None:
    """Say a date: always as EDTF, and in the datatype of its precision where it has an exact form."""
    if when.edtf:
        graph.add((subject, predicate, Literal(when.edtf, datatype=EDTF)))
    add_exact_date(graph, subject, predicate, when)


def add_exact_date(graph: Graph, subject: Node, predicate: URIRef, when: PartialDate) -> None:
    """Say a date in the datatype of its precision alone, for who knows no EDTF; nothing where it has no exact form."""
    if said := exact(when):
        graph.add((subject, predicate, Literal(said, datatype=_DATATYPES[when.precision])))


def add_texts(graph: Graph, subject: Node, predicate: URIRef, record: Any, name: str) -> None:
    """Say a trilingual text of a record, in each language in which it is there."""
    for language in Language:
        if text := getattr(record, f"{name}_{language}"):
            graph.add((subject, predicate, Literal(text, lang=language.value)))
