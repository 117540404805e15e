"""Makes a release: the files, what changed, the zip."""

import json
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from relations.licence import LICENCE_URL
from relations.models import DatasetVersion
from relations.releases import changes, texts
from relations.releases.changes import TableChanges
from relations.releases.editions import TITLE, Edition
from relations.releases.files import FILES, Content
from relations.releases.shelf import MANIFEST, Release, ReleaseError, last_release, put, read
from relations.tables import TABLES

_PATHS = {file.kind: file.path for file in FILES.values() if file.kind}
_PERMISSIONS = 0o100644 << 16  # a file that everybody may read, as Unix writes it
_UNIX = 3


def make(folder: Path, site: str, on: date) -> Release | None:
    """Make the next release of the public data, dated `on`; None if nothing changed since the last.

    Raises:
        ReleaseError: it cannot be made; the message says why.
        OSError: the folder cannot be written to.
    """
    last = last_release(folder)
    if last and on < last.day:
        raise ReleaseError(
            f"{on} is before the last release, which is of {last.day}. Choose a later date."
        )
    edition = Edition(site, last.number + 1 if last else 1, on)
    version = DatasetVersion.objects.current()
    contents = {file.path: file.make(edition) for file in FILES.values()}
    if version != DatasetVersion.objects.current():
        raise ReleaseError("The data changed while they were read. Try again.")
    told = _changes(last, contents)
    if last and not told:
        return None
    contents |= _texts(edition, last, told, contents)
    contents[MANIFEST] = _manifest(edition, last, told, contents)
    return read(put(folder, edition, zipped(contents, on)))


def _changes(last: Release | None, contents: dict[str, Content]) -> list[TableChanges]:
    before = {kind: last.read(path) for kind, path in _PATHS.items()} if last else {}
    return changes.compare(before, {kind: contents[path].body for kind, path in _PATHS.items()})


def _texts(
    edition: Edition, last: Release | None, told: list[TableChanges], contents: dict[str, Content]
) -> dict[str, Content]:
    rows = {kind: contents[_PATHS[kind]].rows or 0 for kind in TABLES}
    said = {
        "README.txt": texts.readme(edition, rows),
        "LICENSE.txt": texts.licence(),
        "CITATION.cff": texts.citation_file(edition),
        "CHANGELOG.md": changes.changelog(told, edition.label, last.edition.label if last else ""),
    }
    return {name: Content(text.encode()) for name, text in said.items()}


def _manifest(
    edition: Edition, last: Release | None, told: list[TableChanges], contents: dict[str, Content]
) -> Content:
    found: dict[str, Any] = {
        "title": TITLE,
        "number": edition.number,
        "date": str(edition.day),
        "site": edition.site,
        "license": LICENCE_URL,
        "previous": last.number if last else None,
        "changes": changes.counts(told) if last else None,
        "files": {
            path: {
                "bytes": len(content.body),
                "sha256": sha256(content.body).hexdigest(),
                **({} if content.rows is None else {"rows": content.rows}),
            }
            for path, content in sorted(contents.items())
        },
    }
    return Content((json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode())


def zipped(contents: dict[str, Content], on: date) -> bytes:
    """The files as a zip, the same byte for byte wherever it is made: dated to the day, sorted by name.

    They are stored as they are, since what deflate makes of them differs from one zlib to the next.
    """
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for path, content in sorted(contents.items()):
            info = ZipInfo(path, (on.year, on.month, on.day, 0, 0, 0))
            info.create_system, info.external_attr = _UNIX, _PERMISSIONS
            archive.writestr(info, content.body)
    return file.getvalue()
