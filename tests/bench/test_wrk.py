"""What wrk says is read, and a load with lost requests counts as none."""

import json

import pytest

from bench.wrk import LoadError, parse

SAID = {
    "requests": 400,
    "microseconds": 2_000_000,
    "bytes": 80_000,
    "p50": 1_500,
    "p99": 9_000,
    "connect": 0,
    "read": 0,
    "write": 0,
    "timeout": 0,
    "status": 0,
}


def printed(**changes):
    return f"Running 2s test @ http://127.0.0.1:1/\n{json.dumps(SAID | changes)}\n"


def test_figures_are_in_seconds_milliseconds_and_bytes_of_a_response():
    load = parse(printed())

    assert (load.rate, load.p50, load.p99, load.bytes) == (200, 1.5, 9, 200)


@pytest.mark.parametrize("error", ["connect", "read", "write", "timeout", "status"])
def test_a_request_that_failed_spoils_the_load(error):
    with pytest.raises(LoadError, match=f"some failed: {error} 3"):
        parse(printed(**{error: 3}))


def test_a_load_without_an_answer_is_none():
    with pytest.raises(LoadError, match="No request was answered"):
        parse(printed(requests=0))


def test_what_wrk_says_instead_of_figures_is_told():
    with pytest.raises(LoadError, match=r"unable to connect to 127\.0\.0\.1"):
        parse("unable to connect to 127.0.0.1:1 Connection refused\n")
