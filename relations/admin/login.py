"""The form with which editors sign in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from relations.admin.second_factor import check_code, device_of
from relations.admin.two_factor import CodeField
from relations.publishing import desk_log


class DeskLoginForm(AdminAuthenticationForm):
    """Asks for the second factor, and writes down who signs in and who fails to by the number of the account alone.

    The field for the code is there for everybody, and looked at only once the password is
    right: so nobody else learns which accounts have a second factor.
    """

    code: forms.Field = CodeField(
        required=False,
        help_text=_(
            "Only if you have set up two-factor sign-in: from your app, or a recovery code."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.TWO_FACTOR == "off":
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """Check as Django does, then the code."""
        try:
            cleaned: dict[str, Any] = super().clean()
            self._check_code()
        except ValidationError:
            desk_log.warning("login refused: user %s", self._key() or "unknown")
            raise
        if self.user_cache is not None:
            desk_log.info("login: user %s", self.user_cache.pk)
        return cleaned

    def _check_code(self) -> None:
        """Ask who has set up an app for a code of it."""
        user = self.user_cache
        if "code" not in self.fields or user is None or device_of(user) is None:
            return
        typed = self.cleaned_data.get("code", "")
        try:
            # django_otp reads it when the session begins.
            user.otp_device = check_code(self.request, user, typed)  # type: ignore[attr-defined]
        except ValidationError as refusal:
            raise ValidationError({"code": refusal}) from refusal

    def _key(self) -> int | None:
        accounts = get_user_model().objects.filter(username=self.cleaned_data.get("username"))
        return accounts.values_list("pk", flat=True).first()
