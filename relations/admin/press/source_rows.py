"""The source of a reading, as rows."""

from django import forms
from django.utils.translation import gettext as _

from relations.admin.press.fields import choice_field, date_field, text_field
from relations.admin.press.release_form import Received
from relations.admin.press.rows import NEW, Form, Group, Part, Rows
from relations.enums import Language, SourceKind
from relations.press.comparison import Comparison
from relations.press.readings import Reading

_TITLE = 300


def source_part(form: Form, reading: Reading, comparison: Comparison, received: Received) -> Part:
    """The release itself; where the atlas seems to have it, that one is proposed."""
    rows, read = Rows(form, "source"), reading.source
    given = received.publisher
    publisher = text_field(
        _("Publisher"), given or (read.publisher.value if read.publisher else "")
    )
    title = text_field(_("Title"), read.title.value if read.title else "", _TITLE)
    published = date_field(_("Date of publication"), read.published.value if read.published else "")
    kinds = choice_field(_("Kind"), SourceKind.choices, SourceKind.PRESS_RELEASE)
    languages = choice_field(_("Language"), Language.choices, reading.language)
    made = (
        rows.row("publisher", None if given else read.publisher, {"": publisher}),
        rows.row("title", read.title, {"": title}),
        rows.row("published", read.published, {"": published}),
        rows.row("url", None, {"": _url(received.url)}),
        rows.row("kind", None, {"": kinds}),
        rows.row("language", None, {"": languages}),
    )
    target = _target(form, comparison)
    return Part("source", _("Where you read it"), (Group("", made),), target)


def _target(form: Form, comparison: Comparison) -> str:
    """The field that chooses among the sources that it may be; empty where there is none."""
    known = [kept.source for kept in comparison.texts]
    sources = list(dict.fromkeys([*known, *comparison.sources]))
    if not sources:
        return ""
    choices = [(str(source.pk), str(source)) for source in sources]
    form.fields["source"] = forms.ChoiceField(
        label=_("One that the atlas has"),
        choices=[*choices, (NEW, _("A new source"))],
        initial=choices[0][0],
        widget=forms.RadioSelect,
    )
    return "source"


def _url(initial: str) -> forms.URLField:
    return forms.URLField(
        label=_("URL"),
        required=False,
        initial=initial,
        assume_scheme="https",
        widget=forms.URLInput({"class": "vURLField"}),
    )
