"""The history of a record as people read it, and the way back to an earlier version."""

from relations.history.deleted import deleted
from relations.history.differences import Difference, Piece, differences, word_differences
from relations.history.reading import Entry, History, Item, history_of
from relations.history.restoring import Restoration, restoration_to, restore
from relations.models.public_changes import whole_of

__all__ = (
    "Difference",
    "Entry",
    "History",
    "Item",
    "Piece",
    "Restoration",
    "deleted",
    "differences",
    "history_of",
    "restoration_to",
    "restore",
    "whole_of",
    "word_differences",
)
