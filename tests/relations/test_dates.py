"""Dates say as much as their source does, in three languages, and never more."""

# ruff: noqa: RUF001 # full-width forms and their look-alikes are what is tested
import random
import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import dateformat, translation
from edtf import EDTFParseException, parse_edtf

from relations.dates import (
    UNKNOWN,
    DateError,
    DatePrecision,
    PartialDate,
    format_date,
    format_period,
    parse,
    year_of,
)

UNREADABLE = (
    "“%s” is not a date that can be read. Write a day 1960-05-03, a month 2013-11, a year 1986, "
    "about 1986~, or a Japanese era date S38.10.12; leave it empty if nothing is known."
)
IMPOSSIBLE = "“%s” is not a day of the calendar."
OUTSIDE = "“%s” lies outside its era."
LUNAR = "“%s”: before 1873 Japan counted lunar months. Give the year alone."
ERA_STARTS = {"M": 1868, "T": 1912, "S": 1926, "H": 1989, "R": 2019}


# Reading


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("1960-05-03", DatePrecision.DAY, date(1960, 5, 3), date(1960, 5, 3)),
        ("2013-11", DatePrecision.MONTH, date(2013, 11, 1), date(2013, 11, 30)),
        ("2013-12", DatePrecision.MONTH, date(2013, 12, 1), date(2013, 12, 31)),
        ("2023-02", DatePrecision.MONTH, date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02", DatePrecision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", DatePrecision.MONTH, date(1900, 2, 1), date(1900, 2, 28)),
        ("2000-02", DatePrecision.MONTH, date(2000, 2, 1), date(2000, 2, 29)),
        ("2024-02-29", DatePrecision.DAY, date(2024, 2, 29), date(2024, 2, 29)),
        ("1986", DatePrecision.YEAR, date(1986, 1, 1), date(1986, 12, 31)),
        ("198X", DatePrecision.DECADE, date(1980, 1, 1), date(1989, 12, 31)),
        ("200X", DatePrecision.DECADE, date(2000, 1, 1), date(2009, 12, 31)),
    ],
)
def test_a_date_means_the_days_that_it_can_be(text, precision, earliest, latest):
    assert parse(text) == PartialDate(text, precision, earliest, latest)


def days_by_the_library(text):
    """The days of EDTF as its library reads it, None if it takes it for no date."""
    try:
        parsed = parse_edtf(text)
        return [date(*day[:3]) for day in (parsed.lower_strict(), parsed.upper_strict())]
    except (EDTFParseException, ValueError):
        return None


def days(text):
    try:
        return [parse(text).earliest, parse(text).latest]
    except DateError:
        return None


def test_dates_are_read_as_the_library_for_edtf_reads_them():
    rng = random.Random(1)  # noqa: S311 # repeatable, not secret
    texts = ["0000", "0001", "9999", "9999-12", "9999-12-31", "2023-02-29", "2024-02-29", "1900-02"]
    texts += ["١٩٨٦", "१९८६-०५", "1986-0५-03"]
    for _ in range(100):
        year, month, day = rng.randint(1, 9999), rng.randint(0, 13), rng.randint(0, 32)
        texts += [f"{year:04}", f"{year:04}-{month:02}", f"{year:04}-{month:02}-{day:02}"]

    assert [(text, days(text)) for text in texts] == [
        (text, days_by_the_library(text)) for text in texts
    ]


@pytest.mark.parametrize("bare", ["1960-05-03", "2013-11", "1986", "198X"])
@pytest.mark.parametrize(
    ("mark", "approximate", "uncertain"),
    [("", False, False), ("~", True, False), ("?", False, True), ("%", True, True)],
    ids=["plain", "approximate", "uncertain", "both"],
)
def test_a_qualifier_changes_how_sure_a_date_is_and_not_its_days(
    bare, mark, approximate, uncertain
):
    when = parse(bare + mark)

    assert when == PartialDate(
        bare + mark,
        parse(bare).precision,
        parse(bare).earliest,
        parse(bare).latest,
        approximate,
        uncertain,
    )


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n"], ids=["empty", "blank", "wide", "line"])
def test_an_empty_text_says_that_nothing_is_known(text):
    assert parse(text) == UNKNOWN


def test_the_unknown_date_has_no_days():
    assert (UNKNOWN.edtf, UNKNOWN.earliest, UNKNOWN.latest, UNKNOWN.is_known) == (
        "",
        None,
        None,
        False,
    )


