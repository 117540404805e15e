"""Text in cells is never a formula, and is read as it was."""

import pytest

from relations.cells import guarded, unguarded

TEXTS = (
    "=1+1",
    "+39 06 1234",
    "-",
    "-5",
    "@here",
    "\tindented",
    "\rreturned",
    "\nbelow",
    "\uff1d\uff11",
    "'=1+1",
    "''@",
    "'quoted'",
    "'",
    "",
    "L’Aquila",
    "泉佐野市",
    "a=b",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_is_read_again(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_no_cell_begins_as_a_formula_does(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))


@pytest.mark.parametrize("text", ["'quoted'", "'", "", "L’Aquila", "泉佐野市", "a=b"])
def test_other_text_stands_as_it_is(text):
    assert guarded(text) == text


def test_what_nobody_guarded_is_read_as_it_is():
    assert unguarded("=1+1") == "=1+1"
