"""Dates and terms are read as people type them, in three languages, and never more precisely."""

# ruff: noqa: RUF001 # full-width forms are what is tested

import re

import pytest

from relations.as_typed import TermError, read_date, read_term
from relations.dates import DateError


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("", ""),
        ("   ", ""),
        ("1986", "1986"),
        ("2005-05-27", "2005-05-27"),
        ("198X", "198X"),
        ("S38.10.12", "1963-10-12"),
        ("昭和38年10月12日", "1963-10-12"),
        ("maggio 2013", "2013-05"),
        ("Maggio del 2013", "2013-05"),
        ("nell’aprile 2013", "2013-04"),
        ("nell'aprile 2013", "2013-04"),
        ("27 maggio 2005", "2005-05-27"),
        ("1° maggio 2005", "2005-05-01"),
        ("primo maggio 2013", "2013-05-01"),
        ("l’8 maggio 2013", "2013-05-08"),
        ("nell’anno 1986", "1986"),
        ("attorno al 1986", "1986~"),
        ("intorno all’anno 1986", "1986~"),
        ("negli anni ’80", "198X"),
        ("1986 (?)", "1986?"),
        ("il 23 settembre del 2025", "2025-09-23"),
        ("martedì 23 settembre 2025", "2025-09-23"),
        ("23 sett. 2025", "2025-09-23"),
        ("23/9/2025", "2025-09-23"),
        ("23.09.2025", "2025-09-23"),
        ("３/５/１９６０", "1960-05-03"),
        ("11/2013", "2013-11"),
        ("2013/5/3", "2013-05-03"),
        ("2013年5月", "2013-05"),
        ("2005年5月27日", "2005-05-27"),
        ("1986年", "1986"),
        ("May 27, 2005", "2005-05-27"),
        ("27th of May 2005", "2005-05-27"),
        ("in May 2013", "2013-05"),
        ("circa 1986", "1986~"),
        ("1986 circa", "1986~"),
        ("about May 2013", "2013-05~"),
        ("1986年頃", "1986~"),
        ("約1986年", "1986~"),
        ("昭和38年頃", "1963~"),
        ("forse 1986", "1986?"),
        ("maggio 2013?", "2013-05?"),
        ("ca. 1986?", "1986%"),
        ("anni '80", "198X"),
        ("anni Ottanta", "198X"),
        ("anni 2010", "201X"),
        ("the 1980s", "198X"),
        ("1980年代", "198X"),
    ],
)
def test_a_date_is_read_as_it_is_typed(typed, edtf):
    assert read_date(typed).edtf == edtf


@pytest.mark.parametrize(
    "typed",
    ["yesterday", "primavera 2013", "23 settembre 205", "23/9/25", "25", "maggio", "5月", "circa", "circa maggio", "23 foo 2025", "anni 20"],
)  # fmt: skip
def test_what_is_no_date_is_told_how_to_write_one(typed):
    with pytest.raises(
        DateError, match=r"is not understood as a date\. Write it for example as 23 September 2025"
    ):
        read_date(typed)


@pytest.mark.parametrize(
    "typed",
    ["31/2/2005", "31 febbraio 2005", "99/99/2020", "2005-02-30", "2025-13", "2005年2月30日"],
)
def test_a_day_that_no_calendar_has_is_refused(typed):
    with pytest.raises(DateError, match=re.escape(f"“{typed}” is not a day of the calendar.")):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("", None),
        ("36", 36),
        ("3 anni", 36),
        ("un anno", 12),
        ("tre anni", 36),
        ("triennale", 36),
        ("un quinquennio", 60),
        ("dodici mesi", 12),
        ("vent’anni", 240),
        ("5 (cinque) anni", 60),
        ("anni 5", 60),
        ("3 anni.", 36),
        ("18 mesi", 18),
        ("2 anni e 6 mesi", 30),
        ("two years and 3 months", 27),
        ("3年", 36),
        ("3年間", 36),
        ("三年", 36),
        ("6か月", 6),
        ("６ヶ月", 6),
        ("1年6か月", 18),
        ("1年半", 18),
        ("半年", 6),
        ("un anno e mezzo", 18),
        ("two and a half years", 30),
        ("0", 0),
    ],
)
def test_a_term_is_read_as_it_is_typed(typed, months):
    assert read_term(typed) == months


@pytest.mark.parametrize(
    "typed", ["anni", "tre", "3 Jahre", "-1", "1.5 anni", "3 anni circa", "per sempre"]
)
def test_what_is_no_term_is_told_how_to_write_one(typed):
    with pytest.raises(
        TermError, match=re.escape(f"“{typed}” is not understood as a length of time.")
    ):
        read_term(typed)
