"""What of a release was read as its label tells it, and how that is counted. `bench.evaluate` states the rules."""

import dataclasses
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from relations.enums import Renewal
from relations.press.readings import ActReading, Person, Reading, Suggestion
from relations.text import fold

Values = Mapping[str, Iterable[Hashable]]

_NO_ACT: Mapping[str, Any] = {
    "kind": None,
    "stage": None,
    "signed": None,
    "signed_at": None,
    "bodies": (),
    "signatories": (),
    "term_months": None,
    "renewal": None,
    "sectors": (),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """The values of one field: read as told (`hits`), read but not told (`extras`), told but not read (`misses`)."""

    hits: tuple[Hashable, ...] = ()
    extras: tuple[Hashable, ...] = ()
    misses: tuple[Hashable, ...] = ()

    @classmethod
    def of(cls, read: Iterable[Hashable], told: Iterable[Hashable]) -> "Outcome":
        """Compare what was read with what is told; a value that is told once is read once."""
        read, told = Counter(read), Counter(told)
        return cls(
            hits=tuple((read & told).elements()),
            extras=tuple((read - told).elements()),
            misses=tuple((told - read).elements()),
        )

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.hits + other.hits, self.extras + other.extras, self.misses + other.misses
        )

    @property
    def precision(self) -> float | None:
        """Which share of what was read is told; None where nothing was read."""
        return _share(len(self.hits), len(self.hits) + len(self.extras))

    @property
    def recall(self) -> float | None:
        """Which share of what is told was read; None where nothing is told."""
        return _share(len(self.hits), len(self.hits) + len(self.misses))

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing is told and nothing was read."""
        either = 2 * len(self.hits) + len(self.extras) + len(self.misses)
        return _share(2 * len(self.hits), either)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def compare(reading: Reading, label: Mapping[str, Any]) -> dict[str, Outcome]:
    """The outcome of each field, by its name."""
    read, told = values_read(reading), values_told(label)
    return {field: Outcome.of(read[field], told[field]) for field in told}


def values_told(label: Mapping[str, Any]) -> Values:
    """What a label tells, field by field, in the form in which it is compared."""
    act = label["act"] or _NO_ACT
    return {
        "language": [label["language"]],
        "publisher": _some(fold(label["source"]["publisher"] or "")),
        "published": [label["source"]["published"]],
        "places": label["places"],
        "near_misses": label["near_misses"],
        "kind": [act["kind"]],
        "stage": [act["stage"]],
        "signed": [act["signed"]],
        "signed_at": _some(act["signed_at"]),
        "bodies": [(body["place"], body["institution"]) for body in act["bodies"]],
        "signatories": [(_name(one["name"]), one["country"]) for one in act["signatories"]],
        "term": _some(act["term_months"]),
        "renewal": _some(act["renewal"]),
        "sectors": act["sectors"],
        "further_acts": [
            (told["kind"], told["signed"], frozenset(told["places"]))
            for told in label["further_acts"]
        ],
        "events": [(told["kind"], told["start"]) for told in label["events"]],
    }


def values_read(reading: Reading) -> Values:
    """What was read, likewise; of the act that comes first."""
    act = reading.acts[0] if reading.acts else ActReading()
    renewal = _value(act.renewal)
    return {
        "language": [reading.language],
        "publisher": _some(fold(_value(reading.source.publisher) or "")),
        "published": [_day(reading.source.published)],
        "places": [place.value.key for place in reading.places],
        "near_misses": [place.value.key for place in reading.near_misses],
        "kind": [_value(act.kind)],
        "stage": [_value(act.stage)],
        "signed": [_day(act.signed)],
        "signed_at": [act.signed_at.value.key] if act.signed_at else [],
        "bodies": [(body.value.place.key, body.value.institution) for body in act.bodies],
        "signatories": [_signatory(person.value) for person in act.signatories],
        "term": _some(_value(act.term_months)),
        "renewal": _some(renewal if renewal != Renewal.UNKNOWN else None),
        "sectors": [sector.value for sector in act.sectors],
        "further_acts": [
            (_value(one.kind), _day(one.signed), frozenset(b.value.place.key for b in one.bodies))
            for one in reading.acts[1:]
        ],
        "events": [(event.kind.value, _day(event.start)) for event in reading.events],
    }


def _some(value: Any) -> list[Hashable]:
    return [value] if value else []


def _value(suggestion: Suggestion[Any] | None) -> Any:
    return suggestion.value if suggestion else None


def _day(suggestion: Suggestion[str] | None) -> str | None:
    """A date without what is said of its certainty."""
    return suggestion.value.rstrip("~?%") if suggestion else None


def _signatory(person: Person) -> tuple[str, str | None]:
    return _name(person.name), person.country


def _name(name: str) -> str:
    """Folded, and without spaces: Japanese is written with and without one between the names."""
    return fold(name).replace(" ", "")


def invented(reading: Reading, release: str) -> list[tuple[str, Suggestion[Any]]]:
    """The suggestions without evidence, or whose evidence does not lie in the release."""
    folded = fold(release)
    return [
        (path, suggestion)
        for path, suggestion in suggestions(reading)
        if not suggestion.evidence or _is_invented(suggestion, reading, folded)
    ]


def _is_invented(suggestion: Suggestion[Any], reading: Reading, folded: str) -> bool:
    for span in suggestion.evidence:
        is_inside = 0 <= span.start < span.end <= len(reading.text)
        evidence = reading.text[span.start : span.end]
        if not is_inside or not evidence.strip() or fold(evidence) not in folded:
            return True
    return False


def suggestions(part: object, path: str = "") -> Iterator[tuple[str, Suggestion[Any]]]:
    """Every suggestion in a reading, or in a part of one, with where it stands there: `acts 1 kind`."""
    if isinstance(part, Suggestion):
        yield path, part
    elif isinstance(part, tuple):
        for number, one in enumerate(part, start=1):
            yield from suggestions(one, f"{path} {number}")
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            yield from suggestions(getattr(part, field.name), f"{path} {field.name}".strip())
