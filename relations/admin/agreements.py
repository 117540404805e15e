"""Agreements, with their parties and signatories on one page."""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002, FBT001, FBT002

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from relations.admin.desk import (
    DeskAdmin,
    DeskForm,
    DeskFormSet,
    DeskInline,
    DoubtError,
    Publishable,
    SluggedForm,
    dated,
    folded_away,
    three,
    title,
)
from relations.admin.exchange import Exchange
from relations.admin.preview import preview_of
from relations.admin.publication import PublishableAdmin
from relations.admin.sources import AgreementCitationInline
from relations.doubts import doubts_about
from relations.models import Agreement, Party, Signatory
from relations.models.fields import date_or_unknown

_SIGNATORY_FIELDS = ("name", "name_ja", *three("office"))

SignatoryFormSet = forms.inlineformset_factory(
    Party,
    Signatory,
    form=DeskForm,
    formset=DeskFormSet,
    fields=_SIGNATORY_FIELDS,
    widgets=dict.fromkeys(_SIGNATORY_FIELDS, AdminTextInputWidget()),
    extra=1,
    can_delete_extra=False,
)


class SignatoriesWidget(forms.Widget):
    """Shows the forms of a party's signatories inside the form of the party."""

    formset: forms.BaseInlineFormSet

    def id_for_label(self, id_: str) -> str:
        """None: each of the fields has a label of its own."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The forms, from the project's own template."""
        return render_to_string("admin/relations/signatories.html", {"formset": self.formset})


class PartyForm(DeskForm):
    """A party with those who signed for it: Django's admin does not nest inlines by itself."""

    signed_by = forms.Field(label=_("Signatories"), widget=SignatoriesWidget, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signatories = SignatoryFormSet(
            self.data if self.is_bound else None,
            instance=self.instance,
            prefix=f"{self.prefix}-signatories",
        )
        self.fields["signed_by"].widget.formset = self.signatories

    def has_changed(self) -> bool:
        """Whether the party or one of its signatories has."""
        return super().has_changed() or self.signatories.has_changed()

    def clean_signed_by(self) -> None:
        """Check the signatories, whose own forms say what is wrong."""
        if not self.signatories.is_valid():
            raise ValidationError(_("Correct the signatories of this party."))

    def save(self, commit: bool = True) -> Any:
        """Save the party, then its signatories."""
        party = super().save(commit)
        if commit:
            self.signatories.instance = party
            self.signatories.save()
        return party


class PartyInline(DeskInline, admin.StackedInline):
    """The parties to an agreement."""

    model = Party
    form = PartyForm
    extra = 2
    gazetteer_fields = ("place",)
    fields = ("place", "institution", *three("name"), "signed_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        """Join the place, which names a party."""
        return super().get_queryset(request).select_related("place")

    @admin.display(description=_("Signatories"))
    def signed_by(self, party: Party) -> str:
        """The names, for those who may only read."""
        return ", ".join(str(person) for person in party.signatories.all())


class AgreementForm(SluggedForm):
    """Makes the slug from those of the partnership and the year: torino-nagoya-2005."""

    def made_slug(self, cleaned: dict[str, Any]) -> str:
        """The slug of the partnership and the year, as far as it is known."""
        signed = date_or_unknown(cleaned.get("signed", ""))
        year = signed.edtf[:4].lower() or "agreement"
        return f"{cleaned['partnership'].slug}-{year}" if cleaned.get("partnership") else ""


@admin.register(Agreement)
class AgreementAdmin(Exchange, PublishableAdmin):
    """Signed acts, in the order in which a press release tells of one."""

    kind = "agreements"
    form = AgreementForm
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
    fieldsets = (
        (_("The act"), {"fields": ("partnership", "kind", *three("title"))}),
        (_("Signature"), {"fields": ("signed", "signed_at")}),
        (_("Content"), {"fields": ("sectors", *three("summary"))}),
        (_("Term"), {"fields": ("term_months", "renewal")}),
        folded_away(_("Earlier acts"), "renews", "supersedes"),
        folded_away(_("End"), "ended", *three("ended_reason")),
        folded_away(
            _("CLAIR’s tests for a sister affiliation"),
            "clair_heads",
            "clair_general",
            "clair_council",
        ),
        (
            _("Publication"),
            {
                "fields": ("slug", "state"),
                "description": _("Left empty, the slug is made from the partnership and the year."),
            },
        ),
        folded_away(_("Withdrawal"), "withdrawn_on", *three("withdrawn_reason")),
    )

    def save_model(self, request: HttpRequest, obj: Agreement, form: Any, change: bool) -> None:
        """Note what was doubtful before, and what the editor has read: it is asked once."""
        stored = Agreement.objects.filter(pk=obj.pk) if change else ()
        known = {doubt.code for act in stored for doubt in doubts_about(act, timezone.localdate())}
        if "doubts_read" in request.POST:
            known.update(request.POST.getlist("doubt"))
        request.known_doubts = known  # type: ignore[attr-defined] # read by save_related
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Ask before what is new and doubtful is saved."""
        super().save_related(request, form, formsets, change)
        known = request.known_doubts  # type: ignore[attr-defined] # likewise
        act = Agreement.objects.get(pk=form.instance.pk)
        found = doubts_about(act, timezone.localdate())
        if new := [doubt for doubt in found if doubt.code not in known]:
            raise DoubtError(new)

    def preview_url(self, record: Agreement) -> str:
        """Its place on the preview of its partnership."""
        return f"{preview_of(record.partnership_id)}#{record.slug}"


class SignatoryInline(DeskInline, admin.TabularInline):
    """Those who signed for a party."""

    model = Signatory
    fields = _SIGNATORY_FIELDS


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
    fields = ("agreement", "place", "institution", *three("name"))

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
    fields = ("party", *_SIGNATORY_FIELDS)

    @admin.display(description=_("office"))
    def office(self, person: Signatory) -> str:
        """The office held when signing."""
        return str(person.office)
