"""What the tests of the desk share: one row of each model, and the values of a rendered form."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from relations.enums import Language, PublicationState
from relations.models import Agreement, PlaceName, Signatory
from tests.factories import make_agreement, make_event, make_sector

MODELS = (
    "agreement",
    "citation",
    "event",
    "partnership",
    "party",
    "place",
    "placename",
    "sector",
    "signatory",
    "source",
)

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|<style|\sstyle=|\son[a-z]+=|javascript:"
)


def make_one_of_each() -> dict[str, Model]:
    """A published agreement with all that can hang on it, by model name."""
    sector = make_sector(parent=make_sector())
    agreement = make_agreement(sectors=(sector,))
    partnership, party = agreement.partnership, agreement.parties.first()
    event = make_event(partnerships=(partnership,), sectors=(sector,), agreement=agreement)
    place = partnership.italian_place
    citation = agreement.citations.first()
    return {
        "agreement": agreement,
        "citation": citation,
        "event": event,
        "partnership": partnership,
        "party": party,
        "place": place,
        "placename": PlaceName.objects.create(
            place=place, text="Altro nome", language=Language.ITALIAN
        ),
        "sector": sector,
        "signatory": Signatory.objects.create(party=party, name="Maria Rossi"),
        "source": citation.source,
    }


def make_draft(**fields: Any) -> Agreement:
    """A draft that has all that it takes to be published."""
    return make_agreement(state=PublicationState.DRAFT, **fields)


def make_reviewed(**fields: Any) -> Agreement:
    """One that is in review, and has all that it takes."""
    return make_agreement(state=PublicationState.REVIEW, **fields)


def form_values(response: HttpResponse) -> dict[str, Any]:
    """What a browser would send back if the editor changed nothing on this page."""
    values = {}
    for form in _forms(response):
        for field in form:
            value = field.value()
            if isinstance(value, list):
                values[field.html_name] = [getattr(item, "pk", item) for item in value]
            elif value is not None and value is not False and field.name != "signed_by":
                values[field.html_name] = value
    return values


def inline_code(response: HttpResponse) -> list[str]:
    """What a Content-Security-Policy without exceptions would block."""
    return INLINE.findall(response.content.decode())


def post_and_confirm(client: Client, url: str, values: dict[str, Any]) -> HttpResponse:
    """Send a form; where the desk asks whether it is meant, say yes."""
    answer = client.post(url, values)
    doubts = answer.context["doubts"] if answer.context and "doubts" in answer.context else []
    if doubts:
        read = {"doubts_read": "on", "doubt": [doubt.code for doubt in doubts]}
        answer = client.post(url, values | read)
    return answer


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """The sentences of a refused form, by the name of the field, or the prefix of the form."""
    found: dict[str, list[str]] = {}
    for form in _forms(response):
        for name, sentences in form.errors.items():
            key = (form.prefix or "") if name == "__all__" else form[name].html_name
            found.setdefault(key, []).extend(sentences)
    for inline in response.context["inline_admin_formsets"]:
        if sentences := list(inline.formset.non_form_errors()):
            found.setdefault(inline.formset.prefix, []).extend(sentences)
    return found


def said(response: HttpResponse) -> list[str]:
    """The messages at the top of the page."""
    return [str(message) for message in response.context["messages"]]


def _forms(response: HttpResponse) -> Iterator[Any]:
    yield response.context["adminform"].form
    for inline in response.context["inline_admin_formsets"]:
        yield from _forms_of(inline.formset)


def _forms_of(formset: Any) -> Iterator[Any]:
    yield formset.management_form
    for form in formset.forms:
        yield form
        if hasattr(form, "signatories"):
            yield from _forms_of(form.signatories)
