"""The disk is full on which large answers are kept.

That a full disk leaves nothing half-written is tested for loading (`test_a_full_disk_leaves_nothing_half_loaded`),
backing up and restoring in tests/relations/test_backups_sqlite.py and test_backups_postgres.py.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.report import Report
from bench.faults.site import SECONDS_TO_RECOVER, Site
from bench.readers import Readers, by_turns

SIZE = 1_000_000  # bytes
LARGE = "/data/atlas.jsonld"  # nobody has asked for it before: so it is not kept yet


def full(site: Site, report: Report, seconds: float) -> None:
    """Whole-data files cannot be kept, and are made for each request."""
    report.title("5 The disk of the page cache is full")
    readers = Readers(by_turns(site.port, ("/en/", LARGE, "/en/?q=full+{n}")))
    with _small_disk(site.pages):
        ballast = site.pages / "ballast"
        ballast.write_bytes(b"\0" * SIZE)
        with readers.reading():
            time.sleep(seconds)
            report.row("it is full", readers.turn())
            left = _kept(site.pages) - {ballast}
            ballast.unlink()
            begun = time.monotonic()
            while not _kept(site.pages) and time.monotonic() - begun < SECONDS_TO_RECOVER:
                time.sleep(0.1)
            time.sleep(seconds)
            report.row("there is room again", readers.turn())
        kept = _kept(site.pages)
    report.bound("no request fails", holds=not readers.all().failed)
    report.complaints(readers.all())
    report.bound("no whole file was kept where none fits", holds=not left)
    report.bound("files are kept again once there is room", holds=bool(kept))


def _kept(folder: Path) -> set[Path]:
    """The whole files; those that are being written have a dot before their name."""
    return {path for path in folder.iterdir() if not path.name.startswith(".")}


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    """Mount a file system of `SIZE` there; for root alone."""
    folder.mkdir(exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder))
    try:
        yield
    finally:
        _run("umount", "--lazy", str(folder))  # a file that is being sent keeps it busy


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 # ours
