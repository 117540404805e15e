"""Ten times as many readers as on any day."""

import time

from bench.faults.report import Report
from bench.faults.site import Site
from bench.readers import Answer, Readers, ask

USUAL, TIMES = 4, 10
PAGES = ("/en/", "/it/", "/ja/partnerships/", "/en/timeline/", "/it/sources/", "/ja/agreements/")
# Of ten requests six are for pages that are kept, three by who has them, one for a new filter.
KEPT, KNOWN = 6, 9


class Visit:
    """What readers ask for, straight from Gunicorn: nginx would take most of it off."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._etags = {path: ask(port, path).etag for path in PAGES}

    def __call__(self, number: int) -> Answer:
        """The nth request."""
        path = PAGES[number // 10 % len(PAGES)]
        turn = number % 10
        if turn < KEPT:
            return ask(self._port, path)
        if turn < KNOWN:
            return ask(self._port, path, known=self._etags[path])
        return ask(self._port, f"{path}?q={number}")


def tenfold(site: Site, report: Report, seconds: float) -> None:
    """For two minutes in the full form."""
    report.title(f"7 {TIMES} times the readers for {seconds:.0f} s")
    visit = Visit(site.port)
    tallies = []
    for readers, duration in ((USUAL, min(seconds / 2, 15)), (TIMES * USUAL, seconds)):
        reading = Readers(visit, readers)
        with reading.reading():
            time.sleep(duration)
        tallies.append(reading.all())
        report.row(f"{readers} readers", tallies[-1])
        report.complaints(tallies[-1])
    usual, many = tallies
    bound = TIMES * usual.percentile(99) + 1
    report.bound("no request fails", holds=not usual.failed and not many.failed)
    report.bound(
        f"p99 is at most {TIMES} times that of {USUAL} readers, and a second ({bound * 1000:.0f} ms)",
        holds=many.percentile(99) <= bound,
    )
    known = sum(answer.status == 304 for answer in many.answers)
    report.bound("who has a page is answered 304", holds=known > 0)
