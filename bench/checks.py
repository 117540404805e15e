"""Whether an answer is what is meant to be measured: an error page is fast."""

import re
from collections.abc import Callable

from bench.processes import Answer
from bench.rotation import FACETS, ROWS

Check = Callable[[Answer], None]

_ROW = re.compile(rb'href="/it/partnerships/([a-z0-9-]+)/')
_COUNT = re.compile(rb'class="option__count"')


def list_page(answer: Answer) -> None:
    """A page of the list with its rows, and a count beside every option of the filter.

    Raises:
        ValueError: it is something else.
    """
    rows, counts = set(_ROW.findall(answer.body)), _COUNT.findall(answer.body)
    # A table of 70 partnerships has no whole page for every filter.
    if answer.status != 200 or len(rows) < ROWS // 5 or len(counts) < ROWS:
        raise ValueError(
            f"The list answered {answer.status}, with {len(rows)} rows and {len(counts)} counts."
        )


def status(expected: int, encoding: str = "") -> Check:
    """A status, and for a body how it is encoded."""

    def check(answer: Answer) -> None:
        said = answer.headers.get("content-encoding", "")
        if answer.status != expected or (answer.body and said != encoding):
            raise ValueError(
                f"{expected} {encoding or 'as it is'} was expected, and {answer.status} {said} came."
            )

    return check


def from_cache(answer: Answer) -> None:
    """An answer that nginx had kept.

    Raises:
        ValueError: it is something else.
    """
    status(200, "gzip")(answer)
    if (said := answer.headers.get("x-cache-status")) != "HIT":
        raise ValueError(f"nginx says {said}: it did not answer out of its cache.")


def hello(answer: Answer) -> None:
    """Twelve bytes.

    Raises:
        ValueError: it is something else.
    """
    if answer.body != b"Hello, world":
        raise ValueError(f"“Hello, world” was expected, and {answer.body[:40]!r} came.")


def datasette(answer: Answer) -> None:
    """A page with rows, and every facet counted.

    Raises:
        ValueError: it is something else.
    """
    text = answer.body.decode()
    missing = [name for name in FACETS if f'id="facet-{name}"' not in text]
    if answer.status != 200 or missing or "timed out" in text or "rows-and-columns" not in text:
        raise ValueError(f"Datasette answered {answer.status}; facets that are missing: {missing}.")
