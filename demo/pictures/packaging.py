"""Cartons, tape, film, bags, sacks, pallets and crates."""

from collections.abc import Callable

from demo.pictures.canvas import Canvas, Point, darker, lighter

Motif = Callable[[Canvas, str], None]


def _block(canvas: Canvas, foot: Point, size: tuple[float, float, float], colour: str) -> None:
    """A block seen from above its front edge; `foot` is that edge's lower end, size is left, right, height."""
    x, y = foot
    left, right, height = size
    away_left, away_right = (x - left, y - left / 2), (x + right, y - right / 2)
    back = (x - left + right, y - (left + right) / 2)

    def up(point: Point) -> Point:
        return point[0], point[1] - height

    canvas.shape([foot, away_left, up(away_left), up(foot)], colour)
    canvas.shape([foot, away_right, up(away_right), up(foot)], darker(colour, 0.16))
    canvas.shape([up(foot), up(away_left), up(back), up(away_right)], lighter(colour, 0.25))


def carton(canvas: Canvas, colour: str) -> None:
    """A closed carton with its tape and a label."""
    canvas.shadow((51, 60), 50)
    _block(canvas, (48, 61), (21, 24, 24), colour)
    canvas.shape([(58, 31.5), (61.5, 29.8), (40.5, 19.2), (37, 21)], lighter(colour, 0.55))
    canvas.shape([(58, 31.5), (61.5, 29.8), (61.5, 36), (58, 37.6)], lighter(colour, 0.4))
    canvas.shape([(31, 46), (39, 50), (39, 44), (31, 40)], lighter(colour, 0.7))
    canvas.stroke([(32.5, 43), (37.4, 45.5)], darker(colour, 0.3), 0.5)
    canvas.stroke([(32.5, 45), (36, 46.8)], darker(colour, 0.3), 0.5)


def open_carton(canvas: Canvas, colour: str) -> None:
    """A carton with its flaps open."""
    canvas.shadow((51, 61), 52)
    _block(canvas, (48, 62), (20, 24, 19), colour)
    canvas.shape([(48, 43), (28, 33), (52, 21), (72, 31)], darker(colour, 0.42))
    canvas.shape([(48, 43), (28, 33), (21, 39), (41, 49.5)], lighter(colour, 0.18))
    canvas.shape([(48, 43), (72, 31), (80, 37), (56, 49.5)], lighter(colour, 0.3))
    canvas.shape([(28, 33), (52, 21), (47, 14), (23, 26)], darker(colour, 0.06))
    canvas.shape([(52, 21), (72, 31), (79, 25), (59, 15)], darker(colour, 0.2))


def flat_box(canvas: Canvas, colour: str) -> None:
    """A shallow box with a raised lid, as for cakes."""
    canvas.shadow((50, 58), 62)
    canvas.shape([(22, 42), (78, 42), (72, 15), (28, 15)], lighter(colour, 0.12))
    canvas.shape([(25, 40.5), (75, 40.5), (70, 17.5), (30, 17.5)], lighter(colour, 0.35))
    canvas.bar((20, 42), (80, 57), colour, radius=1)
    canvas.bar((20, 42), (80, 45), darker(colour, 0.25))
    canvas.oval((50, 51), 9, 6, lighter(colour, 0.55))


def dividers(canvas: Canvas, colour: str) -> None:
    """Crossed partitions, four by three."""
    canvas.shadow((51, 60), 62)
    foot, right, left, depth = (44.0, 47.0), 36.0, 27.0, 13.0

    def at(along_right: float, along_left: float, down: float = 0) -> Point:
        return foot[0] + right * along_right - left * along_left, foot[1] - (
            right * along_right + left * along_left
        ) / 2 + down

    canvas.shape([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], darker(colour, 0.45))
    for step in range(4, -1, -1):
        share = step / 4
        wall = [at(share, 0), at(share, 1), at(share, 1, depth), at(share, 0, depth)]
        canvas.shape(wall, lighter(colour, 0.1 + 0.04 * step))
    for step in range(3, -1, -1):
        share = step / 3
        wall = [at(0, share), at(1, share), at(1, share, depth), at(0, share, depth)]
        canvas.shape(wall, darker(colour, 0.02 + 0.05 * step))
    for step in range(5):
        canvas.stroke([at(step / 4, 0), at(step / 4, 1)], lighter(colour, 0.5), 0.7)
    for step in range(4):
        canvas.stroke([at(0, step / 3), at(1, step / 3)], lighter(colour, 0.5), 0.7)


