"""The public rows of the tables: all that is published, nothing else, in one order."""

import pytest

from relations.enums import PublicationState
from relations.releases import FILES, Edition
from relations.tables import TABLES
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_partnership,
    make_party,
    make_source,
)
from tests.relations.releases.rows import SITE, cells, slugs

pytestmark = pytest.mark.django_db

HIDDEN = [PublicationState.DRAFT, PublicationState.REVIEW, PublicationState.WITHDRAWN]


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_published_leaves_no_trace_in_any_file(state):
    pair = make_partnership(slug="secret-pair", summary_en="Secret.")
    act = make_agreement(partnership=pair, slug="secret-act", state=state)
    make_party(agreement=act, place=make_italian_city(slug="secret-party"))
    make_event(partnerships=(pair,), slug="secret-event", state=state)
    source = make_source(slug="secret-source")
    make_citation(agreement=act, field="kind", stated="secret", source=source)
    make_agreement()

    bodies = {name: file.make(Edition(SITE)).body.lower() for name, file in FILES.items()}

    assert [name for name, body in bodies.items() if b"secret" in body] == []
    assert [name for name, body in bodies.items() if pair.italian_place.slug.encode() in body] == []


@pytest.mark.parametrize("state", HIDDEN)
def test_a_published_record_does_not_name_one_that_is_not(state):
    hidden = make_agreement(state=state)
    act = make_agreement(slug="act", partnership=hidden.partnership, renews=hidden)
    make_agreement(slug="other", partnership=hidden.partnership, supersedes=hidden)
    make_event(slug="event", partnerships=(hidden.partnership,), agreement=hidden)
    make_event(slug="told", partnerships=(hidden.partnership,), agreement=act)

    assert [(row["slug"], row["renews"], row["supersedes"]) for row in cells("agreements")] == [
        ("act", "", ""),
        ("other", "", ""),
    ]
    assert [(row["slug"], row["agreement"]) for row in cells("events")] == [
        ("event", ""),
        ("told", "act"),
    ]


def test_one_published_act_names_the_other():
    first = make_agreement(slug="first")
    make_agreement(slug="second", partnership=first.partnership, renews=first)

    assert {row["slug"]: row["renews"] for row in cells("agreements")} == {
        "first": "",
        "second": "first",
    }


def test_places_are_the_territories_and_those_that_something_published_names():
    act = make_agreement(signed_at=make_italian_city(slug="signed-at"))
    make_party(agreement=act, place=make_italian_city(slug="party"))
    make_event(place=make_italian_city(slug="seat"), places=(make_italian_city(slug="guest"),))
    unknown = make_italian_city(slug="nobody")

    found = slugs("places")

    assert {"signed-at", "party", "seat", "guest", act.partnership.japanese_place.slug} < {*found}
    assert unknown.region.slug in found
    assert "nobody" not in found


def test_rows_do_not_follow_the_order_in_which_they_were_added():
    for slug in ("b", "a-b", "a", "c"):
        make_agreement(slug=slug)

    assert slugs("agreements") == ["a", "a-b", "b", "c"]


@pytest.mark.parametrize("kind", TABLES)
def test_a_file_is_csv_as_the_standard_has_it(atlas, kind):
    """RFC 4180: lines end in CR LF, the last too; UTF-8 without a byte order mark."""
    content = FILES[f"{kind}.csv"].make(Edition(SITE))

    head = ",".join(TABLES[kind].names).encode()
    assert content.body.startswith(head + b"\r\n")
    assert content.body.endswith(b"\r\n")
    assert content.rows == len(cells(kind)) > 0


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_takes_the_same_number_of_queries_for_any_rows(kind, django_assert_num_queries):
    expected = {
        "places": 2,  # and spellings
        "sources": 1,
        "partnerships": 3,  # citations and their sources
        # parties, their places, signatories, sectors, citations, sources; what they renew and supersede
        "agreements": 7,
        "events": 6,  # partnerships, places, sectors, citations, sources
        "citations": 1,
        "sectors": 1,
    }[kind]
    for _ in range(2):
        act = make_agreement()
        make_event(partnerships=(act.partnership,))
        make_citation(partnership=act.partnership, field="summary", stated="So it is.")
        with django_assert_num_queries(expected):
            cells(kind)
