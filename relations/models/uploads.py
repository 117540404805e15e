"""Files on their way into the atlas: kept between the preview of an import and its confirmation."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(hours=1)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser


class UploadQuerySet(models.QuerySet["Upload"]):
    """Sets of files."""

    def clear(self, user: "User") -> None:
        """Delete what someone left before, and what anybody left an hour ago."""
        since = timezone.now() - KEPT
        self.filter(models.Q(user=user.pk) | models.Q(uploaded__lt=since)).delete()

    def of(self, user: "User", kind: str, key: Any) -> "Upload | None":
        """Someone's file for a table, by its key; None where it is gone, is another's or no key."""
        try:
            named = uuid.UUID(str(key))
        except ValueError:
            return None
        since = timezone.now() - KEPT
        return (
            self.select_for_update()
            .filter(user=user.pk, kind=kind, key=named, uploaded__gte=since)
            .first()
        )


class Upload(models.Model):
    """A file that someone has sent; one for each account at most.

    Bookkeeping: in the database, so that every process of the site finds it, and none is
    left on a disk. `digest` stands for what its preview has shown.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, blank=True)
    uploaded = models.DateTimeField(default=timezone.now)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
