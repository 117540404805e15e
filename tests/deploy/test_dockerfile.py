"""The Dockerfile: what tools/run_dockerfile.py takes, step by step, says here what it must be."""

import re

import pytest

from tests.conftest import BASE_DIR
from tools.run_dockerfile import DOCKERFILE, Builder, instructions, sent

STEPS = list(instructions(DOCKERFILE.read_text("utf-8")))
LAST = STEPS[max(number for number, (name, _rest) in enumerate(STEPS) if name == "FROM") :]


def test_every_step_can_be_taken_without_docker():
    assert [name for name, _rest in STEPS if not hasattr(Builder, f"_{name.lower()}")] == []


def test_steps_are_read_across_lines_and_without_comments():
    text = '# none\nFROM python:3.11 AS build\nRUN one \\\n  && two\n\nCMD ["gunicorn"]\n'

    assert list(instructions(text)) == [
        ("FROM", "python:3.11 AS build"),
        ("RUN", "one && two"),
        ("CMD", '["gunicorn"]'),
    ]


def test_the_result_runs_as_nobody_in_particular_and_says_whether_it_is_well():
    last = dict(LAST)

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last["USER"])
    assert "/healthz" in last["HEALTHCHECK"]
    assert last["STOPSIGNAL"] == "SIGTERM"


def test_no_package_is_installed_without_its_hash_or_leaves_a_cache():
    installs = [
        part
        for name, rest in STEPS
        if name == "RUN"
        for part in rest.split("&&")
        if "pip install" in part
    ]

    assert len(installs) == 2
    assert all("--require-hashes" in part and "--no-cache-dir" in part for part in installs)


def test_what_only_the_build_needs_stays_there():
    assert not any("/opt/build" in rest for _name, rest in LAST)


@pytest.mark.parametrize("name", sent())
def test_what_is_sent_is_there(name):
    assert (BASE_DIR / name).exists()


def test_neither_the_database_of_this_machine_nor_its_key_is_sent():
    assert not {"var", ".git", ".venv", "tests"} & set(sent())
