"""Addresses last: links and citations lead to what is or was public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.models import Agreement, Event, Partnership, Place, Source


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
            records = type(record).objects
            return any(
                found.filter(pk=record.pk).exists()
                for found in (records.published(), records.withdrawn())
            )
        case Place():
            return _was_place_read(record)
        case _:
            return False


def _was_place_read(place: Place) -> bool:
    signed = Q(parties__place=place) | Q(signed_at=place)
    return any(
        found.exists()
        for found in (
            Partnership.objects.published().of_place_or_within(place),
            Partnership.objects.withdrawn().of_place_or_within(place),
            Event.objects.published().at(place),
            Event.objects.withdrawn().at(place),
            Agreement.objects.published().filter(signed),
            Agreement.objects.withdrawn().filter(signed),
        )
    )
