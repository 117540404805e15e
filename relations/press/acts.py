"""The acts that a release tells of: the one that it is about first, then those that it recalls."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relations.enums import AgreementKind, Institution
from relations.press.bodies import bodies
from relations.press.documents import DocumentMention
from relations.press.layout import Layout
from relations.press.people import PeopleReader
from relations.press.places import Mention, reason_for
from relations.press.readings import ActReading, Body, Named, Person, Span, Stage, Suggestion
from relations.press.sectors import sectors
from relations.press.signatories import signatories
from relations.press.spans import starting_in
from relations.press.stages import stages
from relations.press.statements import Statement, StatementReader
from relations.press.terms import renewal, term_months
from relations.press.when import DateMention

_WEIGHTS = {Stage.RENEWED: 50, Stage.SIGNED: 50, Stage.PLANNED: 46, Stage.HOPED_FOR: 22}
_HERE = re.compile(
    r"(?:\b(?:a|ad|in|nel|nella|nello|presso|at)(?: (?:municipio|citta|comune|sede|palazzo comunale|sala [a-z]+) (?:di |della )?)? ?(?:la )?|\ball'|\bnell'|\bnella citta (?:giapponese )?di |\bin the city of )$"
)
_LINK = re.compile(r"\b(?:con|e|and|with) (?:il |la |l')?$| {2,}$")
_LEVEL = re.compile(
    r"\b(?:nel|dal) (?P<year>(?:19|20)\d\d) a livello (?P<level>comunale|camerale|universitario|istituzionale)"
)
_LEVELS = {
    "comunale": Institution.LOCAL_GOVERNMENT,
    "istituzionale": Institution.LOCAL_GOVERNMENT,
    "camerale": Institution.CHAMBER_OF_COMMERCE,
    "universitario": Institution.UNIVERSITY,
}
_VENUE = re.compile(
    r"\b(?:palazzo|sala|municipio|teatro|castello|grattacielo|auditorium|villa|kurhaus|residenza municipale|sede comunale|town hall|city hall|aula consiliare)\b"
)
_CITY_OF = re.compile(
    r"\b(?:nella|in una) citta (?P<which>giapponese|nipponica|[a-z]+(?:arda|ese|ana|ina|iana|ra|bra))\b(?! di\b)"
)
_JAPANESE_HERE = re.compile(
    r"^(?:市役所|市庁舎|庁舎|町役場|役場|県庁|市内|の県庁|の市役所|の市庁舎|港|民[^。、]{0,8}(?:会館|ホール|センター)|で(?!は)|において|にて|市民)"
)
_PAIR = re.compile(
    r"^ ?(?:[–—-]|con|e|ed|and|with|/|,|と|\(.{0,30}\)| |anche|dal|\d{4}|ha|da|è|gemellat[ao]|la|citta|giapponese|di|legat[ao]|a)+ ?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Main:
    """The act that a release is about, and the sentences that tell of it."""

    statement: Statement
    sentences: tuple[Statement, ...]


class ActReader:
    """Finds the acts in one text."""

    def __init__(
        self,
        layout: Layout,
        places: Sequence[Mention],
        people: PeopleReader,
        statements: StatementReader,
        dateline: Named | None,
    ) -> None:
        self.layout = layout
        self.places = places
        self.people = people
        self.reader = statements
        self.dateline = dateline

    def acts(self) -> tuple[ActReading, ...]:
        """The main act and the others; none where the text does not name both countries' places."""
        if len({place.is_japanese for place in self.places}) < 2:  # both
            return ()
        statements = self.reader.statements
        main = self._main(statements)
        if main is None or self._is_denied():
            return tuple(self._others(statements, None, ()))
        act = self._act(main)
        return (act, *self._others(statements, main, act.bodies), *self._levels(act.bodies))

    def _is_denied(self) -> bool:
        """Whether the text says that nothing was signed and names no document."""
        denied = re.search(
            r"\bnessun (?:accordo|documento|atto) (?:e stato|fu|viene)", self.layout.flat
        )
        return bool(denied) and all(document.is_bare for document in self.reader.documents)

    def _main(self, statements: list[Statement]) -> _Main | None:
        scored = [
            (self._weight(statement), -statement.sentence.start, statement)
            for statement in statements
        ]
        best = max(scored, key=lambda item: item[:2], default=None)
        if best is None or best[0] < 6:  # a document named in passing
            return None
        return _Main(
            best[2], tuple(s for s in statements if s is best[2] or self._belongs(s, best[2]))
        )

    def _weight(self, statement: Statement) -> float:
        """How much a statement looks like what the release is about."""
        weight = float(_WEIGHTS.get(statement.stage, 12)) if statement.stage else 12.0
        there = self.reader.places_in(statement.sentence)
        both = len({place.is_japanese for place in there}) == 2
        weight += (
            12 * both
            + 6 * (statement.document is not None)
            + 4 * bool(statement.document and statement.document.is_formal)
        )
        weight += 3 * (statement.when is not None) + 3 * (statement.sentence.start < 900)
        weight -= 25 * statement.is_old + 24 * statement.is_spoken
        if statement.stage == Stage.PLANNED and statement.document is None:
            weight -= 12
        if statement.document is None:
            weight -= 6
        return weight

    def _belongs(self, statement: Statement, main: Statement) -> bool:
        """Whether another statement tells of the main act too."""
        if statement.is_spoken or statement.is_old:
            return False
        ours = {p.key for p in self.reader.places_in(main.sentence) if p.is_japanese}
        theirs = {p.key for p in self.reader.places_in(statement.sentence) if p.is_japanese}
        return not theirs or not ours or bool(ours & theirs) or statement.document is None

    # The main act

    def _act(self, main: _Main) -> ActReading:
        spans = [statement.sentence for statement in main.sentences]
        stage = self._stage(main)
        return ActReading(
            kind=self._kind(main),
            stage=stage,
            signed=self._signed(main, stage.value),
            signed_at=self._signed_at(main) if stage.value != Stage.HOPED_FOR else None,
            bodies=bodies(self.layout, self.places, [main.statement.sentence, *spans[:2]], spans),
            signatories=self._signatories(main, stage.value),
            term_months=term_months(self.layout),
            renewal=renewal(self.layout),
            sectors=sectors(self.layout, self.places, spans),
        )

    def _signatories(self, main: _Main, stage: Stage) -> tuple[Suggestion[Person], ...]:
        if stage == Stage.HOPED_FOR or main.statement.is_old:
            return ()
        return signatories(
            self.layout, self.people, [statement.sentence for statement in main.sentences]
        )

    def _kind(self, main: _Main) -> Suggestion[AgreementKind] | None:
        """By the document that the sentences on the signature name; a formal one elsewhere outdoes a warm word."""
        told = [s.document for s in (main.statement, *main.sentences) if s.document]
        written = [document for document in told if not document.is_spoken]
        chosen = next((document for document in written if not document.is_bare), None)
        if chosen is None or self._is_weak(chosen):
            formal = () if main.statement.is_old else self._formal_elsewhere()
            chosen = next(iter(formal), chosen)
        if chosen is None:
            exact = [document for document in self.reader.documents if not document.is_bare]
            rest = [document for document in exact if not document.is_spoken]
            chosen = next(iter((*rest, *(d for d in exact if d in told), *written)), None)
        return None if chosen is None else self._kind_suggestion(chosen)

    def _is_weak(self, document: DocumentMention) -> bool:
        """Whether a document's name is one that a formal one elsewhere outdoes."""
        warm = document.kind in (AgreementKind.TWINNING, AgreementKind.OTHER)
        return not document.is_formal and (warm or self._is_in_title(document))

    def _formal_elsewhere(self) -> list[DocumentMention]:
        """The formal documents that the text names as of now."""
        return [
            document
            for document in self.reader.documents
            if document.is_formal and not document.is_spoken and self._is_current(document)
        ]

    def _is_in_title(self, document: DocumentMention) -> bool:
        return bool(self.layout.lines) and document.span.start < self.layout.lines[0].end

    def _is_current(self, document: DocumentMention) -> bool:
        """Whether a document is not one that a sentence about the past, or about others, names."""
        sentence = self.layout.sentence_at(document.span.start)
        for statement in self.reader.statements:
            if statement.sentence == sentence:
                return not statement.is_old
        return False

    def _kind_suggestion(self, document: DocumentMention) -> Suggestion[AgreementKind]:
        same = tuple(
            d.span for d in self.reader.documents if d.kind == document.kind and not d.is_spoken
        ) or (document.span,)
        others = tuple(
            dict.fromkeys(
                d.kind for d in self.reader.documents if d.kind != document.kind and not d.is_bare
            )
        )
        reason = _("The formal document that the text names is “%(words)s”.") % {
            "words": self.layout.text[document.span.start : document.span.end]
        }
        return Suggestion(
            document.kind, same[:6], 0.9 if not document.is_bare else 0.6, reason, others=others
        )

    def _stage(self, main: _Main) -> Suggestion[Stage]:
        statement = main.statement
        stage = statement.stage or Stage.SIGNED
        evidence = statement.anchor
        renewals = [s for s in main.sentences if s.stage == Stage.RENEWED and s.trigger]
        if stage == Stage.SIGNED and renewals and not statement.is_old:
            stage, evidence = Stage.RENEWED, renewals[0].anchor
        if statement.stage is None and statement.when is None and (wish := self._wish()):
            stage, evidence = Stage.HOPED_FOR, wish
        if stage == Stage.HOPED_FOR:
            planned = [s for s in main.sentences if s.stage == Stage.PLANNED]
            if planned:
                stage, evidence = Stage.PLANNED, planned[0].anchor
        return Suggestion(
            stage, (evidence,), 0.9 if statement.stage else 0.6, _STAGE_REASONS[stage]()
        )

    def _wish(self) -> Span | None:
        """Where the text, a speech too, only wishes for what it names."""
        wishes = (
            mention.span
            for sentence in self.layout.sentences
            for mention in stages(self.layout.flat, sentence)
            if mention.stage == Stage.HOPED_FOR
        )
        return next(wishes, None)

    def _signed(self, main: _Main, stage: Stage) -> Suggestion[str] | None:
        if stage == Stage.HOPED_FOR:
            return None
        wanted = [
            main.statement,
            *(
                s
                for s in main.sentences
                if s.stage in (stage, Stage.SIGNED, Stage.PLANNED) or s.stage is None
            ),
        ]
        dated = [s for s in wanted if s.when is not None and not s.is_approval]
        dated = [
            s
            for s in dated
            if s is main.statement
            or (s.when and (len(s.when.edtf) > 4 or s.stage == Stage.PLANNED))
        ]
        days = [s for s in dated if s.when and s.when.is_day and not s.when.is_implied]
        when = next((s.when for s in (*days, *dated)), None)
        if when is None:
            return self._today(main)
        reason = when.reason or _("The sentence on the act gives this date.")
        return Suggestion(when.edtf, (when.span,), when.confidence, reason, implied=when.is_implied)

    def _today(self, main: _Main) -> Suggestion[str] | None:
        """«Oggi firmiamo», said in a speech."""
        if main.statement.is_old:
            return None
        for when in self.reader.dates:
            near = self.layout.flat[max(when.span.start - 45, 0) : when.span.end + 45]
            told = re.search(
                r"\bfirm|\bsottoscri|\bsigl|\bsi chiude|\bsign|nasce|stringiamo|suggell", near
            )
            if when.is_relative and when.is_day and told and self.layout.is_spoken(when.span.start):
                return Suggestion(when.edtf, (when.span,), 0.78, when.reason)
        return None

    def _signed_at(self, main: _Main) -> Suggestion[Named] | None:
        for statement in main.sentences:
            if statement.stage in (Stage.SIGNED, Stage.RENEWED, Stage.PLANNED) and (
                found := self._scene(statement)
            ):
                return found
        return None if main.statement.is_old else self._other_city(main) or self._venue(main)

    def _other_city(self, main: _Main) -> Suggestion[Named] | None:
        """«siglato nella città giapponese»: the side that the adjective tells."""
        for statement in main.sentences:
            found = _CITY_OF.search(
                self.layout.flat, statement.sentence.start, statement.sentence.end
            )
            if found and statement.stage in (Stage.SIGNED, Stage.RENEWED, Stage.PLANNED):
                japanese = found["which"].startswith(("giapp", "nipp"))
                side = next(
                    (
                        p
                        for p in self.reader.places_in(main.statement.sentence)
                        if p.is_japanese == japanese and p.entry.is_town
                    ),
                    None,
                )
                if side:
                    reason = _("The text says “%(words)s”, which is taken for %(place)s.") % {
                        "words": found[0],
                        "place": side.entry.named.name,
                    }
                    return Suggestion(
                        side.entry.named,
                        (Span(found.start(), found.end()), side.span),
                        0.75,
                        reason,
                        implied=True,
                    )
        return None

    def _scene(self, statement: Statement) -> Suggestion[Named] | None:
        """The place with «a» before it, nearest to the verb."""
        flat = self.layout.flat
        there = [
            place
            for place in self.reader.places_in(statement.sentence)
            if (
                _HERE.search(
                    flat[max(statement.sentence.start, place.span.start - 40) : place.span.start]
                )
                or self._has_article(place)
                or _JAPANESE_HERE.match(self.layout.text[place.span.end : place.span.end + 6])
            )
            and not self.layout.is_spoken(place.span.start)
            and place.entry.is_town
            and not re.search(
                r"\buniversit\w+ (?:in|a|di) $|\b(?:consol\w+|ambasci\w+|visit\w+|tornat\w+|unit[oaei]|lega\w*) [^.]{0,30}$",
                flat[max(0, place.span.start - 45) : place.span.start],
            )
        ]
        anchor = statement.anchor
        best = min(there, key=lambda p: abs(p.span.start - anchor.start), default=None)
        if best is None:
            return None
        reason = _("The sentence on the signature says that it was here.")
        return Suggestion(best.entry.named, (best.span,), 0.85, reason)

    def _has_article(self, place: Mention) -> bool:
        return (
            bool(
                re.match(
                    r"a(?:ll|l|lla) ?'?", self.layout.flat[place.span.start : place.span.start + 5]
                )
            )
            and self.layout.flat[place.span.start : place.span.start + 3] == "all"
        )

    def _venue(self, main: _Main) -> Suggestion[Named] | None:
        """A palace or a hall, which is in the town of the dateline or else of the Italian side."""
        for statement in main.sentences:
            sentence = statement.sentence
            found = _VENUE.search(self.layout.flat, sentence.start, sentence.end)
            if (
                not found
                or self.layout.is_spoken(found.start())
                or statement.stage not in (Stage.SIGNED, Stage.RENEWED, Stage.PLANNED)
            ):
                continue
            home = next(
                (
                    p
                    for p in self.places
                    if p.entry.is_town and self.dateline and p.key == self.dateline.key
                ),
                None,
            )
            home = home or next(
                (p for p in self.places if not p.is_japanese and p.entry.is_town), None
            )
            if home:
                reason = _(
                    "The signature was in “%(venue)s”, which is taken to be in %(place)s."
                ) % {"venue": found[0], "place": home.entry.named.name}
                return Suggestion(
                    home.entry.named,
                    (Span(found.start(), found.end()), home.span),
                    0.68,
                    reason,
                    implied=True,
                )
        return None

    # Other acts

    def _others(
        self, statements: list[Statement], main: _Main | None, ours: Sequence[Suggestion[Body]]
    ) -> Iterator[ActReading]:
        """Acts told in passing: each sentence that names a document and a pair of places."""
        told: set[tuple[str, ...]] = (
            {tuple(sorted(body.value.place.key for body in ours))} if ours else set()
        )
        for statement in statements:
            if main and statement is main.statement and not self._lists(statement):
                continue
            if statement.document is None or statement.stage == Stage.HOPED_FOR:
                continue
            pairs = list(self._pairs(statement.sentence))
            for italian, japanese in pairs:
                keys = tuple(sorted((italian.key, japanese.key)))
                if keys not in told:
                    told.add(keys)
                    yield self._passing(statement, (italian, japanese), alone=len(pairs) == 1)
            if (
                main
                and not pairs
                and statement.is_old
                and statement.when
                and not statement.is_spoken
                and ours
                and not main.statement.is_old
            ):
                yield self._earlier(statement, ours)

    def _levels(self, ours: Sequence[Suggestion[Body]]) -> Iterator[ActReading]:
        """«nel 2006 a livello camerale e nel 2005 a livello comunale»: earlier ties of the same places."""
        for found in _LEVEL.finditer(self.layout.flat):
            span = Span(found.start(), found.end())
            institution = _LEVELS[found["level"]]
            reason = _("The text says since when and at which level the tie is.")
            sides = tuple(
                Suggestion(Body(body.value.place, institution), (span,), 0.75, reason)
                for body in ours
            )
            yield ActReading(
                stage=Suggestion(Stage.SIGNED, (span,), 0.65, _STAGE_REASONS[Stage.SIGNED]()),
                signed=Suggestion(found["year"], (Span(*found.span("year")),), 0.8, reason),
                bodies=sides,
            )

    def _lists(self, statement: Statement) -> bool:
        return len(list(self._pairs(statement.sentence))) > 1

    def _pairs(self, sentence: Span) -> Iterator[tuple[Mention, Mention]]:
        """«Bologna con Itabashi e Hamamatsu, Faenza con Toki»: places of both countries with a link between."""
        there = self._candidates(sentence)
        last: Mention | None = None
        for number, place in enumerate(there):
            joined = bool(number) and self._are_joined(there[number - 1], place)
            if last and joined and place.is_japanese != last.is_japanese:
                yield (last, place) if place.is_japanese else (place, last)
            if last is None or place.is_japanese == last.is_japanese or not place.is_japanese:
                last = place

    def _candidates(self, sentence: Span) -> list[Mention]:
        """The towns of a sentence; territories only of a country of which it names no town."""
        there = [
            place
            for place in self.reader.places_in(sentence)
            if not self.layout.flat.startswith("(", max(place.span.start - 1, 0))
        ]
        towns = {place.is_japanese for place in there if place.entry.is_town}
        return [
            place
            for place in there
            if place.entry.is_town
            or place.is_japanese not in towns
            or _LINK.search(self.layout.flat[max(0, place.span.start - 8) : place.span.start])
        ]

    def _are_joined(self, one: Mention, other: Mention) -> bool:
        between = self.layout.flat[one.span.end : other.span.start]
        return (
            len(between) < 70
            and not re.search(r"[.;:!?]", between)
            and bool(
                re.search(r"\b(?:con|e|ed|and|with)\b|^ ?(?: |/)|と", between)
                or _PAIR.match(between)
            )
        )

    def _passing(
        self, statement: Statement, pair: tuple[Mention, Mention], *, alone: bool
    ) -> ActReading:
        sides = tuple(
            Suggestion(
                Body(place.entry.named, Institution.LOCAL_GOVERNMENT),
                (place.span,),
                0.7,
                reason_for(place),
            )
            for place in pair
        )
        when = self._date_of(pair, statement, alone=alone)
        signed = (
            Suggestion(
                when.edtf,
                (when.span,),
                0.75,
                when.reason or _("The sentence on the act gives this date."),
            )
            if when
            else None
        )
        document = statement.document
        kind = self._kind_suggestion(document) if document else None
        if kind and document:
            kind = Suggestion(kind.value, (document.span,), 0.75, kind.reason)
        stage = Suggestion(Stage.SIGNED, (statement.anchor,), 0.65, _STAGE_REASONS[Stage.SIGNED]())
        return ActReading(kind=kind, stage=stage, signed=signed, bodies=sides)

    def _date_of(
        self, pair: tuple[Mention, Mention], statement: Statement, *, alone: bool
    ) -> DateMention | None:
        """The date that stands with a pair, or the only one of its sentence."""
        start, end = min(p.span.start for p in pair), max(p.span.end for p in pair)
        near = [
            d
            for d in starting_in(self.reader.dates, Span(max(start - 40, 0), end + 60))
            if statement.sentence.start <= d.span.start < statement.sentence.end
        ]
        within = [d for d in near if start <= d.span.start <= end]
        found = within or (near if alone else [])
        return found[0] if found else statement.when if alone else None

    def _earlier(self, statement: Statement, ours: Sequence[Suggestion[Body]]) -> ActReading:
        """An earlier act of the same sides, recalled."""
        assert statement.document is not None and statement.when is not None  # noqa: PT018, S101 # asked for by the caller
        when = statement.when
        kind = self._kind_suggestion(statement.document)
        return ActReading(
            kind=Suggestion(kind.value, (statement.document.span,), 0.7, kind.reason),
            stage=Suggestion(
                Stage.SIGNED, (statement.anchor,), 0.65, _STAGE_REASONS[Stage.SIGNED]()
            ),
            signed=Suggestion(
                when.edtf,
                (when.span,),
                when.confidence,
                when.reason or _("The sentence on the act gives this date."),
                implied=when.is_implied,
            ),
            bodies=tuple(ours),
        )


_STAGE_REASONS = {
    Stage.SIGNED: lambda: _("The text tells the signature as a fact."),
    Stage.RENEWED: lambda: _("The text tells of a renewal."),
    Stage.PLANNED: lambda: _("The text tells a decision, or a day still to come."),
    Stage.HOPED_FOR: lambda: _("The text tells a wish or talks, and no signature."),
}
