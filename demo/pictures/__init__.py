"""Calm flat pictures of goods, drawn when the demo is loaded so that no picture file has to be kept in the project."""

from demo.pictures.canvas import Canvas
from demo.pictures.clothing import CLOTHING
from demo.pictures.food import FOOD
from demo.pictures.packaging import PACKAGING
from demo.pictures.things import THINGS

MOTIFS = {**PACKAGING, **CLOTHING, **FOOD, **THINGS}
"""What can be drawn, by the name that content/pictures.toml uses."""


def draw(motif: str, *, colour: str, ground: str) -> bytes:
    """A PNG picture, 4:3, of one motif in `colour` on a soft `ground`, both as #rrggbb; KeyError for no such motif."""
    canvas = Canvas(ground)
    MOTIFS[motif](canvas, colour)
    return canvas.to_png()
