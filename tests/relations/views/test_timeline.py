"""The timeline shows every agreement and event of the data once, under the same filter as the other pages."""

import gzip
import re
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from relations.filters.index import Index
from relations.models import Agreement, Event
from tests.factories import make_agreement, make_event, make_partnership, make_sector

# Filters of each parameter and of several, and those that find nothing.
FILTERS = (
    "",
    "region=IT-45",
    "region=JP-23",
    "region=IT-45&region=IT-21",
    "region=IT-45&region=JP-08",
    "region=IT-67",
    "sector=culture",
    "sector=automotive",
    "kind=twinning",
    "kind=memorandum&kind=protocol",
    "kind=letter_of_intent",
    "status=in_force",
    "status=ended",
    "from=2000",
    "to=1999",
    "from=2005&to=2009",
    "q=nagoya",
    "q=%E5%90%8D%E5%8F%A4%E5%B1%8B",
    "q=zzz",
    "region=IT-45&sector=culture&status=in_force&from=1980",
)


def marks(page: str) -> Counter[str]:
    """How many marks of agreements and of events a page has."""
    return Counter(re.findall(r'class="moment moment--(act|event)', page))


@pytest.mark.parametrize("query", FILTERS)
def test_counts_are_those_of_the_lists_under_the_same_filter(
    client: Client, atlas: None, query: str
) -> None:
    timeline = client.get(f"/en/timeline/?{query}")
    partnerships = client.get(f"/en/partnerships/?{query}").context["page"].paginator.count
    agreements = client.get(f"/en/agreements/?{query}").context["page"].paginator.count

    found, acts, events = timeline.context["numbers"]()
    drawn = marks(timeline.content.decode())

    assert (found, acts) == (partnerships, agreements)
    assert (drawn["act"], drawn["event"]) == (acts, events)


@pytest.mark.parametrize("view", ["", "japan", "sector", "kind"])
def test_everything_stands_on_it_exactly_once(client: Client, atlas: None, view: str) -> None:
    timeline = client.get(f"/it/timeline/?view={view}", follow=True).context["timeline"]()

    drawn = [mark.record for lane in timeline.lanes for mark in lane.marks] + [
        mark.record for mark in timeline.undated
    ]

    public = [*Agreement.objects.published(), *Event.objects.published()]
    assert Counter(map(repr, drawn)) == Counter(map(repr, public))
    assert sum(lane.acts for lane in timeline.lanes) + timeline.undated_acts == 12


def test_facets_count_partnerships_as_the_map_does(client: Client, atlas: None) -> None:
    pages = [client.get(f"/en/{path}?sector=culture").context for path in ("timeline/", "")]

    facets = [
        [(facet.name, facet.groups) for facet in shown if facet.name != "event"]
        for shown in (pages[0]["facets"](), pages[1]["facets"])
    ]
    assert facets[0] == facets[1]


def test_events_of_some_kinds_can_be_chosen_or_none(client: Client, atlas: None) -> None:
    everything, some, none = (
        client.get(f"/en/timeline/?{query}").context
        for query in ("", "event=mission&event=donation", "event=none")
    )

    assert [context["numbers"]()[2] for context in (everything, some, none)] == [10, 3, 0]
    assert some["numbers"]()[:2] == everything["numbers"]()[:2] == (10, 12)
    kinds = some["facets"]()[-1].groups[0][1]
    assert {option.value: option.count for option in kinds if option.selected} == {
        "mission": 2,
        "donation": 1,
    }


def test_events_are_those_of_the_partnerships_within_the_years(client: Client, db: None) -> None:
    """An act of 1990 is beyond the years, the event of 2010 in the life that it began is not."""
    act = make_agreement(signed="1990", kind="protocol")
    make_event(partnerships=(act.partnership,), start="2010")
    make_event(partnerships=(act.partnership,), start="1995")
    make_event(partnerships=(make_agreement(kind="twinning").partnership,), start="2010")
    make_event(partnerships=(), start="2010")

    numbers = [
        client.get(f"/en/timeline/?{query}").context["numbers"]()[1:]
        for query in ("from=2008&to=2012", "from=2008&to=2012&kind=protocol")
    ]

    assert numbers == [(0, 3), (0, 1)]


