"""What the pages of the editor's desk have in common. The rules themselves are the models'."""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002, FBT001, FBT002

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from relations.admin.fields import DeskFields
from relations.admin.forms import DeskForm, DeskFormSet
from relations.admin.history import HistoryPages
from relations.admin.searching import found
from relations.admin.up_to_date import UpToDate
from relations.dates import format_date
from relations.enums import PublicationState
from relations.models.fields import date_or_unknown
from relations.permissions import Publishable, check_change, may_change, may_delete
from relations.publishing import check_publishable

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts
    from django.utils.functional import _StrPromise


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


def folded_away(
    heading: "str | _StrPromise", *fields: str | tuple[str, ...]
) -> "tuple[str | _StrPromise, _FieldOpts]":
    """A group of fields that is closed until an editor opens it."""
    return (heading, {"classes": ("collapse",), "fields": fields})


class DeskInline(DeskFields, admin.options.InlineModelAdmin):
    """Mixin of inlines: empty forms on a new record only; there is a link to add others."""

    form = DeskForm
    formset = DeskFormSet
    extra = 1
    # Many more than anything real has; a page of thousands would keep the server for a minute.
    max_num = 300

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Refuse what is more than that, with Django's sentence."""
        return super().get_formset(request, obj, **{"absolute_max": self.max_num} | kwargs)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """So many on a new record."""
        return 0 if obj else self.extra


class DeskAdmin(DeskFields, HistoryPages, UpToDate, admin.ModelAdmin):
    """Finds Japanese and other spellings, and refuses what would break a published record."""

    form = DeskForm
    change_form_template = "admin/relations/change_form.html"
    # By its prefix, the field after whose group an inline stands; the others stand last.
    inlines_after: Mapping[str, str] = {}

    class Media:
        css = {"all": ("css/desk/forms.css",)}
        js = (Script("js/desk/fields.js", type="module"),)

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
        """What Django shows, and what the desk adds to it."""
        self.add_context(request, context, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def add_context(self, request: HttpRequest, context: dict[str, Any], obj: Any) -> None:
        """Lead to the preview, and show what is doubtful. `obj` is None where a record is added."""
        context["preview_url"] = self.preview_url(obj) if obj else ""
        context["sections"] = self._in_order(context["adminform"], context["inline_admin_formsets"])
        context["doubts"] = getattr(getattr(request, "refusal", None), "doubts", [])
        if context["doubts"]:
            context["errors"] = None  # a doubt is none: its own box says what to do
        super().add_context(request, context, obj)

    def _in_order(self, groups: Any, inlines: Any) -> list[Any]:
        """The groups of fields, each followed by the inlines that stand after it."""
        waiting = {inline.formset.prefix: inline for inline in inlines}
        sections = []
        for group in groups:
            sections.append({"fieldset": group})
            names = set(flatten(group.fields))
            for prefix, after in self.inlines_after.items():
                if after in names and prefix in waiting:
                    sections.append({"inline": waiting.pop(prefix)})
        return [*sections, *({"inline": inline} for inline in waiting.values())]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave to publishers what is public."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Likewise."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_delete(request.user, obj))

    def resting_on(self, records: models.QuerySet[Any]) -> Iterable[Publishable]:
        """The published records that could not stay so without some of these."""
        return ()

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Look for the words as they are typed, and folded, which is what `folded` columns hold."""
        return found(queryset, list(self.get_search_fields(request)), search_term), False

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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save what the record needs, and then the record."""
        form.save_beforehand()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Check the published records that rest on this one, now that all of it is saved.

        What is new may belong to one of them: a party, or a citation.
        """
        super().save_related(request, form, formsets, change)
        for part in (form, *(part for formset in formsets for part in formset.forms)):
            for record in part.new_records:
                self.log_addition(request, record, [{"added": {}}])
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
