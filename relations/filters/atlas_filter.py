"""`AtlasFilter`: what a query string asks for, and the sets that answer it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relations.enums import AgreementKind, EventKind, Status
from relations.filters.answer import Answer
from relations.filters.conditions import Conditions
from relations.filters.index import Index, Telling
from relations.filters.words import Word
from relations.models import Agreement, Event, Partnership, Place, Sector
from relations.models.agreements import AgreementQuerySet
from relations.models.events import EventQuerySet
from relations.models.partnerships import PartnershipQuerySet
from relations.text import needles

FIRST_YEAR, LAST_YEAR = 1860, 2100
MAX_TEXT = 100
MAX_WORDS = 8
MAX_DIGITS = 6

# The order in which parameters stand in every URL that the atlas writes.
REPEATABLE = ("region", "sector", "kind", "status", "event")
SINGLE = ("from", "to", "q", "sort", "page", "view", "sel")
# How the result is looked at, which is not filtering.
LOOKING = {"event", "sort", "page", "view", "sel"}
NO_EVENTS = "none"


class FilterError(Exception):
    """A query string that asks for something that does not exist.

    `problems` holds a sentence for each wrong value, for the page that says so.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Chip:
    """One value that the filter is set to, and the query string without it."""

    label: str
    remove: str


class AtlasFilter:
    """The filter as set by a query string.

    Several values of one parameter widen the result, different parameters narrow it;
    Italian and Japanese regions count as two parameters. The filter selects agreements,
    and a partnership is shown when its places and its status match and at least one of
    its agreements does; where it has none, its events decide. `status` is that of the
    partnership on the day `on` (default: today).

    A page names the columns that it can be sorted by, and the views that it has. Where it
    has views, `sel` is the partnership that is selected, whether or not it matches. Where it
    shows events beside agreements, `event` says of which kinds. Its query strings belong to the
    page that is shown, unless an `address` of another is set.

    Raises:
        FilterError: a parameter has a value that is not in its vocabulary. Parameters
            that are not the atlas's own are left alone.
    """

    address = ""

    def __init__(
        self,
        params: QueryDict,
        *,
        sorts: Collection[str] = (),
        views: Collection[str] = (),
        has_events: bool = False,
        on: date | None = None,
    ) -> None:
        self.on = on or timezone.localdate()
        self._problems: list[str] = []
        self.regions = self._choices(params, "region", self.territories)
        self.sectors = self._choices(params, "sector", self.vocabulary)
        self.kinds = self._choices(params, "kind", AgreementKind.values)
        self.statuses = self._choices(params, "status", Status.values)
        kinds_of_events = (*EventKind.values, NO_EVENTS)
        self.events = self._choices(params, "event", kinds_of_events) if has_events else []
        self.year_from = self._year(params, "from")
        self.year_to = self._year(params, "to")
        self.text = self._text(params)
        self.sort = self._sort(params, sorts)
        self.page = self._page(params)
        self.view = self._view(params, views)
        self.selected = self._selected(params) if views else ""
        if self.year_from and self.year_to and self.year_from > self.year_to:
            self._problems.append(
                _("The years run backwards: from %(from)d to %(to)d.")
                % {"from": self.year_from, "to": self.year_to}
            )
        if self._problems:
            raise FilterError(self._problems)

    # Reading the query string

    @cached_property
    def index(self) -> Index:
        """What the counts are counted from, as the data are now."""
        return Index.current()

    @cached_property
    def answer(self) -> Answer:
        """The rows of the index that meet the parameters."""
        return Answer(self)

    @property
    def territories(self) -> dict[str, Place]:
        """All regions and prefectures by code."""
        return self.index.territories

    @property
    def vocabulary(self) -> dict[str, Sector]:
        """All sectors by code, in their order."""
        return self.index.vocabulary

    @cached_property
    def conditions(self) -> Conditions:
        """What the parameters ask that have counts beside their values."""
        return Conditions(self)

    @cached_property
    def _words(self) -> list[Word]:
        """The words of the text."""
        return [Word.look_up(needle) for needle in needles(self.text)]

    @property
    def _asks_for_nothing(self) -> bool:
        """Whether a text is given that has nothing in it to search for, such as “%”."""
        return bool(self.text and not self._words)

    def _choices(self, params: QueryDict, name: str, allowed: Collection[str]) -> list[str]:
        values = [value for value in dict.fromkeys(params.getlist(name)) if value]
        for value in values:
            if value not in allowed:
                self._refuse(name, value, _("It is none of the values listed in the filter."))
        return sorted(values)

    def _year(self, params: QueryDict, name: str) -> int | None:
        value = params.get(name, "").strip()
        if not value:
            return None
        year = _whole_number(value)
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            expected = _("A year from %(first)d to %(last)d is expected.")
            self._refuse(name, value, expected % {"first": FIRST_YEAR, "last": LAST_YEAR})
            return None
        return year

    def _text(self, params: QueryDict) -> str:
        value = params.get("q", "").strip()
        if "\0" in value:
            self._refuse("q", value, _("It holds a character that is no text."))
        elif len(value) > MAX_TEXT:
            self._refuse(
                "q", value, _("At most %(max)d characters are expected.") % {"max": MAX_TEXT}
            )
        elif len(needles(value)) > MAX_WORDS:
            self._refuse("q", value, _("At most %(max)d words are expected.") % {"max": MAX_WORDS})
        return value

    def _sort(self, params: QueryDict, sorts: Collection[str]) -> str:
        value = params.get("sort", "")
        if value and value.removeprefix("-") not in sorts:
            self._refuse("sort", value, _("The list cannot be sorted by this."))
        return value

    def _page(self, params: QueryDict) -> int:
        value = params.get("page", "") or "1"
        page = _whole_number(value)
        if not page:
            self._refuse("page", value, _("A page number is expected."))
        return page or 1

    def _view(self, params: QueryDict, views: Collection[str]) -> str:
        value = params.get("view", "") if views else ""
        if value and value not in views:
            self._refuse("view", value, _("The page cannot be looked at in this way."))
        return value

    def _selected(self, params: QueryDict) -> str:
        value = params.get("sel", "")
        public = Partnership.objects.published()
        if value and ("\0" in value or not public.filter(slug=value).exists()):
            self._refuse("sel", value, _("There is no partnership of this name."))
        return value

    def _refuse(self, name: str, value: str, expected: str) -> None:
        shown = value if len(value) <= MAX_TEXT else value[:MAX_TEXT] + "…"
        self._problems.append(
            _("“%(value)s” is not a value of “%(name)s”.")
            % {"value": "".join(c if c.isprintable() else "�" for c in shown), "name": name}
            + f" {expected}"
        )

    # Writing it

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """The parameters that are set, in canonical order."""
        lists = dict(
            zip(
                REPEATABLE,
                (self.regions, self.sectors, self.kinds, self.statuses, self.events),
                strict=True,
            )
        )
        single = (
            self.year_from,
            self.year_to,
            self.text,
            self.sort,
            self.page if self.page > 1 else None,
            self.view,
            self.selected,
        )
        lists |= {name: [str(value)] for name, value in zip(SINGLE, single, strict=True) if value}
        return {name: values for name, values in lists.items() if values}

    def query(self, **changes: str | int | Iterable[str] | None) -> str:
        """The query string (with its question mark) of this filter with some parameters changed.

        None or an empty value removes a parameter; `from_` stands for `from`. Any change
        of the filter or the order goes back to the first page.
        """
        values = dict(self.values)
        if changes.keys() & {"page", "view", "sel"} == set():
            values.pop("page", None)
        for key, value in changes.items():
            items = [str(value)] if isinstance(value, str | int) else list(value or ())
            values[key.rstrip("_")] = [item for item in items if item]
        ordered = [(name, item) for name in (*REPEATABLE, *SINGLE) for item in values.get(name, ())]
        return f"{self.address}?{urlencode(ordered)}"

    @cached_property
    def _unselected(self) -> str:
        """The query string without a selection; worked out once, since every row of a page has a link with it."""
        return self.query(sel=None)

    def selecting(self, slug: str) -> str:
        """The query string that selects a partnership, or lets go of it where it is selected."""
        if slug == self.selected:
            return self._unselected
        separator = "" if self._unselected.endswith("?") else "&"
        return f"{self._unselected}{separator}sel={slug}"

    @property
    def asked(self) -> dict[str, list[str]]:
        """The parameters that filter, without those that say how the result is looked at."""
        return {name: values for name, values in self.values.items() if name not in LOOKING}

    @property
    def asked_query(self) -> str:
        """The query string that filters in the same way on another page or in a feed; empty where none does."""
        return f"?{urlencode(self.asked, doseq=True)}" if self.is_set else ""

    @property
    def rows_query(self) -> str:
        """The query string that leaves the same rows in the same order in a file; empty where it says nothing."""
        query = self.query(page=None, view=None, sel=None)
        return "" if query == "?" else query

    @property
    def is_set(self) -> bool:
        """Whether anything is filtered at all (sorting, paging and selecting are not filtering)."""
        return bool(self.asked)

    def titled(self, title: str) -> str:
        """A title that says what is filtered: “Partnerships: Emilia-Romagna, Aerospace”."""
        if not self.is_set:
            return title
        about = pgettext("list separator", ", ").join(chip.label for chip in self.chips)
        # Translators: the title of a feed, and the places, partnership or filter that it is limited to.
        return _("%(title)s: %(about)s") % {"title": title, "about": about}

    @property
    def clear(self) -> str:
        """The query string with nothing filtered, the order, the view and the selection kept."""
        return self.query(**dict.fromkeys(self.asked))

    @cached_property
    def chips(self) -> list[Chip]:
        """What the filter is set to, each with the way to take it off."""
        chips = [
            Chip(str(label), self.query(**{name: [other for other in values if other != value]}))
            for name, values, labels in (
                ("region", self.regions, self.territories),
                ("sector", self.sectors, self.vocabulary),
                ("kind", self.kinds, dict(AgreementKind.choices)),
                ("status", self.statuses, dict(Status.choices)),
            )
            for value, label in ((value, labels[value]) for value in values)
        ]
        if self.year_from:
            chips.append(
                Chip(_("from %(year)d") % {"year": self.year_from}, self.query(from_=None))
            )
        if self.year_to:
            chips.append(Chip(_("until %(year)d") % {"year": self.year_to}, self.query(to=None)))
        if self.text:
            chips.append(Chip(_("“%(text)s”") % {"text": self.text}, self.query(q=None)))
        return chips

    # Answering by the database, where no index answers (see `answer`). `skip` names parameters to
    # leave out of account: those of `index.FACETS`, and "years" for `from` and `to`.

    def apply(self, agreements: AgreementQuerySet, skip: Collection[str] = ()) -> AgreementQuerySet:
        """The agreements that match."""
        if "years" not in skip:
            agreements = agreements.signed_from(self.year_from) if self.year_from else agreements
            agreements = agreements.signed_until(self.year_to) if self.year_to else agreements
        if self._asks_for_nothing:
            return agreements.none()
        for word in self._words:
            agreements = agreements.filter(
                Q(folded__contains=word.needle) | Q(pk__in=word.agreements) | word.of("partnership")
            )
        return agreements.filter(*self.conditions.of_agreements_but(skip))

    def told(self, skip: Collection[str] = ()) -> QuerySet[Any]:
        """The matching events of partnerships that have no agreement, which they stand for.

        Rows are pairs: `event`, `partnership`.
        """
        events = Event.objects.published()
        tellings = Telling.objects.filter(
            event__in=events if "years" in skip else self._within_years(events)
        )
        if self._asks_for_nothing:
            return tellings.none()
        for word in self._words:
            tellings = tellings.filter(
                Q(event__folded__contains=word.needle) | word.of("partnership")
            )
        signed = Agreement.objects.published().values("partnership")
        return tellings.filter(*self.conditions.of_tellings_but(skip)).exclude(
            partnership__in=signed
        )

    def partnerships(
        self, partnerships: PartnershipQuerySet, skip: Collection[str] = ()
    ) -> PartnershipQuerySet:
        """The partnerships that match."""
        signed = self.apply(Agreement.objects.published(), skip).values("partnership")
        told = self.told(skip).values("partnership")
        return partnerships.filter(Q(pk__in=signed) | Q(pk__in=told))

    def happened(self, events: EventQuerySet) -> EventQuerySet:
        """The events within the years, in the life of the partnerships that match all the rest.

        Where nothing else is asked, those of no partnership too.
        """
        events = self._within_years(events)
        if not self.values.keys() - LOOKING - {"from", "to"}:
            return events
        matching = self.partnerships(Partnership.objects.published(), skip={"years"})
        tellings = Telling.objects.filter(partnership__in=matching)
        return events.filter(pk__in=tellings.values("event"))

    def _within_years(self, events: EventQuerySet) -> EventQuerySet:
        """Those events that may have been within the years."""
        if self.year_from:
            events = events.filter(start_latest__gte=date(self.year_from, 1, 1))
        if self.year_to:
            events = events.filter(start_earliest__lte=date(self.year_to, 12, 31))
        return events

    def set_status(self, partnerships: Iterable[Partnership]) -> None:
        """Give rows the `status` that `with_status` would, which is looked up already for the counts."""
        for partnership in partnerships:
            vars(partnership)["status"] = self.index.status_of(partnership.pk, self.on)


def _whole_number(text: str) -> int | None:
    """Read a number of at most six decimal digits (full-width ones too), None if it is anything else."""
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None
