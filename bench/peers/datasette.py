"""Datasette over the flat table, as shipped and tuned; in both it has the time to count every facet."""

from contextlib import AbstractContextManager
from pathlib import Path

from bench.data import WORK
from bench.processes import Server, free_port, running

_PROGRAM = WORK / "venv/bin/datasette"
# Milliseconds. As shipped, a query is given up after 1,000 and a facet after 200, and then missing.
_ENOUGH = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000}
# Nothing but what was asked for: no search for more facets, and the file is known never to change.
_TUNED = {"suggest_facets": 0}


def datasette(name: str, flat: Path, *, tuned: bool) -> AbstractContextManager[Server]:
    """Datasette with one file.

    Raises:
        FileNotFoundError: it is not installed.
    """
    if not _PROGRAM.exists():
        raise FileNotFoundError("Datasette is not installed: run `make bench`.")
    port = free_port()
    command = [str(_PROGRAM), "serve", *(["--immutable"] if tuned else []), str(flat)]
    command += ["--port", str(port)]
    for setting, value in (_ENOUGH | (_TUNED if tuned else {})).items():
        command += ["--setting", setting, str(value)]
    return running(name, command, port, folder=WORK)
