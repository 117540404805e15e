"""The fields of the desk's forms: dates are typed naturally, records are looked up, translations stand side by side."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from relations.admin.gazetteer import GazetteerFields, RecordSelect, RecordSelectMultiple
from relations.admin.typed import DateWidget, TypedDateField
from relations.enums import Language
from relations.models.fields import PartialDateField


def three(name: str) -> tuple[str, str, str]:
    """The three columns of a trilingual text."""
    return (f"{name}_it", f"{name}_ja", f"{name}_en")


def translation_attrs(name: str) -> dict[str, Any]:
    """The attributes of a field by its name: its language, if it is one of a trilingual text.

    The placeholder is seen where another language of the row is filled in; see css/desk/forms.css.
    """
    language = name.rpartition("_")[2]
    if language not in Language.values:
        return {}
    return {
        "lang": language,
        "placeholder": pgettext_lazy("text in a language", "Missing"),
        "data-translation": "",
    }


class DeskFields(GazetteerFields):
    """Mixin of `ModelAdmin` and inlines."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of one record, looked up by name where it is in `autocomplete_fields`."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined] # Django's
            kwargs.setdefault("widget", RecordSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of several records, likewise."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined] # likewise
            kwargs.setdefault("widget", RecordSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of a column."""
        if isinstance(db_field, PartialDateField):
            kwargs |= {"form_class": TypedDateField, "widget": DateWidget}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc] # Django's
        if isinstance(field.widget if field else None, RelatedFieldWidgetWrapper):
            # Two more icons beside each field, for what its own page can do.
            field.widget.can_delete_related = field.widget.can_view_related = False
        if field:
            field.widget.attrs |= translation_attrs(str(db_field.name))
        return field
