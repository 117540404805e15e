"""Removes the second factor of an account whose owner has lost the phone."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """See `relations.admin.second_factor.remove`."""

    help = "Remove the second factor of an account, and end its sessions. The password stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name with which the account signs in."""
        parser.add_argument("username", metavar="USER")

    def handle(self, *, username: str, **options: Any) -> None:
        """Remove, and say what is so now."""
        if not apps.is_installed("django_otp"):
            raise CommandError("This instance has no desk (DESK=0). Run it on the one that has.")
        from relations.admin.second_factor import remove  # noqa: PLC0415 # needs the desk

        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not remove(user, "command"):
            raise CommandError(f"The account {username!r} has no second factor.")
        if options["verbosity"]:
            self.stdout.write(
                f"{username} signs in with the password alone, and can set it up again."
            )
