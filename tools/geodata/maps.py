"""The base maps, and what the site must know of them."""

import json
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from . import sources
from .anchors import place
from .paths import path
from .polygons import Shapes
from .shapes import Level, coast, fitted, joined, simplified, surroundings, woven
from .sources import ITALY_NUMBER, JAPAN_NUMBER
from .window import Window

NEAR = 0.04  # of the width of a window
FITTING_KM = 3  # Natural Earth's borders of Italy are seldom further off those of ISTAT


@dataclass(frozen=True)
class Map:
    """A country's territories, what lies around them, and the coast of it all."""

    number: str
    suffix: str  # of the ids that are not a territory's
    window: Window
    territories: Level
    near: Level  # of neighbours, within a few degrees of the territories
    far: Level  # of neighbours, beyond
    coasts: tuple[float, float]  # near and far


ITALY = (25, -6, 57, 32)
JAPAN = (15, 106, 62, 166)
# For each country: as detailed as a page shows it whole, in a small picture, and enlarged.
COUNTRIES = {
    "italy": Map(
        number=ITALY_NUMBER,
        suffix="it",
        window=Window(*ITALY, 3_600),
        territories=Level(1.6, 5),
        near=Level(3.2, 20),
        far=Level(8, 120),
        coasts=(5, 14),
    ),
    "japan": Map(
        number=JAPAN_NUMBER,
        suffix="jp",
        window=Window(*JAPAN, 4_200),
        territories=Level(1.2, 4),
        near=Level(3.2, 16),
        far=Level(7, 90),
        coasts=(5, 12),
    ),
    "italy-enlarged": Map(
        number=ITALY_NUMBER,
        suffix="it",
        window=Window(*ITALY, 14_000),
        territories=Level(1.6, 30),
        near=Level(5.5, 80),
        far=Level(16, 400),
        coasts=(8, 24),
    ),
    "japan-enlarged": Map(
        number=JAPAN_NUMBER,
        suffix="jp",
        window=Window(*JAPAN, 16_000),
        territories=Level(0.7, 15),
        near=Level(6, 60),
        far=Level(13, 250),
        coasts=(8, 20),
    ),
    "italy-small": Map(
        number=ITALY_NUMBER,
        suffix="it",
        window=Window(*ITALY, 1_600),
        territories=Level(1.4, 2.5),
        near=Level(3.5, 15),
        far=Level(12, 200),
        coasts=(4, 14),
    ),
    "japan-small": Map(
        number=JAPAN_NUMBER,
        suffix="jp",
        window=Window(*JAPAN, 1_400),
        territories=Level(1, 2.5),
        near=Level(3, 10),
        far=Level(10, 120),
        coasts=(3.5, 11),
    ),
}
WORLD = Window(-5, -25, 78, 170, 4_000)
WORLD_LAND, WORLD_COAST = Level(2.3, 8), 5


@cache
def territories(number: str) -> Shapes:
    """Return the regions of Italy or the prefectures of Japan, in degrees and in full."""
    return {ITALY_NUMBER: sources.regions, JAPAN_NUMBER: sources.prefectures}[number]()


def fragment(drawings: dict[str, str]) -> str:
    """Return definitions of paths, to be placed inside an SVG.

    A `<use>` hands down only what is inherited; all else a style sheet gives to their class.
    """
    lines = [f'<path class="shape" id="{name}" d="{steps}"/>' for name, steps in drawings.items()]
    return "\n".join(["<defs>", *lines, "</defs>", ""])


def neighbours(chart: Map, land: BaseGeometry, near: BaseGeometry) -> list[BaseGeometry]:
    """Draw the countries around a land."""
    world, window = sources.countries("10m"), chart.window
    around, far = (surroundings(world, window, level) for level in (chart.near, chart.far))
    rough = around.pop(chart.number)
    joint = {code: joined(shape, far[code], near) for code, shape in around.items()}
    return woven(fitted(joint, rough, land, window.kilometres(FITTING_KM)))


def country(chart: Map) -> str:
    """Draw the map of a country."""
    full = territories(chart.number)
    projected = {code: chart.window.project(shape) for code, shape in full.items()}
    own = simplified(projected, chart.territories)
    land = shapely.union_all(list(own.values()))
    near = shapely.box(*land.bounds).buffer(chart.window.width * NEAR, join_style="mitre")
    around = neighbours(chart, land, near)
    fine, rough = (coast([*around, land], tolerance) for tolerance in chart.coasts)
    return fragment(
        {
            f"neighbours-{chart.suffix}": path(*around),
            f"coast-{chart.suffix}": path(joined(fine, rough, near)),
            **{code: path(shape) for code, shape in zip(own, woven(own), strict=True)},
        }
    )


def world() -> str:
    """Draw the map on which Italy and Japan are seen together."""
    land = surroundings(sources.countries("50m"), WORLD, WORLD_LAND)
    outline = coast(list(land.values()), WORLD_COAST)
    italy, japan = land.pop(ITALY_NUMBER), land.pop(JAPAN_NUMBER)
    return fragment(
        {
            "land": path(*woven(land)),
            "coast-world": path(outline),
            "IT": path(italy),
            "JP": path(japan),
        }
    )


def facts() -> str:
    """Return what the site must know: each map's window, each territory's place."""
    windows = {
        name: chart.window.facts() for name, chart in COUNTRIES.items() if not is_document(name)
    }
    places = {
        code: place(shape)
        for number in (ITALY_NUMBER, JAPAN_NUMBER)
        for code, shape in territories(number).items()
    }
    content = {**windows, "world": WORLD.facts(), "territories": places}
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


def is_document(name: str) -> bool:
    """Return whether a map is a static file that is fetched, and not part of a page."""
    return name.endswith("-enlarged")


def document(chart: Map, definitions: str) -> str:
    """Return a file of its own, which a script asks for and takes the paths out of."""
    size = f"{chart.window.width} {chart.window.height}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">\n{definitions}</svg>\n'


def files() -> dict[str, str]:
    """Return the content of every file, by its path in the project.

    What a page holds is a template; what is fetched when a map is enlarged is a static file.
    """
    drawn = {}
    for name, chart in COUNTRIES.items():
        if is_document(name):
            drawn[f"static/geo/{name}.svg"] = document(chart, country(chart))
        else:
            drawn[f"templates/geo/{name}.svg"] = country(chart)
    return {
        **drawn,
        "templates/geo/world.svg": world(),
        "relations/maps/geodata.json": facts(),
    }
