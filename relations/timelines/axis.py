"""The axis of years: where a date stands on it, and the columns into which it is parted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# Positions are whole thousandths of the axis: a stylesheet has a class for each, since the
# Content-Security-Policy allows no style in an attribute.
THOUSAND = 1000
FINE = 25
# The year of the first twinning between the two countries: the axis begins there, or before.
FIRST_TWINNING = 1960
# An axis of so many years has columns of ten; a shorter one of five, or of one.
LONG, MIDDLE = 30, 12


class Span(NamedTuple):
    """Where something begins and ends on the axis, in thousandths of it."""

    start: int
    end: int

    @property
    def classes(self) -> str:
        """The classes that place it, see static/css/positions.css."""
        return f"{_classes('x', self.start)} {_classes('to', self.end)}"


def _classes(name: str, thousandths: int) -> str:
    fine = thousandths % FINE
    return f"{name}-{thousandths - fine} {name}f-{fine}"


@dataclass(frozen=True, slots=True)
class Column:
    """Some years of the axis, and how many agreements were signed in them.

    An agreement of which only the decade is known counts where this is one column.
    """

    first: int
    last: int
    span: Span
    count: int


@dataclass(frozen=True, slots=True)
class Axis:
    """From the beginning of a year to the end of another."""

    first: int
    last: int

    @property
    def years(self) -> int:
        """How many years it spans."""
        return self.last - self.first + 1

    def span(self, earliest: date, latest: date) -> Span:
        """Where a time from the beginning of a day to the end of another stands; a single day is a point."""
        start = self._at(earliest)
        return Span(start, start if latest <= earliest else max(self._at(latest), start + 1))

    def _at(self, day: date) -> int:
        begins = date(day.year, 1, 1)
        share = (day - begins).days / ((date(day.year, 12, 31) - begins).days + 1)
        position = (day.year + share - self.first) / self.years
        return round(THOUSAND * min(max(position, 0), 1))

    @property
    def step(self) -> int:
        """How many years a column has."""
        if self.years > LONG:
            return 10
        return 5 if self.years > MIDDLE else 1

    def columns(self, signed: Iterable[tuple[date, date]]) -> list[Column]:
        """The columns, with what was signed in them from first to last possible day."""
        years = [(earliest.year, latest.year) for earliest, latest in signed]
        columns = []
        for begin in range(self.first - self.first % self.step, self.last + 1, self.step):
            first, last = max(begin, self.first), min(begin + self.step - 1, self.last)
            span = Span(
                self._at(date(first, 1, 1)), round(THOUSAND * (last + 1 - self.first) / self.years)
            )
            count = sum(first <= least and most <= last for least, most in years)
            columns.append(Column(first, last, span, count))
        return columns

    def curve(self, signed: Iterable[date], height: int) -> str:
        """The running total as an SVG path over a box of 1000 by `height`, from the days by which each was signed."""
        days = sorted(signed)
        path = f"M0 {height}"
        for n, day in enumerate(days, start=1):
            x, y = self._at(day), height * (1 - n / len(days))
            path += f"H{x}V{y:.1f}"
        return f"{path}H{THOUSAND}"


def axis_of(
    asked: tuple[int | None, int | None], shown: Iterable[tuple[date, date]], on: date
) -> Axis:
    """The axis of the years that are asked for, or else from the first twinning until today."""
    shown = list(shown)
    least, most = asked
    first = least or min([FIRST_TWINNING, *(earliest.year for earliest, _latest in shown)])
    last = most or max([on.year, *(latest.year for _earliest, latest in shown)])
    return Axis(min(first, last), max(first, last))