def test_no_date_is_drawn_or_said_more_precisely_than_it_is_known(client: Client, db: None) -> None:
    for signed in ("1986", "1987~", "198X", "1988-05", ""):
        make_agreement(signed=signed)

    page = client.get("/en/timeline/").content.decode()

    times = re.findall(r'<time datetime="([^"]*)">([^<]*)<', page.split('id="timeline"')[1])
    assert sorted(times) == [("1986", "1986"), ("1987", "about 1987"), ("1988-05", "May 1988")]
    assert page.count("moment--point") == 1  # the one without a date, which has no length either
    assert page.count("moment--vague") == 1


def test_the_selection_and_the_filter_lead_to_the_map_and_back(client: Client, atlas: None) -> None:
    query = "?region=IT-21&from=2000&sel=torino-nagoya"
    there = client.get(f"/en/timeline/{query}&view=kind&event=none").content.decode()
    back = client.get(f"/en/{query}&view=world").content.decode()

    escaped = query.replace("&", "&amp;")
    assert f'href="/en/{escaped}"' in there
    assert 'href="/en/?region=IT-21&amp;from=2000&amp;view=world&amp;sel=torino-nagoya"' in there
    assert f'href="/en/timeline/{escaped}"' in back


def test_the_selected_partnership_is_named_and_its_marks_are_lit(
    client: Client, atlas: None
) -> None:
    response = client.get("/en/timeline/?sel=torino-nagoya")
    page = response.content.decode()

    assert str(response.context["selected"]()) == "Turin – Nagoya"
    assert page.count("is-lit") == 3
    assert 'href="/en/partnerships/torino-nagoya/"' in page


def test_a_filter_that_finds_nothing_says_what_to_loosen(client: Client, atlas: None) -> None:
    page = client.get("/en/timeline/?region=IT-67").content.decode()

    assert "Nothing on the timeline matches this filter." in page
    assert 'href="?"' in page


@pytest.mark.parametrize(
    "query", ["view=world", "event=party", "from=soon", "sel=atlantis", "region=IT-99"]
)
def test_what_cannot_be_understood_is_refused(client: Client, atlas: None, query: str) -> None:
    assert client.get(f"/en/timeline/?{query}").status_code == 400


def test_an_event_leads_to_where_it_is_told(client: Client, db: None) -> None:
    partnership = make_partnership(slug="torino-nagoya")
    make_event(slug="mission", partnerships=(partnership,))

    page = client.get("/en/timeline/").content.decode()

    assert 'href="/en/partnerships/torino-nagoya/#mission"' in page
    assert 'id="mission"' in client.get("/en/partnerships/torino-nagoya/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        act = make_agreement(sectors=(make_sector(),))
        make_event(partnerships=(act.partnership, make_partnership()), sectors=(make_sector(),))
    Index.current()

    # version; agreements, events and their partnerships, the sectors of both; the marks: agreements, events, their partnerships, places; years; number of
    # partnerships
    with django_assert_num_queries(12):
        client.get("/en/timeline/")
    with django_assert_num_queries(1):
        client.get("/en/timeline/")


def test_a_thousand_agreements_make_a_small_page(client: Client, atlas: None) -> None:
    from bench.synthetic import fill  # noqa: PLC0415 # needs the database

    fill(640)
    response = client.get("/it/timeline/")

    assert response.context["numbers"]()[1] > 1000
    assert response.context["timeline"]().is_folded
    assert len(gzip.compress(response.content)) < 150_000


def test_a_bar_of_a_folded_lane_leads_to_its_year_and_lane(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relations.timelines.drawing.MOST_LABELS", 0)
    act = make_agreement(signed="1986")
    region = act.partnership.italian_place.territory.code

    page = client.get("/en/timeline/").content.decode()

    assert f'href="?region={region}&amp;from=1986&amp;to=1986"' in page
    assert 'aria-label="1986: 1 agreement, 0 events"' in page
