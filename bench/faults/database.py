"""The database is away when the site starts, and goes away while it serves."""

import time
from collections.abc import Callable

from bench.faults.report import Report
from bench.faults.site import Site
from bench.killing import wait_for
from bench.readers import Answer, Readers, ask, by_turns

VISITED = ("/en/", "/it/partnerships/torino-nagoya/", "/ja/timeline/", "/en/sources/")
NEVER_VISITED = ("/en/?q=never+{n}", "/it/places/?q=never+{n}", "/api/v1/partnerships?q=never+{n}")
# A server that is away is noticed in two seconds; the rest is for a machine that has other work.
LONGEST = 5.0
WORDS = (b"The data cannot be reached", b"I dati non sono raggiungibili")


def away_at_start(site: Site, report: Report, _seconds: float) -> None:
    """The site was started without its database, which comes up afterwards."""
    report.title("1 The database is down at start")
    begun = time.monotonic()
    wait_for(site.port, "/healthz")
    report.figure("/healthz answers 200 after", f"{time.monotonic() - begun:.1f} s")
    ready, page = ask(site.port, "/readyz"), ask(site.port, "/en/")
    report.figure("/readyz is", str(ready.status))
    report.figure("a page is", f"{page.status} in {page.seconds:.1f} s")
    report.bound("/readyz is 503", holds=ready.status == 503)
    report.bound(
        "a page is 503, says so in words, and when to ask again",
        holds=page.is_for_now and all(words in page.body for words in WORDS),
    )
    site.cluster.start()
    report.figure("database up: page without restart", f"{site.recovered('/en/'):.2f} s")
    report.bound("/readyz is 200 again", holds=ask(site.port, "/readyz").status == 200)


def away_in_the_middle(site: Site, report: Report, seconds: float) -> None:
    """It is stopped under load, and started again."""
    report.title("2 The database stops under load")
    for path in VISITED:
        ask(site.port, path)
    known = Readers(by_turns(site.port, VISITED))
    new = Readers(by_turns(site.port, NEVER_VISITED), 2, lambda a: a.is_good or a.is_for_now)
    with known.reading(), new.reading():
        _both(report, "all is well", known, new, seconds)
        site.cluster.stop()
        _both(report, "it stops", known, new, 2)
        away = _both(report, "it is away", known, new, seconds)
        site.cluster.start()
        back = max(site.recovered(path) for path in VISITED)
        _both(report, "it comes back", known, new, 2)
        well = _both(report, "all is well again", known, new, seconds)
    report.figure("pages without banner again after", f"{back:.2f} s")
    for readers, sentence in (
        (known, "visited pages: all 200"),
        (new, "never visited: 200, or 503 with Retry-After and words"),
    ):
        report.bound(sentence, holds=not readers.all().failed)
        report.complaints(readers.all())
    report.bound(
        "away: every visited page has the banner, every other is 503",
        holds=_all(away[0], lambda answer: answer.is_as_of)
        and _all(away[1], lambda answer: answer.is_for_now),
    )
    report.bound(
        "well again: no banner, no 503",
        holds=_all(well[0] + well[1], lambda answer: answer.is_good and not answer.is_as_of),
    )
    longest = max(known.all().longest, new.all().longest)
    report.bound(f"nothing takes longer than {LONGEST:.0f} s", holds=longest <= LONGEST)


def _both(
    report: Report, name: str, known: Readers, new: Readers, seconds: float
) -> tuple[list[Answer], list[Answer]]:
    known.turn()
    new.turn()
    begun = time.monotonic()
    time.sleep(seconds)
    told = known.turn(), new.turn()
    report.row(f"{name}: visited", told[0])
    report.row(f"{name}: others", told[1])
    # Without what was asked for before.
    first, second = ([a for a in tally.answers if a.started >= begun] for tally in told)
    return first, second


def _all(answers: list[Answer], holds: Callable[[Answer], bool]) -> bool:
    return bool(answers) and all(holds(answer) for answer in answers)
