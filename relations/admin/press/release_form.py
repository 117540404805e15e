"""The first step: the text of a release, pasted or as a file, and what is known of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relations.models import Source
from relations.press.errors import UnreadableError
from relations.press.files import ACCEPTED, Release, read_file, read_text

_PUBLISHER = Source._meta.get_field("publisher").max_length  # noqa: SLF001 # public in all but name
_URL = Source._meta.get_field("url").max_length  # noqa: SLF001 # likewise


@dataclass(frozen=True, slots=True)
class Received:
    """A release as it was received, on its way to drafts."""

    text: str
    remarks: tuple[str, ...]
    publisher: str
    url: str
    received: date


class ReleaseForm(forms.Form):
    """Takes a release; `release` is its text."""

    text = forms.CharField(
        label=_("Text of the release"),
        required=False,
        strip=False,
        widget=AdminTextareaWidget({"rows": 16}),
        help_text=_("Paste all of it, with its title and date, or choose a file below."),
    )
    file = forms.FileField(
        label=_("Or its file"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("A text (.txt), web page (.html), Word document (.docx) or PDF with text."),
    )
    received = forms.DateField(
        label=_("Received on"),
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("By this day “today” or “last February” are understood."),
    )
    publisher = forms.CharField(
        label=_("Publisher"),
        required=False,
        max_length=_PUBLISHER,
        widget=AdminTextInputWidget,
        help_text=_("If the text does not say it."),
    )
    url = forms.URLField(
        label=_("URL"),
        required=False,
        max_length=_URL,
        assume_scheme="https",
        widget=forms.URLInput({"class": "vURLField"}),
        help_text=_("Where you found it."),
    )
    release: Release

    def clean(self) -> dict[str, Any]:
        """Read the file, or else the text."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if "file" in self.errors:
            return self.cleaned_data
        if file and text.strip():
            raise ValidationError(_("Paste the text or choose a file, not both."))
        try:
            self.release = read_file(file.read(), file.name) if file else read_text(text)
        except UnreadableError as error:
            self.add_error("file" if file else "text", str(error))
        return self.cleaned_data

    @property
    def received_release(self) -> Received:
        """All of it, of a form that is valid."""
        values = self.cleaned_data
        return Received(
            self.release.text,
            self.release.remarks,
            values["publisher"],
            values["url"],
            values["received"],
        )
