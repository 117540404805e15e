"""What may be wrong with a record although nothing forbids it: the desk asks once, then saves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from relations.enums import AgreementKind, CitedField
from relations.models import Agreement, Citation, GazetteerEntry, Place
from relations.text import fold

# How sources call a twinning, folded: gemellaggio, twinning or twin cities, sister city, 姉妹都市.
_WORDS_FOR_TWINNING = ("gemell", "twin", "sister", "姉妹")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence for people; `code` tells it from other doubts about the same agreement or place."""

    code: str
    sentence: str


def doubts_about(record: Agreement | Place, on: date) -> list[Doubt]:
    """What is worth a second look in an agreement, with its parties and citations, or in a place."""
    return _about_act(record, on) if isinstance(record, Agreement) else list(_elsewhere(record))


def _about_act(act: Agreement, on: date) -> list[Doubt]:
    citations = list(act.citations.all())
    return [
        *_same_year(act),
        *_future(act, on),
        *_without_office(act),
        *_without_source(citations),
        *_called_otherwise(act, citations),
    ]


def _same_year(act: Agreement) -> Iterator[Doubt]:
    if act.signed_latest is None or act.signed_earliest is None:
        return
    year = act.signed_earliest.year
    if act.signed_latest.year != year:
        return
    others = Agreement.objects.exclude(pk=act.pk).filter(
        partnership=act.partnership_id, signed_earliest__year=year, signed_latest__year=year
    )
    for other in others:
        sentence = _("“%(act)s” joins the same two places and is of the same year, %(year)s.")
        yield Doubt(f"same-year-{other.pk}", sentence % {"act": other, "year": year})


def _future(act: Agreement, on: date) -> Iterator[Doubt]:
    if act.signed_earliest and act.signed_earliest > on:
        yield Doubt("future", _("The date of the signature is in the future."))


def _without_office(act: Agreement) -> Iterator[Doubt]:
    for party in act.parties.select_related("place").prefetch_related("signatories"):
        for person in party.signatories.all():
            if not person.office:
                sentence = _("The office of %(person)s, who signed for %(party)s, is missing.")
                yield Doubt(
                    f"office-{person.name}", sentence % {"person": person.name, "party": party}
                )


def _without_source(citations: Sequence[Citation]) -> Iterator[Doubt]:
    if not citations:
        yield Doubt("source", _("No source is cited yet; without one it cannot be published."))


def _called_otherwise(act: Agreement, citations: Sequence[Citation]) -> Iterator[Doubt]:
    if act.kind != AgreementKind.TWINNING:
        return
    for citation in citations:
        folded = fold(citation.stated)
        if citation.field == CitedField.KIND and not any(w in folded for w in _WORDS_FOR_TWINNING):
            sentence = _("The kind is twinning, but a source calls it “%(stated)s”.")
            yield Doubt(f"kind-{citation.stated}", sentence % {"stated": citation.stated})


def _elsewhere(place: Place) -> Iterator[Doubt]:
    """Whether the nearest municipality of the gazetteer lies in another region than the place is said to."""
    if place.region is None:
        return
    nearest = GazetteerEntry.objects.nearest(place)
    if nearest is None or nearest.region_code == place.region.code:
        return
    region = Place.objects.filter(country=nearest.country, code=nearest.region_code).first()
    yield Doubt(
        f"elsewhere-{nearest.code}",
        _("The point is nearest to %(nearest)s (%(there)s), and so perhaps not in %(region)s.")
        % {"nearest": nearest, "there": region or nearest.region_code, "region": place.region},
    )
