"""Sources, and what they say of which fact."""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002, FBT001, FBT002

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relations.admin.desk import DeskAdmin, DeskInline, dated, folded_away
from relations.admin.exchange import Exchange
from relations.admin.fields import three
from relations.admin.forms import DeskForm, DeskFormSet
from relations.enums import CitedField
from relations.models import Agreement, Citation, Event, Partnership, Source, history
from relations.models.sources import FIELDS_OF
from relations.permissions import Publishable

_TARGETS = ("partnership", "agreement", "event")
_JOINED = (
    "source",
    "partnership__italian_place",
    "partnership__japanese_place",
    "agreement",
    "event",
)


class CitationForm(DeskForm):
    """A citation. On the form of a new act it may leave the source to that of the act."""

    def clean(self) -> dict[str, Any] | None:
        """Ask for the source where no other is named."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("source") and "source" not in self.errors and not self._is_named_above():
            self.add_error("source", self.fields["source"].error_messages["required"])
        return cleaned

    def _is_named_above(self) -> bool:
        return any(self.data.get(name) for name in ("source", "source_title"))


class CitationFormSet(DeskFormSet):
    """The citations of one record."""

    def clean(self) -> None:
        """Refuse two preferred values of one fact that are typed at once.

        The model looks for others in the database, where neither of them is yet.
        """
        super().clean()
        kept = [form.instance for form in self.forms if not form.cleaned_data.get("DELETE")]
        if _repeats(
            (citation.field, citation.source_id, citation.stated)
            for citation in kept
            if citation.field
        ):
            raise ValidationError(_("This source already states this of the same fact."))
        if _repeats(citation.field for citation in kept if citation.preferred):
            raise ValidationError(_("Another citation of this fact is already the preferred one."))

    def save(self, commit: bool = True) -> list[Citation]:
        """Let go of a preference first, so that it can pass from one row to another at once."""
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        history.remember(Citation, changed)
        Citation.objects.filter(pk__in=changed).update(preferred=False)
        return super().save(commit)


def _repeats(values: Iterable[Any]) -> bool:
    values = list(values)
    return len(values) > len(set(values))


class CitationInline(DeskInline, admin.StackedInline):
    """The citations of a partnership, agreement or event; `fk_name` says of which."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    fk_name: str
    autocomplete_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("source", "field", "stated", "preferred")}),
        folded_away(_("Note"), three("note")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """Join what names a citation."""
        return super().get_queryset(request).select_related(*_JOINED)

    def formfield_for_choice_field(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the facts that a record of this kind has."""
        if db_field.name == "field":
            facts = (fact for fact in CitedField if fact in FIELDS_OF[self.fk_name])
            kwargs["choices"] = [("", "---------"), *((fact.value, fact.label) for fact in facts)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class PartnershipCitationInline(CitationInline):
    """The citations of a partnership."""

    fk_name = "partnership"


class AgreementCitationInline(CitationInline):
    """The citations of an agreement."""

    fk_name = "agreement"
    verbose_name_plural = _("What sources say of single facts")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """On a new act a citation may leave the source to that of the act."""
        formset = super().get_formset(request, obj, **kwargs)
        if obj is None:
            source = formset.form.base_fields["source"]
            source.required = False
            source.help_text = _(
                "Left empty, it is the one that the act is taken from, at the top."
            )
        return formset


class EventCitationInline(CitationInline):
    """The citations of an event."""

    fk_name = "event"


@admin.register(Source)
class SourceAdmin(Exchange, DeskAdmin):
    """Publications."""

    kind = "sources"
    list_display = ("title", "publisher", "kind", "language", dated("published", _("published")))
    list_filter = ("kind", "language")
    search_fields = ("title", "publisher", "slug", "url")
    prepopulated_fields = {"slug": ("title",)}
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (None, {"fields": ("publisher", "title", "kind", "language", "published")}),
        (_("Where it is"), {"fields": ("url", "archived_url", "retrieved")}),
        (_("Note"), {"fields": (three("note"),)}),
        (_("Address in the atlas"), {"fields": ("slug",)}),
    )

    def add_context(self, request: HttpRequest, context: dict[str, Any], obj: Any) -> None:
        """Lead to the texts that were read, those who may read them."""
        if obj and request.user.has_perm("relations.view_pressrelease"):
            context["press_releases"] = obj.press_releases.defer("text")
        super().add_context(request, context, obj)


@admin.register(Citation)
class CitationAdmin(Exchange, DeskAdmin):
    """All citations together; they are more easily written on the page of their record."""

    kind = "citations"
    list_display = ("target", "field", "stated", "source", "preferred")
    list_filter = ("field", "preferred", "source__kind")
    list_select_related = _JOINED
    search_fields = (
        "stated",
        "source__title",
        "source__publisher",
        "agreement__folded",
        "event__folded",
        *(
            f"partnership__{side}_place__{column}"
            for side in ("italian", "japanese")
            for column in ("folded", "spellings__folded")
        ),
    )
    autocomplete_fields = ("source", *_TARGETS)
    fieldsets = (
        (_("Of which record: one of these"), {"fields": _TARGETS}),
        (None, {"fields": ("source", "field", "stated", "preferred")}),
        (_("Note"), {"fields": (three("note"),)}),
    )

    @admin.display(description=_("record"))
    def target(self, citation: Citation) -> Partnership | Agreement | Event:
        """The record that it is about."""
        return citation.target

    def get_readonly_fields(self, request: HttpRequest, obj: Citation | None = None) -> Any:
        """A saved citation stays with its record."""
        return _TARGETS if obj else ()

    def resting_on(self, records: QuerySet[Citation]) -> Iterable[Publishable]:
        """The published agreements and events that they are about."""
        yield from Agreement.objects.published().filter(citations__in=records).distinct()
        yield from Event.objects.published().filter(citations__in=records).distinct()
