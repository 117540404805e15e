"""Dates of all manners, counted from the day of the release."""

from datetime import date

import pytest

from relations.press.layout import Layout
from relations.press.when import DateReader

_TODAY = date(2025, 9, 24)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("firmato il 23 settembre 2025", "2025-09-23"),
        ("firmato il 1° maggio 2024", "2024-05-01"),
        ("signed on September 23, 2025", "2025-09-23"),
        ("il 22/03/2017", "2017-03-22"),
        ("La Spezia, 23 settembre 205", "2025-09-23"),
        ("3 mar. 2O24", "2024-03-03"),
        ("32 marzo 2023", "2023-03"),
        ("nel novembre 2013", "2013-11"),
        ("nel 2009", "2009"),
        ("negli anni Ottanta", "198X"),
        ("令和7年9月23日に", "2025-09-23"),
        ("平成元年10月に", "1989-10"),
        ("昨年8月に", "2024-08"),
        ("ieri", "2025-09-23"),
        ("domani", "2025-09-25"),
        ("lunedì scorso", "2025-09-22"),
        ("nel febbraio scorso", "2025-02"),
        ("lo scorso 12 maggio", "2025-05-12"),
        ("il 12 dicembre scorso", "2024-12-12"),
        ("il prossimo 2 febbraio", "2026-02-02"),
        ("l'anno scorso", "2024"),
        ("tre anni fa", "2022"),
        ("nel 2022 e, l'anno successivo, ", "2023"),
    ],
)
def test_dates_are_read(text, edtf):
    assert DateReader(Layout(text)).mentions(_TODAY)[-1].edtf == edtf


@pytest.mark.parametrize("text", ["2025 abitanti", "tel. 0187 2025", "1.995 euro"])
def test_numbers_are_no_dates(text):
    assert DateReader(Layout(text)).mentions(_TODAY) == ()


def test_relative_dates_wait_for_the_day_of_the_release():
    assert DateReader(Layout("firmato ieri")).mentions(None) == ()


def test_a_damaged_year_says_why():
    damaged = DateReader(Layout("23 settembre 205")).mentions(_TODAY)[0]

    assert damaged.is_damaged
    assert "205" in damaged.reason
    assert "2025" in damaged.reason
