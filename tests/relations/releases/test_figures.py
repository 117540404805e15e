"""The figures of the files are those of the database."""

import pytest

from relations.releases import FILES, Edition, figures
from tests.factories import make_agreement
from tests.relations.releases.rows import SITE, cells

pytestmark = pytest.mark.django_db


def test_figures_follow_the_data():
    make_agreement()
    before = figures(SITE)["agreements.csv"]
    make_agreement(title_ja="追加")
    after = figures(SITE)["agreements.csv"]

    assert (before.rows, after.rows) == (1, 2) == (1, len(cells("agreements")))
    assert after.size == len(FILES["agreements.csv"].make(Edition(SITE)).body) > before.size


def test_figures_are_counted_once_for_each_state_of_the_data(django_assert_num_queries):
    make_agreement()
    figures(SITE)

    with django_assert_num_queries(1):  # the version of the data
        figures(SITE)
