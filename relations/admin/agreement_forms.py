"""The forms of an agreement: what a press release tells, in its order, with all that hangs on the act."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from relations.admin.fields import three, translation_attrs
from relations.admin.forms import DeskForm, DeskFormSet, SluggedForm, free_slug
from relations.admin.gazetteer import PlaceField, PlaceSelect, RecordSelect
from relations.admin.typed import DateWidget, TypedDateField
from relations.enums import AgreementKind, Language, SourceKind
from relations.models import Agreement, Citation, Partnership, Party, Place, Signatory, Source

SIGNATORY_FIELDS = ("name", "name_ja", *three("office"))
PAIR = ("italian_place", "japanese_place")
SOURCE_FIELDS = ("publisher", "title", "published", "url", "kind", "language")
# These have a value before anything is typed.
_CHOSEN = ("kind", "language")

SignatoryFormSet = forms.inlineformset_factory(
    Party,
    Signatory,
    form=DeskForm,
    formset=DeskFormSet,
    fields=SIGNATORY_FIELDS,
    widgets={
        "name": AdminTextInputWidget,
        "name_ja": AdminTextInputWidget({"lang": Language.JAPANESE.value}),
        **{name: AdminTextInputWidget(translation_attrs(name)) for name in three("office")},
    },
    extra=1,
    max_num=50,
    absolute_max=50,
    can_delete_extra=False,
)


class SignatoriesWidget(forms.Widget):
    """Shows the forms of a party's signatories inside the form of the party."""

    formset: forms.BaseInlineFormSet

    class Media:
        js = (Script("js/desk/signatories.js", type="module"),)

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002 # as in Django
        """None: each of the fields has a label of its own."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 # likewise
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

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 # likewise
        """Save the party, then its signatories."""
        party = super().save(commit)
        if commit:
            self.signatories.instance = party
            self.signatories.save()
        return party


class AgreementForm(SluggedForm):
    """Makes the slug from those of the partnership and the year: torino-nagoya-2005."""

    class Meta:
        help_texts = {
            "kind": _("By the document that was signed, not by the warm word in a speech."),
            "signed": _(
                "As it is written: 23 September 2025, May 2013, 1986, about 1986, S38.10.12; "
                "empty if unknown. No more precise than the source."
            ),
            "signed_at": _("The city where it was signed: a few letters of its name."),
            "sectors": _("What it is about: a few letters of each theme."),
            "term_months": _("3 years, 18 months, 3年; empty if it has none or none is known."),
        }

    def partnership(self, cleaned: dict[str, Any]) -> Partnership | None:
        """The partnership that the act belongs to, as far as the form tells."""
        return cleaned.get("partnership")

    def made_slug(self, cleaned: dict[str, Any]) -> str:
        """The slug of the partnership and the year, as far as it is known; numbered where there are more."""
        partnership = self.partnership(cleaned)
        if partnership is None:
            return ""
        wanted = Agreement.slug_for(partnership, cleaned.get("signed", ""))
        return free_slug(Agreement, wanted, self.instance.pk)


def _source_field(name: str, **changes: Any) -> Any:
    """The field of a source, none of which is needed where a source is chosen."""
    return Source._meta.get_field(name).formfield(required=False, **changes)  # type: ignore[union-attr] # noqa: SLF001 # public in all but name


def _place_field(name: str) -> PlaceField:
    field = Partnership._meta.get_field(name)  # noqa: SLF001 # likewise
    return PlaceField(
        Place.objects.select_related("region"),
        label=field.verbose_name,  # type: ignore[union-attr] # a column
        limit_choices_to=field.get_limit_choices_to(),  # type: ignore[union-attr] # a foreign key
        widget=PlaceSelect(field, admin.site),
        help_text=_("Three letters: Italian, romaji, kana or kanji."),
    )


class NewAgreementForm(AgreementForm):
    """An act that is new to the atlas, with its source and its two places.

    The partnership is the one that the two places have, or else a new one; the source is
    chosen, or made of what is typed of it, and supports the act as a whole.
    """

    user: Any = None
    new_source: Source | None = None
    _pair: Partnership | None = None

    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=_("One that the atlas has"),
        required=False,
        widget=RecordSelect(Citation._meta.get_field("source"), admin.site),  # noqa: SLF001 # likewise
        help_text=_("A few letters of its title or publisher. If it is new, leave this empty."),
    )
    source_publisher = _source_field("publisher", widget=AdminTextInputWidget)
    source_title = _source_field("title", widget=AdminTextInputWidget)
    source_published = _source_field("published", form_class=TypedDateField, widget=DateWidget)
    source_url = _source_field(
        "url", assume_scheme="https", widget=forms.URLInput({"class": "vURLField"})
    )
    source_kind = _source_field("kind", initial=SourceKind.PRESS_RELEASE)
    source_language = _source_field("language", initial=Language.ITALIAN)
    italian_place = _place_field("italian_place")
    japanese_place = _place_field("japanese_place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PAIR:
            cast("PlaceField", self.fields[name]).may_add = self._may_add("place")
        self.fields["japanese_place"].widget.attrs["data-between"] = reverse(
            "admin:relations_agreement_between"
        )

    def _may_add(self, model: str) -> bool:
        return self.user is not None and self.user.has_perm(f"relations.add_{model}")

    def clean(self) -> dict[str, Any] | None:
        """Find the partnership and the source, and make the titles that are left empty."""
        italian, japanese = (self.cleaned_data.get(name) for name in PAIR)
        if italian and japanese:
            self._pair = self.instance.partnership = pair_of(italian, japanese)
            self._check_may_add(self._pair)
        cleaned = super().clean() or self.cleaned_data
        self._read_source(cleaned)
        if self._pair and cleaned.get("kind") and not any(cleaned.get(t) for t in three("title")):
            cleaned |= titles(AgreementKind(cleaned["kind"]), self._pair)
        return cleaned

    def partnership(self, cleaned: dict[str, Any]) -> Partnership | None:  # noqa: ARG002 # as of any agreement
        """That of the two places."""
        return self._pair

    def _check_may_add(self, pair: Partnership) -> None:
        if not pair.pk and not self._may_add("partnership"):
            self.add_error(
                "japanese_place",
                _("These two places have no partnership yet, and you may not add one."),
            )

    def _read_source(self, cleaned: dict[str, Any]) -> None:
        typed = {name: cleaned.get(f"source_{name}") or "" for name in SOURCE_FIELDS}
        if not any(value for name, value in typed.items() if name not in _CHOSEN):
            return
        if refusal := self._refuses_source(cleaned.get("source"), typed["url"]):
            self.add_error("source", refusal)
            return
        slug = free_slug(Source, f"{typed['publisher']} {typed['title']}")
        read_on = timezone.localdate() if typed["url"] else None
        self.new_source = Source(**typed, slug=slug, retrieved=read_on)
        try:
            self.new_source.full_clean()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                self.add_error(f"source_{name}" if name in SOURCE_FIELDS else None, sentences)

    def _refuses_source(self, chosen: Source | None, url: str) -> Any:
        """Why there can be no new source: a sentence, or nothing."""
        if chosen:
            return _("Choose a source that the atlas has or describe a new one, not both.")
        if not self._may_add("source"):
            return _("You may not add sources: choose one that the atlas has.")
        there = Source.objects.filter(url=url).first() if url else None
        return there and _("The atlas has “%(source)s” at this address: choose it here.") % {
            "source": there
        }

    def save_beforehand(self) -> None:
        """Save the places, and then the partnership where they have none."""
        super().save_beforehand()
        pair = pair_of(*(self.cleaned_data[name] for name in PAIR))
        if not pair.pk:
            pair.save()
            self.new_records = (*self.new_records, pair)
        self.instance.partnership = pair

    def saved_source(self) -> Source | None:
        """The source that the form names: the chosen one, or the described one, which is saved now."""
        if self.new_source is None:
            return self.cleaned_data.get("source")
        self.new_source.save()
        self.new_records = (*self.new_records, self.new_source)
        return self.new_source


def pair_of(italian: Place, japanese: Place) -> Partnership:
    """The partnership of two places, or a new one that is yet to be saved."""
    if italian.pk and japanese.pk:
        there = Partnership.objects.between(italian, japanese).with_places().first()
        if there:
            return there
    slug = free_slug(Partnership, Partnership.slug_for(italian, japanese))
    return Partnership(slug=slug, italian_place=italian, japanese_place=japanese)


def titles(kind: AgreementKind, pair: Partnership) -> dict[str, str]:
    """A plain title in each language: Twinning between Torino and Nagoya."""
    made = {}
    for language in Language:
        with override(language):
            what = _("Agreement") if kind == AgreementKind.OTHER else kind.label
            # Translators: the title of an act, for example: Twinning between Turin and Nagoya
            made[f"title_{language}"] = _("%(kind)s between %(italian)s and %(japanese)s") % {
                "kind": what,
                "italian": pair.italian_place.name,
                "japanese": pair.japanese_place.name,
            }
    return made
