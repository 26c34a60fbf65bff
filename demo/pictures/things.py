"""Cleaning, paper, parts, dolls, gifts and services."""

from math import cos, radians, sin

from demo.pictures.canvas import Canvas, Point, darker, lighter
from demo.pictures.packaging import Motif

STEEL = "#a9b5ba"


def _around(centre: Point, distance: float, angle: float) -> Point:
    return centre[0] + distance * cos(radians(angle)), centre[1] + distance * sin(radians(angle))


def jerrycan(canvas: Canvas, colour: str) -> None:
    """A jerrycan with a label."""
    canvas.shadow((50, 66), 46, 4)
    canvas.bar((55, 9), (65, 17), darker(colour, 0.5), radius=1.4)
    canvas.bar((57, 15), (63, 22), lighter(colour, 0.1))
    canvas.shape([(35, 20), (64, 20), (70, 27), (70, 34), (30, 34), (30, 26)], colour)
    canvas.bar((30, 30), (70, 66), colour, radius=3)
    canvas.bar((35, 23), (51, 28), lighter("#dfe6e5", 0.2), radius=2.4)
    canvas.bar((35, 39), (65, 58), "#faf8f0", radius=1.4)
    canvas.oval((44, 48.5), 10, 10, lighter(colour, 0.3))
    for y, end in ((45, 62), (49, 60), (53, 61)):
        canvas.stroke([(52, y), (end, y)], darker(colour, 0.3), 0.9)


def tissue(canvas: Canvas, colour: str) -> None:
    """Three rolls of tissue."""
    for x, y in ((37, 50), (63, 50), (50, 31)):
        canvas.shadow((x, y + 13), 26, 4)
        canvas.bar((x - 12, y - 9), (x + 12, y + 12), "#fbfcfb", radius=1)
        canvas.oval((x, y + 12), 24, 6, "#eef2f1")
        canvas.oval((x, y - 9), 24, 8, "#ffffff")
        canvas.oval((x, y - 9), 9, 3.2, colour)
        canvas.bar((x + 6, y - 7), (x + 12, y + 13), "#edf1f0")


def broom(canvas: Canvas, colour: str) -> None:
    """A broom and a bucket."""
    canvas.shadow((48, 65), 60, 4)
    canvas.stroke([(70, 8), (62, 46)], "#b98a54", 1.9)
    canvas.shape([(56, 45), (68, 47), (74, 66), (50, 63)], "#d9b35c")
    for x in (55, 60, 65, 70):
        canvas.stroke([(60 + (x - 62) * 0.6, 47), (x, 64)], "#b58e3c", 0.6)
    canvas.arc((36, 38), (28, 34), (180, 360), darker(colour, 0.4), 1)
    canvas.shape([(21, 37), (51, 37), (47, 66), (25, 66)], colour)
    canvas.oval((36, 37), 30, 7, darker(colour, 0.25))
    canvas.oval((36, 38), 25, 4.6, "#bfe0e6")


def rags(canvas: Canvas, colour: str) -> None:
    """A pile of folded cloths."""
    canvas.shadow((50, 64), 64, 5)
    tones = (colour, "#d9a45b", "#6f9fb0", "#cf6f61", lighter(colour, 0.3))
    for step, tone in enumerate(tones):
        y, shift = 63 - step * 9.4, step % 2 * 2.5
        canvas.bar((22 + shift, y - 9), (77 + shift, y), tone, radius=4.4)
        canvas.stroke([(28 + shift, y - 4.5), (75 + shift, y - 4.5)], darker(tone, 0.16), 0.7)


def paper(canvas: Canvas, colour: str) -> None:
    """Reams of paper, one open."""
    canvas.shadow((50, 63), 66, 5)
    for y in (61, 50):
        canvas.bar((20, y - 10), (80, y), lighter(colour, 0.1), radius=0.8)
        canvas.bar((20, y - 10), (36, y), darker(colour, 0.15), radius=0.8)
        canvas.stroke([(42, y - 6), (62, y - 6)], "#ffffff", 1.3)
    canvas.shape([(20, 40), (80, 40), (74, 20), (26, 20)], "#ffffff")
    for step in range(4):
        canvas.bar((20, 36.6 + step * 0.9), (80, 37 + step * 0.9), "#e2e7e6")
    canvas.bar((20, 37), (80, 40), "#f2f5f4")