def tape(canvas: Canvas, colour: str) -> None:
    """Two rolls of tape."""
    canvas.shadow((50, 61), 58)
    for x, y, size in ((62, 36, 32), (40, 41, 38)):
        canvas.oval((x + 2.4, y), size, size, darker(colour, 0.28))
        canvas.oval((x, y), size, size, colour)
        canvas.ring((x, y), size * 0.82, 0.35, darker(colour, 0.12))
        canvas.ring((x, y), size * 0.7, 0.35, darker(colour, 0.12))
        canvas.oval((x, y), size * 0.56, size * 0.56, "#c9a77a")
        canvas.oval((x, y), size * 0.48, size * 0.48, "#eef2f1")
        canvas.oval((x + 1.2, y + 0.6), size * 0.43, size * 0.45, "#dfe6e5")


def film(canvas: Canvas, colour: str) -> None:
    """A standing roll of film."""
    canvas.shadow((51, 63), 40)
    canvas.oval((50, 61), 30, 8, darker(colour, 0.25))
    canvas.bar((35, 17), (65, 61), colour)
    for x, share in ((35, 0.2), (58, 0.08), (62, 0.18)):
        canvas.bar((x, 17), (x + 3, 61), darker(colour, share))
    canvas.bar((41, 17), (46, 62), lighter(colour, 0.4))
    canvas.oval((50, 17), 30, 8, lighter(colour, 0.35))
    canvas.oval((50, 17), 13, 3.6, "#b8946a")
    canvas.oval((50, 17), 9, 2.4, "#6f5941")
    canvas.shape([(65, 24), (77, 27), (75, 63), (65, 60)], lighter(colour, 0.55))


def bag(canvas: Canvas, colour: str) -> None:
    """A carrier bag."""
    canvas.shadow((50, 64), 44)
    canvas.arc((50, 24), (20, 24), (180, 360), darker(colour, 0.3), 1.5)
    canvas.shape([(31, 25), (69, 25), (73, 64), (27, 64)], colour)
    canvas.shape([(61, 25), (69, 25), (73, 64), (63, 64)], darker(colour, 0.12))
    canvas.oval((47, 45), 14, 14, lighter(colour, 0.6))
    canvas.stroke([(43.5, 45.5), (46.2, 48), (51, 42)], colour, 1.4)


def sack(canvas: Canvas, colour: str) -> None:
    """A filled sack tied at its neck."""
    canvas.shadow((50, 65), 50)
    canvas.shape([(41, 9), (47, 11), (53, 9), (59, 11), (56, 20), (44, 20)], lighter(colour, 0.3))
    canvas.dome((50, 34), 42, 17, colour)
    canvas.bar((28, 30), (72, 66), colour, radius=8)
    canvas.bar((63, 34), (72, 64), darker(colour, 0.07), radius=4)
    canvas.bar((43, 17.6), (57, 21.4), "#9a6b3f", radius=1.8)
    canvas.bar((36, 37), (62, 56), lighter(colour, 0.6), radius=1.4)
    canvas.oval((44, 46.5), 9, 9, "#6aa35a")
    for y, end in ((43, 59), (47, 57), (51, 58)):
        canvas.stroke([(51.4, y), (end, y)], darker(colour, 0.35), 0.8)


def pallet(canvas: Canvas, colour: str) -> None:
    """A four-way pallet, two of them stacked."""
    canvas.shadow((51, 62), 66)
    for lift in (0.0, 12.0):
        _block(canvas, (44, 63 - lift), (26, 34, 1.5), darker(colour, 0.2))
        for step in range(3):
            _block(canvas, (44 - step * 11, 61.4 - lift - step * 5.5), (4, 34, 4.5), darker(colour, 0.1))
        for step in range(4, -1, -1):
            plank = (44.0 + step * 7, 57 - lift - step * 3.5)
            _block(canvas, plank, (26, 5, 1.8), lighter(colour, 0.04 * (step % 2)))


def crate(canvas: Canvas, colour: str) -> None:
    """A nailed crate."""
    canvas.shadow((51, 61), 54)
    _block(canvas, (49, 62), (22, 24, 27), darker(colour, 0.1))
    for step in range(4):
        foot = 61 - step * 7
        canvas.shape([(48.5, foot), (27.5, foot - 10.5), (27.5, foot - 15.5), (48.5, foot - 5)], lighter(colour, 0.14))
        canvas.shape([(49.5, foot), (72.5, foot - 11.5), (72.5, foot - 16.5), (49.5, foot - 5)], colour)
    for x, y in ((30, 51), (45, 58.5)):
        canvas.shape([(x, y), (x + 2.6, y + 1.3), (x + 2.6, y - 24.7), (x, y - 26)], lighter(colour, 0.32))


PACKAGING: dict[str, Motif] = {
    "carton": carton,
    "open_carton": open_carton,
    "flat_box": flat_box,
    "dividers": dividers,
    "tape": tape,
    "film": film,
    "bag": bag,
    "sack": sack,
    "pallet": pallet,
    "crate": crate,
}
