"""Places are chosen by name: among those of the atlas, and then in the gazetteer.

What is chosen from the gazetteer becomes a place when the form is saved. A form sends it as
`IT-011015`: its country and its code.
"""

# Overrides keep Django's signatures:

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from relations.admin.suggestions import find, label_of_entry, label_of_place, question
from relations.models import GazetteerEntry, Place
from relations.models.gazetteer import KEY

_BETWEEN_KEY_AND_NAME = ":"
_LONGEST_KEY = 18


def _name_ja(key: str) -> str:
    """The field in which the Japanese name of an entry is typed, one for the whole page."""
    return f"name_ja-{key}"


def is_number(text: str) -> bool:
    """Whether it can be the key of a record: what is longer no database compares with one."""
    return text.isdecimal() and len(text) <= _LONGEST_KEY


class _KnowsKeys(AutocompleteMixin):
    """Mixin of Django's autocompletes, which fail at what is no key when they show a form again."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        """The options that are chosen."""
        return super().optgroups(name, [one for one in value if is_number(one)], attrs)


class RecordSelect(_KnowsKeys, AutocompleteSelect):
    """Chooses one record by its name."""


class RecordSelectMultiple(_KnowsKeys, AutocompleteSelectMultiple):
    """Chooses several."""


class _SuggestsEntries(_KnowsKeys):
    """Mixin of Django's autocompletes: entries beside places, and a field for what an entry lacks."""

    url_name = "%s:relations_place_suggest"
    choices: Any

    class Media:
        css = {"all": ("css/desk/places.css",)}
        js = (Script("js/desk/places.js", type="module"),)

    def value_of(self, data: Any, chosen: str) -> str:
        """The key, with the Japanese name that was typed for it, in whichever field of the page."""
        names = data.getlist(_name_ja(chosen)) if KEY.fullmatch(chosen) else []
        typed = next((name.strip() for name in names if name.strip()), "")
        return f"{chosen}{_BETWEEN_KEY_AND_NAME}{typed}" if typed else chosen

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        """The options that are chosen, entries too."""
        groups = super().optgroups(name, value, attrs)
        options = groups[0][1]
        for key, entry, _typed in self._entries(value):
            options.append(
                self.create_option(  # type: ignore[attr-defined] # of the select that this is mixed into
                    name,
                    key,
                    label_of_entry(entry),
                    selected=True,
                    index=len(options),
                    attrs=attrs,
                )
            )
        return groups

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The autocomplete, and the fields for Japanese names below it."""
        chosen = self.format_value(value)  # type: ignore[attr-defined] # likewise
        asked = [
            {"name": _name_ja(key), "label": question(entry), "value": typed}
            for key, entry, typed in self._entries(chosen)
            if not entry.name_ja
        ]
        select = super().render(name, value, attrs, renderer)  # type: ignore[misc] # likewise
        names = render_to_string("admin/relations/place_names.html", {"asked": asked})
        return mark_safe(f"{select}{names}")  # noqa: S308 # both are rendered templates

    def _entries(self, value: Iterable[str]) -> list[tuple[str, GazetteerEntry, str]]:
        found = []
        for one in value:
            key, _colon, typed = one.partition(_BETWEEN_KEY_AND_NAME)
            if entry := find(key):
                found.append((key, entry, typed))
        return found


class PlaceSelect(_SuggestsEntries, AutocompleteSelect):
    """Chooses one place."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was chosen; see `value_of`."""
        chosen = super().value_from_datadict(data, files, name)
        return self.value_of(data, chosen) if isinstance(chosen, str) else chosen


class PlaceSelectMultiple(_SuggestsEntries, AutocompleteSelectMultiple):
    """Chooses several places."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was chosen; see `value_of`."""
        chosen = super().value_from_datadict(data, files, name) or []
        return [self.value_of(data, str(one)) for one in chosen]


def _is_key(value: Any) -> bool:
    return bool(KEY.match(str(value)))


