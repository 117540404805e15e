"""What a page shows, as files: the same rows under the same query string, in every format."""

from relations.exports.formats import FORMATS, SUFFIXES, Format, formats_of
from relations.exports.selection import Selection

__all__ = ("FORMATS", "SUFFIXES", "Format", "Selection", "formats_of")
