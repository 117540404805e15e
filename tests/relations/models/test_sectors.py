"""Sectors are a vocabulary in two levels."""

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import translation

from relations.models import Sector
from tests.factories import make_sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def industry():
    return make_sector(
        code="industry", order=10, name_it="Industria", name_ja="産業", name_en="Industry"
    )


@pytest.fixture
def automotive(industry):
    return make_sector(code="automotive", order=11, parent=industry, name_en="Automotive")


def test_a_sector_narrower_than_itself_is_refused(industry, refusals, database_refuses):
    industry.parent = industry

    assert refusals(industry) == {"__all__": ["A sector cannot be narrower than itself."]}
    with database_refuses("relations_sector_not_its_own_parent"):
        industry.save()


def test_a_third_level_is_refused(automotive, refusals):
    engines = make_sector()

    engines.parent = automotive

    assert refusals(engines) == {
        "parent": ["“Automotive” is itself a narrow sector: choose a broad one."]
    }


def test_a_broad_sector_that_has_narrower_ones_cannot_become_narrow(industry, automotive, refusals):
    industry.parent = make_sector()

    assert refusals(industry) == {
        "parent": ["“Industry” has narrower sectors: it must stay a broad one."]
    }


def test_a_narrow_sector_of_a_broad_one_is_accepted(automotive, column):
    automotive.full_clean()

    assert column(automotive, "parent__code") == "industry"


def test_a_code_stands_once(industry, refusals):
    other = make_sector()

    other.code = "industry"

    assert refusals(other) == {"code": ["Sector with this Code already exists."]}
    with pytest.raises(IntegrityError):
        other.save()


def test_a_position_in_the_order_is_taken_once(industry, refusals):
    other = make_sector()

    other.order = 10

    assert refusals(other) == {"order": ["Sector with this Order already exists."]}
    with pytest.raises(IntegrityError):
        other.save()


def test_a_broad_sector_with_narrower_ones_cannot_be_deleted(industry, automotive):
    with pytest.raises(ProtectedError):
        industry.delete()


def test_a_sector_is_called_by_its_name_in_the_active_language(industry):
    with translation.override("ja"):
        said = str(industry)

    assert said == "産業"


def test_a_sector_has_its_place_on_the_page_of_all(automotive):
    assert automotive.get_absolute_url() == "/en/sectors/#automotive"


def test_a_sector_is_found_by_its_natural_key(industry, automotive):
    assert automotive.natural_key() == ("automotive",)
    assert Sector.objects.get_by_natural_key(*automotive.natural_key()) == automotive


def test_sectors_stand_in_their_own_order():
    last, first = make_sector(order=902, code="a"), make_sector(order=901, code="b")

    assert list(Sector.objects.all()) == [first, last]


def test_broad_sectors_leave_narrow_ones_out(industry, automotive):
    assert list(Sector.objects.broad()) == [industry]


def test_within_a_broad_sector_lie_itself_and_its_narrower_ones(industry, automotive):
    make_sector()

    assert list(Sector.objects.within(["industry"])) == [industry, automotive]


def test_within_a_narrow_sector_lies_itself_alone(automotive):
    assert list(Sector.objects.within(["automotive"])) == [automotive]


def test_within_several_sectors_each_is_found_once(industry, automotive):
    other = make_sector()

    within = Sector.objects.within(code for code in ("automotive", "industry", other.code))

    assert sorted(within.values_list("code", flat=True)) == sorted(
        ["automotive", "industry", other.code]
    )


def test_within_no_sector_lies_nothing(industry):
    assert list(Sector.objects.within([])) == []