class _MakesPlaces(forms.ModelChoiceField):
    """A field whose value may be a place that is yet to be saved; see `GazetteerForm`."""

    may_add = False

    def label_from_instance(self, obj: Model) -> str:
        """How a place is offered."""
        return label_of_place(obj) if isinstance(obj, Place) else str(obj)

    def made(self, value: str) -> Place:
        """The place of an entry: the atlas's own, or else a new one.

        Raises:
            ValidationError: there is no such entry, this field or this editor may not have
                it, or the Japanese name is missing.
        """
        key, _colon, name_ja = value.partition(_BETWEEN_KEY_AND_NAME)
        entry = find(key)
        if entry is None or not self._may_hold(entry):
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
            )
        there = Place.objects.filter(country=entry.country, code=entry.code).first()
        if there:
            return there
        place = entry.place()
        place.name_ja = place.name_ja or name_ja
        if not place.name_ja:
            raise ValidationError(
                _("The atlas does not know the Japanese name of %(place)s yet: please give it."),
                code="name_ja",
                params={"place": entry.name_it},
            )
        place.full_clean()
        return place

    def _may_hold(self, entry: GazetteerEntry) -> bool:
        entries = GazetteerEntry.objects.complex_filter(self.get_limit_choices_to())
        return self.may_add and entries.filter(pk=entry.pk).exists()


class PlaceField(_MakesPlaces):
    """One place."""

    def to_python(self, value: Any) -> Any:
        """The place that was chosen."""
        if not _is_key(value):
            return super().to_python(value)
        try:
            return self.made(value)
        except ValidationError as refusal:
            # Without the names of the place's fields, which the form does not have.
            raise ValidationError(refusal.messages) from refusal


class PlacesField(_MakesPlaces, forms.ModelMultipleChoiceField):
    """Several places."""

    def clean(self, value: Any) -> Any:
        """The places that were chosen, those of the atlas first."""
        values = value or []
        made, refused = [], []
        for one in filter(_is_key, values):
            try:
                made.append(self.made(one))
            except ValidationError as refusal:
                refused += refusal.messages
        if refused:
            raise ValidationError(refused)
        known = [one for one in values if not _is_key(one)]
        return [*(super().clean(known) if known or not made else ()), *made]


class GazetteerForm(forms.ModelForm):
    """Mixin of forms that saves the new places that its fields hold, before the record itself.

    `new_records` are those that were added beside it.
    """

    new_records: tuple[Model, ...] = ()

    def unsaved(self) -> dict[str, list[Place]]:
        """The new places of each field."""
        found = {}
        for name, value in self.cleaned_data.items():
            places = value if isinstance(value, list) else [value]
            if new := [one for one in places if isinstance(one, Place) and not one.pk]:
                found[name] = new
        return found

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 # Django's signature
        """Save what the record needs first; see `save_beforehand`."""
        if commit:
            self.save_beforehand()
        return super().save(commit)

    def save_beforehand(self) -> None:
        """Save the new places that the fields hold.

        Where a form is not saved at once, as that of a page with inlines, this is called
        when all of the page is known to be right.
        """
        for name in self.unsaved():
            value = self.cleaned_data[name]
            if isinstance(value, list):
                self.cleaned_data[name] = [self._saved(place) for place in value]
            else:
                self.cleaned_data[name] = self._saved(value)
                setattr(self.instance, name, self.cleaned_data[name])

    def _saved(self, place: Place) -> Place:
        """The place, saved; or the one with its code that another part of the page has just made."""
        if place.pk:
            return place
        there = Place.objects.filter(country=place.country, code=place.code).first()
        if there:
            return there
        if Place.objects.filter(slug=place.slug).exists():  # another one of this name, just made
            place.slug = f"{place.slug}-{place.code}"
        place.save()
        self.new_records = (*self.new_records, place)
        return place


class GazetteerFields:
    """Mixin of `ModelAdmin` and inlines, whose `gazetteer_fields` are chosen by name."""

    gazetteer_fields: tuple[str, ...] = ()
    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of one place."""
        return self._field(super().formfield_for_foreignkey, db_field, request, kwargs)  # type: ignore[misc] # Django's

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of several places."""
        return self._field(super().formfield_for_manytomany, db_field, request, kwargs)  # type: ignore[misc] # likewise

    def _field(self, formfield: Any, db_field: Any, request: HttpRequest, kwargs: Any) -> Any:
        if db_field.name not in self.gazetteer_fields:
            return formfield(db_field, request, **kwargs)
        field_class, widget = (
            (PlacesField, PlaceSelectMultiple)
            if db_field.many_to_many
            else (PlaceField, PlaceSelect)
        )
        kwargs |= {
            "form_class": field_class,
            "widget": widget(db_field, self.admin_site),
            "queryset": Place.objects.select_related("region"),
        }
        field = formfield(db_field, request, **kwargs)
        field.may_add = request.user.has_perm("relations.add_place")
        return field
