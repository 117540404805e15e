"""Text in the cells of files that programs for tables open. A leaf: it imports nothing of ours.

A cell that begins with one of `= + - @`, a tab or a line break may be worked out as a formula.
An apostrophe before it says that it is text; what has apostrophes before such a sign already
gets one more, so that reading takes off just what writing has put on.
"""

import re

_LOOKS_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """The text as it is written into a cell: never a formula."""
    return f"'{text}" if _LOOKS_LIKE_A_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a cell was written for; the reverse of `guarded`."""
    return cell[1:] if cell.startswith("'") and _LOOKS_LIKE_A_FORMULA.match(cell) else cell
