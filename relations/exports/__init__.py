"""What a page shows, as files: the same rows under the same query string, in every format."""

from relations.exports.selection import Selection
from relations.exports.writing import write

__all__ = ("Selection", "write")
