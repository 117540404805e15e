"""What the desk asks about an agreement before it saves it."""

from datetime import date

import pytest

from relations.doubts import doubts_about
from relations.enums import AgreementKind, CitedField
from relations.models import Signatory
from tests.factories import (
    make_agreement,
    make_citation,
    make_entry,
    make_italian_city,
    make_region,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


def sentences(act):
    """What is said of it."""
    return [doubt.sentence for doubt in doubts_about(act, TODAY)]


def test_of_a_sound_agreement_nothing_is_asked():
    act = make_agreement()
    Signatory.objects.create(party=act.parties.first(), name="Maria Rossi", office_it="Sindaca")
    make_citation(agreement=act, field=CitedField.KIND, stated="Gemellaggio")

    assert sentences(act) == []


@pytest.mark.parametrize("signed", ["1986", "1986-05", "1986-05-03"])
def test_another_act_of_the_same_pair_and_year(signed):
    act = make_agreement(signed="1986-11", title_en="The first")

    assert sentences(make_agreement(partnership=act.partnership, signed=signed)) == [
        "“The first” joins the same two places and is of the same year, 1986."
    ]


@pytest.mark.parametrize("signed", ["1987", "198X", ""])
def test_an_act_that_is_not_known_to_be_of_that_year(signed):
    act = make_agreement(signed="1986")

    assert sentences(make_agreement(partnership=act.partnership, signed=signed)) == []


def test_an_act_of_another_pair_in_the_same_year():
    make_agreement(signed="1986")

    assert sentences(make_agreement(signed="1986")) == []


@pytest.mark.parametrize(
    ("signed", "is_future"),
    [("2026-11-26", True), ("2027", True), ("2026-11-25", False), ("2026", False), ("", False)],
)
def test_a_date_in_the_future(signed, is_future):
    expected = ["The date of the signature is in the future."] if is_future else []

    assert sentences(make_agreement(signed=signed)) == expected


def test_a_signatory_without_office():
    act = make_agreement()
    party = act.parties.first()
    Signatory.objects.create(party=party, name="Maria Rossi")
    Signatory.objects.create(party=party, name="山田太郎", office_ja="市長")

    assert sentences(act) == [f"The office of Maria Rossi, who signed for {party}, is missing."]


def test_an_agreement_without_a_source():
    act = make_agreement()
    act.citations.all().delete()

    assert sentences(act) == ["No source is cited yet; without one it cannot be published."]


@pytest.mark.parametrize(
    "stated",
    ["gemellaggio", "Gemellate dal 1986", "Sister cities", "TWINNING", "姉妹都市", "姉妹友好都市"],
)
def test_a_twinning_that_a_source_calls_so(stated):
    act = make_agreement()
    make_citation(agreement=act, field=CitedField.KIND, stated=stated)

    assert sentences(act) == []


@pytest.mark.parametrize("stated", ["Patto di amicizia", "友好都市", "memorandum of understanding"])
def test_a_twinning_that_a_source_calls_otherwise(stated):
    act = make_agreement()
    make_citation(agreement=act, field=CitedField.KIND, stated=stated)

    assert sentences(act) == [f"The kind is twinning, but a source calls it “{stated}”."]


def test_another_kind_may_be_called_as_one_likes():
    act = make_agreement(kind=AgreementKind.MEMORANDUM)
    make_citation(agreement=act, field=CitedField.KIND, stated="patto di amicizia")

    assert sentences(act) == []


@pytest.fixture
def lombardy():
    """A region with one municipality in the gazetteer, Brescia."""
    region = make_region(code="IT-25", name_en="Lombardy")
    make_entry(
        code="017029",
        name_it="Brescia",
        region_code="IT-25",
        latitude="45.54000",
        longitude="10.21000",
    )
    return region


def place_in(region, **point):
    place = make_italian_city(region=region, **point)
    place.refresh_from_db()
    return place


def test_a_place_near_a_municipality_of_its_region(lombardy):
    assert sentences(place_in(lombardy, latitude="45.50000", longitude="10.20000")) == []


def test_a_place_near_a_municipality_of_another_region(lombardy):
    veneto = make_region(code="IT-34", name_en="Veneto")

    assert sentences(place_in(veneto, latitude="45.50000", longitude="10.20000")) == [
        "The point is nearest to Brescia (Lombardy), and so perhaps not in Veneto."
    ]


def test_of_a_place_far_from_all_that_is_known_nothing_is_asked(lombardy):
    veneto = make_region(code="IT-34")

    assert sentences(place_in(veneto, latitude="40.00000", longitude="17.00000")) == []


def test_of_a_region_nothing_is_asked(lombardy):
    assert sentences(lombardy) == []
