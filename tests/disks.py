"""Disks that are soon full."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(path: Path, size: int) -> Iterator[Path]:
    """A file system of so many bytes, mounted at a new directory; for root alone."""
    if os.geteuid():
        pytest.skip("only root can mount a small disk")
    path.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(path))
    try:
        yield path
    finally:
        _run("umount", str(path))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 # ours
