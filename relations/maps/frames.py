"""The pictures that a map is drawn in: their panes, what each pane shows, and at what scale.

Frames are measured in units of their own, about a CSS pixel each. `static/css/map.css`
repeats the proportions of the panes; a test compares the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from relations.enums import Country
from relations.maps.geography import BaseMap, Point, base_map, bounds_of, mercator, unproject

PARALLELS = range(24, 52, 4)
# From a label to the upper and lower edge of its frame, at the least.
LABEL_MARGIN = 18
# As a map is enlarged there is room for more names: they are placed anew at each of these factors.
ZOOM_STEPS = (1.0, 1.5, 2.2, 3.3, 5.0, 8.0, 12.0)


@dataclass(frozen=True, slots=True)
class Pane:
    """A rectangle of a frame that shows one base map, `scale` units to the radian around a centre in degrees."""

    x: float
    y: float
    width: float
    height: float
    centre: tuple[float, float]
    scale: float
    base: str

    @classmethod
    def fitting(
        cls, box: tuple[float, float, float, float], degrees: tuple[float, ...], base: str
    ) -> "Pane":
        """A pane at x, y, width, height that shows all from south, west to north, east in degrees."""
        x, y, width, height = box
        south, west, north, east = degrees
        top_left, bottom_right = mercator(north, west), mercator(south, east)
        across, down = bottom_right.x - top_left.x, bottom_right.y - top_left.y
        centre = unproject(Point(top_left.x + across / 2, top_left.y + down / 2))
        return cls(x, y, width, height, centre, min(width / across, height / down), base)

    def point(self, latitude: float, longitude: float) -> Point:
        """Where a place lies in the frame, be it in the pane or beyond."""
        at, centre = mercator(latitude, longitude), mercator(*self.centre)
        return Point(
            self.x + self.width / 2 + (at.x - centre.x) * self.scale,
            self.y + self.height / 2 + (at.y - centre.y) * self.scale,
        )

    def degrees(self, point: Point) -> tuple[float, float]:
        """Latitude and longitude of a point of the frame, the inverse of `point`."""
        centre = mercator(*self.centre)
        return unproject(
            Point(
                centre.x + (point.x - self.x - self.width / 2) / self.scale,
                centre.y + (point.y - self.y - self.height / 2) / self.scale,
            )
        )

    def shows(self, point: Point, margin: float = 0) -> bool:
        """Whether a point of the frame lies in this pane, at least a margin from its edge."""
        return (
            self.x + margin <= point.x <= self.x + self.width - margin
            and self.y + margin <= point.y <= self.y + self.height - margin
        )

    @property
    def base_map(self) -> BaseMap:
        """The shapes that it shows."""
        return base_map(self.base)

    @property
    def view_box(self) -> str:
        """The part of the base map's grid that it shows, as SVG writes it."""
        base = self.base_map
        centre, ratio = mercator(*self.centre), base.scale / self.scale
        width, height = self.width * ratio, self.height * ratio
        x = (centre.x - base.origin.x) * base.scale - width / 2
        y = (centre.y - base.origin.y) * base.scale - height / 2
        return f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}"

    @property
    def box(self) -> dict[str, str]:
        """Its rectangle in the frame, as SVG writes it."""
        return {name: f"{getattr(self, name):g}" for name in ("x", "y", "width", "height")}

    @property
    def full_box(self) -> str:
        """The whole of the base map's grid."""
        return f"0 0 {self.base_map.width} {self.base_map.height}"

    @property
    def bounds(self) -> str:
        """What it shows in degrees, as the script reads it: south, west, north, east."""
        centre = mercator(*self.centre)
        across, down = self.width / 2 / self.scale, self.height / 2 / self.scale
        north, west = unproject(Point(centre.x - across, centre.y - down))
        south, east = unproject(Point(centre.x + across, centre.y + down))
        return f"{south:.5f},{west:.5f},{north:.5f},{east:.5f}"


