"""From SVG to a picture, which is kept: nothing is drawn twice."""

import logging
from hashlib import sha256

import resvg_py
from django.core.cache import caches

from relations.pictures import fonts

logger = logging.getLogger(__name__)


def key_of(drawn: str) -> str:
    """A name of what is drawn, another one after any change of it or of the fonts."""
    return sha256("\n".join([drawn, *fonts.files()]).encode()).hexdigest()[:32]


def png_of(drawn: str) -> bytes:
    """The picture (PNG) that an SVG document draws, from what is kept or drawn now."""
    kept, key = caches["pictures"], key_of(drawn)
    found: bytes | None = kept.get(key)
    if found is not None:
        return found
    made = resvg_py.svg_to_bytes(svg_string=drawn, font_files=fonts.files(), skip_system_fonts=True)
    try:
        kept.set(key, made)
    except OSError:  # a disk that is full or may only be read
        logger.exception("A picture could not be kept.")
    return made
