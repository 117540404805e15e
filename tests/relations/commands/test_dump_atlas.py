"""The command writes the files."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from relations.loading import FILES
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_writes_the_files_and_says_where(tmp_path):
    factories.make_sector()
    stream = StringIO()

    call_command("dump_atlas", tmp_path / "out", stdout=stream)

    assert stream.getvalue() == f"Wrote 10 files to {tmp_path / 'out'}.\n"
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(FILES)


def test_it_is_silent_when_asked(tmp_path):
    stream = StringIO()

    call_command("dump_atlas", tmp_path, stdout=stream, verbosity=0)

    assert stream.getvalue() == ""


def test_it_says_when_it_cannot_write(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CommandError) as caught:
        call_command("dump_atlas", tmp_path / "file")

    assert str(caught.value) == (
        f"Nothing was written: [Errno 17] File exists: '{tmp_path / 'file'}'."
    )
