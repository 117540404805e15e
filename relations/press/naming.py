"""The names by which people write of a place, made from the official ones."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relations.enums import Country, PlaceKind
from relations.press.letters import is_japanese

if TYPE_CHECKING:
    from relations.press.gazetteer import Entry

Name = tuple[str, bool]

_ARTICLE = re.compile(r"(?P<article>la |il |lo |le |i |gli |l['’])(?P<rest>.+)", re.IGNORECASE)
_PREPOSITIONS = ("de", "a", "da", "ne", "su")
_INFLECTED = {
    "la ": "lla ",
    "il ": "l ",
    "lo ": "llo ",
    "le ": "lle ",
    "i ": "i ",
    "gli ": "gli ",
    "l'": "ll'",
}
_ROMAN_RANKS = {
    "市": ("shi", "city"),
    "町": ("cho", "machi", "town"),
    "村": ("mura", "son", "village"),
    "区": ("ku", "ward", "city"),
    "県": ("ken",),
    "府": ("fu",),
    "都": ("to",),
    "道": (),
}
# ISTAT's names that nobody writes so, and exonyms that no official list has.
_USUAL = {
    "Reggio nell’Emilia": ("Reggio Emilia",),
    "Reggio di Calabria": ("Reggio Calabria",),
    "Provincia di Reggio nell’Emilia": ("Provincia di Reggio Emilia",),
    "Sanremo": ("San Remo",),
    "Firenze": ("Florence",),
    "Venezia": ("ベニス", "ヴェニス"),
    "Sicilia": ("シチリア",),
    "Napoli": ("Naples",),
    "Livorno": ("Leghorn",),
    "Siracusa": ("Syracuse",),
    "Bolzano": ("Bozen",),
    "Merano": ("Meran",),
    "Provincia autonoma di Bolzano": (
        "Alto Adige",
        "Südtirol",
        "South Tyrol",
        "Provincia di Bolzano",
    ),
    "Provincia autonoma di Trento": ("Trentino", "Provincia di Trento"),
    "Città metropolitana di Roma Capitale": ("Città metropolitana di Roma", "Provincia di Roma"),
    "Tokyo": ("東京都庁", "Tokyo Metropolis", "Tokyo Metropolitan Government"),
    "Hokkaido": ("北海道庁",),
}
_PARTS = frozenset(("Alto Adige", "Trentino", "Südtirol", "South Tyrol"))
_TERRITORY = {
    PlaceKind.REGION: ("regione {}", "{} region", "region of {}", "regione autonoma {}", "{}州"),
    PlaceKind.PREFECTURE: (
        "prefettura di {}",
        "prefettura del {}",
        "provincia di {}",
        "prefettura giapponese di {}",
        "{} prefecture",
        "prefecture of {}",
        "{} pref.",
    ),
}
_LONG_O = re.compile("[おこそとのほもよろごぞどぼぽょ][うお]")


def names_of(entry: "Entry") -> Iterator[Name]:
    """All names of a place, each with whether it tells its kind too («Prefettura di Kyoto», 京都府)."""
    names = [name for name in dict.fromkeys(entry.names) if name and not _is_of_a_part(name, entry)]
    usual = [name for known in names for name in _USUAL.get(known, ())]
    for name in dict.fromkeys([*names, *usual]):
        if is_japanese(name[0]):
            yield from _japanese(name, entry)
        else:
            yield from _latin(name.replace("’", "'"), entry)
    if entry.is_japanese and entry.reading:
        yield from ((variant, False) for variant in _longer_spellings(entry))


def _is_of_a_part(name: str, entry: "Entry") -> bool:
    """Whether a spelling of a region is the name of one of its provinces."""
    return entry.named.kind == PlaceKind.REGION and name in _PARTS


def _japanese(name: str, entry: "Entry") -> Iterator[Name]:
    """東京都 and 東京; for Italy ラ・スペツィア市, ラ・スペツィア and ラスペツィア."""
    ranked = name[-1] in "市町村区県府都道州"
    yield name, ranked
    bare = name[:-1] if ranked and name != "北海道" else name
    # A single kanji, as of 津市, means anything.
    if len(bare) > 1:
        yield bare, False
    if not entry.is_japanese:
        joined = re.sub("[・＝=]", "", bare)
        yield from ((joined, False), (f"{joined}市", True))
        if entry.is_town:
            yield f"{bare}市", True
            yield f"{bare}町", True


def _latin(name: str, entry: "Entry") -> Iterator[Name]:
    is_above = entry.named.kind in (PlaceKind.PROVINCE, PlaceKind.METROPOLITAN_CITY)
    yield name, is_above
    if found := _ARTICLE.fullmatch(name):
        article, rest = found["article"].lower(), found["rest"]
        for preposition in _PREPOSITIONS:
            yield f"{preposition}{_INFLECTED[article]}{rest}", is_above
    for pattern in _TERRITORY.get(entry.named.kind, ()):
        yield pattern.format(name), True
    for article in ("del", "della", "dell'", "delle"):
        if entry.named.kind == PlaceKind.REGION:
            blank = "" if article.endswith("'") else " "
            yield f"regione {article}{blank}{name}", True
    if entry.is_japanese:
        yield from _ranked(name, entry)


def _ranked(name: str, entry: "Entry") -> Iterator[Name]:
    """Izumisano-shi and Izumisanoshi, and where people err, Koya-shi of a town too."""
    for rank in _ROMAN_RANKS.get(entry.rank, ()):
        yield f"{name} {rank}", True
        if rank in ("shi", "cho", "machi", "mura", "son", "ku"):
            yield f"{name}{rank}", True


def _longer_spellings(entry: "Entry") -> Iterator[str]:
    """Kouya and Kohya for Kōya, Gumma for Gunma: as many write them."""
    latin = [name for name in entry.names if name and not is_japanese(name[0]) and " " not in name]
    for name in dict.fromkeys(latin):
        if re.search("n[bmp]", name):
            yield re.sub("n(?=[bmp])", "m", name)
        if _LONG_O.search(entry.reading) and "o" in name.lower():
            yield from _lengthened(name)
        if (
            entry.named.country == Country.JAPAN
            and "uu" not in name
            and re.search("ゅう|うう", entry.reading)
        ):
            yield re.sub("u", "uu", name, count=1)


def _lengthened(name: str) -> Iterator[str]:
    """The name with one of its o written long."""
    for found in re.finditer("o", name, re.IGNORECASE):
        before, after = name[: found.end()], name[found.end() :]
        yield from (before + more + after for more in ("u", "o", "h"))
