"""Brings about every fault that the site must survive, under load, and prints what its readers notice.

    python -m bench.faults [--quick]

Makes a PostgreSQL, a Redis, Gunicorn with two workers and nginx of its own. Ends with an error if
a bound is broken. Needs PostgreSQL, nginx, redis-server, root, and the static files collected
(`make faults` does that). What it found, and on which machine: docs/faults.md.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench.clusters import clusters, free_port
from bench.faults import cache, database, disk, load, slow, upkeep, workers
from bench.faults.report import Report
from bench.faults.site import Site
from bench.killing import BASE_DIR

Fault = Callable[[Site, Report, float], None]

# Each with the seconds of one of its parts, in the full and in the quick form.
FAULTS: dict[Fault, tuple[float, float]] = {
    database.away_at_start: (0, 0),
    database.away_in_the_middle: (5, 2),
    cache.away: (10, 2),
    workers.killed: (5, 2),
    disk.full: (5, 2),
    upkeep.migration: (5, 1),
    load.tenfold: (120, 10),
    slow.clients: (20, 4),
}


def main() -> None:
    """Bring them about, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about 90 s, for CI")
    quick = parser.parse_args().quick
    _check()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # all that was started is ended
    started = time.monotonic()
    report = Report()
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="atlas-faults-"))
        stack.callback(shutil.rmtree, folder)
        site = Site(folder, *stack.enter_context(clusters(free_port())))
        site.load()
        stack.enter_context(site.running())
        for fault, seconds in FAULTS.items():
            fault(site, report, seconds[quick])
    print(f"\n{time.monotonic() - started:.0f} s")
    if report.broken:
        raise SystemExit("Broken: " + "; ".join(report.broken))


def _check() -> None:
    """Say what is missing before anything is started."""
    if os.geteuid():
        raise SystemExit("This mounts a small disk and starts servers: run it as root.")
    for program in ("nginx", "redis-server"):
        if not shutil.which(program):
            raise SystemExit(f"{program} is not installed: apt-get install {program}")
    if not (BASE_DIR / "var/static/staticfiles.json").exists():
        raise SystemExit("The static files are not collected: run `make faults`.")


if __name__ == "__main__":
    main()