def pens(canvas: Canvas, colour: str) -> None:
    """Pens in a holder."""
    canvas.shadow((50, 66), 40, 4)
    for x, lean, tone in ((41, -6, "#33434a"), (47, -2, colour), (53, 3, "#c94b3f"), (59, 7, "#33434a")):
        canvas.stroke([(x, 46), (x + lean, 14)], tone, 3)
        canvas.stroke([(x + lean, 14), (x + lean * 1.15, 10)], darker(tone, 0.3), 1.4)
    canvas.bar((33, 34), (67, 66), lighter(colour, 0.35), radius=2)
    canvas.bar((33, 34), (67, 37), lighter(colour, 0.1), radius=1.4)
    canvas.bar((58, 37), (67, 66), lighter(colour, 0.22), radius=2)


def book(canvas: Canvas, colour: str) -> None:
    """A book of forms, leaves in three colours."""
    canvas.shadow((50, 64), 56, 4)
    for step, tone in enumerate(("#f3d77c", "#f2b8b0", "#ffffff")):
        canvas.bar((27 + step * 2, 16 - step * 1.6), (73 + step * 2, 63 - step * 1.6), tone, radius=1)
    canvas.bar((31, 12.8), (77, 20), colour, radius=1)
    for row in range(5):
        canvas.stroke([(36, 27 + row * 6.4), (72, 27 + row * 6.4)], "#c9d2d1", 0.6)
    canvas.stroke([(61, 24), (61, 54)], "#c9d2d1", 0.6)
    canvas.bar((36, 22.4), (50, 24.2), darker(colour, 0.2), radius=0.6)


def labels(canvas: Canvas, colour: str) -> None:
    """A roll of labels."""
    canvas.shadow((50, 63), 62, 5)
    canvas.shape([(40, 60), (84, 60), (84, 45), (44, 45)], "#fbfbf7")
    canvas.oval((38, 39), 44, 44, darker("#fbfbf7", 0.12))
    canvas.oval((36, 39), 44, 44, "#fbfbf7")
    canvas.ring((36, 39), 36, 0.4, "#d7dedc")
    canvas.ring((36, 39), 29, 0.4, "#d7dedc")
    canvas.oval((36, 39), 20, 20, colour)
    canvas.oval((36, 39), 14, 14, darker(colour, 0.45))
    for step in range(9):
        width = 0.5 + step * 7 % 3 * 0.5
        canvas.bar((63 + step * 2, 48), (63 + step * 2 + width, 57), "#33434a")


def sign(canvas: Canvas, colour: str) -> None:
    """A warning sign on a post."""
    canvas.shadow((50, 68), 26, 3)
    canvas.bar((48.4, 44), (51.6, 68), STEEL)
    canvas.shape([(50, 8), (76, 52), (24, 52)], "#33434a")
    canvas.shape([(50, 12.5), (72, 49.6), (28, 49.6)], colour)
    canvas.bar((48, 24), (52, 38), "#33434a", radius=2)
    canvas.oval((50, 43.6), 4.6, 4.6, "#33434a")


def bolts(canvas: Canvas, colour: str) -> None:
    """A bolt and nuts."""
    canvas.shadow((46, 62), 66, 5)
    canvas.bar((37, 31), (82, 41), colour, radius=1.4)
    for step in range(13):
        x = 52 + step * 2.3
        canvas.stroke([(x, 31), (x - 1, 41)], darker(colour, 0.2), 0.6)
    canvas.bar((37, 31), (82, 33.4), lighter(colour, 0.35), radius=1)
    canvas.shape([(25, 24), (37, 24), (37, 48), (25, 48), (22, 42), (22, 30)], darker(colour, 0.08))
    canvas.shape([(22, 33), (37, 33), (37, 40), (22, 40)], lighter(colour, 0.18))
    for centre in ((35, 59), (60, 57)):
        canvas.shape([_around(centre, 9.5, angle) for angle in range(0, 360, 60)], darker(colour, 0.05))
        canvas.oval(centre, 12, 12, lighter(colour, 0.25))
        canvas.oval(centre, 9, 9, darker(colour, 0.5))


