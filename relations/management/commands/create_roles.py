"""Makes the roles with which PostgreSQL lets the public read and the desk work."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from relations import roles


class Command(BaseCommand):
    """See `relations.roles`."""

    help = (
        "Make the roles of the public pages and of the desk in PostgreSQL, or put right what they may do. "
        "Run it as the owner of the tables, who may make roles, and again after each migration."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take names, and files with passwords: a password itself would stand in the list of processes."""
        for role, name in (("reader", "atlas_reader"), ("desk", "atlas_desk")):
            parser.add_argument(f"--{role}", default=name, metavar="ROLE", help=name)
            parser.add_argument(
                f"--{role}-password-file",
                type=Path,
                metavar="PATH",
                help="The file with its password; without, the one that it has stays.",
            )

    def handle(self, **options: Any) -> None:
        """Make them, and say what they may do."""
        if connection.vendor != "postgresql":
            raise CommandError("This database is SQLite, which has no roles. Set DATABASE_URL.")
        reader, desk = (_role(options, role) for role in ("reader", "desk"))
        if reader.name == desk.name:
            raise CommandError(f"Both roles are called {desk.name!r}. Give them two names.")
        try:
            with transaction.atomic():
                roles.create(reader, desk)
        except DatabaseError as error:
            raise CommandError(
                f"PostgreSQL refuses: {error} Nothing was changed. Migrate first, and run this as the owner "
                "of the tables, who needs CREATEROLE."
            ) from error
        if options["verbosity"]:
            tables = len(roles.public_tables())
            self.stdout.write(f"{reader.name} reads {tables} tables, and nothing else.")
            self.stdout.write(f"{desk.name} reads and changes the rows of all tables.")


def _role(options: dict[str, Any], role: str) -> roles.Role:
    path: Path | None = options[f"{role}_password_file"]
    if path is None:
        return roles.Role(options[role])
    try:
        password = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise CommandError(f"The file {path} cannot be read: {reason}.") from None
    if not password:
        raise CommandError(f"The file {path} is empty. Expected a password in it.")
    return roles.Role(options[role], password)
