"""What differs between two states of a record, in the words of the site."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relations.dates import format_date, parse
from relations.enums import Language
from relations.models.fields import PartialDateField, date_or_unknown
from relations.models.states import Name, State, many_fields, own_fields

REMOVED, INSERTED, KEPT = "del", "ins", ""

# Japanese is compared by the character, other languages by the word.
_TOKENS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|\s+|.", re.DOTALL)
# Texts that have less than this in common are shown one after the other.
_ALIKE = 0.35
# More words times words than this take too long to be compared one with another.
_COMPARED = 2_000_000
# Of what stays the same in a text so much is shown on each side of a change.
_CONTEXT = 60

# Whether words stay (`KEPT`) or not, the words that were there, and those that are.
_Run = tuple[str, list[str], list[str]]

# What tells nobody anything: the key, and a moment that nobody sets.
_SILENT = {"id", "added"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text or of a list, and whether it was taken out (`del`), put in (`ins`) or kept (empty)."""

    text: str
    mark: str = KEPT


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs: its label, and what it was and is.

    Of a text and of a list there are `pieces` instead, marked; `is_list` tells them apart. A text
    is in a `language`, or in none that is known.
    """

    label: str
    before: str = ""
    after: str = ""
    pieces: Sequence[Piece] = ()
    is_list: bool = False
    language: str = ""


def differences(
    model: type[models.Model],
    before: State | None,
    after: State | None,
    names: Mapping[Name, str],
    skip: str = "",
) -> list[Difference]:
    """The fields that differ, in the order of the model; of a state that is None, all that the other says
    and that is not so by default.

    `names` has what the records are called that the states refer to; `skip` is a column to
    pass over.
    """
    found = []
    is_single = before is None or after is None
    before, after = before or {}, after or {}
    for field in own_fields(model):
        was, is_now = before.get(field.attname), after.get(field.attname)
        is_default = is_single and (was or is_now) == field.get_default()
        if was != is_now and not is_default and field.attname not in {*_SILENT, skip}:
            found.append(_difference(field, was, is_now, names))
    for name, field in many_fields(model).items():
        was, is_now = before.get(name, ()), after.get(name, ())
        if was != is_now:
            pieces = tuple(_list_pieces(field.related_model, was, is_now, names))
            found.append(Difference(_label(field), pieces=pieces, is_list=True))
    return [d for d in found if d.before or d.after or d.pieces]


def _difference(field: Any, was: Any, is_now: Any, names: Mapping[Name, str]) -> Difference:
    before, after = _say(field, was, names), _say(field, is_now, names)
    ending = field.name[-2:]
    language = ending if field.name[-3:-2] == "_" and ending in Language.values else ""
    is_text = isinstance(field, models.TextField | models.CharField) and not field.choices
    if is_text and before and after and not isinstance(field, PartialDateField):
        pieces = tuple(word_differences(before, after))
        return Difference(_label(field), pieces=pieces, language=language)
    return Difference(_label(field), before, after, language=language)


def _label(field: Any) -> str:
    return capfirst(str(field.verbose_name))


def _say(field: Any, value: Any, names: Mapping[Name, str]) -> str:
    """A value as the site says it; empty where there is none."""
    if value is None or value == "":
        return ""
    if field.many_to_one:
        return names.get((field.related_model, value), "")
    if isinstance(field, PartialDateField):
        return format_date(date_or_unknown(value))
    if isinstance(value, date):
        return format_date(parse(value.isoformat()[:10]))
    labels = {True: _("Yes"), False: _("No"), **dict(field.flatchoices)}
    return str(labels.get(value, value))


def _list_pieces(
    model: type[models.Model], was: Sequence[int], is_now: Sequence[int], names: Mapping[Name, str]
) -> Iterator[Piece]:
    marks = {**dict.fromkeys(was, REMOVED), **dict.fromkeys(is_now, INSERTED)}
    marks |= dict.fromkeys(set(was) & set(is_now), KEPT)
    named = sorted((names.get((model, key), str(key)), mark) for key, mark in marks.items())
    return (Piece(name, mark) for name, mark in named)


def word_differences(before: str, after: str) -> list[Piece]:
    """A text with what was taken out and put in marked by the word; long stretches between are cut short."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    runs = _runs(old, new)
    same = sum(len(out) for mark, out, _in in runs if mark == KEPT)
    if 2 * same < _ALIKE * (len(old) + len(new)):
        return [Piece(before, REMOVED), Piece(after, INSERTED)]
    pieces: list[Piece] = []
    for number, (mark, out, put_in) in enumerate(runs):
        if mark == KEPT:
            text = _shortened("".join(out), number == 0, number == len(runs) - 1)
            pieces.append(Piece(text))
        else:
            pieces += [Piece("".join(out), REMOVED), Piece("".join(put_in), INSERTED)]
    return [piece for piece in pieces if piece.text]


def _runs(old: list[str], new: list[str]) -> list[_Run]:
    """What stays and what is replaced, in order. What both begin and end with needs no comparing."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    out, put_in = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(out) * len(put_in) > _COMPARED:
        inner = [(REMOVED, out, put_in)]
    else:
        codes = SequenceMatcher(None, out, put_in, autojunk=False).get_opcodes()
        inner = [
            (KEPT if code == "equal" else REMOVED, out[i:j], put_in[m:n])
            for code, i, j, m, n in codes
        ]
    ends = [(KEPT, old[:head], new[:head]), (KEPT, old[len(old) - tail :], new[len(new) - tail :])]
    return [run for run in (ends[0], *inner, ends[1]) if run[1] or run[2]]


def _shared(one: list[str], other: list[str]) -> int:
    """With how many of the same words both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _shortened(text: str, is_first: bool, is_last: bool) -> str:  # noqa: FBT001 # where it stands
    head = "" if is_first else _start(text)
    tail = "" if is_last else _start(text[::-1])[::-1]
    return text if len(text) <= len(head + tail) + _CONTEXT else f"{head}…{tail}"


def _start(text: str) -> str:
    """The start of a text, to the end of a word where it has spaces."""
    start = text[:_CONTEXT]
    return start.rpartition(" ")[0] or start
