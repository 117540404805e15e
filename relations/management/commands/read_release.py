"""Reads a press release and prints what it says."""

import json
from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from relations.dates import DateError, parse
from relations.press.errors import UnreadableError
from relations.press.files import read_file
from relations.press.reader import Reader
from relations.press.readings import Reading, Suggestion
from relations.press.stored import stored_gazetteer

_EXCERPT = 60


class Command(BaseCommand):
    """See `relations.press.reader`."""

    help = "Read a press release and print what it says, with the words that say it. Nothing is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument(
            "file", metavar="FILE", type=Path, help="the release: .txt, .html, .docx or .pdf"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
        parser.add_argument(
            "--received",
            metavar="DATE",
            help="the day on which it came, as 2025-09-24; counts where the release is not dated",
        )

    def handle(self, *, file: Path, as_json: bool, received: str | None, **_options: Any) -> None:
        """Read, and print."""
        try:
            text = read_file(file.read_bytes(), file.name).text
            day = parse(received).earliest if received else None
            gazetteer = stored_gazetteer()
        except (OSError, UnreadableError, DateError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}.") from error
        if not gazetteer.entries:
            raise CommandError("There is no gazetteer. Run manage.py load_gazetteer first.")
        reading = Reader(gazetteer).read(text, received=day)
        if as_json:
            self.stdout.write(json.dumps(_plain(reading), ensure_ascii=False, indent=1))
        else:
            for line in _lines(reading):
                self.stdout.write(line)


def _plain(value: Any) -> Any:
    """A reading as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _lines(reading: Reading) -> list[str]:
    """A reading for people: each suggestion with its evidence."""
    lines = [f"Language: {reading.language.label}", *(f"! {remark}" for remark in reading.remarks)]
    lines += ["", "SOURCE", *_suggestions(reading, reading.source)]
    lines += ["", "PLACES", *(_line(reading, "", place) for place in reading.places)]
    lines += [_line(reading, "near miss", place) for place in reading.near_misses]
    for number, act in enumerate(reading.acts, 1):
        lines += ["", f"ACT {number}", *_suggestions(reading, act)]
    for number, event in enumerate(reading.events, 1):
        lines += ["", f"EVENT {number}", *_suggestions(reading, event)]
    return lines


def _suggestions(reading: Reading, part: Any) -> list[str]:
    """The lines of all suggestions of a source, an act or an event."""
    values = [(field.name, getattr(part, field.name)) for field in fields(part)]
    each = [(name, value if isinstance(value, tuple) else (value,)) for name, value in values]
    return [
        _line(reading, name, suggestion)
        for name, suggestions in each
        for suggestion in suggestions
        if isinstance(suggestion, Suggestion)
    ]


def _line(reading: Reading, name: str, suggestion: Suggestion[Any]) -> str:
    excerpts = " … ".join(
        reading.text[span.start : min(span.end, span.start + _EXCERPT)].replace("\n", " ")
        for span in suggestion.evidence[:3]
    )
    implied = " (implied)" if suggestion.implied else ""
    label = f"{name}: " if name else ""
    return f"  {label}{_said(suggestion.value)}{implied} [{suggestion.confidence:.2f}] «{excerpts}» {suggestion.reason}"


def _said(value: Any) -> str:
    """A value in a few words."""
    if is_dataclass(value) and not isinstance(value, type):
        said = (_said(getattr(value, field.name)) for field in fields(value))
        return ", ".join(word for word in said if word)
    return "" if value is None else str(value)
