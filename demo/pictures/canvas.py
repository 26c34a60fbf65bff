"""The sheet that motifs are drawn on: 100 wide, 75 high, whatever its size in pixels."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 720
FINENESS = 2
"""Everything is drawn so many times larger and then made smaller, which smooths the edges."""

SCALE = WIDTH * FINENESS / 100

SOFT = 8
"""Shadows and light are so soft that they are worked out so many times smaller."""

Point = tuple[float, float]
Colour = tuple[int, int, int]


def lighter(colour: str, share: float) -> str:
    """The colour with `share` (0 to 1) of white in it."""
    return _mixed(colour, "#ffffff", share)


def darker(colour: str, share: float) -> str:
    """The colour with `share` (0 to 1) of ink in it."""
    return _mixed(colour, "#1d2a30", share)


def _rgb(colour: str) -> Colour:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


class Canvas:
    """A soft ground on which shapes are laid; the middle is at (50, 37.5), down is larger."""

    def __init__(self, ground: str):
        self.image = _gradient(lighter(ground, 0.86), lighter(ground, 0.62))
        self._pen = ImageDraw.Draw(self.image)

    def shadow(self, centre: Point, width: float, height: float = 5) -> None:
        """A soft shadow on the floor below a thing."""
        left, top = centre[0] - width / 2, centre[1] - height / 2
        corners = [(left / SOFT, top / SOFT), ((left + width) / SOFT, (top + height) / SOFT)]
        dark = Image.new("L", (self.image.width // SOFT, self.image.height // SOFT), 0)
        ImageDraw.Draw(dark).ellipse(_pixels(corners), fill=70)
        soft = dark.filter(ImageFilter.GaussianBlur(SCALE * 1.3 / SOFT)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, "#33434a"), mask=soft)

    def shape(self, corners: Sequence[Point], colour: str) -> None:
        """A filled area with straight edges."""
        self._pen.polygon(_pixels(corners), fill=colour)

    def bar(self, corner: Point, opposite: Point, colour: str, *, radius: float = 0) -> None:
        """An upright rectangle between two corners, with round corners where a radius is given."""
        self._pen.rounded_rectangle(_pixels([corner, opposite]), radius * SCALE, fill=colour)

    def oval(self, centre: Point, width: float, height: float, colour: str) -> None:
        """A filled ellipse, or a disc where width and height are the same."""
        x, y = centre
        self._pen.ellipse(_pixels([(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)]), fill=colour)

    def dome(self, foot: Point, width: float, height: float, colour: str) -> None:
        """The upper half of an ellipse, standing on `foot`, the middle of its flat side."""
        x, y = foot
        corners = _pixels([(x - width / 2, y - height), (x + width / 2, y + height)])
        self._pen.pieslice(corners, 180, 360, fill=colour)

    def ring(self, centre: Point, diameter: float, thickness: float, colour: str) -> None:
        """A circle's line of some thickness."""
        half = diameter / 2
        x, y = centre
        corners = _pixels([(x - half, y - half), (x + half, y + half)])
        self._pen.ellipse(corners, outline=colour, width=round(thickness * SCALE))

    def stroke(self, points: Sequence[Point], colour: str, thickness: float = 0.6) -> None:
        """A line through the points, with round joints and ends."""
        self._pen.line(_pixels(points), fill=colour, width=round(thickness * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.oval((x, y), thickness, thickness, colour)

    def arc(self, centre: Point, size: Point, angles: Point, colour: str, thickness: float = 0.6) -> None:
        """A part of an ellipse's line, angles in degrees clockwise from the right."""
        x, y = centre
        width, height = size
        corners = _pixels([(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)])
        self._pen.arc(corners, *angles, fill=colour, width=round(thickness * SCALE))

    def to_png(self) -> bytes:
        """The finished picture; hardly compressed, for the catalogue makes its own file of it."""
        written = BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX).save(written, "PNG", compress_level=1)
        return written.getvalue()


def _pixels(points: Sequence[Point]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _gradient(upper: str, lower: str) -> Image.Image:
    """From one colour at the top to another at the bottom, with a little more light in the middle."""
    size = (WIDTH * FINENESS // SOFT, HEIGHT * FINENESS // SOFT)
    fade = Image.linear_gradient("L").resize(size)
    ground = Image.composite(Image.new("RGB", size, lower), Image.new("RGB", size, upper), fade)
    light = ImageChops.invert(Image.radial_gradient("L")).resize(size).point(lambda value: value // 4)
    lit = Image.composite(Image.new("RGB", size, "#ffffff"), ground, light)
    return lit.resize((WIDTH * FINENESS, HEIGHT * FINENESS), Image.Resampling.BICUBIC)
