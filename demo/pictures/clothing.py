"""Workwear and protective equipment."""

from demo.pictures.canvas import Canvas, darker, lighter
from demo.pictures.packaging import Motif

REFLECTIVE = "#e9ecd8"


def coverall(canvas: Canvas, colour: str) -> None:
    """A coverall with reflective bands."""
    canvas.shadow((50, 67), 40, 4)
    canvas.shape([(41, 13), (33, 17), (27, 41), (33.5, 43), (38, 29)], darker(colour, 0.1))
    canvas.shape([(59, 13), (67, 17), (73, 41), (66.5, 43), (62, 29)], darker(colour, 0.16))
    canvas.shape([(41, 12), (59, 12), (63, 20), (62, 66), (52, 66), (50, 46), (48, 66), (38, 66), (37, 20)], colour)
    canvas.shape([(44, 12), (56, 12), (50, 19)], darker(colour, 0.35))
    canvas.stroke([(50, 19), (50, 44)], lighter(colour, 0.35), 0.7)
    canvas.bar((37.4, 36), (62.3, 38.6), REFLECTIVE)
    canvas.bar((38, 56), (48.9, 58.6), REFLECTIVE)
    canvas.bar((51.2, 56), (62, 58.6), REFLECTIVE)
    canvas.bar((40.5, 24), (47, 30), darker(colour, 0.2), radius=0.6)
    canvas.bar((53.5, 24), (59.5, 26.4), lighter(colour, 0.6), radius=0.4)


def shirt(canvas: Canvas, colour: str) -> None:
    """A folded work shirt with buttons and a pocket."""
    canvas.shadow((50, 65), 52, 4)
    canvas.shape([(39, 14), (24, 22), (19, 38), (29, 42), (35, 32)], darker(colour, 0.08))
    canvas.shape([(61, 14), (76, 22), (81, 38), (71, 42), (65, 32)], darker(colour, 0.14))
    canvas.shape([(39, 13), (61, 13), (67, 20), (66, 64), (34, 64), (33, 20)], colour)
    canvas.shape([(42, 12), (50, 23), (40, 20)], lighter(colour, 0.35))
    canvas.shape([(58, 12), (50, 23), (60, 20)], lighter(colour, 0.35))
    canvas.shape([(43, 12), (57, 12), (50, 21)], darker(colour, 0.4))
    canvas.stroke([(50, 23), (50, 63)], darker(colour, 0.18), 0.5)
    for y in (30, 39, 48, 57):
        canvas.oval((51.4, y), 1.5, 1.5, lighter(colour, 0.65))
    canvas.bar((55, 31), (63, 40), darker(colour, 0.1), radius=0.8)
    canvas.bar((37, 32), (45, 34.6), lighter(colour, 0.6), radius=0.4)


def polo(canvas: Canvas, colour: str) -> None:
    """A short-sleeved polo."""
    canvas.shadow((50, 65), 50, 4)
    canvas.shape([(39, 14), (22, 23), (27, 36), (36, 31)], darker(colour, 0.08))
    canvas.shape([(61, 14), (78, 23), (73, 36), (64, 31)], darker(colour, 0.14))
    canvas.shape([(39, 13), (61, 13), (66, 21), (65, 64), (35, 64), (34, 21)], colour)
    canvas.shape([(25.6, 33), (27, 36), (36, 31), (35.4, 28.4)], lighter(colour, 0.4))
    canvas.shape([(74.4, 33), (73, 36), (64, 31), (64.6, 28.4)], lighter(colour, 0.4))
    canvas.shape([(42, 12), (58, 12), (54, 18), (46, 18)], darker(colour, 0.4))
    canvas.shape([(41, 12), (49.6, 19), (44, 22)], lighter(colour, 0.3))
    canvas.shape([(59, 12), (50.4, 19), (56, 22)], lighter(colour, 0.3))
    canvas.bar((48.4, 19), (51.6, 31), lighter(colour, 0.18))
    canvas.oval((59, 30), 4.4, 4.4, lighter(colour, 0.6))


def vest(canvas: Canvas, colour: str) -> None:
    """A safety vest with crossed bands."""
    canvas.shadow((50, 66), 42, 4)
    canvas.shape([(36, 12), (45, 12), (50, 27), (50, 65), (33, 65), (33, 31), (38, 24)], colour)
    canvas.shape([(64, 12), (55, 12), (50, 27), (50, 65), (67, 65), (67, 31), (62, 24)], darker(colour, 0.06))
    for left, right in ((38.4, 42), (58, 61.6)):
        canvas.bar((left, 15), (right, 44), REFLECTIVE)
    for top in (44, 54):
        canvas.bar((33, top), (67, top + 3.6), REFLECTIVE)
    canvas.stroke([(50, 27), (50, 65)], darker(colour, 0.35), 0.6)


