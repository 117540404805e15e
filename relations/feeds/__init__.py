"""Calendars of anniversaries and feeds of changes, for programs to subscribe to."""

from relations.feeds.calendars import calendar
from relations.feeds.changes import changes

__all__ = ("calendar", "changes")
