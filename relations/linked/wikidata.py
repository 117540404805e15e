"""What Wikidata already says of twinnings between Italy and Japan, as its query service gives it."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

# For https://query.wikidata.org/; its answer, downloaded as CSV or TSV, is what `read_known` reads.
QUERY = """\
SELECT ?item ?partner ?start ?end (COUNT(DISTINCT ?reference) AS ?references) WHERE {
  VALUES (?here ?there) { (wd:Q38 wd:Q17) (wd:Q17 wd:Q38) }
  ?item wdt:P17 ?here ; p:P190 ?statement .
  ?statement ps:P190 ?partner .
  ?partner wdt:P17 ?there .
  OPTIONAL { ?statement pq:P580 ?start }
  OPTIONAL { ?statement pq:P582 ?end }
  OPTIONAL { ?statement prov:wasDerivedFrom ?reference }
} GROUP BY ?item ?partner ?start ?end"""

_ITEM = re.compile(r"\bQ[1-9]\d*")


class KnownError(ValueError):
    """A file that is no answer to the query; its message is for people."""


@dataclass(frozen=True, slots=True)
class Known:
    """Which parts a statement of Wikidata has; it may say the same twice, with other parts each time."""

    start: bool = False
    end: bool = False
    reference: bool = False

    def __or__(self, other: "Known") -> "Known":
        return Known(
            self.start or other.start,
            self.end or other.end,
            self.reference or other.reference,
        )


def read_known(lines: Iterable[str]) -> dict[tuple[str, str], Known]:
    """What a downloaded answer says, by item and partner.

    Raises:
        KnownError: the lines have no columns “item” and “partner”, or a row names no items there.
    """
    text = list(lines)
    header = text[0] if text else ""
    rows = csv.DictReader(text, delimiter="\t" if "\t" in header else ",")
    # The detailed TSV has a question mark before each name.
    rows.fieldnames = [name.strip("\ufeff? ") for name in rows.fieldnames or ()]
    if not {"item", "partner"} <= set(rows.fieldnames):
        raise KnownError("has no columns “item” and “partner”: it is not the answer to the query")
    known: dict[tuple[str, str], Known] = {}
    for row in rows:
        found = [_ITEM.search(row[name] or "") for name in ("item", "partner")]
        if not all(found):
            raise KnownError(f"names no items of Wikidata in line {rows.line_num}")
        pair = tuple(match[0] for match in found if match)
        known[pair[0], pair[1]] = known.get((pair[0], pair[1]), Known()) | _parts(row)
    return known


def _parts(row: dict[str, str]) -> Known:
    return Known(
        bool(row.get("start")),
        bool(row.get("end")),
        # "2", or in the detailed TSV "2"^^<…#integer>
        not re.match(r'"?0\b', row.get("references") or "0"),
    )
