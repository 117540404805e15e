"""Reading a text with the places that are stored."""

from datetime import date
from functools import lru_cache

from relations.models import DatasetVersion
from relations.press.reader import Reader
from relations.press.readings import Reading
from relations.press.stored import stored_gazetteer


def read(text: str, received: date) -> Reading:
    """What a release says that was received on a day."""
    return _reader(DatasetVersion.objects.current()).read(text, received=received)


@lru_cache(maxsize=1)
def _reader(_version: str) -> Reader:
    """Made in about a second, and again when the data have changed."""
    return Reader(stored_gazetteer())
