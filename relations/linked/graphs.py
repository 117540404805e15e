"""What is public, as one graph of linked data (RDF 1.1)."""

from datetime import date

from django.utils import timezone
from rdflib import Graph

from relations.linked.lives import describe_agreement, describe_event, describe_partnership
from relations.linked.places import describe_place, describe_sector
from relations.linked.records import Records
from relations.linked.sources import Citations, describe_source
from relations.linked.vocabulary import new_graph


def graph_of(records: Records, site: str, on: date | None = None) -> Graph:
    """The public ones of some records, with every text in the languages in which it is there.

    Each record is named by its URI, what belongs to it by a fragment of that; there are no
    blank nodes, so that the same data make the same text. `site` is an `uris.origin`, `on` the day of which it speaks (default: today).
    """
    graph, on = new_graph(), on or timezone.localdate()
    for partnership in records.read_partnerships():
        describe_partnership(graph, partnership, site, on)
    for act in records.read_agreements():
        describe_agreement(graph, act, site)
    for event in records.read_events():
        describe_event(graph, event, site)
    for place in records.read_places():
        describe_place(graph, place, site)
    for sector in records.read_sectors():
        describe_sector(graph, sector, site)
    citations = Citations(graph, site)
    sources = {source.pk: source for source in records.read_sources()}
    for citation in records.read_citations():
        citations.describe(citation)
        sources[citation.source_id] = citation.source
    for source in sources.values():
        describe_source(graph, source, site)
    return graph
