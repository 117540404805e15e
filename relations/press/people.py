"""People with an office, as releases name them, and of which country they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from relations.enums import Country
from relations.press.layout import Layout
from relations.press.letters import flat, is_japanese
from relations.press.places import Mention
from relations.press.readings import Span
from relations.press.spans import starting_in
from relations.press.words import words

_CAPITALISED = r"[A-ZÀ-ÖØ-ÞŌŪĀĒĪ][\w’'‑]*(?:-[A-ZÀ-ÖØ-Þa-z][\w’']*)*"
_PARTICLE = r"(?:[Dd]i|[Dd]e|[Dd]el|[Dd]ella|[Dd]e['’]|[Dd]a|[Dd]al|[Dd]alla|[Dd]ei|[Dd]egli|[Ll]o|[Ll]a|[Ll]i|van|von|[DdLl]['’])"
NAME = re.compile(rf"{_CAPITALISED}(?: (?:{_PARTICLE} ?)?{_CAPITALISED}){{0,4}}")
_OFFICES = (
    r"sindac[oahi]+|vice ?sindac[oa]|prim[oa] cittadin[oa]|assessor[aei]+|consiglier[aei]+(?: delegat[oa])?|president[ei](?:ssa)?|"
    r"vice ?president[ei]|vice ?governator[ei]|vice ?governatrice|governator[ei]|governatrice|rettor[ei]|rettrice|prorettore|prorettrice|"
    r"ambasciatore|ambasciatrice|consol[ei]|console generale|direttor[ei](?: generale)?|direttrice(?: generale)?|segretari[oa](?: generale)?|"
    r"commissari[oa](?: straordinari[oa])?|colleg[ah](?:i)?|omolog[oah]i?|"
    r"deputy (?:mayor|governor)|vice[ -]?(?:mayor|governor|president|chair\w*)|mayors?|governors?|presidents?|chair(?:man|woman|person)?|"
    r"rector|councill?or|ambassador|consul(?: general)?|director(?: general)?|professor|commissioner|village head"
)
_OFFICE = re.compile(rf"\b(?:{_OFFICES})\b")
_TITLE = re.compile(
    r"\b(?:dott|dr|dottoressa|prof|professor|professoressa|ing|avv|on|arch|signor[ae]?|sig|mr|mrs|ms|san)\b\.?"
)
_PARTICLES = frozenset(["Di", "Da", "Lo", "La", "Del", "Della", "Dal"])
_NO_NAME = frozenset(
    [
        "Il",
        "Lo",
        "La",
        "Gli",
        "Le",
        "Un",
        "Una",
        "Uno",
        "Al",
        "Alla",
        "Del",
        "Della",
        "Dal",
        "Nel",
        "Nella",
        "Per",
        "Con",
        "Tra",
        "Fra",
        "Di",
        "Da",
        "In",
        "Su",
        "Ma",
        "Se",
        "Ed",
        "Oggi",
        "Ieri",
        "Anche",
        "Questo",
        "Questa",
        "Quando",
        "Dopo",
        "Durante",
        "Hanno",
        "Ha",
        "È",
        "Comune",
        "Comuni",
        "Città",
        "Regione",
        "Provincia",
        "Prefettura",
        "Camera",
        "Commercio",
        "Università",
        "Autorità",
        "Consiglio",
        "Giunta",
        "Memorandum",
        "Protocollo",
        "Accordo",
        "Patto",
        "Giappone",
        "Italia",
        "Japan",
        "Italy",
        "Palazzo",
        "Piazza",
        "Sala",
        "Teatro",
        "Presidente",
        "Sindaco",
        "Sindaca",
        "Governatore",
        "Vicesindaco",
        "Assessore",
        "Assessora",
        "Console",
        "Ambasciatore",
        "Istituto",
        "Museo",
        "Ufficio",
        "Stampa",
        "The",
        "A",
        "An",
        "And",
        "Of",
        "On",
        "At",
        "Under",
        "Mayor",
        "Governor",
        "President",
        "City",
        "Town",
        "Village",
        "Prefecture",
        "Prefettura",
        "University",
        "Chamber",
        "Both",
        "Sister",
        "Friendship",
        "Media",
        "Contact",
        "Mare Adriatico Orientale Tirreno Ligure Settentrionale Occidentale Centrale Meridionale Ionio Expo",
        "Unione",
        "Europea",
        "Sistema",
        "Portuale",
        "Mar",
        "Tirreno",
        "Adriatico",
        "Municipio",
        "Castello",
        "Centro",
        "Duomo",
        "Stadio",
        "Parco",
        "Hotel",
        "Port",
        "Authority",
        "Rector",
        "Professor",
    ]
)
# What may stand between an office and its holder: the body, an article, what the office is for.
_GAP = re.compile(
    # Atomic: no word is tried twice.
    r"^(?>[ ,:()–-]|\b(?:il|la|lo|l'|di|del|della|dello|dell'|delle|dei|degli|d'|the|of|for|e|ed|and|alle|agli|al|alla|allo|per|con delega a[li]*|"
    r"[a-z]+(?:ese|iano|iana|itano|etano|ino|ina|ale|eno|asco|ico|ica)|area|mare?|adriatico|tirreno|ligure|ionio|orientale|occidentale|settentrionale|meridionale|centrale|territorio|citta|comune|giapponese|giapponesi|italiana|italiano|prefettura|regione|provincia|giunta|regionale|provinciale|comunale|metropolitan[ao]|"
    r"camera|commercio|industria|artigianato|agricoltura|ente|camerale|berico|associazione|consiglio|universita|ateneo|autorita|sistema|portuale|"
    r"relazioni|rapporti|politiche|internazionali|turismo|cultura|sport|attivita|produttive|economiche|generale|straordinario|delegat[oa]|"
    r"stess[oa]|nipponic[oa]|citta gemella|termale|japanese|city|town|japan|italy|villaggio|gemella|partner|allora|cittadina|"
    r"grand|chamber|commerce|industry|university|port|authority|signor[ae]?|dott|dottoressa|prof|ing|avv|arch)\b|[.'])*+$"
)
# «porta la firma di Kenji Oyama»: a name without its office.
_SIGNED_BY = re.compile(
    r"\b(?:firm[ae] di|firmat[oaei] da|siglat[oaei] da|sottoscritt[oaei] da|firmera|firmeranno|signed by)(?: l[oa] stess[oa])? $"
)
_STILL_SIGNED = re.compile(r"\bfirm\w+ (?:l[oa] stess[oa] )")
_COLLEAGUE = re.compile("colleg|omolog")
_LONGEST_NAME = 80
_REACH = 110
# Japanese names sound so: syllables of a consonant and a vowel, and n.
_SYLLABLES = re.compile(
    r"(?:(?:kk|tt|ss|pp|cch|tch|ssh|[kgsztdnhbpmr]y|ch|sh|ts|[kgsztdnhbpmyrwjf])?[aeiou](?:h(?![aeiou]))?|n(?![aeiou]))+"
)
_JAPANESE_OFFICES = r"(?:副?市長|副?町長|副?村長|副?区長|副?知事|会頭|副会頭|議長|学長|総長|理事長|会長|大統領|大使|総領事)"
_BEFORE_OFFICE = re.compile(
    rf"(?P<name>(?:[ァ-ヺー]{{1,20}}(?:[・＝=･ ][ァ-ヺー]{{1,20}}){{1,4}}|[ァ-ヺー]{{3,20}}|[々一-龯]{{1,6}}(?: [々一-龯ぁ-んァ-ヺ]{{1,4}})?))(?P<office>{_JAPANESE_OFFICES})"
)
_AFTER_OFFICE = re.compile(
    rf"(?P<office>{_JAPANESE_OFFICES})[・ の、]?(?P<name>[ァ-ヺー]{{1,20}}(?:[・＝=･ ][ァ-ヺー]{{1,20}}){{1,4}}|[々一-龯]{{2,4}} ?[々一-龯]{{1,3}})(?=[がとはの、。)氏)さ])"
)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person in the text: the name, the office if it is told there, and where it is held."""

    span: Span
    name: str
    office: str
    office_span: Span | None
    country: Country | None

    @property
    def start(self) -> int:
        """Where the office or the name begins."""
        return min(self.span.start, self.office_span.start if self.office_span else self.span.start)


