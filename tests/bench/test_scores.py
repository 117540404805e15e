"""An evaluation adds up what was read in each release, and knows what is not good enough."""

import pytest

from bench.counting import Outcome
from bench.labels import Release
from bench.scores import TARGETS, Evaluation
from tests.bench.test_counting import EARLIER, HAGI, LABEL, TEXT, act, reading, said


@pytest.fixture
def evaluation():
    """Of one release, read perfectly."""
    evaluation = Evaluation()
    evaluation.count(Release("01-siena", TEXT, LABEL), reading())
    return evaluation


def test_a_perfect_reading_misses_no_target(evaluation):
    assert evaluation.releases == 1
    assert evaluation.missed() == []
    assert evaluation.details == []


def test_a_target_that_is_just_reached_is_not_missed(evaluation):
    evaluation.outcomes["sectors"] = Outcome(hits=(1, 2, 3), extras=(4,), misses=(5,))

    assert evaluation.figure("sectors") == TARGETS["sectors"]
    assert evaluation.missed() == []


def test_no_target_is_reached_by_reading_nothing():
    evaluation = Evaluation()
    nothing = reading(places=(), acts=(), events=())

    evaluation.count(Release("01-siena", TEXT, LABEL), nothing)

    assert evaluation.missed() == list(TARGETS)


def test_a_field_of_which_nothing_is_told_or_read_is_not_missed():
    evaluation = Evaluation()
    label = {**LABEL, "act": {**LABEL["act"], "term_months": None}}

    evaluation.count(
        Release("01-siena", TEXT, label), reading(acts=(act(term_months=None), EARLIER))
    )

    assert evaluation.figure("term") is None
    assert evaluation.missed() == []


def test_what_is_wrong_is_named(evaluation):
    worse = reading(acts=(act(sectors=(said("culture"),), term_months=said(24)), EARLIER))

    evaluation.count(Release("02-hagi", TEXT, LABEL), worse)

    assert evaluation.missed() == ["term"]  # sectors: three hits of four told, 6/7
    assert evaluation.details == [
        "02-hagi  term         missed 36",
        "02-hagi  term         extra  24",
        "02-hagi  sectors      missed tourism",
    ]


def test_a_value_that_is_made_up_is_never_good_enough(evaluation):
    elsewhere = TEXT.replace("Hagi", "Nara")

    evaluation.count(Release("02-nara", elsewhere, LABEL), reading(places=(said(HAGI, "Hagi"),)))

    assert evaluation.invented == 1
    assert "invented" in evaluation.missed()
    assert evaluation.details[-1] == "02-nara  places 1     invented Hagi [JP-35204]"


def test_the_table_tells_shares_from_f1(evaluation):
    rows = {}
    for line in evaluation.table().splitlines()[2:]:
        name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows[name] = cells

    assert rows["kind"] == ["1", "", "", "", "1.000", "0.900"]
    assert rows["places"] == ["2", "1.000", "1.000", "1.000", "", "0.950"]
    assert rows["near_misses"] == ["0", "", "", "", "", ""]
