"""What parts of pages show that are kept until the data change; see `relations.templatetags.kept`."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, TypeVar

Value = TypeVar("Value")


def once(work_out: Callable[[], Value]) -> Callable[[], Value]:
    """A value of a context that is worked out when the template first asks for it: not at all where the part is kept."""
    return cache(work_out)


def each(names: Iterable[str], work_out: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """Several values of a context that are worked out together, when the template first asks for one of them."""
    shown = once(work_out)
    return {name: once(partial(_named, shown, name)) for name in names}


def _named(shown: Callable[[], Mapping[str, Any]], name: str) -> Any:
    return shown()[name]
