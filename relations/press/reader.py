"""The reader: a release in, what it says out. Deterministic; no clock, network or database."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from relations.press.acts import ActReader
from relations.press.events import events
from relations.press.gazetteer import Gazetteer
from relations.press.layout import Layout
from relations.press.near_misses import NearMissReader
from relations.press.people import PeopleReader
from relations.press.places import PlaceReader, suggestions
from relations.press.readings import Reading, Span, Stage
from relations.press.sources import days, source
from relations.press.stages import stages
from relations.press.statements import StatementReader
from relations.press.tidying import tidy
from relations.press.when import DateMention, DateReader

# Characters. No release is as long; what lies behind is not read.
LONGEST = 100_000


class Reader:
    """Reads releases with a gazetteer. Making one costs nothing; the gazetteer is what takes time."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._near_misses = NearMissReader(gazetteer)

    def read(self, text: str, *, received: date | None = None) -> Reading:
        """What a release says, with the evidence.

        `received` is the day on which it came: relative dates are counted from it where the
        release is not dated.
        """
        tidied = tidy(text[: 2 * LONGEST])
        layout = Layout(tidied[:LONGEST].rstrip())
        places = PlaceReader(layout, self.gazetteer).mentions()
        found = days(layout, received)
        dates = DateReader(layout).mentions(found.today, _ahead(layout))
        people = PeopleReader(layout, places)
        about = source(layout, found, places)
        told = _without(dates, found.published)
        statements = StatementReader(layout, places, told, found.today)
        dateline = about.dateline.value if about.dateline else None
        acts = ActReader(layout, places, people, statements, dateline).acts()
        reading = Reading(
            text=layout.text,
            language=layout.language,
            source=about,
            places=suggestions(places),
            near_misses=self._near_misses.read(layout, places, people),
            acts=acts,
            events=events(layout, places, told, statements.statements),
        )
        return replace(
            reading, remarks=tuple(_remarks(reading, found.published, is_cut=len(tidied) > LONGEST))
        )


def _ahead(layout: Layout) -> Callable[[int], bool]:
    """A function that says of a position whether its sentence tells what is still to come."""

    @cache
    def looks_ahead(sentence: Span) -> bool:
        planned = [m for m in stages(layout.flat, sentence) if m.stage == Stage.PLANNED]
        return any(not mention.is_vote for mention in planned)

    return lambda position: looks_ahead(layout.sentence_at(position))


def _without(
    dates: tuple[DateMention, ...], published: DateMention | None
) -> tuple[DateMention, ...]:
    """The dates without that of the release, which is no fact of an act."""
    return tuple(when for when in dates if published is None or when.span != published.span)


def _remarks(reading: Reading, published: DateMention | None, *, is_cut: bool) -> Iterator[str]:
    """What the editor should know of the whole."""
    if not reading.text:
        yield _("The text is empty.")
        return
    countries = {place.value.country for place in reading.places}
    if not countries:
        yield _("The text names no place of Italy or Japan.")
    elif len(countries) == 1:
        yield _(
            "The text names places of one of the two countries only: is it about another country’s twinning?"
        )
    elif not reading.acts:
        yield _("The text tells of no agreement.")
    if is_cut:
        yield _("Only the first %(count)d characters were read.") % {"count": LONGEST}
    if published and published.is_damaged and published.reason:
        yield published.reason
