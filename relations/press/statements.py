"""The sentences that tell of an act: which document, how far it has come, and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from relations.enums import AgreementKind
from relations.press.documents import GENERIC, DocumentMention, documents
from relations.press.layout import Layout
from relations.press.numbers import NUMBER, ORDINAL, number
from relations.press.places import Mention
from relations.press.readings import Span, Stage
from relations.press.spans import starting_in
from relations.press.stages import StageMention, stages
from relations.press.when import DateMention

# Days after which a signature is no news.
_OLD = 200
_NO_DATE_OF_ACT = re.compile(
    r"\b(?:approvat\w+|deliberat\w+|votat\w+|delibera|unesco|dal|fino al|entro|scadut\w+|scade|scadenza|iscritt\w+|approved|until|visit\w+|parti\w+|nat[oa] nel|fondat\w+|terremot\w+|sisma|expo|giochi)\b[^,;]{0,25}$"
)
_ANNIVERSARY = re.compile(
    rf"\b(?P<n>{NUMBER})'? ?(?:anni|years)(?: (?:dall[ao]|dalla) (?:firma|sottoscrizione|nascita|stipula))?(?: (?:di|del|of)(?: (?:un|il|the))? (?:gemellaggio|patto|amicizia|rapport\w+|relazion\w+|twinning|friendship|sister\w*|cooperazione|legame|collaborazione|partnership))"
    rf"|\b(?P<n2>{ORDINAL}) (?:anniversario|anniversary)(?: (?:del(?:la|l')?|di|of|since)? ?(?:the )?(?:\w+ ){{0,2}}(?:gemellaggio|patto|firma|amicizia|accordo|twinning|sister|friendship|protocollo))"
    rf"|(?:提携|締結|交流)(?P<n3>\d{{1,3}})周年|で(?P<n4>\d{{1,3}})年[。、]"
)
_TODAY = re.compile(
    r"\b(?:oggi|ieri|domani|stamattina|stamani|questa mattina|today|yesterday)\b|本日|昨日"
)
_THIS_YEAR = re.compile("quest'anno|(?:l')?anno in corso|this year|今年(?!\\d)|本年(?!\\d)")
_OF_A_FIRST = re.compile(
    r"\b(?:per la prima volta|prima firma|original\w*|inizial\w*|first (?:concluded|signed)|allora|a suo tempo|nel lontano)\b|最初|当初"
)
_WITH_OTHERS = re.compile(
    r"\b(?:gemellat[oaei]|twinned|sister (?:city|cities)|gemellaggi?o?|rapporti)\b(?:[^.;]{0,20})\b(?:anche |pure |dal \d{4} )?(?:con|with|of)\b|とも姉妹都市|ほかに"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that tells of an act. `is_old` says that it recalls one, `is_spoken` that somebody says it."""

    sentence: Span
    document: DocumentMention | None
    stage: Stage | None
    trigger: StageMention | None
    when: DateMention | None
    is_old: bool = False
    is_spoken: bool = False
    is_approval: bool = False

    @property
    def anchor(self) -> Span:
        """The word that the statement hangs on."""
        if self.trigger:
            return self.trigger.span
        return self.document.span if self.document else self.sentence


