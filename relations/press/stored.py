"""The gazetteer of the reader, from what is stored: the editor's gazetteer and the places of the atlas."""

from collections import defaultdict

from relations.enums import Country, PlaceKind
from relations.models import GazetteerEntry, Partnership, Place, PlaceName
from relations.press.gazetteer import Entry, Gazetteer
from relations.press.readings import Named


def stored_gazetteer() -> Gazetteer:
    """All places that are stored, in four queries; those of the atlas with their spellings and partners."""
    spellings = _spellings()
    partners = _partners()
    stored = {_key(entry.country, entry.code): entry for entry in GazetteerEntry.objects.all()}
    entries = {key: _from_gazetteer(key, entry) for key, entry in stored.items()}
    for place in Place.objects.select_related("region").order_by("country", "code"):
        key = _key(place.country, place.code)
        listed = entries.get(key)
        names = [place.name_it, place.name_ja, place.name_en, *spellings[place.pk]]
        entries[key] = Entry(
            named=Named(key, Country(place.country), PlaceKind(place.kind), place.name_it),
            names=tuple(dict.fromkeys([*names, *(listed.names if listed else ())])),
            reading=place.reading or (listed.reading if listed else ""),
            region=place.region.code if place.region else "",
            province=listed.province if listed else "",
            inhabitants=listed.inhabitants if listed else 0,
            is_known=not place.is_territory or bool(partners[key]),
            partners=frozenset(partners[key]),
        )
    return Gazetteer(entries.values())


def _key(country: str, code: str) -> str:
    """A region's or prefecture's code has its country already."""
    return code if code.startswith(f"{country}-") else f"{country}-{code}"


def _from_gazetteer(key: str, entry: GazetteerEntry) -> Entry:
    names = (entry.name_it, entry.name_ja, entry.name_en, *entry.other_names.split("; "))
    return Entry(
        named=Named(key, Country(entry.country), PlaceKind(entry.kind), entry.name_it),
        names=tuple(name for name in names if name),
        reading=entry.reading,
        region=entry.region_code,
        province=entry.province,
        inhabitants=entry.inhabitants,
    )


def _spellings() -> dict[int, list[str]]:
    """The other spellings of each place."""
    spellings: dict[int, list[str]] = defaultdict(list)
    for place, text in PlaceName.objects.order_by("pk").values_list("place", "text"):
        spellings[place].append(text)
    return spellings


def _partners() -> dict[str, set[str]]:
    """The partners of each place in the other country."""
    partners: dict[str, set[str]] = defaultdict(set)
    sides = (
        "italian_place__country",
        "italian_place__code",
        "japanese_place__country",
        "japanese_place__code",
    )
    for italy, italian, japan, japanese in Partnership.objects.values_list(*sides):
        one, other = _key(italy, italian), _key(japan, japanese)
        partners[one].add(other)
        partners[other].add(one)
    return partners
