"""Agreements, with their parties and signatories on one page."""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002, FBT001, FBT002

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from relations.admin.agreement_forms import (
    PAIR,
    SIGNATORY_FIELDS,
    AgreementForm,
    NewAgreementForm,
    PartyForm,
)
from relations.admin.asking import AsksOnce
from relations.admin.desk import DeskAdmin, DeskInline, dated, folded_away, title
from relations.admin.exchange import Exchange
from relations.admin.fields import three
from relations.admin.forms import DeskForm
from relations.admin.gazetteer import is_number
from relations.admin.preview import preview_of
from relations.admin.publication import PublishableAdmin
from relations.admin.sources import AgreementCitationInline
from relations.admin.typed import TermField, TermWidget, read_aloud
from relations.enums import CitedField
from relations.models import Agreement, Citation, Partnership, Party, Signatory
from relations.permissions import Publishable


class PartyInline(DeskInline, admin.StackedInline):
    """The parties to an agreement."""

    model = Party
    form = PartyForm
    extra = 2
    max_num = 50
    gazetteer_fields = ("place",)
    fields = (("place", "institution"), three("name"), "signed_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        """Join the place, which names a party."""
        return super().get_queryset(request).select_related("place")

    @admin.display(description=_("Signatories"))
    def signed_by(self, party: Party) -> str:
        """The names, for those who may only read."""
        return ", ".join(str(person) for person in party.signatories.all())


@admin.register(Agreement)
class AgreementAdmin(Exchange, AsksOnce, PublishableAdmin):
    """Signed acts, in the order in which a press release tells of one."""

    kind = "agreements"
    form = AgreementForm
    import_export_change_list_template = "admin/relations/change_list_agreements.html"
    list_display = (title, "partnership", "kind", dated("signed", _("signed")), "state")
    list_filter = ("state", "kind", "renewal", ("sectors", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("partnership__italian_place", "partnership__japanese_place")
    search_fields = (
        "slug",
        "folded",
        "parties__signatories__folded",
        *(
            f"partnership__{side}_place__{column}"
            for side in ("italian", "japanese")
            for column in ("folded", "spellings__folded")
        ),
    )
    autocomplete_fields = ("partnership", "supersedes", "renews", "sectors")
    gazetteer_fields = ("signed_at",)
    inlines = (PartyInline, AgreementCitationInline)

    class Media:
        js = (Script("js/desk/acts.js", type="module"),)

    inlines_after = {"parties": "signed", "citations": "term_months"}
    fieldsets = (
        (_("Partnership"), {"fields": ("partnership",)}),
        (_("The act"), {"fields": (("kind", "signed", "signed_at"), three("title"))}),
        (_("Content"), {"fields": ("sectors", three("summary"))}),
        (_("Term"), {"fields": (("term_months", "renewal"),)}),
        folded_away(_("Earlier acts"), "renews", "supersedes"),
        folded_away(_("End"), "ended", three("ended_reason")),
        folded_away(
            _("CLAIR’s tests for a sister affiliation"),
            ("clair_heads", "clair_general", "clair_council"),
        ),
        (_("Publication"), {"fields": ("slug", "state")}),
        folded_away(_("Withdrawal"), "withdrawn_on", three("withdrawn_reason")),
    )
    fieldsets_of_new = (
        (
            _("Where you read it"),
            {
                "fields": (
                    "source",
                    ("source_publisher", "source_published"),
                    ("source_title", "source_url"),
                    ("source_kind", "source_language"),
                )
            },
        ),
        (_("Between whom"), {"fields": (PAIR,)}),
        *fieldsets[1:-2],
        folded_away(_("Address in the atlas"), "slug"),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Agreement | None = None) -> Any:
        """A new act begins with its source and its two places."""
        return super().get_fieldsets(request, obj) if obj else self.fieldsets_of_new

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[DeskForm]:
        """The form of a new act finds or adds what it needs, as far as the editor may."""
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, **kwargs, form=NewAgreementForm)
        form.user = request.user  # type: ignore[attr-defined] # of NewAgreementForm
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The places of the partnership in the address, for links that add an act to it."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        key = str(initial.pop("partnership", ""))
        if key.isdecimal() and (pair := Partnership.objects.filter(pk=key).first()):
            initial |= {name: getattr(pair, f"{name}_id") for name in PAIR}
        return initial

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A term is typed with its unit."""
        if db_field.name == "term_months":
            kwargs |= {"form_class": TermField, "widget": TermWidget, "label": _("Term")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """What the script of the form asks while it is filled in, beside the usual pages."""
        view = self.admin_site.admin_view
        return [
            path("reading/", view(read_aloud), name="relations_agreement_reading"),
            path("between/", view(self.between), name="relations_agreement_between"),
            *super().get_urls(),
        ]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """With the citations of a new act goes its source, of which those are that name none."""
        if formset.model is not Citation or not isinstance(form, NewAgreementForm):
            super().save_formset(request, form, formset, change)
            return
        source = form.saved_source()
        for row in formset.forms:
            if row.has_changed() and not row.instance.source_id:
                row.instance.source = source
        super().save_formset(request, form, formset, change)
        if source:
            Citation.objects.get_or_create(
                source=source, agreement=form.instance, field=CitedField.RECORD, stated=""
            )

    def between(self, request: HttpRequest) -> HttpResponse:
        """What the atlas has of two places: their partnership and its acts."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        keys = [request.GET.get(name, "") for name in PAIR]
        pair = None
        if all(map(is_number, keys)):
            pairs = Partnership.objects.between(*map(int, keys))
            pair = pairs.prefetch_related("agreements").first()
        return render(request, "admin/relations/between.html", {"partnership": pair})

    def preview_url(self, record: Agreement) -> str:
        """Its place on the preview of its partnership."""
        return f"{preview_of(record.partnership_id)}#{record.slug}"


class SignatoryInline(DeskInline, admin.TabularInline):
    """Those who signed for a party."""

    model = Signatory
    fields = SIGNATORY_FIELDS


@admin.register(Party)
class PartyAdmin(DeskAdmin):
    """All bodies that are bound by agreements."""

    list_display = ("__str__", "institution", "place", "agreement")
    list_filter = ("institution", "place__country")
    search_fields = (
        *three("name"),
        "place__folded",
        "place__spellings__folded",
        "agreement__folded",
    )
    autocomplete_fields = ("agreement",)
    gazetteer_fields = ("place",)
    inlines = (SignatoryInline,)
    fields = ("agreement", "place", "institution", three("name"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        """Join what names a party: here, and where it is looked up."""
        return super().get_queryset(request).select_related("place", "agreement")

    def get_readonly_fields(self, request: HttpRequest, obj: Party | None = None) -> Any:
        """A saved party stays with its agreement."""
        return ("agreement",) if obj else ()

    def resting_on(self, records: QuerySet[Party]) -> Iterable[Publishable]:
        """The published agreements that bind them."""
        return Agreement.objects.published().filter(parties__in=records).distinct()


@admin.register(Signatory)
class SignatoryAdmin(DeskAdmin):
    """All persons who signed."""

    list_display = ("name", "name_ja", "party", "office")
    list_filter = ("party__place__country", "party__institution")
    list_select_related = ("party__place",)
    search_fields = ("folded", *three("office"), "party__place__folded", "party__agreement__folded")
    autocomplete_fields = ("party",)
    fields = ("party", *SIGNATORY_FIELDS)

    @admin.display(description=_("office"))
    def office(self, person: Signatory) -> str:
        """The office held when signing."""
        return str(person.office)
