"""What the tests of linked data share: reading it back, and the shapes that it must have."""

import warnings
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph

SITE = "https://atlas.example.org"
SHAPES = Path(__file__).parent / "shapes.ttl"


def read(document):
    """The graph of a JSON-LD document."""
    with warnings.catch_warnings():
        # rdflib warns of itself: its reader still makes a ConjunctiveGraph.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=document, format="json-ld")


@pytest.fixture
def complaints():
    """What the shapes find wrong with a graph: the path of each property that is not as it must be."""
    shapes = Graph().parse(SHAPES)

    def complain(graph):
        conforms, results, _text = validate(graph, shacl_graph=shapes)
        found = results.query(
            "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?path WHERE { ?result a sh:ValidationResult "
            "OPTIONAL { ?result sh:resultPath ?path } }"
        )
        paths = sorted(graph.qname(row.path) if row.path else "" for row in found)
        assert conforms == (not paths)
        return paths

    return complain
