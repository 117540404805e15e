"""Linked data: records as graphs, the catalogue, what pages say of themselves, statements for Wikidata."""

from relations.linked.graphs import graph_of
from relations.linked.records import Records, about, everything
from relations.linked.serializing import FORMATS, json_ld, turtle

__all__ = ("FORMATS", "Records", "about", "everything", "graph_of", "json_ld", "turtle")
