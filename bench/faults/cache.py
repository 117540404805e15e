"""Redis, in which all workers keep their pages, is killed under load."""

import time
from collections.abc import Callable

from bench.faults.report import Report
from bench.faults.site import Site
from bench.readers import Readers, by_turns

Step = tuple[str, Callable[[], None]]


def away(site: Site, report: Report, seconds: float) -> None:
    """It goes, and comes back empty."""
    report.title("3 Redis is killed under load")
    readers = Readers(by_turns(site.port))
    steps: list[Step] = [
        ("all is well", lambda: None),
        ("it is killed", site.redis.kill),
        ("it is back", site.redis.start),
    ]
    with readers.reading():
        for name, step in steps:
            readers.turn()
            step()
            time.sleep(seconds)
            report.row(name, readers.turn())
    report.bound("no request fails", holds=not readers.all().failed)
    report.complaints(readers.all())
