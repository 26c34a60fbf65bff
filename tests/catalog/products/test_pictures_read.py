"""Whatever a phone sends becomes an upright WebP in three sizes, without its place and time, or is refused in words."""

import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from catalog.products import images
from catalog.products.images import PreparedPicture, prepare
from market.config import ROOT
from market.errors import Invalid
from tests.catalog.products.drawing import (
    animated,
    extended_webp_claiming,
    jpeg_claiming,
    opened,
    picture,
    png,
    png_claiming,
    webp_claiming,
)

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def sizes(prepared: PreparedPicture) -> list[tuple[int, int]]:
    return [opened(content).size for content in prepared]


def colour(prepared: PreparedPicture, at: tuple[int, int]) -> tuple[int, ...]:
    """The colour of the large size there."""
    shown = opened(prepared.large).convert("RGB").getpixel(at)
    assert isinstance(shown, tuple)
    return shown


def is_near(shown: tuple[int, ...], wanted: tuple[int, int, int], within: int = 6) -> bool:
    """Whether the eye would call it the same colour: WebP is not exact."""
    return all(abs(a - b) <= within for a, b in zip(shown, wanted, strict=True))


def written(made: Image.Image, form: str, **options: object) -> bytes:
    into = BytesIO()
    made.save(into, form, **options)
    return into.getvalue()


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("PNG", "1"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_common_picture_becomes_webp_in_three_sizes(form: str, mode: str) -> None:
    prepared = prepare(picture((2000, 1000), form=form, mode=mode))
    assert [opened(content).format for content in prepared] == ["WEBP"] * 3
    assert sizes(prepared) == [(1600, 800), (800, 400), (320, 160)]


def test_an_upright_picture_is_measured_by_its_height() -> None:
    assert sizes(prepare(picture((1500, 3000)))) == [(800, 1600), (400, 800), (160, 320)]


def test_a_small_picture_is_not_blown_up() -> None:
    assert sizes(prepare(picture((60, 40)))) == [(60, 40)] * 3


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_one_row_of_pixels_is_a_picture_too(form: str) -> None:
    assert sizes(prepare(picture((6500, 1), form=form))) == [(1600, 1), (800, 1), (320, 1)]
    assert sizes(prepare(picture((1, 6500), form=form))) == [(1, 1600), (1, 800), (1, 320)]
    assert sizes(prepare(picture((1, 1), form=form))) == [(1, 1)] * 3


@pytest.mark.parametrize("size", [(40, 20), (4000, 2000)])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_stands_upright_and_forgets_where(form: str, size: tuple[int, int]) -> None:
    width, height = size
    sent = Image.new("RGB", size, "blue")
    sent.paste("red", (0, 0, width // 2, height))
    exif = sent.getexif()
    exif[ORIENTATION] = 6  # the camera was held a quarter turn
    exif[GPS] = {1: "S", 2: (6.0, 17.0, 0.0)}
    exif[MAKER] = "Phone of Yayah"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">taken in Cikarang</x:xmpmeta>'
    known = {"xmp": xmp} if form != "PNG" else {}
    content = written(sent, form, exif=exif, quality=95, **known)
    assert b"Phone of Yayah" in content
    prepared = prepare(content)
    for kept in prepared:
        shown = opened(kept)
        assert shown.height == 2 * shown.width
        red, _green, blue = shown.convert("RGB").getpixel((shown.width // 2, shown.height // 4))
        assert (red > 200, blue < 60) == (True, True)
        assert not shown.getexif()
        assert {"exif", "xmp", "icc_profile"} & shown.info.keys() == set()
        for secret in (b"Yayah", b"Cikarang", b"EXIF", b"XMP "):
            assert secret not in kept


def test_what_is_transparent_becomes_white() -> None:
    assert colour(prepare(written(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")), (5, 5)) == (255, 255, 255)


def test_a_palette_with_a_transparent_colour_becomes_white_there() -> None:
    sent = Image.new("P", (20, 10), 0)
    sent.putpalette([255, 0, 0, 0, 160, 0])
    sent.paste(1, (0, 0, 10, 10))
    prepared = prepare(written(sent, "PNG", transparency=0))
    assert is_near(colour(prepared, (4, 5)), (0, 160, 0))
    assert is_near(colour(prepared, (15, 5)), (255, 255, 255))


def test_one_colour_that_means_nothing_there_becomes_white() -> None:
    sent = Image.new("RGB", (20, 10), (255, 0, 255))
    sent.paste((0, 120, 120), (0, 0, 10, 10))
    prepared = prepare(written(sent, "PNG", transparency=(255, 0, 255)))
    assert is_near(colour(prepared, (4, 5)), (0, 120, 120))
    assert is_near(colour(prepared, (15, 5)), (255, 255, 255))


@pytest.mark.parametrize(("kind", "values"), [(0, [0x8000]), (2, [0x8000] * 3), (4, [0x8000, 0xFFFF])])
def test_sixteen_bits_a_colour_keep_their_middle_grey(kind: int, values: list[int]) -> None:
    rows = (b"\0" + struct.pack(f">{len(values)}H", *values) * 30) * 30
    assert is_near(colour(prepare(png(30, 30, rows=rows, depth=16, kind=kind)), (15, 15)), (128, 128, 128))


def test_printers_colours_are_brought_to_the_screen() -> None:
    sent = Image.new("CMYK", (40, 40), (0, 255, 255, 0))  # magenta and yellow make red
    red, green, blue = colour(prepare(written(sent, "JPEG", quality=95)), (20, 20))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_the_colours_of_a_profile_are_brought_into_srgb() -> None:
    warm = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    grey = Image.new("RGB", (40, 40), (120, 120, 120))
    assert is_near(colour(prepare(written(grey, "JPEG", icc_profile=warm)), (20, 20)), (120, 120, 120)), "not its kind"
    assert is_near(colour(prepare(written(grey, "JPEG", icc_profile=b"broken")), (20, 20)), (120, 120, 120))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert is_near(colour(prepare(written(grey, "JPEG", icc_profile=srgb)), (20, 20)), (120, 120, 120))


def test_of_an_animation_the_first_frame_is_kept_alone() -> None:
    prepared = prepare(animated("WEBP"))
    assert is_near(colour(prepared, (20, 10)), (255, 0, 0), within=12)
    assert not getattr(opened(prepared.large), "is_animated", False)


# What is refused


CLAIMS = {
    "png 50,000": png_claiming(50_000, 50_000),
    "png 60,000": png_claiming(60_000, 60_000),
    "png 12,000": png_claiming(12_000, 12_000),
    "png 6,000": png_claiming(6_000, 6_000),
    "png one long row": png_claiming(2**31 - 1, 1),
    "jpeg 50,000": jpeg_claiming(50_000, 50_000),
    "jpeg 65,500": jpeg_claiming(65_500, 65_500),
    "jpeg 8,000": jpeg_claiming(8_000, 8_000),
    "webp 16,383": webp_claiming(16_383, 16_383),
    "webp 6,000": webp_claiming(6_000, 6_000),
    "lossless webp 16,383": webp_claiming(16_383, 16_383, lossless=True),
    "extended webp 50,000": extended_webp_claiming(50_000, 50_000),
    "extended webp 16,777,216": extended_webp_claiming(2**24, 2**24),
}

ALONE = r"""
import re, sys
from pathlib import Path
from catalog.products import images
from market.errors import Invalid

if sys.argv[2] == "believe":
    images.MOST_MEGAPIXELS = images.MOST_MEGAPIXELS_UNSHRUNK = images.MEGAPIXEL
    images.Image.MAX_IMAGE_PIXELS = None


def peak():  # not getrusage's, which begins with the peak of the process that started this one
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text()).group(1))


content = Path(sys.argv[1]).read_bytes()
before = peak()
try:
    images.prepare(content)
    words = "kept"
except Invalid as error:
    words = str(error)
print((peak() - before) // 1024)
print(words)
"""


def prepared_alone(content: bytes, folder: Path, *, believe: bool = False) -> tuple[int, str]:
    """Prepare it in a process of its own; answers by how many MB that grew at its peak, and what was said.

    With `believe` the file's head is believed, whatever it says.
    """
    file = folder / "sent"
    file.write_bytes(content)
    command = [sys.executable, "-c", ALONE, str(file), "believe" if believe else "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    grown, words = done.stdout.splitlines()
    return int(grown), words


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_picture_that_claims_to_be_enormous_is_refused_by_its_head_alone(claim: str, tmp_path: Path) -> None:
    assert len(CLAIMS[claim]) < 10_000
    grown, words = prepared_alone(CLAIMS[claim], tmp_path)
    assert "megapiksel" in words
    assert grown < 16


def test_a_bomb_that_is_believed_fills_the_memory(tmp_path: Path) -> None:
    """The control of the test above: what really unfolds is seen by its measure, and only the check stops it."""
    side = 9_000
    bomb = png(side, side, rows=b"\0" * ((side + 1) * side), kind=0)
    assert len(bomb) < 100_000
    grown, words = prepared_alone(bomb, tmp_path, believe=True)
    assert (grown > 60, words) == (True, "kept")
    grown, words = prepared_alone(bomb, tmp_path)
    assert grown < 16
    assert "megapiksel" in words


def test_the_largest_picture_of_a_phone_is_kept_within_bounds(tmp_path: Path) -> None:
    sent = Image.effect_noise((816, 612), 40).resize((8160, 6120)).convert("RGB")
    grown, words = prepared_alone(written(sent, "JPEG", quality=60), tmp_path)
    assert words == "kept"
    assert grown < 120


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"not a picture",
        picture((600, 400))[:2000],
        picture((600, 400), form="PNG")[:2000],
        picture((600, 400), form="WEBP")[:2000],
        picture()[:20],
        b"RIFF",
        b"RIFF\0\0\0\0WEBP",
        b"RIFF\0\0\0\0WEBPVP8X",
        animated("GIF"),
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n%%EOF",
        b"II*\0" + bytes(100),
        png_claiming(100, 100),
        png_claiming(0, 0),
        extended_webp_claiming(4000, 4000),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        prepare(content)
    assert refused.value.field == "pictures"
    assert "Kirim JPG" in str(refused.value)


def test_a_picture_that_is_html_too_is_kept_as_a_picture_only() -> None:
    kept = prepare(picture() + b"<script>alert(1)</script>")
    assert all(b"script" not in content for content in kept)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Invalid, match="10 MB"):
        prepare(picture() + bytes(images.MAX_BYTES))
