"""The fields in which suggestions are corrected, as the desk's other forms have them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Model

from relations.admin.gazetteer import PlaceField, PlaceSelect
from relations.admin.suggestions import find, label_of_entry, label_of_place
from relations.admin.typed import DateWidget, TermField, TermWidget, TypedDateField
from relations.models import Place, Sector
from relations.press.readings import Named, Suggestion


class CandidateSelect(PlaceSelect):
    """Chooses one place; without a script, among the candidates of the reading."""

    candidates: tuple[tuple[str, str], ...] = ()

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """The option that is chosen, and the candidates."""
        groups = super().optgroups(name, value, attrs)
        options = groups[0][1]
        there = {str(option["value"]) for option in options}
        for key, label in self.candidates:
            if key not in there:
                options.append(
                    self.create_option(
                        name, key, label, selected=False, index=len(options), attrs=attrs
                    )
                )
        return groups


class Places:
    """Makes fields for places, of which the atlas has some."""

    def __init__(self, known: Mapping[str, Place], user: Any) -> None:
        self._known = known
        self._may_add = user.has_perm("relations.add_place")

    def field(
        self,
        label: str,
        column: tuple[type[Model], str],
        suggestion: Suggestion[Named] | None,
        near: Iterable[Named] = (),
    ) -> PlaceField:
        """A field for the place of a column, which has the suggested one and offers those that it may be instead."""
        model, name = column
        place = model._meta.get_field(name)  # noqa: SLF001 # public in all but name
        limits = place.get_limit_choices_to()  # type: ignore[union-attr] # a foreign key
        widget = CandidateSelect(place, admin.site)
        others = [*(suggestion.others if suggestion else ()), *near]
        allowed = [one for one in others if one.country == limits.get("country", one.country)]
        widget.candidates = tuple(filter(None, map(self._choice, allowed)))
        field = PlaceField(
            Place.objects.select_related("region"),
            label=label,
            required=False,
            limit_choices_to=limits,
            widget=widget,
        )
        field.may_add = self._may_add
        chosen = self._choice(suggestion.value) if suggestion else None
        field.initial = chosen[0] if chosen else None
        return field

    def _choice(self, named: Named) -> tuple[str, str] | None:
        """What a form sends for a place, and its name; None where neither the atlas nor the gazetteer has it."""
        if place := self._known.get(named.key):
            return str(place.pk), label_of_place(place)
        entry = find(named.key)
        return (named.key, label_of_entry(entry)) if entry else None


def text_field(label: str, initial: str = "", longest: int = 200) -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        initial=initial,
        widget=AdminTextInputWidget,
    )


def date_field(label: str, initial: str = "") -> TypedDateField:
    """A partial date, read back as the other forms do."""
    return TypedDateField(label=label, required=False, initial=initial, widget=DateWidget)


def term_field(label: str, initial: int | None) -> TermField:
    """A length of time, likewise."""
    return TermField(label=label, required=False, initial=initial, widget=TermWidget)


def choice_field(label: str, choices: Any, initial: Any = "") -> forms.ChoiceField:
    """One of a vocabulary."""
    return forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)


def sector_choices() -> list[tuple[str, str]]:
    """All sectors, each narrow one below its broad one."""
    return [
        (sector.code, f"– {sector.name}" if sector.parent_id else str(sector.name))
        for sector in Sector.objects.all()
    ]
