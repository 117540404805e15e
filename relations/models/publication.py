"""How far a record has come on its way to the public, and what is left of it once it is withdrawn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.enums import Language, PublicationState
from relations.models.localized import LocalizedText, localized

# What was public and is no longer: a record that an editor works on again stays so until it is
# published once more.
WITHDRAWN = ~Q(state=PublicationState.PUBLISHED) & (
    Q(state=PublicationState.WITHDRAWN) | Q(withdrawn_on__isnull=False)
)

REASON_LENGTH = 300
# The columns of the reason of a withdrawal, by language.
REASONS = {language: f"withdrawn_reason_{language}" for language in Language.values}
# The columns of the withdrawal, and all that the steps of `relations.publishing` alone write.
WITHDRAWAL = ("withdrawn_on", *REASONS.values())
STAGE = ("state", *WITHDRAWAL)


def _reason(label: object) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=REASON_LENGTH, blank=True, editable=False)  # type: ignore[arg-type] # lazy text


class Staged(models.Model):
    """Mixin of what is public only between the day when it is published and the day when it is withdrawn.

    How it passes from state to state, and who may do that, stands in `relations.publishing`.
    """

    state = models.CharField(
        _("publication"), max_length=10, choices=PublicationState, default=PublicationState.DRAFT
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_reason_it = _reason(_("reason of the withdrawal, Italian"))
    withdrawn_reason_ja = _reason(_("reason of the withdrawal, Japanese"))
    withdrawn_reason_en = _reason(_("reason of the withdrawal, English"))

    class Meta:
        abstract = True

    @property
    def withdrawn_reason(self) -> LocalizedText:
        """Why it was withdrawn, in the active language."""
        return localized(self, "withdrawn_reason")

    @property
    def is_published(self) -> bool:
        """Whether the public sees it."""
        return self.state == PublicationState.PUBLISHED

    @property
    def was_public(self) -> bool:
        """Whether the public sees it or has seen it."""
        shown = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
        return self.state in shown or self.withdrawn_on is not None
