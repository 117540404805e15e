"""The command prints the statements alone, and beside them what is left out and why."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from relations.models import Source
from tests.factories import (
    make_agreement,
    make_italian_city,
    make_japanese_city,
    make_partnership,
)

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """What the command prints, and what it says beside it."""
    out, err = StringIO(), StringIO()
    call_command("quickstatements", *arguments, stdout=out, stderr=err, no_color=True, **options)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def twins():
    """A partnership of places that Wikidata knows, and one of places that it does not."""
    make_agreement()
    partnership = make_partnership(
        italian_place=make_italian_city(wikidata="Q495"),
        japanese_place=make_japanese_city(wikidata="Q11751"),
    )
    make_agreement(partnership=partnership, signed="2005")
    Source.objects.update(url="https://example.org/press")


def test_it_says_what_it_prints_and_what_it_leaves_out(twins):
    printed, said = run()

    assert [line.split("\t")[:3] for line in printed] == [
        ["Q495", "P190", "Q11751"],
        ["Q11751", "P190", "Q495"],
    ]
    assert said == [
        "Statements: 2, each partnership in both directions.",
        "Not compared with Wikidata: it may have some of them. See --known in --help.",
        "Partnerships left out (a place without a Wikidata id): 1.",
    ]


def test_it_leaves_out_what_wikidata_has(twins, tmp_path):
    known = tmp_path / "query.csv"
    known.write_text("item,partner,start,end,references\nQ495,Q11751,2005,,1\n", encoding="utf-8")

    printed, said = run(f"--known={known}")

    assert [line.split("\t")[0] for line in printed] == ["Q11751"]
    assert said[1] == "Left out, since Wikidata has them: 1."


def test_it_can_be_quiet(twins):
    assert run(verbosity=0)[1] == []


def test_a_file_that_is_no_answer_is_refused_by_name(tmp_path):
    known = tmp_path / "other.csv"
    known.write_text("a,b\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"other\.csv has no columns “item” and “partner”"):
        run(f"--known={known}")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.csv cannot be read"):
        run(f"--known={tmp_path / 'none.csv'}")


def test_the_help_has_the_query(capsys):
    with pytest.raises(SystemExit):
        call_command("quickstatements", "--help")

    assert "?statement ps:P190 ?partner ." in capsys.readouterr().out
