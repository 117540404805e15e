"""Places and partnerships that are in no database: a map is drawn of loaded rows, with no query."""

from itertools import count

from relations.enums import Country, MacroArea, PlaceKind, Status
from relations.models import Partnership, Place

_key = count(1)


def territory(code, **fields):
    """A region or prefecture with its seat at the middle of its country."""
    is_italian = code.startswith("IT")
    defaults = {
        "kind": PlaceKind.REGION if is_italian else PlaceKind.PREFECTURE,
        "macro_area": MacroArea.CENTRE if is_italian else MacroArea.KANTO,
        "latitude": "42.00000" if is_italian else "36.00000",
        "longitude": "12.00000" if is_italian else "138.00000",
    }
    return _place(code, **defaults | fields)


def city(latitude, longitude, region="", **fields):
    """A municipality at a point in degrees; east of 100° it is Japanese. `region` is a code."""
    region = region or ("IT-62" if longitude < 100 else "JP-13")
    return _place(
        f"{region}-{next(_key)}",
        kind=PlaceKind.MUNICIPALITY,
        latitude=latitude,
        longitude=longitude,
        region=territory(region),
        **fields,
    )


def _place(code, **fields):
    key = next(_key)
    names = {f"name_{language}": f"Place {key}" for language in ("it", "ja", "en")}
    country = Country.ITALY if code.startswith("IT") else Country.JAPAN
    defaults = {"pk": key, "code": code, "slug": f"place-{key}", "country": country}
    return Place(**defaults | names | fields)


def tie(italian, japanese, slug=""):
    """A partnership in force."""
    key = next(_key)
    partnership = Partnership(
        pk=key, slug=slug or f"tie-{key}", italian_place=italian, japanese_place=japanese
    )
    partnership.status = Status.IN_FORCE
    return partnership