def gear(canvas: Canvas, colour: str) -> None:
    """A gear wheel."""
    canvas.shadow((50, 66), 52, 4)
    middle = (50.0, 37.0)
    for angle in range(0, 360, 24):
        tooth = [(24, angle - 6), (29, angle - 3.4), (29, angle + 3.4), (24, angle + 6)]
        canvas.shape([_around(middle, distance, turn) for distance, turn in tooth], colour)
    canvas.oval(middle, 50, 50, colour)
    canvas.ring(middle, 42, 0.7, darker(colour, 0.18))
    canvas.oval(middle, 22, 22, lighter(colour, 0.3))
    canvas.oval(middle, 14, 14, darker(colour, 0.55))
    canvas.bar((48, 27.6), (52, 32), darker(colour, 0.55))
    for angle in range(30, 390, 60):
        canvas.oval(_around(middle, 16, angle), 5.4, 5.4, darker(colour, 0.32))


def rings(canvas: Canvas, colour: str) -> None:
    """Rubber seals of three sizes."""
    for x, y, size in ((38, 36, 42), (66, 44, 28), (58, 20, 18)):
        canvas.shadow((x, y + size / 2 + 1), size * 0.9, 4)
        canvas.ring((x, y), size, size * 0.13, colour)
        canvas.arc((x, y), (size * 0.93, size * 0.93), (200, 260), lighter(colour, 0.4), 0.9)


def rack(canvas: Canvas, colour: str) -> None:
    """A shelf with boxes."""
    canvas.shadow((50, 68), 64, 4)
    for y, tones in ((26, "#d2a56d #e0bd8b"), (45, "#c8955c #d2a56d #e0bd8b"), (64, "#e0bd8b #c8955c")):
        for step, tone in enumerate(tones.split()):
            canvas.bar((26 + step * 16, y - 11), (39 + step * 16, y), tone, radius=0.5)
            canvas.bar((31 + step * 16, y - 11), (34 + step * 16, y), lighter(tone, 0.45))
        canvas.bar((20, y), (80, y + 2.4), darker(colour, 0.1))
    for x in (20, 77):
        canvas.bar((x, 9), (x + 3, 69), colour)


def teddy(canvas: Canvas, colour: str) -> None:
    """A sitting teddy bear."""
    canvas.shadow((50, 66), 50, 5)
    pale = lighter(colour, 0.55)
    for x in (37, 63):
        canvas.oval((x, 15), 13, 13, colour)
        canvas.oval((x, 15.5), 7, 7, pale)
        canvas.oval((x + (x - 50) * 0.5, 44), 12, 19, darker(colour, 0.06))
    canvas.oval((50, 50), 31, 33, colour)
    canvas.oval((50, 52), 19, 21, pale)
    for x in (35, 65):
        canvas.oval((x, 62), 16, 14, darker(colour, 0.08))
        canvas.oval((x, 62.6), 9, 8, pale)
    canvas.oval((50, 25), 35, 30, colour)
    canvas.oval((50, 30), 15, 11, pale)
    canvas.oval((50, 27), 5.4, 3.8, "#3a2d26")
    for x in (42, 58):
        canvas.oval((x, 22.6), 3.4, 3.8, "#3a2d26")
        canvas.oval((x + 0.7, 21.8), 1.1, 1.1, "#ffffff")
    canvas.arc((50, 29.6), (7, 6), (20, 160), "#3a2d26", 0.8)
    canvas.shape([(50, 41), (40, 37), (40, 45)], "#c94b3f")
    canvas.shape([(50, 41), (60, 37), (60, 45)], "#c94b3f")
    canvas.oval((50, 41), 4.4, 4.4, "#a93a30")


def mug(canvas: Canvas, colour: str) -> None:
    """A mug with a mark."""
    canvas.shadow((49, 63), 50, 5)
    canvas.ring((67, 40), 24, 3.6, darker(colour, 0.1))
    canvas.bar((30, 18), (66, 62), colour, radius=5)
    canvas.oval((48, 18.6), 36, 8, lighter(colour, 0.4))
    canvas.oval((48, 19), 31, 6, "#7a5236")
    canvas.bar((33, 25), (36, 56), lighter(colour, 0.45), radius=1.5)
    canvas.oval((50, 42), 16, 16, lighter(colour, 0.75))
    canvas.stroke([(46, 42.4), (49, 45.4), (54.6, 38.6)], colour, 1.6)


