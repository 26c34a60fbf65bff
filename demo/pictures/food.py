"""Meals, bread, drinks and what kitchens buy."""

from demo.pictures.canvas import Canvas, darker, lighter
from demo.pictures.packaging import Motif


def meal(canvas: Canvas, colour: str) -> None:
    """A boxed meal: rice, chicken, vegetables, sambal."""
    canvas.shadow((50, 62), 70, 5)
    canvas.bar((16, 20), (84, 62), darker(colour, 0.12), radius=4)
    canvas.bar((18, 18), (82, 59), colour, radius=4)
    canvas.bar((21, 21), (49, 56), lighter(colour, 0.45), radius=2)
    canvas.bar((51, 21), (79, 40), lighter(colour, 0.45), radius=2)
    canvas.bar((51, 42), (64, 56), lighter(colour, 0.45), radius=2)
    canvas.bar((66, 42), (79, 56), lighter(colour, 0.45), radius=2)
    canvas.dome((35, 49), 22, 20, "#ffffff")
    for x, y in ((29, 42), (35, 36), (40, 44), (33, 46), (38, 39)):
        canvas.stroke([(x, y), (x + 1.4, y - 0.5)], "#dfe4e2", 0.6)
    canvas.oval((35, 50.5), 20, 3, "#6aa35a")
    canvas.oval((63, 31), 16, 11, "#a9642f")
    canvas.oval((61, 29.6), 8, 5, "#c98447")
    canvas.stroke([(69, 32), (75.4, 35)], "#f3e6d2", 1.8)
    for x, y in ((55, 47), (59, 46), (57, 51), (61, 51)):
        canvas.oval((x, y), 5, 4, "#5e9a4e")
    canvas.stroke([(54, 49), (61.5, 48.4)], "#e58a3a", 1.3)
    canvas.oval((72.5, 49), 9, 9, "#c63f2f")
    canvas.oval((71.4, 48), 3.4, 2.6, "#df6a55")


def cakes(canvas: Canvas, colour: str) -> None:
    """Three small cakes on a plate."""
    canvas.shadow((50, 61), 66, 5)
    canvas.oval((50, 53), 64, 18, "#ffffff")
    canvas.oval((50, 52), 54, 13, lighter(colour, 0.75))
    for x, y, tone in ((36, 50, colour), (64, 50, darker(colour, 0.12)), (50, 55, lighter(colour, 0.2))):
        canvas.shape([(x - 8, y - 11), (x + 8, y - 11), (x + 6.4, y), (x - 6.4, y)], darker(tone, 0.28))
        canvas.oval((x, y), 12.8, 3.4, darker(tone, 0.28))
        canvas.dome((x, y - 10), 19, 9, tone)
        canvas.oval((x, y - 18.4), 3.4, 3.4, "#c63f2f")


def bread(canvas: Canvas, colour: str) -> None:
    """A loaf with cuts and two slices."""
    canvas.shadow((50, 61), 66, 5)
    canvas.dome((54, 42), 52, 22, colour)
    canvas.bar((28, 40), (80, 60), colour, radius=4)
    for x in (46, 57, 68):
        canvas.stroke([(x, 27), (x + 4, 35)], lighter(colour, 0.45), 1.6)
    for x in (34, 25):
        canvas.dome((x, 45), 23, 18, darker(colour, 0.22))
        canvas.bar((x - 10, 43), (x + 10, 61), darker(colour, 0.22), radius=2)
        canvas.dome((x, 45), 20, 15.6, "#f7e6c4")
        canvas.bar((x - 8.6, 43), (x + 8.6, 59.4), "#f7e6c4", radius=1.6)


def eggs(canvas: Canvas, colour: str) -> None:
    """Eggs in a tray."""
    canvas.shadow((50, 62), 70, 5)
    for row, y in enumerate((31, 39, 47)):
        for column in range(5):
            x = 25 + row * 1.2 + column * (12.5 - row * 0.6)
            canvas.oval((x, y), 10.6, 13.6, lighter(colour, 0.05 * ((row + column) % 3)))
            canvas.oval((x - 1.8, y - 3), 3, 4, lighter(colour, 0.5))
        canvas.bar((17, y + 3), (83, y + 8), darker("#b9b4a6", 0.06 * row), radius=2)
    canvas.shape([(17, 50), (83, 50), (79, 61), (21, 61)], "#a9a393")
    for x in range(24, 80, 8):
        canvas.stroke([(x, 52), (x, 59)], "#979180", 0.7)


