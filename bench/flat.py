"""The same partnerships as one flat table, as one would hand them to Datasette.

A row is a partnership with its first agreement and the first of its sectors: no more rows than
the list of the atlas has, no joins and no list in a cell, which makes it as easy as it can be.
"""

import sqlite3
from pathlib import Path

DATABASE, TABLE = "flat", "partnerships"
FILTERED = ("italian_region", "prefecture", "sector", "kind", "status", "year")

_SELECT = """
SELECT
  p.slug, i.name_it AS italian_place, coalesce(ir.code, i.code) AS italian_region,
  j.name_it AS japanese_place, coalesce(jr.code, j.code) AS prefecture,
  a.title_it AS title, a.kind, a.signed, CAST(substr(a.signed_earliest, 1, 4) AS INTEGER) AS year,
  CASE WHEN a.id IS NULL THEN 'proposed' WHEN a.ended <> '' THEN 'ended' ELSE 'in_force' END AS status,
  (SELECT s.code FROM atlas.relations_agreement_sectors x JOIN atlas.relations_sector s ON s.id = x.sector_id
   WHERE x.agreement_id = a.id ORDER BY s."order" LIMIT 1) AS sector,
  p.summary_it AS summary
FROM atlas.relations_partnership p
JOIN atlas.relations_place i ON i.id = p.italian_place_id
JOIN atlas.relations_place j ON j.id = p.japanese_place_id
LEFT JOIN atlas.relations_place ir ON ir.id = i.region_id
LEFT JOIN atlas.relations_place jr ON jr.id = j.region_id
LEFT JOIN atlas.relations_agreement a ON a.id = (
  SELECT min(first.id) FROM atlas.relations_agreement first WHERE first.partnership_id = p.id)
ORDER BY p.slug
"""


def export(atlas: Path, *, tuned: bool) -> Path:
    """Write the table beside the database of the atlas, unless it is there; tuned, every filtered column has an index."""
    path = atlas.parent / f"{atlas.stem}-{'tuned' if tuned else 'plain'}" / f"{DATABASE}.db"
    if path.exists():
        return path
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    table = sqlite3.connect(part)
    table.execute("ATTACH ? AS atlas", (str(atlas),))
    columns = (
        "slug TEXT PRIMARY KEY, italian_place TEXT, italian_region TEXT, japanese_place TEXT, "
        "prefecture TEXT, title TEXT, kind TEXT, signed TEXT, year INTEGER, status TEXT, "
        "sector TEXT, summary TEXT"
    )
    table.execute(f"CREATE TABLE {TABLE} ({columns})")
    table.execute(f"INSERT INTO {TABLE} {_SELECT}")  # of names that stand above
    if tuned:
        for column in FILTERED:
            table.execute(f"CREATE INDEX by_{column} ON {TABLE} ({column})")
        table.execute("ANALYZE")
    table.commit()
    table.close()
    return part.rename(path)