@pytest.mark.parametrize(
    ("edtf", "year"),
    [
        ("1960-05-03", 1960),
        ("2013-11~", 2013),
        ("1986", 1986),
        ("1986?", 1986),
        ("198X", None),
        ("198X%", None),
        ("", None),
    ],
)
def test_a_date_has_a_year_where_it_is_known_to_the_year(edtf, year):
    assert year_of(edtf) == year


def test_a_date_of_which_anything_is_known_is_known():
    assert [parse(text).is_known for text in ("198X?", "1986~", "2013-11")] == [True, True, True]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (" 1986 ", "1986"),
        ("\u30001986\u3000", "1986"),
        ("1986\n", "1986"),
        ("１９８６", "1986"),
        ("２０１３－１１", "2013-11"),
        ("１９６０－０５－０３", "1960-05-03"),
        ("１９８Ｘ", "198X"),
        ("1986～", "1986~"),
        ("1986？", "1986?"),
        ("１９８６％", "1986%"),
        ("Ｓ３８．１０．１２", "1963-10-12"),
        ("昭和３８年１０月１２日", "1963-10-12"),
    ],
)
def test_full_width_characters_and_surrounding_blanks_do_not_matter(text, edtf):
    assert parse(text).edtf == edtf


@pytest.mark.parametrize(
    "text",
    [
        "205",
        "20050",
        "86",
        "1986-5-3",
        "2013-13",
        "2013-00",
        "19860503",
        "03/05/1960",
        "3 maggio 1960",
        "1986/1987",
        "1986..",
        "1986~?",
        "~1986",
        "~",
        "198x",
        "19XX",
        "1986-XX",
        "-1986",
        "2005-05-27T10:00",
        "2005年5月27日",
        "circa 1986",
        "sconosciuta",
        "X38.10.12",
        "S38.10.12.1",
        "S",
        "S38~",
        "19\x0086",
        "1" * 300,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_text_that_is_no_date_is_refused_by_name(text):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert str(caught.value) == UNREADABLE % text


@pytest.mark.parametrize(
    "text",
    ["2013-02-30", "2023-02-29", "1900-02-29", "2013-04-31", "2013-13-01", "2013-01-00", "0000"],
)
def test_a_day_that_the_calendar_lacks_is_refused_by_name(text):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert str(caught.value) == IMPOSSIBLE % text


def test_a_refusal_names_the_text_without_its_blanks_and_in_plain_digits():
    with pytest.raises(DateError) as caught:
        parse(" ２０５ ")

    assert str(caught.value) == UNREADABLE % "205"


# Japanese eras


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("S38.10.12", "1963-10-12"),
        ("s38.10.12", "1963-10-12"),
        ("S.38.10.12", "1963-10-12"),
        ("S38-10-12", "1963-10-12"),
        ("S38/10/12", "1963-10-12"),
        ("S38.1.2", "1963-01-02"),
        ("H9.12.12", "1997-12-12"),
        ("昭和38年10月12日", "1963-10-12"),
        ("昭和38年 10月 12日", "1963-10-12"),
        ("昭和38年10月", "1963-10"),
        ("昭和38年", "1963"),
        ("S38.10", "1963-10"),
        ("S38", "1963"),
        ("平成元年", "1989"),
        ("平成元年1月8日", "1989-01-08"),
        ("H元", "1989"),
        ("H1", "1989"),
        ("令和元年5月1日", "2019-05-01"),
        ("R7.9.23", "2025-09-23"),
        ("令和7年", "2025"),
        ("大正元年7月30日", "1912-07-30"),
        ("T15.12.24", "1926-12-24"),
        ("S1.12.25", "1926-12-25"),
        ("S64.1.7", "1989-01-07"),
        ("S64.1", "1989-01"),
        ("S64", "1989"),
        ("H31.4.30", "2019-04-30"),
        ("H31", "2019"),
        ("M6.1.1", "1873-01-01"),
        ("M45.7.29", "1912-07-29"),
        ("明治45年", "1912"),
        ("明治元年", "1868"),
        ("M1", "1868"),
        ("M5", "1872"),
    ],
)
def test_an_era_date_is_read_as_the_same_day_of_our_calendar(text, edtf):
    assert parse(text) == parse(edtf)


