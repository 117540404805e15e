"""The accounts of those who work at the desk."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_totp.models import TOTPDevice

from relations.admin import second_factor

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """As in Django, and whether there is a second factor, which a superuser can remove."""

    list_display = ("username", "first_name", "last_name", "is_staff", "two_factor")
    actions = ("reset_two_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Look up the second factor of all accounts at once."""
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        accounts: QuerySet[User] = super().get_queryset(request)
        return accounts.annotate(two_factor=Exists(devices))

    @admin.display(description=_("two-factor sign-in"), boolean=True, ordering="two_factor")
    def two_factor(self, account: Any) -> bool:
        """Whether it is set up. Neither its secret nor its codes are shown anywhere."""
        return bool(account.two_factor)

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Whether someone may take the second factor off the account of another."""
        return bool(request.user.is_superuser)

    @admin.action(description=_("Remove two-factor sign-in (lost phone)"), permissions=("reset",))
    def reset_two_factor(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        """Let those who have lost their phone sign in with the password alone, and set it up again.

        The own one takes a code, so that nobody removes it who only found the desk open.
        """
        if accounts.filter(username=request.user.get_username()).exists():
            own = _("Your own is removed on the page “Two-factor sign-in”, with a code.")
            self.message_user(request, own, messages.ERROR)
        others = accounts.exclude(username=request.user.get_username())
        count = sum(second_factor.remove(other, f"user {request.user.pk}") for other in others)
        if count:
            sentence = ngettext(
                "Two-factor sign-in is removed from %(count)d account, which is signed out.",
                "Two-factor sign-in is removed from %(count)d accounts, which are signed out.",
                count,
            )
            self.message_user(request, sentence % {"count": count}, messages.SUCCESS)
