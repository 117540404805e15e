"""A worker is killed in the middle of its requests."""

import os
import signal
import time

from bench.faults.report import Report
from bench.faults.site import THREADS, WORKERS, Site
from bench.readers import Readers, by_turns

SECONDS_TO_START = 30
# As many as a worker has threads: so it never has more requests than it can work on.
READERS = THREADS


def killed(site: Site, report: Report, seconds: float) -> None:
    """One of them, by SIGKILL; Gunicorn's master starts another in its place."""
    report.title("4 A worker is killed under load")
    readers = Readers(by_turns(site.port), READERS)
    before = site.web.children
    victim = min(before)
    with readers.reading():
        time.sleep(seconds)
        report.row("all is well", readers.turn())
        moment = time.monotonic()
        os.kill(victim, signal.SIGKILL)
        while len(site.web.children - {victim}) < WORKERS:
            if time.monotonic() - moment > SECONDS_TO_START:
                break
            time.sleep(0.01)
        started = time.monotonic() - moment
        time.sleep(seconds)
        after = readers.turn()
        report.row("it is killed", after)
    report.figure("another worker starts after", f"{started:.2f} s")
    report.bound(
        "another has taken its place",
        holds=len(site.web.children) == WORKERS and victim not in site.web.children,
    )
    report.bound(
        f"only requests that it was working on are lost, {THREADS} at most",
        holds=len(readers.all().failed) <= THREADS
        and all(answer.started <= moment for answer in after.failed),
    )
    report.complaints(readers.all())
