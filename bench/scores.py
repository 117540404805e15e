"""What came out of reading many releases, and what has to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bench.counting import Outcome, compare, invented
from bench.labels import Release
from bench.tables import table
from relations.press.readings import Body, Named, Person, Reading

# Fields of which the share of releases counts, and not F1.
SHARES = ("language", "published", "kind", "stage", "signed")
TARGETS: Mapping[str, float] = {
    "places": 0.95,
    "kind": 0.90,
    "stage": 0.90,
    "signed": 0.90,
    "signatories": 0.85,
    "term": 0.95,
    "sectors": 0.75,
}


@dataclass
class Evaluation:
    """What came out for some releases: the outcome of each field, and what was made up."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    releases: int = 0
    invented: int = 0
    details: list[str] = field(default_factory=list)

    def count(self, release: Release, reading: Reading) -> None:
        """Add what was read in a release that has a label."""
        assert release.label is not None  # noqa: S101 # those without are printed
        self.releases += 1
        for name, outcome in compare(reading, release.label).items():
            self.outcomes[name] = self.outcomes.get(name, Outcome()) + outcome
            self.details += [f"{release.name}  {name:<12} missed {v}" for v in outcome.misses]
            self.details += [f"{release.name}  {name:<12} extra  {v}" for v in outcome.extras]
        made_up = invented(reading, release.text)
        self.invented += len(made_up)
        self.details += [
            f"{release.name}  {path:<12} invented {shown(made.value)}" for path, made in made_up
        ]

    def figure(self, name: str) -> float | None:
        """What counts of a field: a share, or F1."""
        outcome = self.outcomes[name]
        return outcome.recall if name in SHARES else outcome.f1

    def missed(self) -> list[str]:
        """The fields whose target was not reached; none of which nothing is told and nothing was read."""
        figures = {name: self.figure(name) for name in TARGETS}
        below = [
            name
            for name, figure in figures.items()
            if figure is not None and figure < TARGETS[name]
        ]
        return [*below, *(["invented"] if self.invented else [])]

    def table(self) -> str:
        """Every field in a row."""
        head = ("Field", "told", "precision", "recall", "F1", "share", "target")
        return table(head, [self._row(name, outcome) for name, outcome in self.outcomes.items()])

    def _row(self, name: str, outcome: Outcome) -> tuple[str, ...]:
        told = str(len(outcome.hits) + len(outcome.misses))
        shares: tuple[float | None, ...]
        if name in SHARES:
            shares = (None, None, None, outcome.recall)
        else:
            shares = (outcome.precision, outcome.recall, outcome.f1, None)
        return name, told, *map(_decimal, (*shares, TARGETS.get(name)))


def _decimal(share: float | None) -> str:
    return "" if share is None else f"{share:.3f}"


def shown(value: object) -> str:
    """A value as people read it."""
    match value:
        case Named(key=key, name=name):
            return f"{name} [{key}]"
        case Body(place=place, institution=institution, name=name):
            return f"{shown(place)}, {institution} {name}".rstrip()
        case Person(name=name, office=office, country=country):
            return f"{name}, {office or 'no office'}, {country or 'no side'}"
        case _:
            return str(value)
