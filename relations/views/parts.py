"""What parts of pages show that are kept until the data change; see `relations.templatetags.kept`."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

Value = TypeVar("Value")


def once(work_out: Callable[[], Value]) -> Callable[[], Value]:
    """A value of a context that is worked out when the template first asks for it: not at all where the part is kept."""
    return cache(work_out)
