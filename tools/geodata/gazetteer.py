"""The gazetteer: every place that may come to have a partner, as project data."""

from . import italy, japan
from .entries import table


def files() -> dict[str, str]:
    """Return the content of every file, by its path in the project."""
    return {
        "data/gazetteer/italy.tsv": table(italy.entries()),
        "data/gazetteer/japan.tsv": table(japan.entries()),
    }
