"""What Wikidata lacks, in lines that QuickStatements reads, as precise as the source."""

from datetime import date

import pytest

from relations.dates import parse
from relations.enums import AgreementKind, CitedField, Institution
from relations.linked.quickstatements import (
    NO_ADDRESS,
    NO_ITEM,
    NO_TWINNING,
    SOME_VALUE,
    export,
    time,
)
from relations.linked.wikidata import Known, KnownError, read_known
from relations.models import Source
from tests.factories import (
    make_agreement,
    make_citation,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_source,
)

ON = date(2026, 11, 8)
SOURCE = "https://example.org/press"


def make_twins(**fields):
    """A public act of two cities that Wikidata knows, whose date has a source with an address."""
    partnership = make_partnership(
        italian_place=make_italian_city(wikidata="Q495"),
        japanese_place=make_japanese_city(wikidata="Q11751"),
    )
    act = make_agreement(partnership=partnership, **fields)
    Source.objects.update(url=SOURCE)
    return act


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2005-05-27", "+2005-05-27T00:00:00Z/11"),
        ("2005-05", "+2005-05-00T00:00:00Z/10"),
        ("1986", "+1986-00-00T00:00:00Z/9"),
        ("198X", "+1980-00-00T00:00:00Z/8"),
        ("1986~", ""),
        ("2005-05-27?", ""),
        ("XXXX", ""),
        ("", ""),
    ],
)
def test_a_date_has_the_precision_of_its_source(edtf, expected):
    assert time(parse(edtf)) == expected


def test_twins_are_said_in_both_directions_with_their_source(db):
    make_twins(signed="2005-05-27")
    Source.objects.update(
        retrieved=date(2026, 1, 2), archived_url="https://web.archive.org/web/1/x"
    )

    rest = (
        "P580\t+2005-05-27T00:00:00Z/11"
        f'\tS854\t"{SOURCE}"\tS1065\t"https://web.archive.org/web/1/x"\tS813\t+2026-01-02T00:00:00Z/11'
    )
    assert export(ON).lines == [f"Q495\tP190\tQ11751\t{rest}", f"Q11751\tP190\tQ495\t{rest}"]


def test_twins_since_nobody_knows_when_have_no_start(db):
    make_twins(signed="")

    assert export(ON).lines[0] == f'Q495\tP190\tQ11751\tS854\t"{SOURCE}"'


@pytest.mark.parametrize(
    ("ended", "expected"), [("2025-03", "+2025-03-00T00:00:00Z/10"), ("XXXX", SOME_VALUE)]
)
def test_what_has_ended_says_so(db, ended, expected):
    make_twins(signed="1984", ended=ended)

    assert f"\tP580\t+1984-00-00T00:00:00Z/9\tP582\t{expected}\t" in export(ON).lines[0]


def test_a_later_act_that_is_in_force_goes_on_with_the_first(db):
    act = make_twins(signed="2002", kind=AgreementKind.FRIENDSHIP_PACT, ended="2005")
    make_agreement(partnership=act.partnership, signed="2005-05-27")

    line = export(ON).lines[0]

    assert ("P580\t+2002-00-00T00:00:00Z/9" in line, "P582" in line) == (True, False)


def test_the_source_is_that_of_the_date_that_the_atlas_follows(db):
    act = make_twins(signed="2005")
    preferred = make_source(url="https://example.org/preferred")
    act.citations.update(preferred=False)
    make_citation(agreement=act, source=preferred, field=CitedField.SIGNED, stated="2005")
    other = make_source(url="https://example.org/a-whole", slug="a")
    make_citation(agreement=act, source=other, field=CitedField.RECORD, stated="")

    assert 'S854\t"https://example.org/preferred"' in export(ON).lines[0]


