"""The command loads the gazetteer and prints what it did."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from relations.management.commands import load_gazetteer
from relations.models import GazetteerEntry

pytestmark = pytest.mark.django_db


def output(*arguments, **options) -> str:
    stream = StringIO()
    call_command("load_gazetteer", *arguments, stdout=stream, **options)
    return stream.getvalue()


def test_it_loads_the_projects_files_unless_told_otherwise():
    assert output() == "Gazetteer: 9744 created, 0 updated, 0 deleted, 0 unchanged.\n"
    assert output(verbosity=0) == ""
    assert GazetteerEntry.objects.count() == 9744


def test_it_says_what_is_wrong(tmp_path):
    with pytest.raises(CommandError) as refusal:
        output(tmp_path)

    lines = str(refusal.value).splitlines()
    assert lines[0] == "Nothing was loaded: there are 2 problems."
    assert [line.split(":")[0] for line in lines[1:]] == [
        str(tmp_path / name) for name in ("italy.tsv", "japan.tsv")
    ]


def test_it_says_that_the_tables_are_missing(monkeypatch):
    def fail(directory):
        raise OperationalError("no such table: relations_gazetteerentry")

    monkeypatch.setattr(load_gazetteer, "load_gazetteer", fail)

    with pytest.raises(CommandError, match=r"run manage\.py migrate first"):
        output()
