"""Lives of partnerships as chance has it: acts, parties, events and what is cited for them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from relations.enums import (
    AgreementKind,
    CitedField,
    EventKind,
    Institution,
    Language,
    PublicationState,
    Renewal,
    SourceKind,
)
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    Sector,
    Signatory,
    Source,
)

FIRST_YEAR, LAST_YEAR = 1960, 2026
PUBLISHED = PublicationState.PUBLISHED

# Of a hundred dates, and of a hundred acts. A format is that of a day: %Y-%m-%d.
DATES = {"%Y-%m-%d": 55, "%Y-%m": 13, "%Y": 18, "%Y~": 3, "%Y-%m~": 2, "decade": 4, "unknown": 5}
KINDS = dict(zip(AgreementKind, (40, 20, 14, 12, 5, 5, 4), strict=True))
# The chance that a partnership is a proposal: nothing is signed, an event tells of it.
PROPOSAL = 0.07


@dataclass
class Life:
    """A partnership and all that belongs to it, unsaved; the acts in the order of signature."""

    partnership: Partnership
    source: Source
    sectors: list[Sector]
    acts: list[Agreement] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)


def make_life(
    rng: random.Random, number: int, pair: tuple[Place, Place], vocabulary: Sequence[Sector]
) -> Life:
    """The life of a partnership of two places, numbered so that no slug comes twice."""
    italian, japanese = pair
    partnership = Partnership(
        slug=f"made-{number}",
        italian_place=italian,
        japanese_place=japanese,
        first_contact=_when(rng, FIRST_YEAR) if rng.random() < 0.2 else "",
        summary_it=f"{italian.name_it} e {japanese.name_it}, legame inventato.",
        summary_en=f"{italian.name_en} and {japanese.name_en}, a made-up partnership.",
    )
    source = Source(
        slug=f"made-{number}",
        kind=rng.choice(SourceKind.values),
        publisher=italian.name_it,
        title=f"Comunicato {number}",
        language=Language.ITALIAN,
        published=_when(rng, FIRST_YEAR),
    )
    life = Life(partnership, source, rng.sample(vocabulary, rng.randint(2, 4)))
    proposed = rng.random() < PROPOSAL
    if not proposed:
        _sign(rng, life)
    for _ in range(1 if proposed else rng.choice((0, 0, 1, 1, 2))):
        _tell(rng, life)
    return life


def _when(rng: random.Random, first_year: int) -> str:
    """A date in EDTF, as precise as chance has it, from a year on."""
    first = date(first_year, 1, 1)
    day = first + timedelta(days=rng.randrange((date(LAST_YEAR + 1, 1, 1) - first).days))
    (form,) = rng.choices(list(DATES), list(DATES.values()))
    if form == "unknown":
        return ""
    return f"{day.year // 10}X" if form == "decade" else day.strftime(form)


def _sign(rng: random.Random, life: Life) -> None:
    """Add one to three acts, each of which may follow from the one before it."""
    for n in range(rng.choice((1, 1, 1, 2, 2, 3))):
        latest = life.acts[-1].signed_latest if life.acts else None
        act = _act(rng, life.partnership, n, latest.year if latest else FIRST_YEAR)
        if life.acts and rng.random() < 0.5:
            setattr(act, rng.choice(("renews", "renews", "supersedes")), life.acts[-1])
        life.acts.append(act)
        _bind(rng, life, act)
        for name, stated in (
            (CitedField.SIGNED, act.signed or "senza data"),
            (CitedField.KIND, act.get_kind_display()),
        ):
            life.citations.append(
                Citation(source=life.source, agreement=act, field=name, stated=stated)
            )


def _act(rng: random.Random, partnership: Partnership, n: int, first_year: int) -> Agreement:
    """A signed act, of which some have a term and some have ended."""
    (kind,) = rng.choices(list(KINDS), list(KINDS.values()))
    between = f"{partnership.italian_place.name_it} – {partnership.japanese_place.name_it}"
    act = Agreement(
        slug=f"{partnership.slug}-{n + 1}",
        partnership=partnership,
        kind=kind,
        title_it=f"Accordo {n + 1}, {between}",
        title_ja=f"協定{n + 1}" if rng.random() < 0.8 else "",
        title_en=f"Agreement {n + 1}, {between}",
        signed=_when(rng, min(first_year, LAST_YEAR)),
        state=PUBLISHED,
    )
    if rng.random() < 0.3:
        act.term_months = rng.choice((12, 36, 60, 120))
        act.renewal = rng.choice(Renewal.values)
    if rng.random() < 0.06:
        earliest = act.signed_earliest.year if act.signed_earliest else FIRST_YEAR
        act.ended = str(rng.randint(earliest, max(earliest, LAST_YEAR)))
    return act


def _bind(rng: random.Random, life: Life, act: Agreement) -> None:
    """Add a party on each side, on some a chamber of commerce too, and some who signed."""
    for place in (life.partnership.italian_place, life.partnership.japanese_place):
        party = Party(agreement=act, place=place)
        life.parties.append(party)
        if rng.random() < 0.3:
            name = f"Persona {rng.randint(1, 999)}"
            life.signatories.append(Signatory(party=party, name=name, office_it="Sindaco"))
        if rng.random() < 0.05:
            names: dict[str, Any] = {
                "name_it": f"Camera di commercio di {place.name_it}",
                "name_en": f"{place.name_en} Chamber of Commerce",
            }
            chamber = Institution.CHAMBER_OF_COMMERCE
            life.parties.append(Party(agreement=act, place=place, institution=chamber, **names))


def _tell(rng: random.Random, life: Life) -> None:
    """Add an event."""
    n = len(life.events) + 1
    event = Event(
        slug=f"{life.partnership.slug}-event-{n}",
        kind=rng.choice(EventKind.values),
        title_it=f"Evento {n} a {life.partnership.japanese_place.name_it}",
        title_en=f"Event {n} in {life.partnership.japanese_place.name_en}",
        start=_when(rng, FIRST_YEAR),
        state=PUBLISHED,
    )
    life.events.append(event)
    stated = event.start or "senza data"
    life.citations.append(
        Citation(source=life.source, event=event, field=CitedField.START, stated=stated)
    )
