"""Turtle and JSON-LD say the same, and say it in the same bytes each time."""

import json

import pytest
from rdflib import BNode, Graph
from rdflib.compare import isomorphic

from relations.linked import about, everything, graph_of, json_ld, turtle
from relations.linked.vocabulary import PREFIXES, new_graph
from relations.models import Partnership
from tests.relations.linked.conftest import SITE, read


@pytest.fixture
def graph(atlas):
    """All that is public of one partnership."""
    return graph_of(about(Partnership.objects.get(slug="torino-nagoya")), SITE)


def test_turtle_is_read_back_to_the_same_graph(graph):
    assert isomorphic(Graph().parse(data=turtle(graph), format="turtle"), graph)


def test_json_ld_is_read_back_to_the_same_graph(graph):
    assert isomorphic(read(json_ld(graph)), graph)


@pytest.mark.parametrize("write", [turtle, json_ld])
def test_the_order_in_which_facts_are_told_makes_no_difference(graph, write):
    reversed_graph = new_graph()
    for triple in reversed(list(graph)):
        reversed_graph.add(triple)

    assert write(reversed_graph) == write(graph)


def test_nothing_is_without_a_name(atlas):
    nodes = graph_of(everything(), SITE).all_nodes()

    assert [node for node in nodes if isinstance(node, BNode)] == []


def test_json_ld_needs_no_context_from_elsewhere(graph):
    assert json.loads(json_ld(graph))["@context"] == {
        prefix: str(namespace) for prefix, namespace in PREFIXES.items()
    }


def test_an_empty_graph_is_a_document_too():
    assert json.loads(json_ld(new_graph()))["@graph"] == []
