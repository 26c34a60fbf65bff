"""The sheets that sellers of the demo send as their certificates' files."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 827, 1169
"""A4 at 100 pixels an inch."""

MARGIN = 60
INK, FRAME, SOFT = "#1d2a30", "#0b5d5e", "#5a666a"


def paper(form: str, *, kind: str, number: str, holder: str, product: str, until: str) -> bytes:
    """A sheet with these words, as a PDF or a JPEG (`form`: pdf or jpg)."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "#fdfcf7")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((30, 30, WIDTH - 30, HEIGHT - 30), outline=FRAME, width=4)
    draw.rectangle((42, 42, WIDTH - 42, HEIGHT - 42), outline=FRAME, width=1)
    lines = (
        (150, "SERTIFIKAT", 54, FRAME),
        (240, kind, 40, INK),
        (390, "Nomor", 20, SOFT),
        (420, number, 30, INK),
        (520, "Diberikan kepada", 20, SOFT),
        (550, holder, 30, INK),
        (640, "untuk", 20, SOFT),
        (670, product, 24, INK),
        (790, f"Berlaku sampai {until}", 26, INK),
        (1060, "Contoh dalam demo Pasok; bukan sertifikat sungguhan.", 18, SOFT),
    )
    for height, words, size, colour in lines:
        _write(draw, height, words, size, colour)
    written = BytesIO()
    sheet.save(written, {"pdf": "PDF", "jpg": "JPEG"}[form])
    return written.getvalue()


def _write(draw: ImageDraw.ImageDraw, height: int, words: str, size: int, colour: str) -> None:
    """Words in the middle of the sheet, smaller where they would not fit."""
    font = ImageFont.load_default(size)
    while draw.textlength(words, font=font) > WIDTH - 2 * MARGIN:
        size -= 1
        font = ImageFont.load_default(size)
    draw.text((WIDTH / 2, height), words, fill=colour, font=font, anchor="ma")
