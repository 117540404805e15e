"""What a file holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relations.tables import Context


@dataclass(frozen=True)
class Selection:
    """The rows of a page, and what a file says of itself.

    `kind` is the table that the rows are of, or `timeline` or `anniversaries`; `rows` reads them,
    `count` is how many there are. `title` is what the page is called in the active language, with
    its filter; `page` and `address` are where the page and the file are. `subject` is the
    record of which the page is; `modified` is the last change of the data.
    """

    kind: str
    rows: Callable[[], Iterator[Any]]
    count: int
    title: str
    page: str
    address: str
    context: Context
    modified: datetime | None = None
    subject: Any = None

    @property
    def name(self) -> str:
        """The name of the file, without the suffix."""
        return self.subject.slug if self.subject else self.kind


def page_of(record: Any, context: Context) -> str:
    """The page of a record, or its place on one, in the language of the file."""
    return f"{context.site}{record.get_absolute_url()}"
