"""The forms of the desk: what they check before the database does, and the slugs that they make."""

from collections.abc import Sequence
from itertools import chain, count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from relations.addresses import check_address
from relations.admin.gazetteer import GazetteerForm

_ROOM_FOR_A_NUMBER = 5


def free_slug(model: type[models.Model], wanted: str, key: int | None = None) -> str:
    """A slug made of some words that no other record has than that of this key; numbered where it must be."""
    longest = model._meta.get_field("slug").max_length - _ROOM_FOR_A_NUMBER  # type: ignore[union-attr,operator] # noqa: SLF001 # public in all but name
    slug = slugify(wanted)[:longest].rstrip("-") or str(model._meta.model_name)  # noqa: SLF001 # likewise
    others = model._default_manager.exclude(pk=key)  # noqa: SLF001 # likewise
    taken = set(others.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken)


class DeskForm(GazetteerForm):
    """A form that leaves nothing for the database alone to refuse, and addresses that were read as they are.

    `refusal` is what a first attempt to save met with; see `DeskAdmin.changeform_view`.
    """

    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any] | None:
        """Say why a first attempt to save was refused."""
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    def _post_clean(self) -> None:
        """Say of a changed slug why it stays, whoever changes it."""
        super()._post_clean()  # type: ignore[misc] # no stub
        if "slug" in self.fields and self.instance.pk:
            try:
                check_address(self.instance)
            except ValidationError as refusal:
                self.add_error("slug", refusal)

    def _get_validation_exclusions(self) -> set[str]:
        """Have those constraints checked too that are on columns which the form does not show.

        Django passes over these. Derived columns can always be checked; others once the
        row is saved, since before that an inline does not know its parent.
        """
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # no stub
        checked = {
            field.name
            for field in self.instance._meta.concrete_fields  # noqa: SLF001 # public in all but name
            if field.name not in self.fields
            and not field.primary_key
            and (self.instance.pk or not field.editable)
        }
        return excluded - checked | set(self.unsaved())  # a place that is not saved has no key yet


class SluggedForm(DeskForm):
    """A form that makes the slug from the other fields where it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def made_slug(self, cleaned: dict[str, Any]) -> str:
        """The slug for these values, empty if they do not suffice."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any] | None:
        """Fill in the slug."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self.made_slug(cleaned)
        return cleaned


class DeskFormSet(forms.BaseInlineFormSet):
    """The rows of an inline."""

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Say of two equal rows what the model says."""
        sentences = {
            tuple(constraint.fields): str(constraint.violation_error_message)
            for constraint in self.form._meta.model._meta.total_unique_constraints  # noqa: SLF001 # likewise
        }
        return sentences.get(tuple(unique_check)) or super().get_unique_error_message(unique_check)
