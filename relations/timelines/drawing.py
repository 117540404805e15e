"""A timeline drawn: lanes of labelled marks, or of bars where they are too many to be read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from relations.enums import Status
from relations.models import Agreement, Event, Place, Sector
from relations.timelines.axis import THOUSAND, Axis, Column, Span, axis_of
from relations.timelines.entries import Entry
from relations.timelines.lanes import Theme, theme_of, themes_of
from relations.timelines.packing import box_of_target, place_label, rows_of

# More agreements than can be read as labels, or more marks than a page should carry, fold the lanes.
MOST_LABELS, MOST_MARKS = 150, 700
CURVE_HEIGHT = 60
BAR_HEIGHT = 40
TENS = 10
LATE = 600
# The treaty from which the two countries count their relations, and its round anniversaries:
# https://www.it.emb-japan.go.jp/150/it/curiosita.html
TREATY = date(1866, 8, 25)
ROUND = (0, 50, 100, 150, 160, 200)


@dataclass(frozen=True, slots=True)
class Mark:
    """An agreement or event in its lane. `side` is where its label stands, empty if it has none."""

    entry: Entry
    record: Agreement | Event
    span: Span
    side: str = ""
    row: int = 0

    @property
    def is_point(self) -> bool:
        """Whether its day is known, so that it is a point and no bar."""
        return self.span.start == self.span.end

    @property
    def is_late(self) -> bool:
        """Whether it stands so far to the right that what is said of it must reach to the left."""
        return self.span.start > LATE

    @property
    def classes(self) -> str:
        """The classes that place it, see static/css/positions.css."""
        return f"{self.span.classes} {_row_classes(self.row)}"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many agreements and events of a folded lane there are in a year, of so many at the most; the events below."""

    year: int
    axis: Axis
    acts: int
    events: int
    most: int

    @property
    def hit(self) -> str:
        """The whole column of the year, as SVG writes a path."""
        return self._path(0, 1)

    @property
    def acts_path(self) -> str:
        """The part of the agreements."""
        return self._path(1 - (self.acts + self.events) / self.most, 1 - self.events / self.most)

    @property
    def events_path(self) -> str:
        """The part of the events."""
        return self._path(1 - self.events / self.most, 1)

    def _path(self, top: float, bottom: float) -> str:
        width = THOUSAND / self.axis.years
        left = (self.year - self.axis.first + 0.1) * width
        top, bottom = BAR_HEIGHT * top, BAR_HEIGHT * bottom
        return f"M{left:.1f} {top:.1f}h{width * 0.8:.1f}V{bottom:.1f}H{left:.1f}z"


@dataclass(frozen=True, slots=True)
class Lane:
    """The dated agreements and events of one theme: as marks, or folded as bars."""

    theme: Theme
    acts: int
    events: int
    marks: list[Mark] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    @property
    def classes(self) -> str:
        """The class of its height, see static/css/positions.css."""
        return _row_classes(max((mark.row for mark in self.marks), default=0) + 1)


