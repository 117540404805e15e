"""The units, read by systemd itself."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.conftest import BASE_DIR

ANALYZE = shutil.which("systemd-analyze")
pytestmark = pytest.mark.skipif(not ANALYZE, reason="there is no systemd-analyze")


@pytest.fixture
def units(tmp_path):
    """The units, with a Python that is there."""
    for path in (BASE_DIR / "deploy" / "systemd").glob("*.*"):
        name = path.name.replace("@", "@1")
        text = path.read_text("utf-8").replace("/srv/atlas/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return sorted(tmp_path.iterdir())


def analyze(*arguments):
    return subprocess.run([ANALYZE, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 # ours


def test_systemd_finds_no_fault(units):
    assert len(units) == 3

    verified = analyze("verify", *units)

    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_service_is_exposed_little(units):
    (service,) = (unit for unit in units if unit.name == "atlas@1.service")

    said = analyze("security", "--offline=true", "--no-pager", service).stdout

    (level,) = re.findall(r"Overall exposure level for .*: ([\d.]+)", said)
    assert float(level) < 2
