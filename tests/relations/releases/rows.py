"""What the tests of releases share."""

from relations.releases import FILES, Edition
from relations.releases.rows import read_csv

SITE = "https://atlas.example.org"


def cells(kind):
    """The public rows of a table as the file has them, by column."""
    return read_csv(FILES[f"{kind}.csv"].make(Edition(SITE)).body)


def slugs(kind):
    """The slugs of its rows."""
    return [row["slug"] for row in cells(kind)]
