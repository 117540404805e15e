"""The site as an app: what it does when the data change."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Connects the site to the domain, which does not know it."""

    name = "atlas"

    def ready(self) -> None:
        """Listen for changes; only now are the models there."""
        from atlas.purging import purge  # noqa: PLC0415
        from relations.models.versions import dataset_changed  # noqa: PLC0415

        dataset_changed.connect(purge)
