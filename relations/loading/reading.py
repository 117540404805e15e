"""Fixture files → records, or what is wrong with them; without a look at the database."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.db import models
from django.utils.translation import gettext as _
from yaml.constructor import ConstructorError

from relations.loading.layout import LAYOUTS, Content, Key, Layout
from relations.loading.report import LoadError, Problem, RecordName

_BY_LABEL = {layout.label: layout for layout in LAYOUTS}
_FILE_ORDER = [layout.file for layout in LAYOUTS]


@dataclass(slots=True)
class Record:
    """A record as a file states it, with a value for every field.

    A faulty one lacks what could not be read, possibly its layout and key too.
    """

    file: Path
    line: int
    layout: Layout | None = None
    key: Key | None = None
    content: Content = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, message: str, field: str = "") -> None:
        """Note what is wrong with the record or with one of its fields."""
        name = str(RecordName(self.layout.label, self.key)) if self.layout and self.key else ""
        label = self.layout.label if self.layout else ""
        self.problems.append(Problem(self.file, message, self.line, name or label, field))

    def targets(self) -> Iterator[tuple[str, type[models.Model], Key]]:
        """The records that it refers to: field, model and natural key."""
        assert self.layout is not None  # noqa: S101 # faulty records are not asked
        for name, reference in self.layout.references.items():
            if key := self.content[name]:
                yield name, reference.related_model, tuple(key)
        for name, reference in self.layout.many.items():
            for key in self.content[name]:
                yield name, reference.related_model, tuple(key)


def read(paths: Sequence[Path]) -> list[Record]:
    """Read files, and directories' `*.yaml` files, into records.

    Raises:
        LoadError: a file cannot be read as a list at all. What is wrong with a single
            record stands in its `problems` instead.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            records += chain.from_iterable(map(_read_file, _files(path)))
        except LoadError as error:
            problems += error.problems
    if problems:
        raise LoadError(problems)
    _refuse_repetitions(records)
    return records


def _files(path: Path) -> list[Path]:
    """The file itself, or those of a directory: first the ten, then any others by name."""
    if not path.is_dir():
        return [path]
    names = sorted(file.name for file in path.glob("*.yaml"))
    if not names:
        raise LoadError([Problem(path, _("the directory holds no .yaml file."))])
    known = [name for name in _FILE_ORDER if name in names]
    return [path / name for name in known + [name for name in names if name not in known]]


def _read_file(path: Path) -> list[Record]:
    loader = _Loader(_text(path))
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise LoadError([Problem(path, _("the file is not a list of records."))])
        return [_read_record(path, loader, node) for node in root.value]
    except yaml.MarkedYAMLError as error:
        raise LoadError([_not_yaml(path, error)]) from error
    except yaml.YAMLError as error:
        raise LoadError([Problem(path, _("the file is not YAML: %s") % error)]) from error
    finally:
        loader.dispose()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise LoadError([Problem(path, _("the file is not text in UTF-8."), line)]) from error
    except FileNotFoundError as error:
        raise LoadError([Problem(path, _("there is no such file."))]) from error
    except OSError as error:
        reason = _("the file cannot be read: %s.") % error.strerror
        raise LoadError([Problem(path, reason)]) from error