@dataclass(frozen=True, slots=True)
class Parallel:
    """A line of latitude across a frame."""

    latitude: int
    y: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of one or two panes.

    `gutter` is where the curves cross from one pane to the other: from where to where,
    to the right if the panes stand side by side (`across`), else downwards. `insets` show
    territories that lie far from their country, by code. `taken` holds boxes (left, top,
    right, bottom) where no name may stand, since the page writes something there.
    """

    name: str
    width: float
    height: float
    panes: Mapping[Country, Pane]
    gutter: tuple[float, float] | None = None
    across: bool = True
    insets: Mapping[str, Pane] = field(default_factory=dict)
    taken: tuple[tuple[float, float, float, float], ...] = ()

    @property
    def italy(self) -> Pane:
        """The pane of Italy."""
        return self.panes[Country.ITALY]

    @property
    def japan(self) -> Pane:
        """The pane of Japan."""
        return self.panes[Country.JAPAN]

    @property
    def base_names(self) -> list[str]:
        """The templates with the shapes that it refers to, each once."""
        return list(dict.fromkeys(pane.base_map.template for pane in self.panes.values()))

    @property
    def view_box(self) -> str:
        """The whole frame, as SVG writes it."""
        return f"0 0 {self.width:g} {self.height:g}"

    @property
    def route(self) -> tuple[int, int]:
        """Where along its axis the colour of the curves begins to turn from Italy's to Japan's, and where it ends."""
        if self.gutter is None:
            west, east = (self.italy.point(40, longitude).x for longitude in (14, 138))
            return round(west), round(east)
        length = self.width if self.across else self.height
        return round(self.gutter[0] - length * 0.1), round(self.gutter[1] + length * 0.2)

    @property
    def gutter_start(self) -> float:
        """Where the gutter begins; the middle of the frame where there is none."""
        return self.gutter[0] if self.gutter else (self.width if self.across else self.height) / 2

    @property
    def gutter_end(self) -> float:
        """Where the gutter ends."""
        return self.gutter[1] if self.gutter else self.gutter_start

    @property
    def country_names(self) -> dict[str, tuple[str, str]]:
        """Where a map of the world has room for the name of each country: x and y, as SVG writes them."""
        places = {Country.ITALY: (33.5, 10), Country.JAPAN: (29.5, 144)}
        points = {country: self.panes[country].point(*at) for country, at in places.items()}
        return {country: (f"{point.x:.0f}", f"{point.y:.0f}") for country, point in points.items()}

    @property
    def doors(self) -> str:
        """Both edges of the gutter for the script; empty where there is none."""
        return f"{self.gutter[0]:g} {self.gutter[1]:g}" if self.gutter else ""

    @property
    def zoom_steps(self) -> str:
        """`ZOOM_STEPS` for the script."""
        return " ".join(f"{step:g}" for step in ZOOM_STEPS)

    @property
    def gutter_middle(self) -> str:
        """The middle of the gutter, as SVG writes it."""
        return f"{(self.gutter_start + self.gutter_end) / 2:g}"

    def parallels(self) -> Iterator[Parallel]:
        """The lines of latitude that cross both panes at one height, with room for a label."""
        for latitude in PARALLELS:
            y = self.italy.point(latitude, 0).y
            if LABEL_MARGIN < y < self.height - LABEL_MARGIN:
                yield Parallel(latitude, f"{y:.1f}")


OKINAWA = (24.0, 122.7, 27.95, 129.0)
_ITALY = (36.3, 6.5, 47.2, 18.6)
_JAPAN = (30.9, 129.2, 45.6, 146.0)

# Side by side: one scale and one latitude in the middle, so that parallels run through both.
_WIDE_SCALE = 558 / 17.3 * 57.29578
_WIDE_LATITUDE = 39.55
WIDE = Frame(
    name="wide",
    width=1024,
    height=700,
    panes={
        Country.ITALY: Pane(0, 0, 420, 700, (_WIDE_LATITUDE, 12.5), _WIDE_SCALE, "italy"),
        Country.JAPAN: Pane(466, 0, 558, 700, (_WIDE_LATITUDE, 137.6), _WIDE_SCALE, "japan"),
    },
    gutter=(420, 466),
    insets={"JP-47": Pane.fitting((858, 566, 150, 108), OKINAWA, "japan")},
    taken=(
        (0, 0, 140, 62),  # the titles
        (884, 0, 1024, 62),
        (370, 10, 416, 112),  # the buttons
        (470, 10, 516, 112),
        (858, 548, 1024, 700),  # Okinawa
        (0, 676, 300, 700),  # the credits
        (466, 676, 560, 700),
    ),
)

# One above the other, each country as large as a phone is wide.
TALL = Frame(
    name="tall",
    width=390,
    height=704,
    panes={
        Country.ITALY: Pane.fitting((0, 0, 390, 330), _ITALY, "italy"),
        Country.JAPAN: Pane.fitting((0, 364, 390, 340), _JAPAN, "japan"),
    },
    gutter=(330, 364),
    across=False,
    insets={"JP-47": Pane.fitting((288, 616, 94, 72), OKINAWA, "japan")},
    taken=(
        (0, 0, 96, 40),  # the titles
        (0, 364, 116, 404),
        (342, 6, 390, 116),  # the buttons
        (342, 370, 390, 480),
        (284, 600, 390, 704),  # Okinawa
        (0, 310, 270, 330),  # the credits
        (0, 684, 90, 704),
    ),
)

# Beside a record.
SMALL = Frame(
    name="small",
    width=340,
    height=222,
    panes={
        Country.ITALY: Pane(0, 0, 140, 222, (39.6, 12.5), 600, "italy-small"),
        Country.JAPAN: Pane(156, 0, 184, 222, (39.6, 137.6), 600, "japan-small"),
    },
    gutter=(140, 156),
    insets={"JP-47": Pane.fitting((288, 184, 48, 34), OKINAWA, "japan-small")},
    taken=((286, 176, 340, 222),),
)


def _world(name: str, width: float, height: float, degrees: tuple[float, ...]) -> Frame:
    pane = Pane.fitting((0, 0, width, height), degrees, "world")
    return Frame(name, width, height, {Country.ITALY: pane, Country.JAPAN: pane})


# Both countries on one map, with room for the great circles that bow to the north.
WORLD = _world("world", 1024, 560, (1, -15.5, 72.5, 160.5))
WORLD_TALL = _world("world-tall", 390, 300, (8, -2, 73, 152))


def closeup(code: str) -> Frame:
    """A small frame in which one pane shows a region or prefecture by itself, the other the other country.

    Where the code has no shape of its own it is `SMALL`.
    """
    bounds = bounds_of(code)
    if bounds is None:
        return SMALL
    south, west, north, east = bounds
    up, across = (north - south) / 8, (east - west) / 8
    degrees = (south - up, west - across, north + up, east + across)
    if code.startswith(Country.ITALY):
        italy = Pane.fitting((0, 0, 170, 222), degrees, "italy")
        japan = Pane(186, 0, 154, 222, (39.6, 137.2), 510, "japan-small")
    else:
        italy = Pane(0, 0, 140, 222, (41.9, 12.5), 600, "italy-small")
        japan = Pane.fitting((156, 0, 184, 222), degrees, "japan")
    return replace(
        SMALL,
        panes={Country.ITALY: italy, Country.JAPAN: japan},
        gutter=(italy.width, japan.x),
        insets=SMALL.insets if code.startswith(Country.ITALY) else {},
        taken=SMALL.taken if code.startswith(Country.ITALY) else (),
    )
