"""What a backup holds, and whether this code can read it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

VERSION = "relations_datasetversion"
MIGRATIONS = "django_migrations"

Migration = tuple[str, str]  # app and name


class BackupError(Exception):
    """A sentence that says what went wrong, where, and what to do."""


@dataclass(frozen=True)
class Contents:
    """Rows by table, the migrations that were applied, and the version of the dataset."""

    counts: Mapping[str, int]
    migrations: Set[Migration]
    version: str

    @property
    def rows(self) -> int:
        """All of them together."""
        return sum(self.counts.values())

    def missing(self) -> list[Migration]:
        """What `manage.py migrate` has to apply after this was restored."""
        return sorted(_known() - self.migrations)


def refuse_newer(migrations: Set[Migration]) -> None:
    """Raise a BackupError where this code does not know a migration.

    Apps that are not installed here, such as those of the desk, count for nothing.
    """
    unknown = sorted(
        (app, name) for app, name in migrations - _known() if apps.is_installed(_package(app))
    )
    if unknown:
        names = ", ".join(f"{app}.{name}" for app, name in unknown)
        raise BackupError(
            f"The backup is of a newer version of the atlas, with {names}. "
            "Install that version first, then restore."
        )


def refuse_foreign(tables: Set[str], path: object) -> None:
    """Raise a BackupError where a file is a database, but not one of the atlas."""
    if not {VERSION, MIGRATIONS} <= tables:
        raise BackupError(
            f"{path} is no backup of the atlas: it has no table {VERSION} or {MIGRATIONS}."
        )


def _known() -> Set[Migration]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    # What was squashed into one may stand in a database by its old names.
    squashed = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    return set(loader.disk_migrations) | squashed


def _package(label: str) -> str:
    return next((config.name for config in apps.get_app_configs() if config.label == label), "")
