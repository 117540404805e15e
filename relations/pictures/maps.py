"""The map of a picture: the frame, and all that its template draws in it, since no style sheet reaches there."""

from typing import Any, NamedTuple

from relations.enums import Country, Status
from relations.maps import Drawing, Frame, Mark, native_label
from relations.maps.frames import OKINAWA, Pane
from relations.maps.geography import mercator
from relations.maps.labels import NAME_SIZE, NATIVE_SIZE
from relations.models import Place
from relations.pictures import fonts
from relations.pictures.colours import light_colours

WIDTH, HEIGHT = 1200, 630
UNIT = 2  # pixels of the picture to one unit of the frame

# One scale for both, and each in the middle: here no lines of latitude run through.
_SCALE = 622
PICTURE = Frame(
    name="picture",
    width=600,
    height=217,
    panes={
        Country.ITALY: Pane(0, 0, 276, 217, (41.9, 12.2), _SCALE, "italy"),
        Country.JAPAN: Pane(294, 0, 306, 217, (38.55, 137.6), _SCALE, "japan"),
    },
    gutter=(276, 294),
    insets={"JP-47": Pane.fitting((528, 152, 60, 44), OKINAWA, "japan")},
    taken=(
        (0, 0, 84, 30),  # the names of the countries
        (516, 0, 600, 30),
        (0, 203, 276, 217),  # the credits
        (524, 148, 600, 200),  # Okinawa
    ),
)

# Strokes in units: borders, the steps of the engraved coast, the edge of a region.
_HAIRLINE, _HALOS, _OUTLINE = 0.5, (12, 7, 3), 1.4
# So many curves are drawn so wide, so opaque, and with marks of this size: each can still be followed.
_LOOKS = ((3, 2.2, 0.95, 1.0), (30, 1.5, 0.8, 0.8))
_LOOK_OF_MANY = (0.75, 1.0, 0.55)
# As `static/css/map.css`, for lines that are somewhat wider.
_DASHES = {
    Status.IN_RENEWAL: "10 3 3 3",
    Status.PROPOSED: "7 4",
    Status.ENDED: "2 4",
    Status.UNKNOWN: "14 6",
}


class Label(NamedTuple):
    """A name at its place, with the native name after it where that is shown."""

    x: float
    y: float
    name: str
    native: str
    native_x: float


def picture_map(drawing: Drawing, place: Place | None) -> dict[str, Any]:
    """What the template of the picture draws of a map in the frame `PICTURE`; the territory of a `place` is outlined."""
    looks = (tuple(look) for most, *look in _LOOKS if len(drawing.curves) <= most)
    width, opacity, size = next(looks, _LOOK_OF_MANY)
    return {
        "drawing": drawing,
        "top": HEIGHT - round(PICTURE.height * UNIT),
        "unit": UNIT,
        "width": width,
        "opacity": opacity,
        "mark_size": size,
        "curves": [
            (curve.path, _DASHES.get(Status(curve.partnership.status), ""))  # type: ignore[attr-defined] # annotated
            for curve in drawing.curves
        ],
        "sides": [_side(country, pane, drawing, place) for country, pane, _marks in drawing.sides],
        "insets": [
            {"code": code, "pane": pane, **_scaled(pane)}
            for code, pane in PICTURE.insets.items()
            if code in drawing.territories
        ],
    }


def _side(country: Country, pane: Pane, drawing: Drawing, place: Place | None) -> dict[str, Any]:
    """One country's part of the map. Where curves are many, names would only tell of a few: there are none."""
    base, marks = pane.base_map, drawing.marks[country]
    is_outlined = place is not None and place.is_territory and place.country == country
    colours = light_colours()
    return {
        "code": country.lower(),
        "pane": pane,
        "base": base,
        "colour": colours[country.lower()],
        "tint": colours[f"tint_{country.lower()}_2"],
        "tinted": [code for code in base.codes if code in drawing.territories],
        "plain": [code for code in base.codes if code not in drawing.territories],
        "outlined": place.code if place is not None and is_outlined else "",
        "marks": marks,
        "labels": [_label(mark) for mark in marks if not mark.is_hidden and not drawing.is_dense],
        **_scaled(pane),
    }


def _scaled(pane: Pane) -> dict[str, Any]:
    """Where the grid of the base map lies in the frame, and the widths of strokes in units of that grid."""
    base = pane.base_map
    ratio, centre = base.scale / pane.scale, mercator(*pane.centre)
    x = pane.x + pane.width / 2 + (base.origin.x - centre.x) * pane.scale
    y = pane.y + pane.height / 2 + (base.origin.y - centre.y) * pane.scale
    return {
        "transform": f"translate({x:.2f} {y:.2f}) scale({1 / ratio:.5f})",
        "hairline": f"{_HAIRLINE * ratio:.1f}",
        "halos": [f"{width * ratio:.1f}" for width in _HALOS],
        "outline": f"{_OUTLINE * ratio:.1f}",
    }


def _label(mark: Mark) -> Label:
    """Where a name stands: as in `static/css/map.css`, farther from a mark with a number."""
    name, native = str(mark.place.name), native_label(mark.place)
    native = native if fonts.can_write(native, "japanese") else ""
    script = "latin" if fonts.can_write(name, "latin") else "japanese"
    own = NAME_SIZE * fonts.width(name, fonts.NAME[script])
    whole = own + (5 + NATIVE_SIZE * fonts.width(native, fonts.TEXT["japanese"]) if native else 0)
    away, above, below = (14, 17, 26) if mark.count > 1 else (11, 13, 22)
    x, y = {
        "l": (-away - whole, 4.5),
        "r": (away, 4.5),
        "t": (-whole / 2, -above),
        "b": (-whole / 2, below),
    }[mark.side]
    start = mark.point.x + x
    return Label(
        round(start, 1), round(mark.point.y + y, 1), name, native, round(start + own + 5, 1)
    )
