"""Whether a record may be written, and what it is called."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from relations.models import Agreement, Partnership


def clean(record: models.Model, exclude: set[str] | None = None) -> None:
    """Check a record as a form does, without a query for each of its references and constraints."""
    told = exclude or set()
    references = {f.name: f for f in record._meta.concrete_fields if f.is_relation}  # noqa: SLF001 # likewise
    missing: dict[str, Any] = {
        name: ValidationError(str(field.error_messages["blank"]))
        for name, field in references.items()
        if not field.null and name not in told and getattr(record, field.attname) is None
    }
    try:
        record.full_clean(
            exclude={*references, *told}, validate_unique=False, validate_constraints=False
        )
    except ValidationError as refusal:
        raise ValidationError(refusal.update_error_dict(missing)) from refusal
    if missing:
        raise ValidationError(missing)


def check_constraints(record: models.Model, unsaved: str = "") -> None:
    """Check all that the database does. `unsaved` is a reference to what was not written in the end."""
    record.full_clean(exclude={unsaved} if unsaved else None)


def make_slug(record: Any) -> None:
    """Fill in the slug of a new record, as its form does, but without a number where it is taken.

    A file that is read a second time would otherwise add its rows once more; so they are refused.
    """
    if isinstance(record, Partnership) and not record.slug:
        if record.italian_place_id and record.japanese_place_id:
            record.slug = Partnership.slug_for(record.italian_place, record.japanese_place)
    elif isinstance(record, Agreement) and not record.slug and record.partnership_id:
        record.slug = Agreement.slug_for(record.partnership, record.signed)
