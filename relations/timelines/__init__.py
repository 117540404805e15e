"""The timeline: from agreements and events to the lanes, marks and columns that a page draws.

All of it is computed here, so that a page draws its timeline without JavaScript.
"""

from relations.timelines.axis import Axis, Column, Span
from relations.timelines.drawing import Choice, Lane, Mark, Timeline, draw, is_folded
from relations.timelines.entries import Entry, acts_of, events_of
from relations.timelines.lanes import LANES, Theme

__all__ = (
    "LANES",
    "Axis",
    "Choice",
    "Column",
    "Entry",
    "Lane",
    "Mark",
    "Span",
    "Theme",
    "Timeline",
    "acts_of",
    "draw",
    "events_of",
    "is_folded",
)
