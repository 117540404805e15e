"""Long lists ask the database as often as short ones; `bench.desk` says how long they take."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import synthetic
from bench.desk import LISTS

# Session and account; how many there are in all, and how many are found; the rows; what each
# filter by another record offers.
QUERIES = {"agreement": 6, "event": 6, "partnership": 7, "place": 6, "citation": 5, "source": 5}
URLS = [(model, query) for model, queries in LISTS.items() for query in queries]


def asked(client, model, query):
    """How many queries a list takes."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/admin/relations/{model}/{query}")
    assert answer.status_code == 200
    return len(queries)


@pytest.fixture(params=[3, 150])
def _some(request, atlas):
    synthetic.fill(request.param)


@pytest.mark.usefixtures("_some")
def test_lists_take_a_fixed_number_of_queries(admin_client):
    taken = {url: asked(admin_client, *url) for url in URLS if "p=50" not in url[1]}

    assert taken == {url: QUERIES[url[0]] for url in taken}
