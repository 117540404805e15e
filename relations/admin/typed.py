"""Dates and terms are typed as people write them, and read back at once as they were understood."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from relations.as_typed import TermError, read_date, read_term
from relations.dates import DateError, DatePrecision, format_date
from relations.representations import describe_duration

READINGS_URL = "admin:relations_agreement_reading"
# What is shown beneath a field is no novel.
_LONGEST = 100


class _ReadBack(AdminTextInputWidget):
    """A text field with a line below it that says how its text is understood; see `static/js/desk/readings.js`."""

    reads: str

    class Media:
        css = {"all": ("css/desk/forms.css",)}
        js = (Script("js/desk/readings.js", type="module"),)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field, what its text means, and where a script asks for that of another."""
        understood, sentence = reading(self.reads, str(value or ""))
        context = {
            "field": super().render(name, value, attrs, renderer),
            "id": (attrs or {}).get("id", ""),
            "reads": self.reads,
            "url": reverse(READINGS_URL),
            "reading": sentence if understood else "",
        }
        return render_to_string("admin/relations/read_back.html", context)


class DateWidget(_ReadBack):
    """Reads a partial date back."""

    reads = "date"


class TermWidget(_ReadBack):
    """Reads a length of time back."""

    reads = "term"


class TypedDateField(forms.CharField):
    """A partial date, typed in words, in figures, in a Japanese era or as EDTF; its value is EDTF."""

    widget = DateWidget

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # What is typed may be longer than what is kept.
        kwargs["max_length"] = _LONGEST
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        """The EDTF of what is typed."""
        try:
            return read_date(super().to_python(value) or "").edtf
        except DateError as error:
            raise ValidationError(str(error), code="invalid_date") from error


class TermField(forms.Field):
    """A length of time, typed with its unit; its value is in months, None where there is none."""

    widget = TermWidget

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Those of a field for numbers, which it stands for.
        for name in ("min_value", "max_value", "step_size"):
            kwargs.pop(name, None)
        super().__init__(*args, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored number of months in words."""
        return describe_duration(value) if isinstance(value, int) and value else value

    def to_python(self, value: Any) -> Any:
        """The months."""
        try:
            return read_term(str(value or "")[:_LONGEST])
        except TermError as error:
            raise ValidationError(str(error), code="invalid_term") from error


def reading(reads: str, text: str) -> tuple[bool, str]:
    """Whether a text is understood, and a sentence: how it is, or why it is not. Empty for no text."""
    if not text.strip():
        return True, ""
    try:
        return True, _date_in_words(text) if reads == "date" else _term_in_words(text)
    except (DateError, TermError) as error:
        return False, str(error)


def _date_in_words(text: str) -> str:
    when = read_date(text[:_LONGEST])
    return _("%(date)s (%(precision)s)") % {
        "date": format_date(when),
        "precision": DatePrecision(when.precision).label.lower(),
    }


def _term_in_words(text: str) -> str:
    months = read_term(text[:_LONGEST]) or 0
    return _("%(duration)s = %(months)d months") % {
        "duration": describe_duration(months),
        "months": months,
    }


def read_aloud(request: HttpRequest) -> JsonResponse:
    """How a text is understood, for the script of the form: `{"understood": true, "sentence": "May 2013 (month)"}`."""
    understood, sentence = reading(request.GET.get("reads", ""), request.GET.get("text", ""))
    return JsonResponse({"understood": understood, "sentence": sentence})
