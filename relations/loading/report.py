"""What a load did, and what keeps one from being done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.utils.translation import ngettext

from relations.loading.layout import Key, Layout


class Outcome(StrEnum):
    """What became of a record of the files."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # an editor changed or deleted it since the last load


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record by its model's label and its natural key; `why` says why it was kept."""

    model: str
    key: Key
    why: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.model} “{' · '.join(part for part in self.key if part)}”"


@dataclass(slots=True)
class LoadReport:
    """What a load did, record by record, in the order in which it was done."""

    outcomes: dict[Outcome, list[RecordName]] = field(
        default_factory=lambda: {outcome: [] for outcome in Outcome}
    )

    def add(self, outcome: Outcome, layout: Layout, key: Key, why: str = "") -> None:
        """Note what became of a record."""
        self.outcomes[outcome].append(RecordName(layout.label, key, why))

    @property
    def created(self) -> list[RecordName]:
        """Records that were not there."""
        return self.outcomes[Outcome.CREATED]

    @property
    def updated(self) -> list[RecordName]:
        """Records that a file had written and now writes otherwise."""
        return self.outcomes[Outcome.UPDATED]

    @property
    def unchanged(self) -> list[RecordName]:
        """Records that were already as the files say."""
        return self.outcomes[Outcome.UNCHANGED]

    @property
    def kept(self) -> list[RecordName]:
        """Records that stay as an editor left them, although the files say otherwise."""
        return self.outcomes[Outcome.KEPT]

    @property
    def counts(self) -> dict[str, Counter[Outcome]]:
        """How many records of each model (by label) had each outcome."""
        counts: dict[str, Counter[Outcome]] = {}
        for outcome, names in self.outcomes.items():
            for name in names:
                counts.setdefault(name.model, Counter())[outcome] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where; as text, one sentence for people.

    `line` counts from 1 and is 0 for a file as a whole; `record` and `field` are empty
    where the problem is not about one.
    """

    file: Path
    message: str
    line: int = 0
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        where = ", ".join(part for part in (str(self.file), line, self.record, self.field) if part)
        return f"{where}: {self.message}"


class LoadError(Exception):
    """Nothing was loaded, because of the `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (str(problem.file), problem.line))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def summary(self) -> str:
        """One sentence that says that nothing was loaded, and for how many problems."""
        count = len(self.problems)
        return ngettext(
            "Nothing was loaded: there is %(count)d problem.",
            "Nothing was loaded: there are %(count)d problems.",
            count,
        ) % {"count": count}
