"""Whose land it is, where Italy and Japan hold another view than Natural Earth."""

from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from .polygons import Shapes, moved

EVERYWHERE = shapely.box(-180, -90, 360, 90)


class Recognised(NamedTuple):
    """Land that belongs to another country than the one that Natural Earth shows."""

    shown: str  # the country as Natural Earth has it
    owner: str
    within: BaseGeometry = EVERYWHERE  # a box around the polygons that are meant


# Natural Earth shows who is in control. The maps follow what both Italy and Japan recognise, so
# that the foreign ministries of both can put their names on them. Kosovo, which both recognise,
# Natural Earth has already.
CRIMEA = shapely.box(32.3, 44.2, 36.7, 46.3)
CYPRUS, RUSSIA, SOMALIA, UKRAINE = "196", "643", "706", "804"
RECOGNISED = [
    Recognised(RUSSIA, UKRAINE, CRIMEA),
    Recognised("N. Cyprus", CYPRUS),
    Recognised("Cyprus U.N. Buffer Zone", CYPRUS),  # in the finer data alone
    Recognised("Somaliland", SOMALIA),
]


def recognised(countries: Shapes) -> Shapes:
    """Return countries within the borders that both Italy and Japan recognise."""
    for land in RECOGNISED:
        if land.shown in countries:
            countries = moved(countries, *land)
    return countries
