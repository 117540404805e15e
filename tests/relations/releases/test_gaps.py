"""What is missing is counted, not noted."""

from datetime import date

import pytest

from relations.quality import quality
from relations.releases import gaps
from tests.factories import make_agreement, make_citation, make_event, make_source

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 30)


def found():
    return {str(gap.label): (gap.count, gap.among) for gap in gaps(DAY)}


def test_each_gap_says_how_often_and_among_how_many():
    act = make_agreement(signed="2005", clair_heads="yes", clair_general="yes", clair_council="no")
    make_agreement(partnership=act.partnership, state="draft", signed="")
    make_agreement(partnership=act.partnership, signed="2005-05-27")
    make_event(partnerships=(act.partnership,), start="")
    source = make_source(archived_url="https://archive.example.org/1")
    make_citation(agreement=act, field="kind", stated="gemellaggio", source=source)
    act.partnership.italian_place.wikidata = "Q1"
    act.partnership.italian_place.save()

    assert list(found().items())[:5] == [
        ("Agreements whose day of signature is not known", (1, 2)),
        ("Events whose day is not known", (1, 1)),
        ("Agreements for which CLAIR’s three tests are not all answered", (1, 2)),
        ("Places without a Wikidata identifier", (3, 4)),
        ("Sources without an archived copy", (3, 4)),
    ]


def test_what_is_weak_is_as_much_as_the_report_says(atlas):
    weak = {str(matter.label): (count, None) for matter, count in quality(DAY).counts.items()}
    del weak["Dates not to the day"]  # told of agreements and events apart

    assert dict(list(found().items())[5:]) == weak


def test_a_gap_leads_to_the_page_that_names_the_records():
    assert [gap.url for gap in gaps(DAY)] == [
        "/en/about/data-quality/#date",
        "/en/about/data-quality/#date",
        "/en/about/counts/#clair-counts",
        "",
        "",
        "/en/about/data-quality/#conflict",
        "/en/about/data-quality/#single",
        "/en/about/data-quality/#age",
        "/en/about/data-quality/#translation",
    ]