class PeopleReader:
    """Finds the people in one text whose offices are told."""

    def __init__(self, layout: Layout, places: Sequence[Mention]) -> None:
        self.layout = layout
        self.places = places

    @cached_property
    def mentions(self) -> tuple[PersonMention, ...]:
        """All of them, in order; a surname alone stands for the whole name told elsewhere."""
        found = [*self._in_latin(), *self._in_japanese()]
        found += self._surnames({_surname(p.name): p for p in found if " " in p.name})
        found.sort(key=lambda person: person.span)
        full = {_surname(p.name): p for p in found if " " in p.name}
        return tuple(self._whole(person, full) for person in found)

    def within(self, span: Span) -> list[PersonMention]:
        """Those in a part of the text."""
        return list(starting_in(self.mentions, span))

    def _whole(self, person: PersonMention, full: dict[str, PersonMention]) -> PersonMention:
        known = full.get(person.name)
        if known is None or is_japanese(person.name[0]):
            return person
        return PersonMention(
            person.span,
            known.name,
            person.office or known.office,
            person.office_span,
            known.country or person.country,
        )

    def _surnames(self, full: dict[str, PersonMention]) -> Iterator[PersonMention]:
        """«firmerà lo stesso Belleri»: one who was named before."""
        for found in _STILL_SIGNED.finditer(self.layout.flat):
            word = re.match(_CAPITALISED, self.layout.text[found.end() :])
            if word and (known := full.get(word[0])):
                yield PersonMention(
                    Span(found.end(), found.end() + word.end()),
                    known.name,
                    known.office,
                    None,
                    known.country,
                )

    # Names in Latin letters

    def _in_latin(self) -> Iterator[PersonMention]:
        for sentence in self.layout.sentences:
            names = list(self._names(sentence))
            for number, name in enumerate(names):
                behind = names[number - 1].end if number else sentence.start
                ahead = names[number + 1].start if number + 1 < len(names) else sentence.end
                if person := self._person(name, behind, ahead, names):
                    yield person

    def _names(self, sentence: Span) -> Iterator[Span]:
        """What may be names of people in a sentence: capitalised words that are no places."""
        for found in NAME.finditer(self.layout.text, sentence.start, sentence.end):
            yield from self._without_places(Span(found.start(), found.end()))

    def _without_places(self, span: Span) -> Iterator[Span]:
        """The pieces of a row of capitalised words that are left without places and words that name nobody."""
        start = span.start
        for place in self._places_about(span):
            if start < place.span.end and place.span.start < span.end:
                yield from self._pieces(start, place.span.start)
                start = place.span.end
        yield from self._pieces(start, span.end)

    def _places_about(self, span: Span) -> Sequence[Mention]:
        """The places that may overlap a stretch: no name is longer than what it reaches back."""
        return starting_in(self.places, Span(max(span.start - _LONGEST_NAME, 0), span.end))

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        """The rows of words, of some text, in which no word is one that names nobody."""
        piece: list[re.Match[str]] = []
        for word in re.finditer(r"[^\s,]+", self.layout.text[start : max(end, start)]):
            if word[0].rstrip(",.") in _NO_NAME - (_PARTICLES if piece else frozenset()):
                yield from _row(piece, start)
                piece = []
            else:
                piece.append(word)
        yield from _row(piece, start)

    def _person(
        self, name: Span, behind: int, ahead: int, names: list[Span]
    ) -> PersonMention | None:
        written = self.layout.text[name.start : name.end]
        office = self._office_before(name, behind)
        if office is None or _COLLEAGUE.match(self.layout.flat, office.start):
            office = self._office_after(name, ahead) or office
        if office is None and " " in written:
            office = self._shared_office(name, names)
        if (
            office is None
            and " " in written
            and _SIGNED_BY.search(self.layout.flat[max(behind, name.start - 40) : name.start])
        ):
            return PersonMention(name, _tidy_name(written), "", None, country_of_name(written))
        if office is None or (" " not in written and not self._is_titled(name, office)):
            return None
        country = self._country_of_office(office, name) or country_of_name(written)
        return PersonMention(
            name, _tidy_name(written), self.layout.text[office.start : office.end], office, country
        )

    def _is_titled(self, name: Span, office: Span) -> bool:
        """A lone surname is a person's only just behind the office."""
        return 0 <= name.start - office.end <= 2 or bool(
            re.search(
                r"\b(?:stess[oa]|colleg[ao]) $",
                self.layout.flat[max(0, name.start - 12) : name.start],
            )
        )

    def _office_before(self, name: Span, behind: int) -> Span | None:
        """The office that leads up to a name with nothing but its body between."""
        start = max(behind, name.start - _REACH)
        ahead = self.layout.flat[start : name.start]
        for office in reversed(list(_OFFICE.finditer(ahead))):
            if self._is_gap(start + office.end(), name.start):
                return Span(start + office.start(), start + office.end())
        return None

    def _office_after(self, name: Span, ahead: int) -> Span | None:
        """«Mario Rossi, sindaco di Siena»."""
        behind = self.layout.flat[name.end : min(ahead, name.end + 60)]
        office = re.match(
            rf",? ?\(?(?:il |la |l'|the |nuov[oa] |attuale )?(?P<office>{_OFFICES})\b", behind
        )
        if office is None or not behind.startswith((",", " (", " –", " -")):
            return None
        return Span(name.end + office.start("office"), name.end + office.end("office"))

    def _shared_office(self, name: Span, names: list[Span]) -> Span | None:
        """«i sindaci Mario Rossi e Ken Sato»: the office of the name before holds for this one too."""
        number = names.index(name)
        between = self.layout.flat[names[number - 1].end : name.start] if number else ""
        if between not in (" e ", " ed ", " and ", ", "):
            return None
        office = self._office_before(names[number - 1], names[number - 2].end if number > 1 else 0)
        plural = office and self.layout.flat[office.start : office.end].endswith(
            ("ci", "tori", "ti", "s", "chi", "ghi")
        )
        return office if plural else None

    def _is_gap(self, start: int, end: int) -> bool:
        gap = list(self.layout.flat[start:end])
        for place in starting_in(self.places, Span(start, end)):
            if start <= place.span.start < end:
                for position in range(place.span.start, min(place.span.end, end)):
                    gap[position - start] = " "
        return bool(_GAP.match("".join(gap)))

    def _country_of_office(self, office: Span, name: Span) -> Country | None:
        low, high = min(office.start, name.start), max(office.end, name.end)
        near = [
            p
            for p in starting_in(self.places, Span(low, high + 25))
            if low <= p.span.start < high
            or (office.start > name.start and 0 <= p.span.start - high < 25)
        ]
        return Country(near[0].entry.named.country) if near else None

    # Names in Japanese script

    def _in_japanese(self) -> Iterator[PersonMention]:
        for pattern in (_BEFORE_OFFICE, _AFTER_OFFICE):
            for found in pattern.finditer(self.layout.text):
                start, name = self._bare_name(found.start("name"), found["name"])
                if name and not self._is_place(start, start + len(name)):
                    country = Country.ITALY if "\u30a1" <= name[0] <= "\u30fc" else Country.JAPAN
                    yield PersonMention(
                        Span(start, start + len(name)),
                        name,
                        found["office"],
                        Span(*found.span("office")),
                        country,
                    )

    def _bare_name(self, start: int, name: str) -> tuple[int, str]:
        """The name without the place before it that runs into it: 湯河原町富田."""
        for place in self._places_about(Span(start, start + len(name))):
            if place.span.start <= start < place.span.end < start + len(name):
                cut = place.span.end - start
                return place.span.end, name[cut:].lstrip("の ")
        return start, name if not name.startswith(("副", "両", "同", "前", "元", "新")) else name[
            1:
        ]

    def _is_place(self, start: int, end: int) -> bool:
        return any(
            place.span.start < end and start < place.span.end
            for place in self._places_about(Span(start, end))
        )