def test_what_is_left_out_is_counted_with_its_reason(db):
    make_agreement()  # of places that Wikidata is not known to have
    act = make_twins(kind=AgreementKind.MEMORANDUM)
    make_agreement(
        partnership=make_partnership(
            italian_place=make_italian_city(wikidata="Q1"),
            japanese_place=make_japanese_city(wikidata="Q2"),
        )
    )
    act.citations.all().delete()
    Source.objects.update(url="")

    found = export(ON)

    assert found.lines == []
    assert dict(+found.left_out) == {NO_ITEM: 1, NO_TWINNING: 1, NO_ADDRESS: 1}


@pytest.mark.parametrize("kind", ["draft", "chambers"])
def test_drafts_and_chambers_of_commerce_make_no_twins(db, kind):
    if kind == "draft":
        make_twins(state="draft")
    else:
        make_twins().parties.update(
            institution=Institution.CHAMBER_OF_COMMERCE, name_en="Chamber of Commerce"
        )

    assert export(ON).lines == []


START, END = "P580\t+1984-00-00T00:00:00Z/9", "P582\t+2025-03-27T00:00:00Z/11"


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (None, f"{START}\t{END}\t"),
        (Known(), f"{START}\t{END}\t"),
        (Known(reference=True), f"{START}\t{END}\t"),
        (Known(start=True, reference=True), f"{END}\t"),
        (Known(start=True, end=True), ""),
    ],
)
def test_what_wikidata_has_of_a_statement_is_left_out(db, there, expected):
    make_twins(signed="1984", ended="2025-03-27")

    line = export(ON, {("Q495", "Q11751"): there} if there else {}).lines[0]

    assert line == f'Q495\tP190\tQ11751\t{expected}S854\t"{SOURCE}"'


def test_a_statement_that_wikidata_has_whole_is_not_repeated(db):
    make_twins(signed="1984")
    there = {("Q495", "Q11751"): Known(start=True, reference=True)}

    found = export(ON, there)

    assert [line.split("\t")[:3] for line in found.lines] == [["Q11751", "P190", "Q495"]]
    assert found.known == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_number_of_queries_for_any_rows(db, rows, django_assert_num_queries):
    for _ in range(rows):
        make_twins()

    # partnerships, agreements, parties, citations
    with django_assert_num_queries(4):
        export(ON)


CSV = """\
item,partner,start,end,references
http://www.wikidata.org/entity/Q495,http://www.wikidata.org/entity/Q11751,2005-05-27T00:00:00Z,,2
http://www.wikidata.org/entity/Q495,http://www.wikidata.org/entity/Q11751,,2010-01-01T00:00:00Z,0
http://www.wikidata.org/entity/Q2634,http://www.wikidata.org/entity/Q15674,,,0
"""
VERBOSE = """\
?item\t?partner\t?start\t?end\t?references
<http://www.wikidata.org/entity/Q495>\t<http://www.wikidata.org/entity/Q11751>\t"2005-05-27T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>\t\t"2"^^<http://www.w3.org/2001/XMLSchema#integer>
<http://www.wikidata.org/entity/Q2634>\t<http://www.wikidata.org/entity/Q15674>\t\t\t"0"^^<http://www.w3.org/2001/XMLSchema#integer>
"""


def test_the_answer_of_the_query_service_is_read():
    assert read_known(CSV.splitlines(keepends=True)) == {
        ("Q495", "Q11751"): Known(start=True, end=True, reference=True),
        ("Q2634", "Q15674"): Known(),
    }


def test_its_detailed_tsv_is_read_too():
    assert read_known(VERBOSE.splitlines(keepends=True)) == {
        ("Q495", "Q11751"): Known(start=True, reference=True),
        ("Q2634", "Q15674"): Known(),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no columns"),
        ("a,b\n1,2\n", "no columns"),
        ("item,partner\nQ1,nobody\n", "no items of Wikidata in line 2"),
    ],
)
def test_what_is_no_answer_is_refused(text, sentence):
    with pytest.raises(KnownError, match=sentence):
        read_known(text.splitlines(keepends=True))
