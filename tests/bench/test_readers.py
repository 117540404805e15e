"""What readers got, counted."""

from collections.abc import Callable

import pytest

from bench.faults.report import Report
from bench.readers import Answer, Readers, Tally

PAGE = Answer(200, b"<p>", 0.01)
OLD = Answer(200, b'<p class="as-of">', 0.02)
KNOWN = Answer(304, b"", 0.03)
LATER = Answer(503, b"later", 0.04, retry_after="10")
BROKEN = Answer(503, b"broken", 0.05)
NOTHING = Answer(0, b"refused", 0.06)
ALL = [PAGE, OLD, KNOWN, LATER, BROKEN, NOTHING]


@pytest.mark.parametrize(
    ("accepts", "failed"),
    [
        (lambda answer: answer.is_good, [LATER, BROKEN, NOTHING]),
        (lambda answer: answer.is_good or answer.is_for_now, [BROKEN, NOTHING]),
        (lambda answer: answer.is_good and not answer.is_as_of, [OLD, LATER, BROKEN, NOTHING]),
    ],
)
def test_what_fails_is_what_must_not_be(
    accepts: Callable[[Answer], bool], failed: list[Answer]
) -> None:
    assert Tally(ALL, accepts).failed == failed


def test_times_are_of_those_that_were_waited_for() -> None:
    answers = [Answer(200, b"", number / 100) for number in range(101)]
    tally = Tally(answers, bool)

    assert (tally.percentile(50), tally.percentile(99), tally.longest) == (0.5, 0.99, 1.0)
    assert str(tally).split() == ["101", "0", "500", "990", "1000"]


def test_where_nothing_was_asked_nothing_was_waited_for() -> None:
    assert str(Tally([], bool)).split() == ["0", "0", "0", "0", "0"]


def test_each_turn_has_its_own_answers() -> None:
    answers = iter([PAGE, KNOWN])
    readers = Readers(lambda _number: next(answers), number=1, pause=60)
    with readers.reading():
        while not readers.all().answers:
            pass
        first = readers.turn()
    second = readers.turn()

    assert ([a.status for a in first.answers], second.answers) == ([200], [])


def test_what_was_broken_is_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.bound("all is well", holds=True)
    report.bound("nothing fails", holds=False)

    assert report.broken == ["nothing fails"]
    assert "BROKEN  nothing fails" in capsys.readouterr().out


def test_a_row_names_old_pages_and_those_for_later(capsys: pytest.CaptureFixture[str]) -> None:
    Report().row("away", Tally(ALL, lambda answer: answer.is_good))

    assert capsys.readouterr().out.endswith("  1 as of  1 503\n")
