"""The texts of a release, and how to cite one."""

import re
from datetime import date

from django.conf import settings

from relations.licence import LICENCE, LICENCE_URL
from relations.releases.editions import AUTHORS, STEM, TITLE, Edition
from relations.tables import TABLES

_README = """\
{title}
Atlante dei gemellaggi Italia–Giappone
日伊姉妹都市アトラス

{label}

Every twinning, friendship pact, memorandum and protocol between Italian and Japanese
cities, regions and prefectures that public sources tell of, each fact with its source.
Only what is published; drafts and what was withdrawn are not in it.

Where it comes from
    {site}/data/

What is in it
{tables}
    data/<table>.csv                 the tables: UTF-8, comma-separated, RFC 4180
    data/<table>.csv-metadata.json   what the columns of a table are: CSV on the Web
    data/csv-metadata.json           the same of all tables, with what links them
    *.geojson                        partnerships as lines, places as points: RFC 7946
    atlas.ttl, atlas.jsonld          everything as linked data: Turtle and JSON-LD (RDF 1.1)
    CHANGELOG.md                     what changed since the last release, fact by fact
    CITATION.cff                     how to cite it, for programs
    LICENSE.txt                      the licence
    manifest.json                    rows, bytes and SHA-256 of every file

How to read it
    Dates are as precise as their source: 1960-05-03, 2013-11, 1986, 1986~ (EDTF). A year
    is never a day. An empty cell is something that is not known, or that there is not.
    Records are named by their slugs, which do not change; what they name has the URI
    {site}/<table>/<slug>/
    (citations have none). Codes are text: their zeros count. A cell that a program could
    take for a formula has an apostrophe before it, which is no part of it.

Licence
    Creative Commons Attribution 4.0 International (CC BY 4.0)
    {licence}

How to cite it
    {citation}
"""


def readme(edition: Edition, rows: dict[str, int]) -> str:
    """What a release is and holds; `rows` are the records of each table."""
    return _README.format(
        title=TITLE,
        label=edition.label[:1].upper() + edition.label[1:],
        site=edition.site,
        tables="\n".join(f"    {kind + '.csv':<16}{rows[kind]:>7} rows" for kind in TABLES),
        licence=LICENCE_URL,
        citation=citation(edition),
    )


def citation(edition: Edition) -> str:
    """One sentence to cite a release by."""
    return f"{TITLE}, data set, {edition.label}, {edition.site}/data/. {LICENCE}."


def bibtex(edition: Edition, on: date) -> str:
    """The same for BibTeX; `on` is the day of access, which what is current is dated by."""
    day = edition.day or on
    version = f"  version   = {{{edition.number}}},\n" if edition.number else ""
    return (
        f"@misc{{{STEM}-{edition.number or day},\n"
        f"  title     = {{{{{TITLE}}}}},\n"
        f"  author    = {{{{{AUTHORS}}}}},\n"
        f"  publisher = {{{{{settings.PUBLISHER_NAME}}}}},\n"
        f"  year      = {{{day.year}}},\n"
        f"{version}"
        f"  url       = {{{edition.site}/data/}},\n"
        f"  urldate   = {{{on}}},\n"
        f"  note      = {{Data set, {edition.label}. {LICENCE}}}\n"
        f"}}"
    )


def citation_file(edition: Edition) -> str:
    """The repository's CITATION.cff with number, day and address of a release."""
    text = _of_the_project("CITATION.cff")
    dated = (
        f'version: "{edition.number}"\ndate-released: "{edition.day}"\nurl: {edition.site}/data/'
    )
    return re.sub(r"^version:.*$", dated, text, count=1, flags=re.MULTILINE)


def licence() -> str:
    """The licence of the data, with what it covers."""
    return _of_the_project("LICENSE-DATA")


def _of_the_project(name: str) -> str:
    text: str = (settings.BASE_DIR / name).read_text(encoding="utf-8")
    return text
