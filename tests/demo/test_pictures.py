"""The demo's pictures can be drawn, and show something."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from demo import reading
from demo.pictures import MOTIFS, draw
from demo.pictures.canvas import Canvas

PICTURES = reading.read_pictures()


def test_pictures_belong_to_products_and_name_motifs_and_colours() -> None:
    assert {picture.sku for picture in PICTURES} <= {product.sku for product in reading.read_products()}
    assert len({picture.sku for picture in PICTURES}) == len(PICTURES) >= 40
    for picture in PICTURES:
        assert re.fullmatch(r"#[0-9a-f]{6}", picture.colour), picture
        assert re.fullmatch(r"#[0-9a-f]{6}", picture.ground), picture


def test_every_motif_is_used_and_known() -> None:
    assert {picture.motif for picture in PICTURES} == set(MOTIFS)


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_fills_the_middle_of_the_sheet_and_keeps_off_its_edge(motif: str) -> None:
    drawn = _opened(draw(motif, colour="#c8955c", ground="#8fb3a9"))
    assert (drawn.format, drawn.size) == ("PNG", (960, 720))
    empty = _opened(Canvas("#8fb3a9").to_png())
    differs = ImageChops.difference(drawn.convert("L"), empty.convert("L")).point(lambda value: 255 * (value > 8))
    left, top, right, bottom = differs.getbbox() or (0, 0, 0, 0)
    assert right - left > 250
    assert bottom - top > 250
    assert left > 20
    assert top > 20
    assert right < 940
    assert bottom < 700


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))
