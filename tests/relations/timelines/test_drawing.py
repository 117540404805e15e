"""Every agreement and event stands on the timeline once, in its lane, or is counted where they are too many."""

from datetime import date

import pytest

from relations import queries, timelines
from relations.filters.index import Index
from relations.models import Agreement, Event
from relations.timelines import Axis, Choice, drawing
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture
def draw():
    """Draws all that is public, looked at in some way."""

    def drawn(view="", asked=(None, None), on=TODAY):
        index = Index()
        acts = timelines.acts_of(Agreement.objects.published(), index.vocabulary)
        events = timelines.events_of(Event.objects.published(), index.vocabulary)
        records = {(False, act.pk): act for act in queries.drawn_agreements(on)}
        records |= {(True, event.pk): event for event in queries.drawn_events()}
        vocabularies = (index.territories, index.vocabulary)
        return timelines.draw((acts, events), records, Choice(view, asked, on), vocabularies)

    return drawn


def placed(timeline):
    """The slugs in each lane, in their order, and those of no date."""
    lanes = {lane.theme.code: [mark.record.slug for mark in lane.marks] for lane in timeline.lanes}
    return lanes, [mark.record.slug for mark in timeline.undated]


@pytest.fixture
def two():
    """A partnership of the North-West with Chubu, and one of the South with Kinki."""
    piemonte = make_region(code="IT-21", macro_area="north-west")
    puglia = make_region(code="IT-75", macro_area="south")
    aichi = make_prefecture(code="JP-23", macro_area="chubu")
    kyoto = make_prefecture(code="JP-26", macro_area="kinki")
    return [
        make_partnership(
            slug="a-northern",
            italian_place=make_italian_city(region=piemonte),
            japanese_place=make_japanese_city(region=aichi),
        ),
        make_partnership(slug="b-southern", italian_place=puglia, japanese_place=kyoto),
    ]


def test_each_stands_once_in_order_of_time(two, draw):
    northern, southern = two
    make_agreement(partnership=northern, slug="second", signed="2005-05-27")
    make_agreement(partnership=northern, slug="first", signed="1986")
    make_event(partnerships=(southern, northern), slug="of-both", start="2005-05-27")
    make_event(partnerships=(southern,), slug="southern", start="2010")
    make_event(partnerships=(), slug="of-none", start="2011")
    make_agreement(partnership=southern, slug="undated", signed="")
    make_event(partnerships=(southern,), slug="undated-event", start="")
    make_agreement(partnership=northern, slug="draft", state="draft")

    assert placed(draw()) == (
        {"north-west": ["first", "second", "of-both"], "south": ["southern"], "": ["of-none"]},
        ["undated", "undated-event"],
    )
    assert placed(draw("japan"))[0] == {
        "chubu": ["first", "second", "of-both"],
        "kinki": ["southern"],
        "": ["of-none"],
    }


def test_lanes_by_kind_hold_the_events_last(two, draw):
    make_agreement(partnership=two[0], slug="pact", kind="friendship_pact")
    make_agreement(partnership=two[0], slug="twinning", kind="twinning")
    make_event(partnerships=(two[0],), slug="mission", kind="mission")

    assert list(placed(draw("kind"))[0].items()) == [
        ("twinning", ["twinning"]),
        ("friendship_pact", ["pact"]),
        ("", ["mission"]),
    ]


def test_what_is_about_several_sectors_stands_under_the_first(two, draw):
    culture, economy = (
        make_sector(code="culture", order=901),
        make_sector(code="economy", order=902),
    )
    music = make_sector(code="music", parent=culture, order=903)
    make_agreement(partnership=two[0], slug="several", sectors=(economy, music))
    make_agreement(partnership=two[0], slug="one", sectors=(economy,), signed="2020")
    make_event(partnerships=(two[0],), slug="none")

    assert placed(draw("sector"))[0] == {
        "culture": ["several"],
        "economy": ["one"],
        "": ["none"],
    }


def test_a_lane_counts_and_leads_to_its_regions(two, draw):
    make_agreement(partnership=two[0])
    make_event(partnerships=(two[0],))
    make_event(partnerships=(two[0],))

    (lane,) = draw().lanes

    assert (lane.acts, lane.events, lane.theme.parameter) == (1, 2, "region")
    assert lane.theme.values == ("IT-21",)


