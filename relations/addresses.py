"""Addresses last: links and citations lead to what is or was public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from relations.models import Agreement, Event, Partnership, Place, Source
from relations.models.showing import showing


def check_address(record: Any) -> None:
    """Check that the slug of a record that is or was public is the one under which it was read.

    Raises:
        ValidationError: it is another.
    """
    stored = type(record).objects.filter(pk=record.pk).first()
    if stored is not None and stored.slug != record.slug and was_read(stored):
        raise ValidationError(
            _("It is or was public at the address “%(slug)s”, which lasts: links lead there.")
            % {"slug": stored.slug}
        )


def was_read(record: Any) -> bool:
    """Whether there is or was something at the public address of a record that has one."""
    match record:
        case Agreement() | Event():
            return record.was_public
        case Partnership() | Source():
            return _were_read(type(record).objects.filter(pk=record.pk))
        case Place():
            return any(_were_read(records) for records in showing(record))
        case _:
            return False


def _were_read(records: Any) -> bool:
    """Whether one of some records is or was public."""
    return any(found.exists() for found in (records.published(), records.withdrawn()))
