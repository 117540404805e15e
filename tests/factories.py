"""Plain functions that make rows with sensible defaults; each keyword overrides one field.

Names count up within a test run, so that two rows never collide.
"""

from itertools import count, cycle
from typing import Any

from relations.enums import (
    AgreementKind,
    CitedField,
    Country,
    EventKind,
    Institution,
    Language,
    MacroArea,
    PlaceKind,
    PublicationState,
    SourceKind,
)
from relations.models import (
    Agreement,
    Citation,
    Event,
    GazetteerEntry,
    Partnership,
    Party,
    Place,
    Sector,
    Source,
)

_number = count(1)
# Municipal codes from 9 on, which neither ISTAT nor JIS has.
# Numbers that no real region or prefecture has in ISO 3166-2, for some thirty of each in one test.
_region_code, _prefecture_code = cycle((*range(21), *range(89, 100))), cycle(range(50, 100))


def make_region(**fields: Any) -> Place:
    """An Italian region."""
    n = next(_number)
    defaults = {
        "slug": f"region-{n}",
        "kind": PlaceKind.REGION,
        "country": Country.ITALY,
        "macro_area": MacroArea.NORTH_EAST,
        "name_it": f"Regione {n}",
        "name_ja": f"第{n}州",
        "name_en": f"Region {n}",
        "latitude": "44.50000",
        "longitude": "11.30000",
        "code": f"IT-{next(_region_code):02}",
    }
    return Place.objects.create(**defaults | fields)


def make_prefecture(**fields: Any) -> Place:
    """A Japanese prefecture."""
    n = next(_number)
    defaults = {
        "slug": f"prefecture-{n}",
        "kind": PlaceKind.PREFECTURE,
        "country": Country.JAPAN,
        "macro_area": MacroArea.KANTO,
        "name_it": f"Prefettura {n}",
        "name_ja": f"第{n}県",
        "name_en": f"Prefecture {n}",
        "reading": "だいけん",
        "latitude": "36.30000",
        "longitude": "140.40000",
        "code": f"JP-{next(_prefecture_code):02}",
    }
    return Place.objects.create(**defaults | fields)


def make_italian_city(**fields: Any) -> Place:
    """An Italian municipality, in a region of its own unless one is given."""
    n = next(_number)
    defaults = {
        "slug": f"comune-{n}",
        "kind": PlaceKind.MUNICIPALITY,
        "country": Country.ITALY,
        "name_it": f"Comune {n}",
        "name_ja": f"第{n}コムーネ",
        "name_en": f"Comune {n}",
        "latitude": "44.40000",
        "longitude": "11.20000",
        "code": f"{900_000 + n % 100_000}",
    }
    if "region" not in fields:
        defaults["region"] = make_region()
    return Place.objects.create(**defaults | fields)


def make_japanese_city(**fields: Any) -> Place:
    """A Japanese municipality, in a prefecture of its own unless one is given."""
    n = next(_number)
    defaults = {
        "slug": f"shi-{n}",
        "kind": PlaceKind.MUNICIPALITY,
        "country": Country.JAPAN,
        "name_it": f"Shi {n}",
        "name_ja": f"第{n}市",
        "name_en": f"Shi {n}",
        "reading": "だいし",
        "latitude": "36.20000",
        "longitude": "140.30000",
        "code": f"{90_000 + n % 10_000}",
    }
    if "region" not in fields:
        defaults["region"] = make_prefecture()
    return Place.objects.create(**defaults | fields)


def make_entry(**fields: Any) -> GazetteerEntry:
    """An Italian municipality in the gazetteer, in a region that the atlas does not have."""
    n = next(_number)
    defaults = {
        "country": Country.ITALY,
        "kind": PlaceKind.MUNICIPALITY,
        "code": f"{800_000 + n % 100_000}",
        "region_code": "IT-24",  # which neither ISO nor `make_region` has
        "name_it": f"Comune {n}",
        "latitude": "44.40000",
        "longitude": "11.20000",
        "inhabitants": 5_000,
    }
    return GazetteerEntry.objects.create(**defaults | fields)


def make_sector(**fields: Any) -> Sector:
    """A broad sector."""
    n = next(_number)
    defaults = {
        "code": f"sector-{n}",
        "order": 100_000 + n,  # beyond those that a test or the founding data gives
        "colour": "culture",
        "name_it": f"Settore {n}",
        "name_ja": f"第{n}分野",
        "name_en": f"Sector {n}",
    }
    return Sector.objects.create(**defaults | fields)


def make_partnership(**fields: Any) -> Partnership:
    """A partnership of two cities of its own; public only once it has an agreement or event."""
    n = next(_number)
    defaults: dict[str, Any] = {"slug": f"partnership-{n}", "summary_en": f"Summary {n}."}
    for name, make in (
        ("italian_place", make_italian_city),
        ("japanese_place", make_japanese_city),
    ):
        if name not in fields:
            defaults[name] = make()
    return Partnership.objects.create(**defaults | fields)


def make_agreement(*, sectors: tuple[Sector, ...] = (), **fields: Any) -> Agreement:
    """A published twinning with a party on each side and a source."""
    n = next(_number)
    defaults: dict[str, Any] = {
        "slug": f"agreement-{n}",
        "kind": AgreementKind.TWINNING,
        "title_it": f"Accordo {n}",
        "title_ja": f"第{n}協定",
        "title_en": f"Agreement {n}",
        "signed": "2005-05-27",
        "state": PublicationState.PUBLISHED,
    }
    if "partnership" not in fields:
        defaults["partnership"] = make_partnership()
    agreement = Agreement.objects.create(**defaults | fields)
    agreement.sectors.set(sectors)
    for place in (agreement.partnership.italian_place, agreement.partnership.japanese_place):
        make_party(agreement=agreement, place=place)
    make_citation(agreement=agreement, field=CitedField.SIGNED, stated=agreement.signed or "2005")
    return agreement


def make_party(**fields: Any) -> Party:
    """A local government that is bound by an agreement."""
    defaults = {"institution": Institution.LOCAL_GOVERNMENT}
    return Party.objects.create(**defaults | fields)


def make_event(
    *,
    partnerships: tuple[Partnership, ...] = (),
    places: tuple[Place, ...] = (),
    sectors: tuple[Sector, ...] = (),
    **fields: Any,
) -> Event:
    """A published mission with a source."""
    n = next(_number)
    defaults = {
        "slug": f"event-{n}",
        "kind": EventKind.MISSION,
        "title_it": f"Missione {n}",
        "title_ja": f"第{n}訪問",
        "title_en": f"Mission {n}",
        "start": "2019",
        "state": PublicationState.PUBLISHED,
    }
    event = Event.objects.create(**defaults | fields)
    event.partnerships.set(partnerships)
    event.places.set(places)
    event.sectors.set(sectors)
    make_citation(event=event, field=CitedField.START, stated="2019")
    return event


def make_source(**fields: Any) -> Source:
    """A press release."""
    n = next(_number)
    defaults = {
        "slug": f"source-{n}",
        "kind": SourceKind.PRESS_RELEASE,
        "publisher": f"Comune {n}",
        "title": f"Comunicato {n}",
        "language": Language.ITALIAN,
        "published": "2025-09-24",
    }
    return Source.objects.create(**defaults | fields)


def make_citation(**fields: Any) -> Citation:
    """The preferred citation of a fact, from a source of its own unless one is given."""
    defaults: dict[str, Any] = {"preferred": True}
    if "source" not in fields:
        defaults["source"] = make_source()
    return Citation.objects.create(**defaults | fields)