@pytest.mark.parametrize(
    "text",
    [
        "S64.1.8",
        "S64.2",
        "S65",
        "S1.12.24",
        "S0",
        "H0",
        "H1.1.7",
        "平成元年1月7日",
        "H31.5.1",
        "H31.5",
        "H32",
        "R1.4.30",
        "令和元年4月",
        "T1.7.29",
        "T15.12.25",
        "T16",
        "M45.7.30",
        "M46",
        "S99",
    ],
)
def test_a_date_that_lies_outside_its_era_is_refused(text):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert str(caught.value) == OUTSIDE % text


@pytest.mark.parametrize("text", ["M5.12.2", "M5.12", "明治元年10月23日", "M1.10"])
def test_a_lunar_month_is_refused(text):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert str(caught.value) == LUNAR % text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("S38.2.30", IMPOSSIBLE),
        ("M33.2.29", IMPOSSIBLE),
        ("S38.13.1", IMPOSSIBLE),
        ("S38.0.1", IMPOSSIBLE),
        ("S38.10.0", IMPOSSIBLE),
        ("昭和38年10月00日", IMPOSSIBLE),
        ("S38.13", UNREADABLE),
        ("S38.0", UNREADABLE),
    ],
)
def test_an_impossible_era_date_is_refused_as_it_was_written(text, sentence):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert str(caught.value) == sentence % text


@pytest.mark.parametrize("era", ERA_STARTS)
def test_the_years_of_an_era_count_from_its_first(era):
    last = {"M": 45, "T": 15, "S": 64, "H": 31, "R": 20}[era]

    years = [parse(f"{era}{n}").edtf for n in range(1, last + 1)]

    assert years == [str(ERA_STARTS[era] + n) for n in range(last)]


# Reckoning


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        ("2025-09-23", 36, "2028-09-23"),
        ("2025-09-23", 4, "2026-01-23"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2013-11", 3, "2014-02"),
        ("2013-11", 36, "2016-11"),
        ("1986", 36, "1989"),
        ("1986", 12, "1987"),
        ("1986~", 36, "1989~"),
        ("2013-11?", 12, "2014-11?"),
        ("2005-05-27%", 12, "2006-05-27%"),
        ("198X", 36, ""),
        ("", 36, ""),
    ],
)
def test_a_date_some_months_later_is_as_precise_and_as_sure(start, months, later):
    assert parse(start).plus_months(months) == parse(later)


def test_a_year_plus_months_that_are_no_whole_years_is_known_to_the_year_only():
    later = parse("1986").plus_months(18)

    assert later.precision == DatePrecision.YEAR


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2005-05-27", "2005-05-27"),
        ("2005-05-27?", "2005-05-27"),
        ("2013-11", "2013-11"),
        ("2013-11%", "2013-11"),
        ("1986~", "1986"),
        ("1986", "1986"),
        ("198X", ""),
        ("", ""),
    ],
)
def test_the_datetime_of_a_date_is_what_html_can_say(text, value):
    assert parse(text).datetime == value


# Saying

SAID = [
    ("it", "2025-09-23", "23 settembre 2025"),
    ("it", "1996-05-01", "1º maggio 1996"),
    ("it", "2005-05-11", "11 maggio 2005"),
    ("it", "2013-11", "novembre 2013"),
    ("it", "2013-01", "gennaio 2013"),
    ("it", "1986", "1986"),
    ("it", "198X", "anni 1980"),
    ("it", "", "data sconosciuta"),
    ("it", "1986~", "circa 1986"),
    ("it", "1986?", "1986 (data incerta)"),
    ("it", "1986%", "circa 1986 (data incerta)"),
    ("it", "2013-11~", "circa novembre 2013"),
    ("it", "2025-09-23?", "23 settembre 2025 (data incerta)"),
    ("ja", "2025-09-23", "2025年9月23日"),
    ("ja", "2005-05-27", "2005年5月27日"),
    ("ja", "1996-05-01", "1996年5月1日"),
    ("ja", "2013-11", "2013年11月"),
    ("ja", "1986", "1986年"),
    ("ja", "198X", "1980年代"),
    ("ja", "", "日付不明"),
    ("ja", "1986~", "1986年頃"),
    ("ja", "1986?", "1986年（不確実）"),
    ("ja", "1986%", "1986年頃（不確実）"),
    ("ja", "2013-11~", "2013年11月頃"),
    ("ja", "2025-09-23?", "2025年9月23日（不確実）"),
    ("ja", "198X~", "1980年代頃"),
    ("en", "2025-09-23", "23 September 2025"),
    ("en", "1996-05-01", "1 May 1996"),
    ("en", "2013-11", "November 2013"),
    ("en", "1986", "1986"),
    ("en", "198X", "1980s"),
    ("en", "", "date unknown"),
    ("en", "1986~", "about 1986"),
    ("en", "1986?", "1986, uncertain"),
    ("en", "1986%", "about 1986, uncertain"),
    ("en", "2013-11~", "about November 2013"),
    ("en", "2025-09-23?", "23 September 2025, uncertain"),
    ("en", "198X~", "about 1980s"),
]


