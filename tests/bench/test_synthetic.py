"""What measurements are made on keeps the rules of the atlas."""

import pytest
from django.db import transaction
from django.db.models import Count, Q

from bench import synthetic
from bench.flaws import leave_work
from relations.checks import check_data
from relations.models import Agreement, LinkCheck, Partnership, Place

pytestmark = pytest.mark.usefixtures("atlas")


def test_three_made_up_partnerships_break_no_rule():
    before = Partnership.objects.count()

    synthetic.fill(3)

    assert Partnership.objects.published().count() == before + 3
    assert check_data(databases=["default"]) == []


def test_columns_that_follow_from_others_are_filled():
    synthetic.fill(20)

    made = Agreement.objects.filter(slug__startswith="made-")
    empty = Q(signed_earliest=None) & ~Q(signed="") | Q(folded="")
    assert made.aggregate(all=Count("pk"), empty=Count("pk", filter=empty)) == {
        "all": made.count(),
        "empty": 0,
    }
    assert not Place.objects.filter(folded="").exists()


def test_made_up_places_have_codes_and_coordinates_that_their_forms_accept():
    synthetic.fill(20)

    for place in Place.objects.filter(code__startswith="9"):
        place.full_clean()


def test_the_same_seed_makes_the_same_names():
    names = []
    for _ in range(2):
        with transaction.atomic():
            synthetic.fill(3)
            names.append([place.name for place in Place.objects.all()])
            transaction.set_rollback(True)

    assert names[0] == names[1]


def test_more_can_be_added_to_what_was_made():
    synthetic.main(["3"])

    synthetic.main(["3", "--add"])

    assert Partnership.objects.filter(slug__startswith="made-").count() == 6


def test_a_database_that_has_more_than_the_founding_data_is_left_alone(capsys):
    synthetic.main(["2"])

    with pytest.raises(SystemExit):
        synthetic.main(["1"])

    assert "The database already has 2 partnerships beside the founding data." in (
        capsys.readouterr().err
    )
    assert Partnership.objects.filter(slug__startswith="made-").count() == 2


def test_work_that_is_left_breaks_no_rule_but_one_and_is_found():
    synthetic.fill(60)

    leave_work()

    # Conflicts that nobody has decided: ten of a hundred agreements.
    assert {check.id for check in check_data(databases=["default"])} == {"relations.E005"}
    states = Agreement.objects.filter(slug__startswith="made-").values_list("state", flat=True)
    assert set(states) == {"published", "draft", "review"}
    assert LinkCheck.objects.failing().count() == 3  # five of a hundred, of sixty
