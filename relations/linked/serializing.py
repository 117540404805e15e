"""Graphs as text: the same text for the same graph, to the byte."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from rdflib import Graph

from relations.linked.vocabulary import PREFIXES


def turtle(graph: Graph) -> str:
    """A graph in Turtle (W3C Recommendation, 2014), its subjects, properties and values in order."""
    return graph.serialize(format="turtle")


def json_ld(graph: Graph) -> str:
    """A graph in JSON-LD 1.1, with a context of prefixes only, in order."""
    context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    expanded = json.loads(graph.serialize(format="json-ld", context=context, auto_compact=False))
    nodes = expanded.get("@graph", [{k: v for k, v in expanded.items() if k != "@context"}])
    document = {"@context": context, "@graph": _in_order(nodes)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _in_order(value: Any) -> Any:
    """The same, each list and each object sorted: in RDF no order means anything."""
    if isinstance(value, list):
        return sorted((_in_order(item) for item in value), key=_text_of)
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return value


def _text_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


class Format(NamedTuple):
    """A format of linked data: its media type, and its writer."""

    media_type: str
    write: Callable[[Graph], str]


# By the end of the address.
FORMATS = {
    "ttl": Format("text/turtle", turtle),
    "jsonld": Format("application/ld+json", json_ld),
}
