"""Model fields of the atlas: dates as far as they are known, and columns derived from others."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from relations import dates
from relations.text import NO_TEXT

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _CharField = models.CharField[str, str]
    _DateField = models.DateField[Any, Any]
    _TextField = models.TextField[Any, Any]
else:
    _Field, _CharField = models.Field, models.CharField
    _DateField, _TextField = models.DateField, models.TextField

Derive = Callable[[Any], Any]


class PartialDateField(_CharField):
    """A date kept as EDTF text, empty when nothing is known; see `relations.dates`.

    Japanese era dates are accepted and turned into EDTF when the model is cleaned.
    """

    description = _("Partial date (EDTF)")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Return the canonical text, or raise a ValidationError that says what is accepted."""
        try:
            value = dates.parse(value or "").edtf
        except dates.DateError as error:
            raise ValidationError(str(error), code="invalid_date") from error
        return super().clean(value, model_instance)


class _ComputedAttribute(DeferredAttribute):
    """Computes the value from the instance at each reading.

    What is assigned is only remembered so that Django does not take the column for a
    deferred one. Computing here, and not in `save()`, keeps the column right in raw
    saves too, which is how `loaddata` writes.
    """

    field: "_DerivedField"

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        return self if instance is None else self.field.derive(instance)

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class _DerivedField(_Field):
    """Mixin of a column that follows from others of its row, for the database's use alone.

    `derive` computes the value from the instance. The column is not editable, and is
    left out of fixtures.
    """

    def __init__(self, *args: Any, derive: Derive | None = None, **kwargs: Any) -> None:
        kwargs |= {"editable": False, "serialize": False}
        super().__init__(*args, **kwargs)
        if derive is not None:
            self.derive = derive
            self.descriptor_class = _ComputedAttribute

    def deconstruct(self) -> Any:
        """Leave the function out of migrations: historical models do not compute."""
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {k: v for k, v in kwargs.items() if k not in ("editable", "serialize")},
        )


class DerivedDateField(_DerivedField, _DateField):
    """A derived date, null where none follows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"null": True})


class DerivedTextField(_DerivedField, _TextField):
    """A derived text."""


class Printable(models.Model):
    """Mixin of a model whose texts hold nothing that is no text, as what is copied from a PDF may."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check each text, besides what its field checks."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            is_checked = field.editable and field.name not in {*(exclude or ()), *errors}
            if is_checked and isinstance(value, str) and (found := NO_TEXT.search(value)):
                errors[field.name] = [_no_text(value, found)]
        if errors:
            raise ValidationError(errors)


def _no_text(value: str, found: re.Match[str]) -> ValidationError:
    words = {"code": f"U+{ord(found[0]):04X}", "before": value[: found.start()][-30:]}
    sentence = _("After “%(before)s” stands a character that is no text (%(code)s). Delete it.")
    return ValidationError(sentence, "no_text", words)


class WithDerivedColumns(Printable):
    """Mixin of a model that has derived columns: they are saved whenever anything is."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the row, and the derived columns even where only some fields are fetched or saved."""
        derived = [f.name for f in self._meta.concrete_fields if isinstance(f, _DerivedField)]
        for name in derived:
            self.__dict__.setdefault(name, None)  # else Django takes it for deferred
        if update_fields is not None:
            update_fields = {*update_fields, *derived}
        super().save(*args, update_fields=update_fields, **kwargs)


def date_or_unknown(text: str) -> dates.PartialDate:
    """Parse a stored date, taking a text that is none (yet to be cleaned) for unknown."""
    try:
        return dates.parse(text)
    except dates.DateError:
        return dates.UNKNOWN


def earliest(name: str) -> DerivedDateField:
    """The first day that the partial date in field `name` can mean."""
    return DerivedDateField(derive=lambda row: date_or_unknown(getattr(row, name)).earliest)


def latest(name: str) -> DerivedDateField:
    """The last day that the partial date in field `name` can mean."""
    return DerivedDateField(derive=lambda row: date_or_unknown(getattr(row, name)).latest)