def _row(words_of_name: list[re.Match[str]], offset: int) -> Iterator[Span]:
    """The words together, if they may be a name: in capitals only where there are two."""
    while words_of_name and not words_of_name[-1][0][0].isupper():
        words_of_name = words_of_name[:-1]
    while words_of_name and not words_of_name[0][0][0].isupper():
        words_of_name = words_of_name[1:]
    if words_of_name and (len(words_of_name) > 1 or not words_of_name[0][0].isupper()):
        yield Span(offset + words_of_name[0].start(), offset + words_of_name[-1].end())


def _tidy_name(name: str) -> str:
    name = re.sub(r"-(?:san|sama)$", "", name)
    return re.sub(r"\s+", " ", name).strip(" .,'’")


def _surname(name: str) -> str:
    return name.split(" ", 1)[1] if " " in name else name


def country_of_name(name: str) -> Country | None:
    """The country that a name sounds of; None where it may be of either."""
    if is_japanese(name[0]):
        return Country.ITALY if "\u30a1" <= name[0] <= "\u30fc" else Country.JAPAN
    parts = [part for part in re.split(r"[\s'-]+", flat(name)) if part]
    if parts and parts[0] in words("given_names"):
        return Country.ITALY
    return Country.JAPAN if all(_SYLLABLES.fullmatch(part) for part in parts) else Country.ITALY
