"""The life of a partnership is told as one line: what happened, what is due, and of what nothing is known."""

from datetime import date

import pytest

from relations import queries, stories
from relations.models import Partnership
from relations.stories import MomentKind
from tests.factories import make_agreement, make_event, make_partnership

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def told(partnership, on=TODAY):
    """Each moment as its kind and its record's slug, or how many years a silence has."""
    life = queries.life_of(partnership, on)
    return [
        (m.kind.value, m.years if m.kind == MomentKind.SILENCE else m.record and m.record.slug)
        for m in stories.tell(partnership, life.agreements, life.events, on)
    ]


def test_a_life_runs_from_the_contact_to_what_is_due():
    partnership = make_partnership(first_contact="2001")
    act = make_agreement(
        partnership=partnership, slug="pact", signed="2002-03", term_months=36, renewal="none"
    )
    make_agreement(
        partnership=partnership, slug="twinning", signed="2005-03-31", term_months=300, renews=act
    )
    make_event(partnerships=(partnership,), slug="mission", start="2006")

    assert told(partnership, date(2008, 1, 1)) == [
        ("contact", None),
        ("agreement", "pact"),
        ("agreement", "twinning"),
        ("term", "pact"),
        ("event", "mission"),
        ("today", "mission"),
        ("term", "twinning"),
    ]


def test_of_one_day_acts_come_before_events():
    partnership = make_partnership()
    make_event(partnerships=(partnership,), slug="a-signing", start="2025-09-23")
    make_agreement(partnership=partnership, slug="b-act", signed="2025-09-23")

    assert told(partnership)[:2] == [("agreement", "b-act"), ("event", "a-signing")]


def test_what_has_no_date_stands_last():
    partnership = make_partnership()
    make_agreement(partnership=partnership, slug="act", signed="")
    make_event(partnerships=(partnership,), slug="event", start="")

    assert told(partnership) == [("today", None), ("agreement", "act"), ("event", "event")]


def test_a_gap_of_five_years_is_told_as_silence_and_not_as_the_end():
    partnership = make_partnership()
    make_agreement(partnership=partnership, slug="act", signed="1986-06-30")
    make_event(partnerships=(partnership,), slug="soon", start="1991-06-29")
    make_event(partnerships=(partnership,), slug="late", start="1996-06-29")

    assert told(partnership) == [
        ("agreement", "act"),
        ("event", "soon"),
        ("silence", 5),
        ("event", "late"),
        ("silence", 30),
        ("today", "late"),
    ]


def test_a_silence_is_no_longer_than_the_dates_make_sure():
    """From the end of 1986 to the beginning of 1992 are five years, though it may have been seven."""
    partnership = make_partnership()
    make_event(partnerships=(partnership,), slug="a", start="1986")
    make_event(partnerships=(partnership,), slug="b", start="1992")
    make_event(partnerships=(partnership,), slug="c", start="2022", end="2026")

    assert [moment for moment in told(partnership) if moment[0] == "silence"] == [
        ("silence", 5),
        ("silence", 29),
    ]


def test_an_act_that_has_ended_is_told_with_its_end_and_not_with_its_term():
    partnership = make_partnership()
    make_agreement(
        partnership=partnership, slug="act", signed="2020-01-01", term_months=60, ended="2023"
    )

    assert told(partnership) == [("agreement", "act"), ("ending", "act"), ("today", None)]


def test_an_end_of_unknown_date_is_told_last():
    partnership = make_partnership()
    make_agreement(partnership=partnership, slug="act", signed="2001-10", ended="XXXX")

    assert told(partnership)[-1] == ("ending", "act")
    assert queries.life_of(partnership, TODAY).agreements[0].status == "ended"


def test_the_term_of_la_spezia_and_izumisano_is_due_in_2028(atlas):
    partnership = Partnership.objects.get(slug="la-spezia-izumisano")
    life = queries.life_of(partnership, TODAY)

    *_past, due = stories.tell(partnership, life.agreements, life.events, TODAY)

    assert (due.kind, due.is_past, due.when.edtf) == (MomentKind.TERM, False, "2028-09-23")
