"""Statements for Wikidata, in the text that QuickStatements reads (version 1, cells parted by tabs).

Twins (P190) with their start (P580) and end (P582), each with the address of its source (S854),
its archived copy (S1065) and the day of its retrieval (S813). A person checks and uploads them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from relations.dates import DatePrecision, PartialDate, parse
from relations.enums import CitedField, Status
from relations.linked.twinned import affiliations
from relations.linked.wikidata import Known
from relations.models import Agreement, Citation, Partnership, Party, Source

NO_ITEM = "a place without a Wikidata id"
NO_TWINNING = "no twinning of the two governments"
NO_ADDRESS = "no source with an address"
REASONS = (NO_ITEM, NO_TWINNING, NO_ADDRESS)

# Wikidata's number for each precision, and how much of the date it is; the rest is zeros, which
# Wikidata takes for unknown.
_PRECISIONS = {
    DatePrecision.DAY: (11, "+{0:%Y-%m-%d}T00:00:00Z"),
    DatePrecision.MONTH: (10, "+{0:%Y-%m}-00T00:00:00Z"),
    DatePrecision.YEAR: (9, "+{0:%Y}-00-00T00:00:00Z"),
    DatePrecision.DECADE: (8, "+{0:%Y}-00-00T00:00:00Z"),
}
# That there is a value, and nobody knows which.
SOME_VALUE = "somevalue"


@dataclass(frozen=True, slots=True)
class Statement:
    """That an item is the twin of another; the empty text is for what is not known."""

    item: str
    partner: str
    start: str
    end: str
    source: Source

    def line(self, known: Known) -> str:
        """The statement without the parts that Wikidata has; empty where it has them all.

        QuickStatements adds the parts to a statement that is there already.
        """
        qualifiers = [
            (name, value)
            for name, value, is_there in (
                ("P580", self.start, known.start),
                ("P582", self.end, known.end),
            )
            if value and not is_there
        ]
        if known.reference and not qualifiers:
            return ""
        parts = [self.item, "P190", self.partner]
        for name, value in (*qualifiers, *_reference(self.source)):
            parts += [name, value]
        return "\t".join(parts)


@dataclass(slots=True)
class Export:
    """The lines to upload, and how many partnerships are left out for each of `REASONS`.

    `known` counts the lines that Wikidata has no need of.
    """

    lines: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    known: int = 0


def export(on: date, known: Mapping[tuple[str, str], Known] | None = None) -> Export:
    """What Wikidata lacks of the public partnerships, as they stand on a day; everything where nothing is `known`.

    P190 is symmetric: each partnership gives a line in both directions.
    """
    made, known = Export(), known or {}
    for partnership in _partnerships(on):
        reason, statements = _statements(partnership, on)
        made.left_out[reason] += bool(reason)
        for statement in statements:
            # Empty where Wikidata has nothing of the pair: then every part is lacking.
            there = known.get((statement.item, statement.partner))
            line = statement.line(there or Known())
            made.known += not line
            made.lines += [line] if line else []
    return made


def _partnerships(on: date) -> Iterator[Partnership]:
    acts = (
        Agreement.objects.published()
        .with_status(on)
        .prefetch_related(
            Prefetch("parties", Party.objects.select_related("place")),
            Prefetch(
                "citations",
                Citation.objects.select_related("source").order_by("source__slug", "pk"),
            ),
        )
    )
    yield from (
        Partnership.objects.published()
        .with_places()
        .prefetch_related(Prefetch("agreements", acts))
        .order_by("slug")
    )


def _statements(partnership: Partnership, on: date) -> tuple[str, list[Statement]]:
    """Those of a partnership in both directions, or why there are none."""
    items = (partnership.italian_place.wikidata, partnership.japanese_place.wikidata)
    if not all(items):
        return NO_ITEM, []
    acts = affiliations(partnership, on)
    if not acts:
        return NO_TWINNING, []
    # The first that is dated, or else the first: the source is that of the date.
    first = next((act for act in acts if time(act.signed_date)), acts[0])
    source = _source(first)
    if source is None:
        return NO_ADDRESS, []
    start, end = time(first.signed_date), _end(acts)
    return "", [
        Statement(item, partner, start, end, source) for item, partner in (items, items[::-1])
    ]


def time(when: PartialDate) -> str:
    """A date as QuickStatements reads it, with its precision; empty where it is unknown, approximate or uncertain.

    `+2005-05-27T00:00:00Z/11` is a day, `+2005-05-00T00:00:00Z/10` a month, `/9` a year, `/8` a decade.
    """
    if when.earliest is None or when.approximate or when.uncertain:
        return ""
    number, shape = _PRECISIONS[when.precision]
    return f"{shape.format(when.earliest)}/{number}"


def _end(acts: list[Agreement]) -> str:
    """When the last of some acts ended; empty while one has not."""
    if any(act.status != Status.ENDED for act in acts):  # type: ignore[attr-defined] # annotated
        return ""
    ends = [act.ended_date if act.ended else act.term_end_date for act in acts]
    last = max(ends, key=lambda end: end.latest or date.min)
    return time(last) or SOME_VALUE


def _source(act: Agreement) -> Source | None:
    """The source of the date that the atlas follows, or else another of the act; one that has an address."""
    citations = [citation for citation in act.citations.all() if citation.source.url]
    citations.sort(key=lambda c: (c.field != CitedField.SIGNED, not c.preferred))
    return citations[0].source if citations else None


def _reference(source: Source) -> Iterator[tuple[str, str]]:
    yield "S854", _quoted(source.url)
    if source.archived_url:
        yield "S1065", _quoted(source.archived_url)
    if source.retrieved:
        yield "S813", time(parse(source.retrieved.isoformat()))


def _quoted(address: str) -> str:
    return '"' + address.replace('"', "%22") + '"'
