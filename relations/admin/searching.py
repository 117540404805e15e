"""Finds records by words in their own columns and in those of others.

Django's own search joins all tables whose columns are searched, and then takes repeated
rows out again. Here each of the tables is searched by itself: several times as fast, and no
row is found twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.utils import get_fields_from_path, get_model_from_relation
from django.db.models import Model, Q, QuerySet
from django.utils.text import smart_split, unescape_string_literal

from relations.text import fold

_FOLDED = "folded"
_QUOTES = ("'", '"')


def found(records: QuerySet[Any], columns: Sequence[str], words: str) -> QuerySet[Any]:
    """Those in which each of the words occurs in one of the columns: as it is typed, or folded."""
    typed, folded = list(_split(words)), fold(words).split()
    if not typed:
        return records
    tried = {tuple(word.lower() for word in typed): typed}
    if folded:
        tried[tuple(folded)] = folded
    condition = Q()
    for needles in tried.values():
        each = Q()
        for needle in needles:
            each &= _anywhere(records.model, columns, needle)
        condition |= each
    return records.filter(condition)


def _split(words: str) -> Iterable[str]:
    """The words; what stands in quotation marks is one."""
    for bit in smart_split(words):
        quoted = bit.startswith(_QUOTES) and bit[0] == bit[-1] and len(bit) > 1
        yield unescape_string_literal(bit) if quoted else bit


def _anywhere(model: type[Model], columns: Sequence[str], needle: str) -> Q:
    """That a needle occurs in one of the columns, which are searched table by table."""
    by_path: dict[str, Q] = defaultdict(Q)
    for column in columns:
        path, _, name = column.rpartition("__")
        by_path[path] |= (
            Q(folded__contains=needle.lower())
            if name == _FOLDED
            else Q(**{f"{name}__icontains": needle})
        )
    condition = by_path.pop("", Q())
    for path, match in by_path.items():
        there = _model_at(model, path)._default_manager.filter(match)  # noqa: SLF001 # Django's public name
        here = model._default_manager.filter(**{f"{path}__in": there})  # noqa: SLF001 # likewise
        condition |= Q(pk__in=here.order_by().values("pk"))
    return condition


def _model_at(model: type[Model], path: str) -> type[Model]:
    """The model at the end of a path of relations."""
    target: type[Model] = get_model_from_relation(get_fields_from_path(model, path)[-1])
    return target