def tumbler(canvas: Canvas, colour: str) -> None:
    """A steel tumbler with a lid."""
    canvas.shadow((50, 68), 30, 4)
    canvas.bar((41, 7), (59, 17), "#2f3b40", radius=2)
    canvas.bar((38, 15), (62, 68), colour, radius=4)
    canvas.bar((38, 15), (62, 19), STEEL, radius=1)
    canvas.bar((38, 62), (62, 68), STEEL, radius=2)
    canvas.bar((41, 20), (44.4, 61), lighter(colour, 0.4), radius=1.6)
    canvas.bar((56, 20), (62, 61), darker(colour, 0.14))
    canvas.oval((50.6, 40), 9, 9, lighter(colour, 0.7))


def hamper(canvas: Canvas, colour: str) -> None:
    """A gift basket with a ribbon."""
    canvas.shadow((50, 64), 60, 5)
    canvas.arc((50, 36), (48, 50), (180, 360), "#9c713f", 1.8)
    for x, y, size, tone in ((37, 32, 17, "#c94b3f"), (62, 31, 18, "#e3b04b"), (50, 27, 17, colour)):
        canvas.bar((x - size / 2, y - size / 2), (x + size / 2, y + 14), tone, radius=2)
        canvas.bar((x - size / 2, y - size / 2), (x + size / 2, y - size / 2 + 4), lighter(tone, 0.4), radius=2)
    canvas.shape([(22, 40), (78, 40), (72, 64), (28, 64)], "#cda068")
    for y in (46, 52, 58):
        canvas.stroke([(24 + (y - 40) * 0.24, y), (76 - (y - 40) * 0.24, y)], "#a97b45", 0.9)
    canvas.bar((20, 38), (80, 42.4), "#ddb682", radius=2)
    for side in (-1, 1):
        canvas.shape([(50, 49), (50 + side * 11, 44), (50 + side * 11, 54)], colour)
        canvas.shape([(50, 49), (50 + side * 7, 62), (50 + side * 3, 62)], darker(colour, 0.15))
    canvas.oval((50, 49), 5, 5, darker(colour, 0.25))


def truck(canvas: Canvas, colour: str) -> None:
    """A box truck."""
    canvas.shadow((50, 61), 78, 5)
    canvas.bar((13, 17), (60, 53), "#fbfbf7", radius=1.4)
    canvas.bar((13, 44), (60, 48), colour)
    canvas.shape([(62, 26), (77, 26), (86, 39), (86, 54), (62, 54)], colour)
    canvas.shape([(66, 29), (75.4, 29), (81.4, 39), (66, 39)], "#cfe4ea")
    canvas.bar((12, 52), (88, 56), "#39464c", radius=1)
    for x in (27, 73):
        canvas.oval((x, 56), 15, 15, "#2b3338")
        canvas.oval((x, 56), 7, 7, STEEL)


def wrench(canvas: Canvas, colour: str) -> None:
    """A spanner across a gear."""
    pale = lighter(colour, 0.45)
    gear(canvas, pale)
    canvas.stroke([(35, 57), (63, 24)], colour, 5.4)
    for centre, lean in (((33, 59), 130), ((65, 21.6), -50)):
        canvas.oval(centre, 15, 15, colour)
        mouth = [_around(centre, 1, lean + 180), _around(centre, 8, lean - 24), _around(centre, 8, lean + 24)]
        canvas.shape(mouth, lighter(pale, 0.25))


THINGS: dict[str, Motif] = {
    "jerrycan": jerrycan,
    "tissue": tissue,
    "broom": broom,
    "rags": rags,
    "paper": paper,
    "pens": pens,
    "book": book,
    "labels": labels,
    "sign": sign,
    "bolts": bolts,
    "gear": gear,
    "rings": rings,
    "rack": rack,
    "teddy": teddy,
    "mug": mug,
    "tumbler": tumbler,
    "hamper": hamper,
    "truck": truck,
    "wrench": wrench,
}
