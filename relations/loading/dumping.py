"""The database → fixture files, the same bytes for the same content."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from django.db import transaction

from relations.loading.layout import LAYOUTS, Layout
from relations.loading.rows import Row, read_rows


def dump(directory: Path) -> list[Path]:
    """Write the ten files into a directory, and return their paths.

    The directory is made if need be. All files are written before the first one takes its
    place.

    Raises:
        OSError: a file cannot be written.
    """
    with transaction.atomic():
        rows = read_rows()
    directory.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=directory, prefix=".dump-") as draft:
        for layout in LAYOUTS:
            text = _text(layout, list(rows[layout.model].values()))
            (Path(draft) / layout.file).write_text(text, encoding="utf-8", newline="\n")
        return [(Path(draft) / layout.file).replace(directory / layout.file) for layout in LAYOUTS]


def _text(layout: Layout, rows: list[Row]) -> str:
    rows.sort(key=lambda row: layout.order(row.instance))
    records = [{"model": layout.label, "fields": _fields(row)} for row in rows]
    text: str = yaml.dump(
        records,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=2**31,
    )
    return text


def _fields(row: Row) -> dict[str, Any]:
    content, rare = row.content(), row.layout.rare_fields
    fields = {name: value for name, value in content.items() if value or name not in rare}
    for name in row.layout.references:
        if fields[name] is not None:
            fields[name] = _NaturalKey(fields[name])
    for name in row.layout.many:
        fields[name] = [_NaturalKey(key) for key in fields[name]]
    return fields


class _NaturalKey(list[str]):
    """Stands in brackets: [torino]."""


class _Dumper(yaml.SafeDumper):
    """Writes each value on one line."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 # as in yaml
        """Write what occurs twice twice."""
        return True


def _write_text(dumper: _Dumper, text: str) -> yaml.Node:
    # All digits: a code, whose zeros count. YAML would leave some bare (089017), not others (011015).
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="'" if text.isdigit() else None
    )


def _write_key(dumper: _Dumper, key: _NaturalKey) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", key, flow_style=True)


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(_NaturalKey, _write_key)
