"""What the pages of the editor's desk have in common. The rules themselves are the models'."""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002, FBT001, FBT002

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from relations.admin.gazetteer import GazetteerFields, GazetteerForm
from relations.admin.history import HistoryPages
from relations.dates import format_date
from relations.doubts import Doubt
from relations.enums import PublicationState
from relations.models import Agreement, Event
from relations.models.fields import date_or_unknown
from relations.publishing import check_change, check_publishable, may_change
from relations.text import fold

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts
    from django.utils.functional import _StrPromise

Publishable = Agreement | Event


@admin.display(description=_("title"), ordering="title_en")
def title(record: Publishable) -> str:
    """The column of the title, or of the slug where there is none yet."""
    return str(record) or record.slug


def dated(name: str, label: "str | _StrPromise") -> Callable[[models.Model], str]:
    """A column that says the partial date in field `name`, sorted by its first day."""

    @admin.display(description=label, ordering=f"{name}_earliest")
    def when(record: models.Model) -> str:
        return format_date(date_or_unknown(getattr(record, name)))

    return when


def three(name: str) -> tuple[str, str, str]:
    """The three columns of a trilingual text."""
    return (f"{name}_it", f"{name}_ja", f"{name}_en")


def folded_away(
    heading: "str | _StrPromise", *fields: str
) -> "tuple[str | _StrPromise, _FieldOpts]":
    """A group of fields that is closed until an editor opens it."""
    return (heading, {"classes": ("collapse",), "fields": fields})


class DoubtError(ValidationError):
    """What is typed can be saved, but an editor is asked first whether it is meant."""

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        super().__init__(
            _("Read what is noted here. If it is right so, tick the box and save again.")
        )
        self.doubts = doubts


class DeskForm(GazetteerForm):
    """A form that leaves nothing for the database alone to refuse.

    `refusal` is what a first attempt to save met with; see `DeskAdmin.changeform_view`.
    """

    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any] | None:
        """Say why a first attempt to save was refused."""
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Have those constraints checked too that are on columns which the form does not show.

        Django passes over these. Derived columns can always be checked; others once the
        row is saved, since before that an inline does not know its parent.
        """
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # no stub
        checked = {
            field.name
            for field in self.instance._meta.concrete_fields  # noqa: SLF001 # public in all but name
            if field.name not in self.fields
            and not field.primary_key
            and (self.instance.pk or not field.editable)
        }
        return excluded - checked | set(self.unsaved())  # a place that is not saved has no key yet


class SluggedForm(DeskForm):
    """A form that makes the slug from the other fields where it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def made_slug(self, cleaned: dict[str, Any]) -> str:
        """The slug for these values, empty if they do not suffice."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any] | None:
        """Fill in the slug."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self.made_slug(cleaned)
        return cleaned


class DeskFormSet(forms.BaseInlineFormSet):
    """The rows of an inline."""

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Say of two equal rows what the model says."""
        sentences = {
            tuple(constraint.fields): str(constraint.violation_error_message)
            for constraint in self.form._meta.model._meta.total_unique_constraints  # noqa: SLF001 # likewise
        }
        return sentences.get(tuple(unique_check)) or super().get_unique_error_message(unique_check)


class DeskInline(GazetteerFields, admin.options.InlineModelAdmin):
    """Mixin of inlines: empty forms on a new record only; there is a link to add others."""

    form = DeskForm
    formset = DeskFormSet
    extra = 1

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """So many on a new record."""
        return 0 if obj else self.extra


class DeskAdmin(GazetteerFields, HistoryPages, admin.ModelAdmin):
    """Finds Japanese and other spellings, and refuses what would break a published record."""

    form = DeskForm

    change_form_template = "admin/relations/change_form.html"

    def preview_url(self, record: Any) -> str:
        """Where a saved record is seen as on its page before it is public; empty where it has none."""
        return ""

    def render_change_form(  # noqa: PLR0913, PLR0917 # as in Django
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Lead to the preview, and show what is doubtful."""
        context["preview_url"] = self.preview_url(obj) if obj else ""
        context["doubts"] = getattr(getattr(request, "refusal", None), "doubts", [])
        if context["doubts"]:
            context["errors"] = None  # a doubt is none: its own box says what to do
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave to publishers what is public."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Likewise."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def resting_on(self, records: models.QuerySet[Any]) -> Iterable[Publishable]:
        """The published records that could not stay so without some of these."""
        return ()

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Look for the words as they are typed, and folded, which is what `folded` columns hold."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if folded := fold(search_term):
            found |= super().get_search_results(request, queryset, folded)[0]
        return found, may_repeat

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[DeskForm]:
        """Hand the form what a first attempt to save met with. The class is made for each request."""
        form = cast("type[DeskForm]", super().get_form(request, obj, change, **kwargs))
        form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save and check in one transaction; what is refused is shown again with the reason.

        Whether a record may stay public is known only once its parties and citations are
        saved. Django undoes a refused attempt; the second one ends at the invalid form.
        """
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined] # read by get_form
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Check the published records that rest on this one, now that all of it is saved.

        What is new may belong to one of them: a party, or a citation.
        """
        super().save_related(request, form, formsets, change)
        for part in (form, *(part for formset in formsets for part in formset.forms)):
            for place in part.new_places:
                self.log_addition(request, place, [{"added": {}}])
        self.check_saved(request, form.instance)

    def check_saved(self, request: HttpRequest, record: Any) -> None:
        """Check that the one who saved it might, and that what is public can stay so."""
        check_change(request.user, record)
        is_public = getattr(record, "state", None) == PublicationState.PUBLISHED
        check_publishable([*self.resting_on(self._one(record)), *([record] if is_public else ())])

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete and check in one transaction; say why it is refused."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as refusal:
            return self._refused(request, refusal)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, str] | None = None
    ) -> HttpResponse:
        """Run an action in one transaction; say why it is refused."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except ValidationError as refusal:
            return self._refused(request, refusal)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete one record, then check those that rested on it."""
        resting = list(self.resting_on(self._one(obj)))
        super().delete_model(request, obj)
        check_publishable(resting)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Delete several records, then check those that rested on them."""
        resting = list(self.resting_on(queryset))
        super().delete_queryset(request, queryset)
        check_publishable(resting)

    def say(self, request: HttpRequest, refusal: ValidationError) -> None:
        """Show each sentence as an error."""
        for sentence in refusal.messages:
            self.message_user(request, sentence, messages.ERROR)

    def _refused(self, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        self.say(request, refusal)
        return HttpResponseRedirect(request.get_full_path())

    def _one(self, record: models.Model) -> models.QuerySet[Any]:
        records: models.QuerySet[Any] = self.model._default_manager.filter(pk=record.pk)  # noqa: SLF001 # likewise
        return records
