"""What becomes of a text before it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.press.letters import flat
from relations.press.tidying import tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("uno\r\ndue\rtre", "uno\ndue\ntre"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        ("citta\u0300", "città"),
        ("nul\x00la", "nulla"),
        ("  due   spazi \n\n\n\n fine ", "due spazi\n\nfine"),
        ("# Titolo\n**Bologna** e *Faenza*", "Titolo\nBologna e Faenza"),
    ],
)
def test_text_is_tidied(text, tidied):
    assert tidy(text) == tidied


@given(st.text())
def test_flat_text_has_the_same_length(text):
    assert len(flat(text)) == len(text)
