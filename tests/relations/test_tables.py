"""The tables: their columns, and how values are written and read."""

from decimal import Decimal

import pytest

from relations.enums import Institution
from relations.models import Place
from relations.tables import TABLES, CellError, party_names
from relations.tables.definitions import CITATIONS, PARTIES, SIGNATORIES
from relations.tables.forms import Choice, Day, Degrees, Many, When, Whole, YesNo

NAMES = {
    "places": "slug country kind region macro_area name_it name_ja name_en reading latitude longitude code "
    "wikidata spellings",
    "sources": "slug kind publisher title url archived_url language published retrieved note_it note_ja note_en",
    "partnerships": "slug italian_place japanese_place first_contact summary_it summary_ja summary_en citations",
    "agreements": "slug partnership kind title_it title_ja title_en signed signed_at parties signatories sectors "
    "summary_it summary_ja summary_en term_months renewal renews supersedes ended ended_reason_it "
    "ended_reason_ja ended_reason_en clair_heads clair_general clair_council citations state",
    "events": "slug kind title_it title_ja title_en start end place partnerships places agreement sectors "
    "summary_it summary_ja summary_en citations state",
    "citations": "source partnership agreement event field stated preferred note_it note_ja note_en",
    "sectors": "code parent order colour name_it name_ja name_en",
}


def test_the_names_of_the_columns_never_change():
    assert {kind: " ".join(table.names) for kind, table in TABLES.items()} == NAMES


@pytest.mark.parametrize("kind", TABLES)
def test_every_column_says_what_it_is_and_how_it_is_written(kind):
    table = TABLES[kind]

    said = {c.name: (str(table.meaning(c)), str(c.form.expected)) for c in table.columns}

    assert [name for name, words in said.items() if not all(words)] == []


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (When(), "S38.10.12", "1963-10-12"),
        (When(), "1986~", "1986~"),
        (When(), "", ""),
        (Whole(), "\uff16\uff10", 60),
        (Whole(), "", None),
        (Degrees(), "44,1025", Decimal("44.10250")),
        (Degrees(), "-12.5", Decimal("-12.50000")),
        (YesNo(), "Yes", True),
        (YesNo(), "", False),
        (Choice(Institution, "other"), "", "other"),
        (Choice(Institution), "UNIVERSITY", "university"),
        (Many("sector"), "tourism;culture; culture", ("culture", "tourism")),
    ],
)
def test_a_cell_is_read(form, text, value):
    assert form.parse(text) == value


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (When(), "23/09/2025"),
        (Day(), "2025-02-30"),
        (Whole(), "-5"),
        (Whole(), "5.5"),
        (Degrees(), "44°06\u2032"),
        (Degrees(), "NaN"),
        (Degrees(), "1e9"),
        (YesNo(), "perhaps"),
        (Choice(Institution), "town hall"),
        (PARTIES, "torino | local_government | a | b | c | d"),
        (PARTIES, "torino\ntorino | local_government"),
        (CITATIONS, "source | signed | 2005 | yes"),
    ],
)
def test_what_is_no_value_is_refused(form, text):
    with pytest.raises(CellError):
        form.parse(text)


def test_lines_hold_bars_backslashes_and_breaks():
    line = ("torino", "Maria | Rossi", "", "uno\ndue", "C:\\", "")

    assert SIGNATORIES.text([line]) == r"torino | Maria \| Rossi |  | uno\ndue | C:\\"
    assert SIGNATORIES.parse(SIGNATORIES.text([line])) == (line,)


def test_a_party_has_the_shortest_name_that_tells_it_from_others():
    keys = (
        ("torino", "local_government", ""),
        ("bari", "local_government", ""),
        ("bari", "university", "A"),
        ("bari", "university", "B/C"),
    )

    assert list(party_names(keys).values()) == [
        "torino",
        "bari/local_government",
        "bari/university/A",
        "bari/university/B/C",
    ]


def test_a_number_below_zero_is_no_formula():
    place = Place(latitude=Decimal("-1.5"), name_it="-1.5")
    columns = TABLES["places"].by_name

    assert columns["latitude"].cell(place) == "-1.50000"
    assert columns["name_it"].cell(place) == "'-1.5"