class StatementReader:
    """Finds the statements in one text."""

    def __init__(
        self,
        layout: Layout,
        places: Sequence[Mention],
        dates: Sequence[DateMention],
        today: date | None,
    ) -> None:
        self.layout = layout
        self.places = places
        self.dates = dates
        self.today = today
        self.documents = [d for d in documents(layout) if not d.is_negated]

    @cached_property
    def statements(self) -> list[Statement]:
        """All statements, in order."""
        found = (self._statement(sentence) for sentence in self.layout.sentences)
        return [statement for statement in found if statement]

    def places_in(self, sentence: Span) -> list[Mention]:
        """The places that a sentence names."""
        return list(starting_in(self.places, sentence))

    def _statement(self, sentence: Span) -> Statement | None:
        told = stages(self.layout.flat, sentence)
        named = starting_in(self.documents, sentence)
        if not named and not told:
            return None
        if self._is_with_others(sentence):
            return None
        if (
            not named
            and not GENERIC.search(self.layout.flat, sentence.start, sentence.end)
            and not re.search(
                r"firm|sottoscri|sigl(?:a|at|er)|\bsign|put their names|rappresentare|署名|調印",
                self.layout.flat[sentence.start : sentence.end],
            )
        ):
            return None
        heard = [s for s in told if not self.layout.is_spoken(s.span.start)]
        written = [d for d in named if not d.is_spoken]
        spoken = not heard and not written
        trigger = _foremost(heard or told) if (heard or (spoken and told)) else None
        document = _nearest(written or (named if spoken else []), trigger)
        when = self._when(sentence, trigger or document)
        stage = trigger.stage if trigger else None
        return Statement(
            sentence,
            document,
            stage,
            trigger,
            when,
            is_old=self._is_old(sentence, when, stage),
            is_spoken=spoken,
            is_approval=self._is_approval(heard),
        )

    def _is_approval(self, told: list[StageMention]) -> bool:
        """Whether a sentence tells a council's vote and no signature."""
        planned = [mention for mention in told if mention.stage == Stage.PLANNED]
        votes = [mention for mention in planned if mention.is_vote]
        signed = any(
            m.stage == Stage.SIGNED and not self.layout.flat.startswith("a ", m.span.start)
            for m in told
        )
        return bool(planned) and len(votes) == len(planned) and not signed

    def _is_with_others(self, sentence: Span) -> bool:
        """Whether a sentence tells of ties to other countries."""
        if not _WITH_OTHERS.search(self.layout.flat[sentence.start : sentence.end]):
            return False
        there = self.places_in(sentence)
        return not any(place.is_japanese for place in there) or not any(
            not place.is_japanese for place in there
        )

    def _is_old(self, sentence: Span, when: DateMention | None, stage: Stage | None) -> bool:
        if (
            _OF_A_FIRST.search(self.layout.flat[sentence.start : sentence.end])
            and stage != Stage.RENEWED
        ):
            return True
        if when is None:
            return False
        if self.today is None:
            return stage == Stage.SIGNED and not when.is_day
        latest = when.parsed.latest
        return latest is not None and (self.today - latest).days > _OLD

    def _when(
        self, sentence: Span, anchor: StageMention | DocumentMention | None
    ) -> DateMention | None:
        """The date in a sentence that belongs to the act: the nearest to its verb, a day before a year."""
        there = [d for d in starting_in(self.dates, sentence) if self._is_of_act(d, sentence)]
        anniversary = self.anniversary(sentence)
        there = there or self._since(sentence)
        if anchor is None or not there:
            return anniversary
        return min(there, key=lambda d: (self._distance(d, anchor.span), -len(d.edtf)))

    def _since(self, sentence: Span) -> list[DateMention]:
        """«dal 2012»: since when a tie is, where nothing else dates it."""
        if _TODAY.search(self.layout.flat, sentence.start, sentence.end):
            return []
        return [
            d
            for d in starting_in(self.dates, sentence)
            if re.search(
                r"\b(?:dal|since) $", self.layout.flat[max(d.span.start - 8, 0) : d.span.start]
            )
            and not re.search("unesco|patrimonio", self.layout.flat[sentence.start : sentence.end])
        ]

    def _distance(self, when: DateMention, anchor: Span) -> float:
        gap = max(when.span.start - anchor.end, anchor.start - when.span.end, 0)
        between = self.layout.flat[
            min(when.span.end, anchor.end) : max(when.span.start, anchor.start)
        ]
        relative_day = 2 * (when.is_relative and not when.is_day)
        return (
            gap
            + 40 * between.count(";")
            + 25 * between.count(",") * relative_day
            - 30 * (when.is_day and not when.is_relative)
        )

    def _is_of_act(self, when: DateMention, sentence: Span) -> bool:
        before = self.layout.flat[max(sentence.start, when.span.start - 60) : when.span.start]
        if _THIS_YEAR.match(self.layout.flat, when.span.start):
            return False
        return not _NO_DATE_OF_ACT.search(before) and not self.layout.is_spoken(when.span.start)

    def anniversary(self, sentence: Span) -> DateMention | None:
        """The year of an act whose age a sentence tells: «vent'anni di gemellaggio»."""
        found = _ANNIVERSARY.search(self.layout.flat, sentence.start, sentence.end)
        if not found or not self.today:
            return None
        years = number(next(group for group in found.groups() if group))
        if not 0 < years < 150:  # no tie is older
            return None
        approximate = bool(
            re.search(
                r"\b(?:quasi|circa|oltre|piu di|almost|nearly|over|about) $",
                self.layout.flat[max(found.start() - 12, 0) : found.start()],
            )
        )
        year = self.today.year - years
        reason = _(
            "%(count)d years are told, counted from the release’s date: it follows, but is not said."
        ) % {"count": years}
        span = Span(found.start(), found.end())
        return DateMention(
            span, f"{year:04}{'~' if approximate else ''}", reason, 0.6, is_implied=True
        )


def _foremost(told: list[StageMention]) -> StageMention | None:
    """The word that decides how far the act of a sentence has come."""
    for stage in (Stage.RENEWED, Stage.PLANNED, Stage.SIGNED, Stage.HOPED_FOR):
        for mention in told:
            if mention.stage == stage:
                return mention
    return None


def _nearest(
    named: Sequence[DocumentMention], trigger: StageMention | None
) -> DocumentMention | None:
    """The document that a sentence is about: a formal one before «accordo», the nearest to the verb."""
    if not named:
        return None
    exact = [d for d in named if not d.is_bare] or named
    formal = [
        d for d in exact if d.kind not in (AgreementKind.OTHER, AgreementKind.TWINNING)
    ] or exact
    if trigger is None:
        return formal[0]
    return min(
        formal,
        key=lambda d: max(d.span.start - trigger.span.end, trigger.span.start - d.span.end, 0),
    )
