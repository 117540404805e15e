"""Pictures with which links to the atlas are shown elsewhere: 1200 × 630 pixels, drawn by the server from the base maps of the pages."""

from relations.pictures.drawing import of_atlas, of_partnership, of_place
from relations.pictures.maps import HEIGHT, WIDTH
from relations.pictures.maps import PICTURE as FRAME
from relations.pictures.rendering import key_of, png_of

__all__ = ("FRAME", "HEIGHT", "WIDTH", "key_of", "of_atlas", "of_partnership", "of_place", "png_of")
