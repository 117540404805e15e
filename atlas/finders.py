"""Style sheets served as one file, though they are written as several.

A page then asks for one style sheet where it would ask for eight. There is no build
step: the bundle is made again whenever one of its parts has changed, in development when it
is asked for, in production when static files are collected.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage

FOLDER = "bundles"


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENTED = re.compile(r"\n\s*")


def _squeezed(sheet: str) -> str:
    """A style sheet without what only its authors read: comments and indentation."""
    return _INDENTED.sub("\n", _COMMENT.sub("", sheet)).lstrip()


class BundleFinder(BaseFinder):
    """Finds the files that `STATIC_BUNDLES` names; each is the parts in `static/` one after the other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 # as Django makes finders
        self.sources = Path(settings.BASE_DIR) / "static"
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / FOLDER)

    def check(self, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG002 # as Django calls it
        """E001: a part of a bundle does not exist."""
        return [
            Error(
                f"STATIC_BUNDLES: {name} is made of {part}, which is not in static/.",
                id="atlas.E001",
            )
            for name, parts in settings.STATIC_BUNDLES.items()
            for part in parts
            if not (self.sources / part).exists()
        ]

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """The bundle of this name, as Django asks for it: one path, or a list where all are wanted."""
        wants_all = any(args) or any(kwargs.values())
        if path not in settings.STATIC_BUNDLES:
            return []
        made = str(self._made(path))
        return [made] if wants_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002 # none of ours is ignored
        """Every bundle, freshly made, for `collectstatic`."""
        for path in settings.STATIC_BUNDLES:
            self._made(path)
            yield path, self.storage

    def _made(self, path: str) -> Path:
        """The bundle on disk, written again if it is not what its parts give."""
        parts = [self.sources / part for part in settings.STATIC_BUNDLES[path]]
        text = "".join(_squeezed(part.read_text("utf-8")) for part in parts)
        target = Path(self.storage.path(path))
        if not target.exists() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # In one step, since several processes may make it at once.
            made = target.with_suffix(f".{os.getpid()}")
            made.write_text(text, "utf-8")
            made.replace(target)
        return target
