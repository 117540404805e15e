"""What an operator does while the site serves: migrating, making roles, loading the data again."""

import time

from bench.faults.report import Report
from bench.faults.site import Site
from bench.killing import manage
from bench.readers import Readers, by_turns

# Forwards and backwards without loss: they touch triggers and indexes of the tables that pages read.
BACK_TO = "0010"
STEPS = {
    f"migrate back to {BACK_TO}": ("migrate", "relations", BACK_TO, "--skip-checks"),
    "migrate": ("migrate", "--skip-checks"),
    "create_roles": ("create_roles",),
    "load_atlas": ("load_atlas",),
}


def migration(site: Site, report: Report, seconds: float) -> None:
    """Each step under load."""
    report.title("6 Migrating and loading under load")
    readers = Readers(by_turns(site.port), accepts=lambda a: a.is_good and not a.is_as_of)
    with readers.reading():
        time.sleep(seconds)
        report.row("all is well", readers.turn())
        for name, command in STEPS.items():
            manage(site.cluster.url(), *command)
            report.row(name, readers.turn())
    report.bound("no request fails, and no page is an old one", holds=not readers.all().failed)
    report.complaints(readers.all())
