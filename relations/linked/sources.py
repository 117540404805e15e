"""Sources, and what each states of which fact, as linked data."""

from collections import Counter

from rdflib import DCTERMS, RDF, XSD, Graph, Literal, URIRef

from relations.enums import CitedField, Language
from relations.linked.vocabulary import LANGUAGES, SCHEMA, add_date, add_texts
from relations.models import Citation, Source
from relations.uris import uri_of


def describe_source(graph: Graph, source: Source, site: str) -> None:
    """Say who published what, when, and where it can be read."""
    uri = URIRef(uri_of(source, site))
    graph.add((uri, RDF.type, SCHEMA.CreativeWork))
    graph.add((uri, SCHEMA.additionalType, Literal(source.kind)))
    graph.add((uri, SCHEMA.name, Literal(source.title, lang=source.language)))
    if source.publisher:
        graph.add((uri, DCTERMS.publisher, Literal(source.publisher)))
    graph.add((uri, DCTERMS.language, LANGUAGES[Language(source.language)]))
    add_date(graph, uri, SCHEMA.datePublished, source.published_date)
    for predicate, address in ((SCHEMA.url, source.url), (SCHEMA.archivedAt, source.archived_url)):
        if address:
            graph.add((uri, predicate, Literal(address, datatype=XSD.anyURI)))
    add_texts(graph, uri, SCHEMA.description, source, "note")


class Citations:
    """The citations of a graph while they are being told, each under a URI of its own."""

    def __init__(self, graph: Graph, site: str) -> None:
        self._graph, self._site = graph, site
        self._told: Counter[str] = Counter()

    def describe(self, citation: Citation) -> None:
        """Say that a record rests on a source and, of a single fact, what the source states of it.

        A claim is what somebody says and not what is so: sources that disagree stand side by side.
        """
        graph = self._graph
        record = URIRef(uri_of(citation.target, self._site))
        source = URIRef(uri_of(citation.source, self._site))
        graph.add((record, DCTERMS.source, source))
        if citation.field == CitedField.RECORD and not citation.stated:
            return
        uri = self._name(f"{record}#{citation.field}-{citation.source.slug}")
        graph.add((uri, RDF.type, SCHEMA.Claim))
        graph.add((uri, SCHEMA.about, record))
        graph.add((uri, SCHEMA.additionalType, Literal(citation.field)))
        graph.add((uri, SCHEMA.text, Literal(citation.stated)))
        graph.add((uri, SCHEMA.appearance, source))
        if citation.preferred:
            graph.add((uri, SCHEMA.creativeWorkStatus, Literal("preferred")))
        add_texts(graph, uri, SCHEMA.description, citation, "note")

    def _name(self, uri: str) -> URIRef:
        """A URI, with a number from the second of the same on: a source may state two values of one fact."""
        self._told[uri] += 1
        return URIRef(uri if self._told[uri] == 1 else f"{uri}-{self._told[uri]}")