def _not_yaml(path: Path, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    message = _("the file is not YAML: %s.") % (error.problem or error.context)
    return Problem(path, message, mark.line + 1 if mark else 0)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # fast, where libyaml is there
    """Reads YAML, and refuses a name that stands twice, of which YAML would take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 # as in yaml
        names = [name.value for name, _value in node.value if isinstance(name, yaml.ScalarNode)]
        if twice := {name for name in names if names.count(name) > 1}:
            message = _("“%(name)s” stands twice") % {"name": min(twice)}
            raise ConstructorError(None, None, message, node.start_mark)
        return super().construct_mapping(node, deep)


class _Number(int):
    """A whole number that is written in another way than people count, such as 001272, which is 698."""

    written: str

    def __str__(self) -> str:
        return self.written


def _read_integer(loader: _Loader, node: yaml.ScalarNode) -> int:
    number = int(loader.construct_yaml_int(node))
    if str(number) != node.value:
        number = _Number(number)
        number.written = node.value
    return number


_Loader.add_constructor("tag:yaml.org,2002:int", _read_integer)


def _read_record(path: Path, loader: Any, node: yaml.Node) -> Record:
    record = Record(path, node.start_mark.line + 1)
    try:
        stated = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        record.complain(f"{error.problem}.")
    except ValueError as error:  # for example a 30 February without quotes
        record.complain(_("a value cannot be read: %s.") % error)
    else:
        if isinstance(stated, dict):
            _read_members(record, {str(name): value for name, value in stated.items()})
        else:
            record.complain(_("expected model and fields, found %s.") % _said(stated))
    return record


def _read_members(record: Record, stated: dict[str, Any]) -> None:
    model, fields = stated.pop("model", None), stated.pop("fields", None)
    record.layout = _BY_LABEL.get(str(model).lower())
    if record.layout is None:
        labels = {"found": _said(model), "labels": ", ".join(_BY_LABEL)}
        record.complain(_("expected one of %(labels)s; found %(found)s.") % labels, "model")
    elif isinstance(fields, dict):
        _read_fields(record, record.layout, fields)
    else:
        record.complain(_("expected the fields by name, found %s.") % _said(fields), "fields")
    for name in stated:
        complaint = _("leave it out: a record is known by its natural key.")
        record.complain(complaint if name == "pk" else _("expected only model and fields."), name)


def _read_fields(record: Record, layout: Layout, stated: Content) -> None:
    """Take over the values that are right; a field that is left out has its default."""
    complaints = {}
    for name, column in layout.fields.items():
        default = [] if column.many_to_many else column.get_default()
        value = stated.get(name, default)
        if (name in stated or column.is_relation) and (complaint := _complaint(column, value)):
            complaints[name] = complaint
        else:
            record.content[name] = value
    with suppress(KeyError):  # a column of the key is missing
        record.key = layout.known_by(record.content)
    for name in stated.keys() - layout.fields.keys():
        complaints[str(name)] = _("there is no such field.")
    for name, complaint in complaints.items():
        record.complain(complaint, name)


def _complaint(column: Any, value: Any) -> str:
    """What is wrong with a field's value, or nothing."""
    if value is None and column.null:
        return ""
    if column.is_relation:
        return _complaint_of_reference(column, value)
    types, codes = _form(column)
    if isinstance(value, str) and "\0" in value:
        return _("a NUL character is no text.")
    if type(value) not in types:
        hint = _(" Put it in quotes.") if types == (str,) and _is_scalar(value) else ""
        found = {"expected": _expected(types), "found": _said(value)}
        return _("expected %(expected)s, found %(found)s.") % found + hint
    if codes and value not in codes:
        known = ", ".join(filter(None, codes))
        return _("%(found)s is not one of %(codes)s.") % {"found": _said(value), "codes": known}
    return ""


@cache
def _form(column: Any) -> tuple[tuple[type, ...], list[str]]:
    """The types that a field takes in a file, and its codes if it has a vocabulary."""
    kinds: dict[type[models.Field[Any, Any]], tuple[type, ...]] = {
        models.BooleanField: (bool,),
        models.IntegerField: (int,),
        models.DecimalField: (str, int, float),
        models.DateField: (date, str),
    }
    types = next((types for kind, types in kinds.items() if isinstance(column, kind)), (str,))
    codes = [code for code, _label in column.flatchoices]
    return types, ["", *codes] if codes and column.blank else codes


def _expected(types: tuple[type, ...]) -> str:
    return {
        bool: _("true or false"),
        int: _("a whole number"),
        float: _("a number"),
        date: _("a day such as 2025-09-24"),
        str: _("text"),
    }[types[-1] if float in types else types[0]]


def _complaint_of_reference(column: Any, value: Any) -> str:
    if not column.many_to_many:
        return "" if _is_key(value) else _no_key(value)
    if isinstance(value, list):
        return next((_no_key(item) for item in value if not _is_key(item)), "")
    return _("expected a list of natural keys such as [torino], found %s.") % _said(value)


def _is_key(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value)


def _no_key(value: Any) -> str:
    return _("expected a natural key of texts such as [torino], found %s.") % _said(value)


def _is_scalar(value: Any) -> bool:
    return value is not None and not isinstance(value, list | dict)


def _is_nested(value: Any) -> bool:
    """Whether it is a list of lists or mappings, which may be endless."""
    return isinstance(value, list) and any(isinstance(item, list | dict) for item in value)


def _said(value: Any) -> str:
    """What was found, in words."""
    match value:
        case None:
            return _("nothing")
        case bool() | list() if not _is_nested(value):
            return json.dumps(value, ensure_ascii=False, default=str)
        case int() | float():
            return _("the number %s") % value
        case date():
            return _("the date %s") % value
        case dict() | list():
            return _("a list or a mapping")
    return f"“{value}”"


def _refuse_repetitions(records: list[Record]) -> None:
    """Complain of each record that stands in the files a second time."""
    first: dict[tuple[str, Key], Record] = {}
    for record in records:
        if record.layout and record.key:
            earlier = first.setdefault((record.layout.label, record.key), record)
            if earlier is not record:
                where = {"file": earlier.file, "line": earlier.line}
                record.complain(_("it already stands in %(file)s, line %(line)s.") % where)
