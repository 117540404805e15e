"""Values of a reading in words: on the page, and as what a source states."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from relations.dates import format_date, parse
from relations.enums import Language
from relations.press.readings import UNSURE, Body, Named, Person, Reading, Span, Stage, Suggestion
from relations.representations import describe_duration
from relations.text import fold

# What is stated is a word or two of the source, never a sentence of it.
_LONGEST_QUOTE = 60
_LONGEST = 300
_SURE = 0.9


def in_words(value: Any) -> str:
    """A value for people."""
    match value:
        case Body():
            return value.name or value.place.name
        case Named() | Person():
            return value.name
        case int():
            return describe_duration(value)
        case _:
            return str(getattr(value, "label", value))


def date_in_words(edtf: str) -> str:
    """A date for people."""
    return format_date(parse(edtf))


def how_sure(suggestion: Suggestion[Any]) -> str:
    """The confidence in words."""
    if suggestion.confidence < UNSURE:
        return _("unsure: look at it")
    if suggestion.implied:
        return _("follows from the text")
    return _("sure") if suggestion.confidence >= _SURE else _("fairly sure")


def quote(text: str, span: Span) -> str:
    """The words of a text at a span, on one line."""
    return " ".join(text[span.start : span.end].split())


def stated(reading: Reading, suggestions: Sequence[Suggestion[Any]]) -> str:
    """What the release states of a fact: its own few words, or the values where these are a sentence."""
    return "; ".join(dict.fromkeys(_stated(reading, one) for one in suggestions))[:_LONGEST]


def _stated(reading: Reading, suggestion: Suggestion[Any]) -> str:
    value, quotes = suggestion.value, [quote(reading.text, span) for span in suggestion.evidence]
    match value:
        case Person():
            said = " ".join(quotes)
        case Named() | Body():
            plain = fold(in_words(value))
            said = next((words for words in quotes if fold(words) == plain), quotes[0])
        case _:
            said = quotes[0]
    return said if len(said) <= _LONGEST_QUOTE else _valued(value, reading.language)


def _valued(value: Any, language: Language) -> str:
    with override(language):
        is_date = type(value) is str and value[:4].isdecimal()
        return date_in_words(value) if is_date else in_words(value)


STAGES = {
    Stage.SIGNED: gettext_lazy("The text says that it was signed."),
    Stage.RENEWED: gettext_lazy("The text says that it was renewed."),
    Stage.PLANNED: gettext_lazy(
        "The text says that it is planned: until it is signed it is no act."
    ),
    Stage.HOPED_FOR: gettext_lazy("The text only hopes for it: it is no act."),
}
