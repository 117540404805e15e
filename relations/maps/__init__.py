"""The maps: from partnerships to the marks, curves and names that a page draws. No query, no request.

All of it is computed here, so that a page draws its map without JavaScript; with it,
`static/js/map.js` moves what this package has placed.
"""

from relations.maps.bundles import Bundle, draw_bundles
from relations.maps.drawing import Curve, Drawing, Mark, draw, native_label
from relations.maps.frames import SMALL, TALL, WIDE, WORLD, WORLD_TALL, Frame, closeup
from relations.maps.tints import Tints

__all__ = (
    "SMALL",
    "TALL",
    "WIDE",
    "WORLD",
    "WORLD_TALL",
    "Bundle",
    "Curve",
    "Drawing",
    "Frame",
    "Mark",
    "Tints",
    "closeup",
    "draw",
    "draw_bundles",
    "native_label",
)