def vegetables(canvas: Canvas, colour: str) -> None:
    """A basket of greens, carrots and chillies."""
    canvas.shadow((50, 63), 58, 5)
    for x, y, size in ((33, 33, 16), (45, 27, 19), (57, 30, 17), (67, 35, 13)):
        canvas.oval((x, y), size, size, darker(colour, 0.04 * (x % 3)))
        canvas.stroke([(x, y + size / 2), (x, y - size / 4)], lighter(colour, 0.45), 0.8)
    canvas.shape([(35, 42), (43, 42), (31, 18), (29.4, 19)], "#e58a3a")
    canvas.stroke([(30, 19), (26, 14)], "#5e9a4e", 1.2)
    canvas.stroke([(62, 42), (70, 26), (75, 23)], "#c63f2f", 3)
    canvas.shape([(20, 41), (80, 41), (73, 63), (27, 63)], "#b98a54")
    for y in (46, 52, 58):
        canvas.stroke([(22 + (y - 41) * 0.3, y), (78 - (y - 41) * 0.3, y)], "#9c713f", 0.9)
    canvas.bar((18, 39), (82, 43), "#cda068", radius=2)


def drink(canvas: Canvas, colour: str) -> None:
    """Two bottles with labels."""
    for x, tone in ((60, darker(colour, 0.15)), (41, colour)):
        canvas.shadow((x, 65), 22, 4)
        canvas.bar((x - 3.4, 12), (x + 3.4, 24), lighter(tone, 0.1))
        canvas.bar((x - 4, 9), (x + 4, 14), darker(tone, 0.5), radius=1)
        canvas.shape([(x - 3.4, 22), (x + 3.4, 22), (x + 8.6, 32), (x - 8.6, 32)], tone)
        canvas.bar((x - 8.6, 30), (x + 8.6, 65), tone, radius=2.6)
        canvas.bar((x - 8.6, 39), (x + 8.6, 54), "#faf6ea")
        canvas.oval((x, 46.4), 9, 9, lighter(tone, 0.25))
        canvas.bar((x - 6.6, 30), (x - 4.8, 63), lighter(tone, 0.35), radius=1)


def gallon(canvas: Canvas, colour: str) -> None:
    """A water gallon."""
    canvas.shadow((50, 66), 40, 4)
    canvas.bar((44, 8), (56, 17), darker(colour, 0.45), radius=1.4)
    canvas.dome((50, 28), 36, 13, lighter(colour, 0.22))
    canvas.bar((32, 26), (68, 66), colour, radius=4)
    for y in (33, 45, 57):
        canvas.bar((31, y), (69, y + 3.4), darker(colour, 0.1), radius=1.6)
    canvas.bar((36, 28), (40, 63), lighter(colour, 0.5), radius=2)


def jar(canvas: Canvas, colour: str) -> None:
    """A jar of cookies."""
    canvas.shadow((50, 65), 44, 4)
    canvas.bar((30, 20), (70, 65), "#eef4f3", radius=5)
    for row in range(5):
        for column in range(4):
            x, y = 35.5 + column * 9.6, 30 + row * 7.6
            canvas.oval((x, y), 9.4, 6.6, lighter(colour, 0.1 * ((row + column) % 3)))
            canvas.oval((x, y - 0.6), 2.2, 1.6, darker(colour, 0.4))
    canvas.bar((27, 12), (73, 22), "#c94b3f", radius=2.4)
    canvas.bar((33, 26), (35.6, 60), "#ffffff", radius=1.2)


FOOD: dict[str, Motif] = {
    "meal": meal,
    "cakes": cakes,
    "bread": bread,
    "eggs": eggs,
    "vegetables": vegetables,
    "drink": drink,
    "gallon": gallon,
    "jar": jar,
}
