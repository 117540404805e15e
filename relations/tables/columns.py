"""What a table and its columns are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from relations.cells import guarded
from relations.tables.forms import Degrees, Form, Many, One, Whole
from relations.tables.lines import Lines

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_NUMBERS = (Degrees, Whole)


@dataclass(frozen=True)
class Column:
    """A column. Its name never changes: programs of others read it.

    `form` is how its values are written, `read` gives the value of a record (by default the
    field of this name), `meaning` says what it is; `fixed` values are not changed by an import.
    """

    name: str
    form: Form
    meaning: "StrPromise | str" = ""
    read: Callable[[Any], Any] | None = None
    fixed: bool = False

    def value(self, record: models.Model) -> Any:
        """The value of a record: text, a number, slugs, or the lines of its parts."""
        if self.read:
            return self.read(record) if record.pk or not self.is_many else ()
        if isinstance(self.form, Many):
            related = getattr(record, self.name).all() if record.pk else ()
            return tuple(sorted(_slug(one) for one in related))
        if isinstance(self.form, One):
            return _slug(getattr(record, self.name, None))
        return getattr(record, self.name)

    def text(self, record: models.Model) -> str:
        """The value as it is written, before it is guarded against formulas."""
        return self.form.text(self.value(record))

    def cell(self, record: models.Model) -> str:
        """What stands in the file: nothing that a program could work out, and a number as it is."""
        text = self.text(record)
        return text if isinstance(self.form, _NUMBERS) else guarded(text)

    @property
    def is_many(self) -> bool:
        """Whether its values hang on the record, and are no column of its own."""
        return isinstance(self.form, (Many, Lines))


def _slug(record: Any) -> str:
    if record is None:
        return ""
    return str(record.code if record._meta.model_name == "sector" else record.slug)  # noqa: SLF001 # public in all but name


@dataclass(frozen=True)
class Table:
    """A table: one row is one record of `model`, known by the columns `key`.

    `joined` and `fetched` are what `select_related` and `prefetch_related` need for its
    rows, `parts` the models of which it holds records too.
    """

    kind: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("slug",)
    order: tuple[str, ...] = ("slug",)
    joined: tuple[str, ...] = ()
    fetched: tuple[Any, ...] = ()
    parts: tuple[type[models.Model], ...] = ()
    can_be_read: bool = field(default=True, kw_only=True)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def names(self) -> list[str]:
        """The head of the file."""
        return [column.name for column in self.columns]

    @property
    def permissions(self) -> list[str]:
        """What someone must be allowed to, who imports it."""
        return [
            f"relations.{verb}_{model._meta.model_name}"  # noqa: SLF001 # likewise
            for model in (self.model, *self.parts)
            for verb in ("add", "change")
        ]

    def fetch(self, records: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """The records, with all that their rows need."""
        return records.select_related(*self.joined).prefetch_related(*self.fetched)

    def row(self, record: models.Model) -> list[str]:
        """The cells of a record."""
        return [column.cell(record) for column in self.columns]

    def meaning(self, column: Column) -> "StrPromise | str":
        """What a column is: its own words, or those of the model."""
        if column.meaning:
            return column.meaning
        verbose = self.model._meta.get_field(column.name).verbose_name  # type: ignore[union-attr] # noqa: SLF001 # likewise
        return verbose or _("text")
