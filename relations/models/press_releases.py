"""The texts of releases from which drafts were made."""

from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relations.models.sources import Source

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


class PressReleaseQuerySet(models.QuerySet["PressRelease"]):
    """Sets of texts."""

    def of_text(self, text: str) -> "PressReleaseQuerySet":
        """Those with exactly this text, the first one first."""
        return self.filter(sha256=digest_of(text)).order_by("read_on", "pk")

    def keep(self, text: str, source: Source, user: "User") -> "PressRelease":
        """Keep a text as that of a source; once, however often it is read."""
        kept, _is_new = self.get_or_create(
            sha256=digest_of(text), source=source, defaults={"text": text, "read_by_id": user.pk}
        )
        return kept


class PressRelease(models.Model):
    """The whole text behind a source, for those who check a fact against it.

    It is its authors' and not ours to spread: it is for editors alone, and no page, file, feed,
    API or numbered release of the public has it. With its source it is deleted.
    """

    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.CASCADE, related_name="press_releases"
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    read_on = models.DateTimeField(_("read on"), default=timezone.now)

    objects = PressReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a press release")
        verbose_name_plural = _("texts of press releases")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                name="relations_pressrelease_once_of_a_source", fields=("source", "sha256")
            ),
        )

    def __str__(self) -> str:
        return str(self.source)