def test_events_stand_in_rows_below_the_agreements(two, draw):
    for _ in range(3):
        make_agreement(partnership=two[0], signed="2005")
        make_event(partnerships=(two[0],), start="2005")

    (lane,) = draw().lanes

    rows = {
        is_event: [m.row for m in lane.marks if m.entry.is_event == is_event] for is_event in (0, 1)
    }
    assert rows == {0: [0, 1, 2], 1: [3, 4, 5]}
    assert lane.classes == "r-00 rf-6"


def test_an_event_that_lasts_is_as_long_as_it_lasts(two, draw):
    make_event(partnerships=(two[0],), start="2000", end="2009")

    (mark,) = draw(asked=(2000, 2019)).lanes[0].marks

    assert tuple(mark.span) == (0, 500)


def test_a_date_that_is_vague_is_marked_so(two, draw):
    make_agreement(partnership=two[0], signed="1986~", slug="about")
    make_agreement(partnership=two[0], signed="1987?", slug="uncertain")
    make_agreement(partnership=two[0], signed="1988", slug="year")

    marks = draw().lanes[0].marks

    assert [mark.entry.is_vague for mark in marks] == [True, True, False]
    assert [mark.is_point for mark in marks] == [False, False, False]


def test_the_running_total_and_the_columns_are_of_the_agreements(two, draw):
    for signed in ("1986", "2005-05-27", ""):
        make_agreement(partnership=two[0], signed=signed)
    make_event(partnerships=(two[0],), start="1999")

    timeline = draw()

    assert (timeline.dated_acts, timeline.undated_acts, timeline.undated_events) == (2, 1, 0)
    assert {c.first: c.count for c in timeline.columns if c.count} == {1980: 1, 2000: 1}
    assert timeline.curve.count("V") == 2


def test_lanes_fold_into_bars_where_the_labels_are_too_many(two, draw, monkeypatch):
    monkeypatch.setattr(drawing, "MOST_LABELS", 2)
    for signed in ("1986", "1986-05", "2005-05-27", ""):
        make_agreement(partnership=two[0], signed=signed)
    make_event(partnerships=(two[0],), start="1986")
    make_event(partnerships=(two[0],), start="")

    timeline = draw()
    (lane,) = timeline.lanes

    assert timeline.is_folded
    assert (lane.marks, timeline.undated) == ([], [])
    assert [(bar.year, bar.acts, bar.events) for bar in lane.bars] == [(1986, 2, 1), (2005, 1, 0)]
    assert (timeline.undated_acts, timeline.undated_events) == (1, 1)
    assert lane.bars[0].acts_path.startswith("M") and "," not in lane.bars[0].hit  # noqa: PT018


def test_lanes_fold_where_the_marks_are_too_many(two, draw, monkeypatch):
    monkeypatch.setattr(drawing, "MOST_MARKS", 2)
    make_agreement(partnership=two[0])
    make_event(partnerships=(two[0],))
    assert not draw().is_folded

    make_event(partnerships=(two[0],))
    assert draw().is_folded


@pytest.mark.parametrize(
    ("asked", "years"),
    [((None, None), [100, 150, 160]), ((2000, 2020), [150]), ((1860, 1900), [0])],
)
def test_the_relations_of_the_two_countries_are_the_context(asked, years, two, draw):
    assert [context.years for context in draw(asked=asked).context] == years


def test_today_is_marked_where_the_axis_shows_it(two, draw):
    assert draw().today == Axis(1960, 2026).span(TODAY, TODAY)
    assert draw(asked=(1960, 1980)).today is None


@pytest.mark.parametrize("rows", [1, 3])
def test_entries_cost_five_queries(rows, two, django_assert_num_queries):
    for _ in range(rows):
        make_agreement(partnership=two[0], sectors=(make_sector(),))
        make_event(partnerships=tuple(two), sectors=(make_sector(),))

    vocabulary = Index().vocabulary

    # agreements; events, their partnerships; the sectors of both
    with django_assert_num_queries(5):
        acts = timelines.acts_of(Agreement.objects.all(), vocabulary)
        events = timelines.events_of(Event.objects.all(), vocabulary)

    assert (len(acts), len(events)) == (rows, rows)