@pytest.mark.parametrize(("language", "text", "said"), SAID)
def test_a_date_is_said_as_a_native_would(language, text, said):
    assert format_date(parse(text), language) == said


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_date_is_said_in_the_active_language_unless_one_is_given(language):
    with translation.override(language):
        said = format_date(parse("2025-09-23"))

    assert said == format_date(parse("2025-09-23"), language)


def test_saying_a_date_in_a_language_leaves_the_active_one_alone():
    with translation.override("it"):
        format_date(parse("2025-09-23"), "ja")

        assert translation.get_language() == "it"


def test_a_date_is_said_in_english_where_no_language_is_active():
    with translation.override(None):
        said = format_date(parse("2025-09-23"))

    assert said == "23 September 2025"


SURENESS = [
    {"approximate": approximate, "uncertain": uncertain}
    for uncertain in (False, True)
    for approximate in (False, True)
]


def month_names(language):
    with translation.override(language):
        return [dateformat.format(date(2001, month, 1), "F").lower() for month in range(1, 13)]


@pytest.mark.parametrize("sureness", SURENESS, ids=["plain", "about", "uncertain", "both"])
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_year_is_never_said_with_a_month_or_a_day(language, sureness):
    names = month_names(language)

    for year in range(1860, 2101):
        said = format_date(replace(parse(f"{year}"), **sureness), language)

        assert re.findall(r"\d+", said) == [str(year)]
        assert [name for name in names if name in said.lower()] == []


@pytest.mark.parametrize("sureness", SURENESS, ids=["plain", "about", "uncertain", "both"])
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_month_is_never_said_with_a_day(language, sureness):
    for year in range(2003, 2008):
        for month in range(1, 13):
            said = format_date(replace(parse(f"{year}-{month:02}"), **sureness), language)

            in_figures = [str(month)] if language == "ja" else []
            assert re.findall(r"\d+", said) == [str(year), *in_figures]


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_day_is_said_with_all_that_is_known(language):
    for ordinal in range(date(2024, 2, 25).toordinal(), date(2024, 5, 7).toordinal()):
        day = date.fromordinal(ordinal)
        said = format_date(parse(day.isoformat()), language)

        numbers = [int(number) for number in re.findall(r"\d+", said)]
        expected = {
            "it": [day.day, day.year],
            "ja": [day.year, day.month, day.day],
            "en": [day.day, day.year],
        }
        assert numbers == expected[language]


# Periods


@pytest.mark.parametrize(
    ("language", "start", "end", "said"),
    [
        ("it", "2024-02-12", "2024-02-16", "12 febbraio 2024 – 16 febbraio 2024"),
        ("ja", "2024-02-12", "2024-02-16", "2024年2月12日～2024年2月16日"),
        ("en", "2024-02-12", "2024-02-16", "12 February 2024 – 16 February 2024"),
        ("en", "2025", "2027", "2025 – 2027"),
        ("en", "2023-11", "2024", "November 2023 – 2024"),
        ("en", "2024-02", "", "February 2024"),
        ("en", "2024-02-14", "2024-02-14", "14 February 2024"),
        ("en", "2024~", "2024", "about 2024 – 2024"),
        ("en", "", "", "date unknown"),
        ("en", "", "2024", "date unknown – 2024"),
    ],
)
def test_a_period_is_said_as_one_date_where_it_is_one(language, start, end, said):
    assert format_period(parse(start), parse(end), language) == said


def test_a_period_is_said_in_the_active_language():
    with translation.override("it"):
        said = format_period(parse("2013-11"), parse("2014"))

    assert said == "novembre 2013 – 2014"


def test_a_date_of_which_nothing_is_known_but_that_it_was_is_kept_apart_from_none():
    some_day = parse("xxxx")

    assert (some_day.edtf, some_day.earliest, some_day.is_known, some_day.datetime) == (
        "XXXX",
        None,
        False,
        "",
    )
    assert some_day != parse("")
    assert format_date(some_day, "it") == "data sconosciuta"
