"""The numbers that people quote: what is counted, and published figures beside a stated rule. Pure: no query."""

from relations.counts.figures import PUBLISHED, Published, Reckoning, reckon
from relations.counts.rules import (
    AFFILIATIONS,
    BodyKind,
    Reason,
    Rule,
    Unit,
    body_kind,
    joins_local_governments,
)
from relations.counts.tallies import Tally, by_kind, by_status, by_tests, tally

__all__ = (
    "AFFILIATIONS",
    "PUBLISHED",
    "BodyKind",
    "Published",
    "Reason",
    "Reckoning",
    "Rule",
    "Tally",
    "Unit",
    "body_kind",
    "by_kind",
    "by_status",
    "by_tests",
    "joins_local_governments",
    "reckon",
    "tally",
)
