"""What each record was when a file last wrote it; see `LoadedRecord`."""

import hashlib
import json

from relations.loading.layout import Key, Layout
from relations.models import LoadedRecord

_KEY_LENGTH = 600
_Entry = tuple[str, str]


class Ledger:
    """The fingerprints of what was loaded last, by record."""

    def __init__(self) -> None:
        rows = LoadedRecord.objects.values_list("model", "key", "fingerprint")
        self._then: dict[_Entry, str] = {(model, key): print_ for model, key, print_ in rows}
        self._now: dict[_Entry, str] = {}

    def fingerprint(self, layout: Layout, key: Key) -> str | None:
        """The fingerprint of a record as it was loaded last, None if it never was."""
        return self._then.get(_entry(layout, key))

    def note(self, layout: Layout, key: Key, fingerprint: str) -> None:
        """Remember that the database now holds what the file says."""
        self._now[_entry(layout, key)] = fingerprint

    def save(self) -> None:
        """Write what has changed."""
        LoadedRecord.objects.bulk_create(
            (
                LoadedRecord(model=model, key=key, fingerprint=fingerprint)
                for (model, key), fingerprint in self._now.items()
                if self._then.get((model, key)) != fingerprint
            ),
            update_conflicts=True,
            unique_fields=["model", "key"],
            update_fields=["fingerprint"],
        )


def _entry(layout: Layout, key: Key) -> _Entry:
    """The model's label and the key as text; one that is too long for the column ends in its digest."""
    text = json.dumps(key, ensure_ascii=False)
    if len(text) > _KEY_LENGTH:
        digest = hashlib.sha256(text.encode()).hexdigest()
        text = f"{text[: _KEY_LENGTH - len(digest) - 1]}…{digest}"
    return layout.label, text
