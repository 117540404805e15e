"""The data as a whole: its tables as files, what is missing in them, and numbered, dated releases.

The same files stand at `/data/` as they are now and in each release as they were: what the page
offers and what a release holds come from one list, `FILES`.
"""

from relations.releases.editions import Edition
from relations.releases.figures import Figure, figure, figures
from relations.releases.files import FILES, Content, DataFile
from relations.releases.gaps import Gap, gaps
from relations.releases.making import make
from relations.releases.shelf import Release, ReleaseError, releases
from relations.releases.texts import bibtex
from relations.releases.words import TABLE_WORDS, expected

__all__ = (
    "FILES",
    "TABLE_WORDS",
    "Content",
    "DataFile",
    "Edition",
    "Figure",
    "Gap",
    "Release",
    "ReleaseError",
    "bibtex",
    "expected",
    "figure",
    "figures",
    "gaps",
    "make",
    "releases",
)
