"""A small gazetteer of real places, with the homonyms that the rules tell apart."""

from collections.abc import Callable

import pytest

from relations.enums import Country, PlaceKind
from relations.press.gazetteer import Entry, Gazetteer
from relations.press.layout import Layout
from relations.press.places import Mention, PlaceReader
from relations.press.reader import Reader
from relations.press.readings import Named
from relations.press.tidying import tidy

_M, _R, _P, _J = PlaceKind.MUNICIPALITY, PlaceKind.REGION, PlaceKind.PROVINCE, PlaceKind.PREFECTURE

# Key, kind, names, reading, region, province, inhabitants.
_PLACES = (
    ("IT-42", _R, ("Liguria", "リグーリア州"), "", "", "", 0),
    ("IT-45", _R, ("Emilia-Romagna",), "", "", "", 0),
    ("IT-67", _R, ("Molise",), "", "", "", 0),
    ("IT-25", _R, ("Lombardia",), "", "", "", 0),
    ("IT-017", _P, ("Provincia di Brescia",), "", "IT-25", "BS", 1_200_000),
    ("IT-011015", _M, ("La Spezia",), "", "IT-42", "SP", 92_000),
    ("IT-037006", _M, ("Bologna",), "", "IT-45", "BO", 390_000),
    ("IT-039010", _M, ("Faenza",), "", "IT-45", "RA", 58_000),
    ("IT-039014", _M, ("Ravenna",), "", "IT-45", "RA", 155_000),
    ("IT-066049", _M, ("L’Aquila",), "", "IT-65", "AQ", 69_000),
    ("IT-017123", _M, ("Ome",), "", "IT-25", "BS", 3_100),
    ("IT-017029", _M, ("Brescia",), "", "IT-25", "BS", 196_000),
    ("IT-070039", _M, ("Molise",), "", "IT-67", "CB", 160),
    ("IT-110003", _M, ("Bisceglie",), "", "IT-75", "BT", 53_000),
    ("IT-081022", _M, ("Vita",), "", "IT-82", "TP", 1_800),
    ("JP-08", _J, ("Ibaraki", "茨城県"), "いばらきけん", "", "", 0),
    ("JP-13", _J, ("Tokyo", "東京都"), "とうきょうと", "", "", 0),
    ("JP-27", _J, ("Osaka", "大阪府"), "おおさかふ", "", "", 0),
    ("JP-21", _J, ("Gifu", "岐阜県"), "ぎふけん", "", "", 0),
    ("JP-07", _J, ("Fukushima", "福島県"), "ふくしまけん", "", "", 0),
    ("JP-08302", _M, ("Ibaraki", "茨城町"), "いばらきまち", "JP-08", "", 30_000),
    ("JP-27211", _M, ("Ibaraki", "茨木市"), "いばらきし", "JP-27", "", 280_000),
    ("JP-27213", _M, ("Izumisano", "泉佐野市"), "いずみさのし", "JP-27", "", 100_000),
    ("JP-13205", _M, ("Ome", "青梅市"), "おうめし", "JP-13", "", 130_000),
    ("JP-21506", _M, ("Shirakawa", "白川町"), "しらかわちょう", "JP-21", "", 7_000),
    ("JP-21604", _M, ("Shirakawa", "白川村"), "しらかわむら", "JP-21", "", 1_500),
    ("JP-07205", _M, ("Shirakawa", "白河市"), "しらかわし", "JP-07", "", 58_000),
    ("JP-17201", _M, ("Kanazawa", "金沢市"), "かなざわし", "JP-17", "", 460_000),
    ("JP-02443", _M, ("Takko", "田子町"), "たっこまち", "JP-02", "", 5_000),
)  # fmt: skip


def _entry(row: tuple[str, PlaceKind, tuple[str, ...], str, str, str, int]) -> Entry:
    key, kind, names, reading, region, province, inhabitants = row
    return Entry(
        Named(key, Country(key[:2]), kind, names[0]), names, reading, region, province, inhabitants
    )


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer(map(_entry, _PLACES))


@pytest.fixture(scope="session")
def reader(gazetteer: Gazetteer) -> Reader:
    return Reader(gazetteer)


@pytest.fixture(scope="session")
def places_of(gazetteer: Gazetteer) -> Callable[[str], tuple[Mention, ...]]:
    """A function that reads the places of a text."""
    return lambda text: PlaceReader(Layout(tidy(text)), gazetteer).mentions()
