"""The app of the domain."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    """Registers the app, its checks and its admin."""

    name = "relations"
    verbose_name = _("The atlas")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself; only now are the models there to be imported."""
        from relations import checks  # noqa: F401, PLC0415

        if apps.is_installed("django.contrib.admin"):
            from django.contrib.auth import admin as _accounts  # noqa: F401, PLC0415

            from relations import admin  # noqa: F401, PLC0415