@dataclass(frozen=True, slots=True)
class Context:
    """Something between the two countries themselves, and how many years after the treaty."""

    day: date
    years: int
    span: Span

    @property
    def is_late(self) -> bool:
        """Whether its text must reach to the left."""
        return self.span.start > LATE


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the page draws. `undated` are the marks of which no date is known, acts first."""

    axis: Axis
    columns: list[Column]
    curve: str
    lanes: list[Lane]
    undated: list[Mark]
    undated_acts: int
    undated_events: int
    context: list[Context]
    today: Span | None
    is_folded: bool

    @property
    def dated_acts(self) -> int:
        """How many agreements the running total ends with."""
        return sum(lane.acts for lane in self.lanes)

    @property
    def has_ended(self) -> bool:
        """Whether an agreement on it has ended, so that the legend must say how that is shown."""
        marks = [*(mark for lane in self.lanes for mark in lane.marks), *self.undated]
        return any(getattr(mark.record, "status", "") == Status.ENDED for mark in marks)


def is_folded(acts: Sequence[Entry], events: Sequence[Entry]) -> bool:
    """Whether there are too many to have a mark each."""
    return len(acts) > MOST_LABELS or len(acts) + len(events) > MOST_MARKS


@dataclass(frozen=True, slots=True)
class Choice:
    """How the timeline is looked at: the lanes (a key of `LANES`), the years asked for, and the day of today."""

    view: str
    asked: tuple[int | None, int | None]
    on: date


def draw(
    entries: tuple[Sequence[Entry], Sequence[Entry]],
    records: Mapping[tuple[bool, int], Agreement | Event],
    choice: Choice,
    vocabularies: tuple[Mapping[str, Place], Mapping[str, Sector]],
) -> Timeline:
    """Draw agreements and events, each in order of time.

    `records` are those of all entries, by `is_event` and key, with what a label needs;
    they are not needed where the lanes are folded. `vocabularies` are the territories and the
    sectors by code.
    """
    acts, events = entries
    everything = [*acts, *events]
    dated = [entry for entry in everything if entry.is_dated]
    axis = axis_of(choice.asked, (entry.days for entry in dated), choice.on)
    folded = is_folded(acts, events)
    theme = theme_of(choice.view)
    by_theme: dict[str, list[Entry]] = defaultdict(list)
    for entry in dated:
        by_theme[theme(entry)].append(entry)
    lanes = []
    for its in themes_of(choice.view, *vocabularies):
        if found := by_theme.get(its.code):
            numbers = Counter(entry.is_event for entry in found)
            drawn = (
                {"bars": _bars(axis, found)} if folded else {"marks": _marks(axis, found, records)}
            )
            lanes.append(Lane(its, numbers[False], numbers[True], **drawn))
    undated = [entry for entry in everything if not entry.is_dated]
    signed = [entry.days for entry in acts if entry.is_dated]
    return Timeline(
        axis=axis,
        columns=axis.columns(signed),
        curve=axis.curve((latest for _earliest, latest in signed), CURVE_HEIGHT),
        lanes=lanes,
        undated=[] if folded else [_undated(entry, records) for entry in undated],
        undated_acts=sum(not entry.is_event for entry in undated),
        undated_events=sum(entry.is_event for entry in undated),
        context=_context(axis),
        today=axis.span(choice.on, choice.on)
        if axis.first <= choice.on.year <= axis.last
        else None,
        is_folded=folded,
    )


def label_of(act: Agreement) -> str:
    """What stands beside the mark of an agreement: its two places."""
    return str(act.partnership)


def _marks(
    axis: Axis, entries: Iterable[Entry], records: Mapping[tuple[bool, int], Agreement | Event]
) -> list[Mark]:
    """The marks of a lane in order of time: agreements in the upper rows, events below."""
    found = [
        (entry, records[entry.is_event, entry.key], axis.span(*entry.days)) for entry in entries
    ]
    labelled = [
        (entry, act, span, *place_label(span, label_of(act)))
        for entry, act, span in found
        if isinstance(act, Agreement)
    ]
    rows = rows_of([box for *_rest, box in labelled])
    marks = [
        Mark(entry, act, span, side, row)
        for (entry, act, span, side, _box), row in zip(labelled, rows, strict=True)
    ]
    below = max(rows, default=-1) + 1
    told = [(entry, event, span) for entry, event, span in found if entry.is_event]
    rows = rows_of([box_of_target(span) for *_rest, span in told])
    marks += [
        Mark(entry, event, span, row=below + row)
        for (entry, event, span), row in zip(told, rows, strict=True)
    ]
    return sorted(marks, key=lambda mark: _order(mark.entry))


def _order(entry: Entry) -> tuple[date, bool, str]:
    return (entry.days[0], entry.is_event, entry.slug)


def _undated(entry: Entry, records: Mapping[tuple[bool, int], Agreement | Event]) -> Mark:
    return Mark(entry, records[entry.is_event, entry.key], Span(0, 0))


def _bars(axis: Axis, entries: Iterable[Entry]) -> list[Bar]:
    """How many agreements and events there are in each year, by their first possible day."""
    years: dict[int, Counter[bool]] = defaultdict(Counter)
    for entry in entries:
        year = min(max(entry.days[0].year, axis.first), axis.last)
        years[year][entry.is_event] += 1
    most = max(numbers.total() for numbers in years.values())
    return [
        Bar(year, axis, numbers[False], numbers[True], most)
        for year, numbers in sorted(years.items())
    ]


def _context(axis: Axis) -> list[Context]:
    """The anniversaries of the treaty that the axis shows."""
    days = [(years, date(TREATY.year + years, TREATY.month, TREATY.day)) for years in ROUND]
    return [
        Context(day, years, axis.span(day, day))
        for years, day in days
        if axis.first <= day.year <= axis.last
    ]


def _row_classes(row: int) -> str:
    return f"r-{row // TENS}0 rf-{row % TENS}"
