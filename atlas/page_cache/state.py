"""What a public answer depends on beside its address: the data, the day, the releases, the code."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from relations.models import DatasetVersion
from relations.models.versions import moment_of

# What of the settings shows on public pages.
_SHOWN = ("SITE_URL", "CONTACT_EMAIL", "PUBLISHER_NAME", "PUBLISHER_ID", "DESK", "STATIC_URL")
_FOLDERS = ("atlas", "relations", "templates", "static")


class Code(NamedTuple):
    """The code, the templates and the texts as they are installed."""

    digest: str
    changed: int  # seconds since 1970


@dataclass(frozen=True, slots=True)
class State:
    """A state of the site: the version of the dataset, a token of all, and since when it is so (seconds since 1970)."""

    version: str
    token: str
    changed: int

    @classmethod
    def read(cls) -> "State":
        """The state as it is, for which one row is read.

        Raises:
            DatabaseError: the database does not answer.
        """
        version = DatasetVersion.objects.read()
        day = timezone.localdate().isoformat()
        released = _moment_of_releases()
        installed = code()
        changed = max(moment_of(version), _start_of(day), released // 10**9, installed.changed)
        # A clock that was put back makes no answer of the future.
        changed = min(changed, int(datetime.now(UTC).timestamp()))
        return cls(version, f"{version} {day} {released} {installed.digest}", changed)


def _moment_of_releases() -> int:
    """When a release was last added or removed, in nanoseconds; 0 where there is no folder of them."""
    try:
        return settings.RELEASES_DIR.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=2)
def _start_of(day: str) -> int:
    midnight = datetime.fromisoformat(day).replace(tzinfo=timezone.get_default_timezone())
    return int(midnight.timestamp())


@cache
def code() -> Code:
    """What is installed: the same for every process of one release, another after each change.

    It is read once, when it is first needed (some 20 ms).
    """
    digest, changed = blake2b(digest_size=8), 0
    for folder in _FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if _is_read(path):
                digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
                digest.update(path.read_bytes())
                changed = max(changed, int(path.stat().st_mtime))
    digest.update(repr([getattr(settings, name) for name in _SHOWN]).encode())
    return Code(digest.hexdigest(), changed)


def _is_read(path: Path) -> bool:
    return path.suffix in {".py", ".html", ".xml", ".svg", ".mo", ".js", ".css", ".json"} and (
        path.is_file()
    )
