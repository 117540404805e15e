"""A subject is only measured where wrk counted what was looked at before."""

from types import SimpleNamespace

import pytest

from bench import measuring
from bench.measuring import Subject
from bench.processes import Answer
from bench.wrk import Load, LoadError


class Server:
    """Answers without being there; each request takes a millisecond of the processor."""

    name, address = "made up", "http://127.0.0.1:1"

    def __init__(self, seconds=0.001):
        self.seconds, self.asked, self.spent = seconds, [], 0.0

    def ask(self, path, headers):  # noqa: ARG002 # as a server takes them
        self.asked.append(path)
        self.spent += 0.001
        return Answer(200, {}, b"x" * 10_000, self.seconds)

    def cpu_seconds(self):
        return self.spent


@pytest.fixture
def pressed(monkeypatch):
    """What wrk is asked for; it counts as many bytes as `pressed.bytes` says."""
    told = SimpleNamespace(bytes=10_300, calls=[])

    def press(url, seconds, connections, headers, paths=None):
        told.calls.append((connections, seconds, paths and paths[1]))
        return Load(requests=100, seconds=seconds, p50=1.0, p99=2.0, bytes=told.bytes)

    monkeypatch.setattr(measuring, "press", press)
    return told


def accept(answer):
    """Whatever comes."""


def test_one_connection_gives_the_time_and_several_the_rate(pressed):
    subject = Subject("page", Server(), accept)

    subject.measure(2)

    assert [call[:2] for call in pressed.calls] == [(1, 1), (8, 2)]
    assert subject.figures().rate == 50


def test_a_quick_round_presses_once(pressed):
    Subject("page", Server(), accept).measure(1, is_quick=True)

    assert [call[:2] for call in pressed.calls] == [(8, 1)]


def test_answers_of_another_size_are_refused(pressed):
    pressed.bytes = 400

    with pytest.raises(LoadError, match="400 bytes under load, and 10,000 when one was looked at"):
        Subject("page", Server(), accept).measure(2)


def test_an_answer_that_is_not_meant_is_not_measured(pressed):
    def refuse(answer):
        raise ValueError("another page")

    with pytest.raises(ValueError, match="another page"):
        Subject("page", Server(), refuse).measure(2)

    assert pressed.calls == []


def test_a_slow_server_is_asked_longer_by_fewer(pressed):
    server = Server(seconds=0.2)

    Subject("page", server, accept).measure(2)

    assert len(server.asked) == 2  # it may only have slept
    assert [call[:2] for call in pressed.calls] == [(1, 1.5), (2, 3)]


def test_who_takes_very_long_is_asked_by_nobody_else(pressed):
    server = Server(seconds=2.0)
    subject = Subject("page", server, accept)

    subject.measure(2)

    assert pressed.calls == []
    assert len(server.asked) == 2
    assert subject.figures().rate == 0.5
    assert subject.figures().cpu == pytest.approx(1)


def test_no_path_is_asked_for_twice(pressed, tmp_path):
    paths = tmp_path / "paths.txt"
    paths.write_text("".join(f"/{n}\n" for n in range(400)))
    server = Server()
    subject = Subject("page", server, accept, paths=paths)

    subject.measure(2)
    subject.measure(2)

    # One that is looked at, 100 by one connection and 100 by eight; those that were cut off too.
    assert [call[2] for call in pressed.calls] == [1, 103, 213, 315]
    assert server.asked == ["/0", "/212"]


def test_filters_that_have_run_out_are_told(tmp_path):
    paths = tmp_path / "paths.txt"
    paths.write_text("/0\n")
    subject = Subject("page", Server(), accept, paths=paths, asked=1)

    with pytest.raises(ValueError, match="There are only 1 different filters"):
        subject.ask()


def test_the_median_of_the_rounds_counts(pressed):
    subject = Subject("page", Server(), accept)
    for rate in (1.0, 90.0, 100.0):
        subject.results.append(measuring.Figures(rate, 1, 1, 1))

    assert subject.figures().rate == 90
