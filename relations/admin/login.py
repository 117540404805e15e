"""The form with which editors sign in."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from relations.publishing import desk_log


class DeskLoginForm(AdminAuthenticationForm):
    """Writes down who signs in and who fails to, by the number of the account alone."""

    def clean(self) -> dict[str, Any]:
        """Check as Django does."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            desk_log.warning("login refused: user %s", self._key() or "unknown")
            raise
        if self.user_cache is not None:
            desk_log.info("login: user %s", self.user_cache.pk)
        return cleaned

    def _key(self) -> int | None:
        accounts = get_user_model().objects.filter(username=self.cleaned_data.get("username"))
        return accounts.values_list("pk", flat=True).first()