def apron(canvas: Canvas, colour: str) -> None:
    """An apron with a wide pocket."""
    canvas.shadow((50, 67), 42, 4)
    canvas.arc((50, 17), (15, 18), (180, 360), darker(colour, 0.25), 1.2)
    canvas.stroke([(34, 36), (24, 42)], darker(colour, 0.25), 1.2)
    canvas.stroke([(66, 36), (76, 42)], darker(colour, 0.25), 1.2)
    canvas.shape([(42, 17), (58, 17), (60, 27), (68, 35), (68, 66), (32, 66), (32, 35), (40, 27)], colour)
    canvas.bar((38, 44), (62, 56), darker(colour, 0.12), radius=1)
    canvas.stroke([(50, 44.5), (50, 55.5)], lighter(colour, 0.2), 0.4)
    canvas.bar((45, 24), (55, 28), lighter(colour, 0.55), radius=0.6)


def glove(canvas: Canvas, colour: str) -> None:
    """A knitted glove with grip dots."""
    canvas.shadow((50, 67), 34, 4)
    for x, top in ((39, 21), (46, 16), (53, 17), (60, 22)):
        canvas.bar((x - 3, top), (x + 3, 42), colour, radius=3)
    canvas.shape([(36, 36), (63, 36), (62, 55), (38, 55)], colour)
    canvas.shape([(37, 51), (26, 36), (30, 32.6), (42, 43)], colour)
    canvas.oval((28, 34.3), 5.2, 5.2, colour)
    canvas.bar((38, 54), (62, 66), darker(colour, 0.18), radius=1.5)
    canvas.bar((38, 63), (62, 66), "#d9822b", radius=1)
    for row in range(3):
        for column in range(5):
            canvas.oval((42 + column * 4 + row % 2 * 2, 40 + row * 4.6), 1.7, 1.7, darker(colour, 0.5))


def shoe(canvas: Canvas, colour: str) -> None:
    """A safety shoe."""
    canvas.shadow((50, 60), 66, 5)
    canvas.shape([(27, 22), (45, 22), (49, 34), (66, 41), (78, 45), (80, 55), (24, 55)], colour)
    canvas.oval((73, 50), 15, 11, darker(colour, 0.14))
    canvas.shape([(27, 22), (45, 22), (46, 26), (27, 26)], lighter(colour, 0.25))
    canvas.bar((22, 54), (82, 60), "#2b3338", radius=2)
    canvas.bar((22, 54), (82, 56), "#e0b04a", radius=1)
    for step in range(4):
        canvas.stroke([(47 + step * 4.4, 33 + step * 2.1), (43.5 + step * 4.4, 38 + step * 2)], "#f1e9d8", 0.9)


def helmet(canvas: Canvas, colour: str) -> None:
    """A site helmet."""
    canvas.shadow((50, 59), 60, 5)
    canvas.arc((50, 50), (24, 36), (20, 160), "#3d474d", 1.1)
    canvas.dome((50, 48), 50, 32, colour)
    canvas.bar((20, 46), (80, 52), darker(colour, 0.14), radius=2.6)
    canvas.bar((46.4, 17), (53.6, 46), lighter(colour, 0.3), radius=3)
    canvas.bar((35, 22.5), (39, 46), lighter(colour, 0.16), radius=2)
    canvas.bar((61, 22.5), (65, 46), darker(colour, 0.08), radius=2)


def mask(canvas: Canvas, colour: str) -> None:
    """A pleated mask with ear loops."""
    canvas.shadow((50, 61), 52, 4)
    canvas.arc((26, 40), (18, 22), (90, 270), lighter(colour, 0.6), 1.1)
    canvas.arc((74, 40), (18, 22), (270, 90), lighter(colour, 0.6), 1.1)
    canvas.shape([(26, 27), (50, 22), (74, 27), (74, 52), (50, 58), (26, 52)], colour)
    for y in (33, 39, 45, 51):
        canvas.stroke([(27, y - 1), (50, y + 1.6), (73, y - 1)], darker(colour, 0.16), 0.6)
    canvas.stroke([(42, 26.4), (50, 24.8), (58, 26.4)], lighter(colour, 0.6), 0.9)


CLOTHING: dict[str, Motif] = {
    "coverall": coverall,
    "shirt": shirt,
    "polo": polo,
    "vest": vest,
    "apron": apron,
    "glove": glove,
    "shoe": shoe,
    "helmet": helmet,
    "mask": mask,
}
