"""Pictures as people send them, made into what we keep: WebP in three sizes, upright, without what cameras add.

Where and with which phone a picture was taken is nobody's business, so EXIF and XMP are left out. Colours are brought
into sRGB, which every screen knows, so that no colour profile has to travel with each size.
"""

import threading
from io import BytesIO
from typing import NamedTuple

from flask_babel import gettext as _
from PIL import Image, ImageCms, ImageOps

from market.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024

MEGAPIXEL = 1024 * 1024
MOST_MEGAPIXELS, MOST_MEGAPIXELS_UNSHRUNK = 50, 24
"""A small file can unfold to gigabytes. No phone makes more, and a JPEG unfolds at the size that is needed; the others
unfold whole, so less is allowed."""

SIDE_LARGE, SIDE_MEDIUM, SIDE_SMALL = 1600, 800, 320
"""The longest side of each size, in pixels: for looking closely, for a product's page, for cards and lists."""

QUALITY = 82

_SRGB = ImageCms.createProfile("sRGB")
_one_at_a_time = threading.Lock()
"""The largest picture takes some 400 MB while it is unfolded: several at once are more than a small machine has."""


class PreparedPicture(NamedTuple):
    """A picture in its three sizes, as WebP."""

    large: bytes
    medium: bytes
    small: bytes


def prepare(content: bytes) -> PreparedPicture:
    """Turn the file a person sent into what we keep; raises Invalid with a sentence that says what is wrong with it.

    It takes up to a few seconds, so nobody should hold the database meanwhile.
    """
    if len(content) > MAX_BYTES:
        raise Invalid(_("Gambar paling besar 10 MB. Kecilkan dulu, lalu kirim lagi."), field="pictures")
    with _one_at_a_time:
        picture = _unfolded(content)
        return PreparedPicture(*(_written(picture, side) for side in (SIDE_LARGE, SIDE_MEDIUM, SIDE_SMALL)))


def _unfolded(content: bytes) -> Image.Image:
    """The picture, no larger than we keep it, upright, in sRGB and without transparency."""
    try:
        _require_bearable(_webp_size(content), MOST_MEGAPIXELS_UNSHRUNK)
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            shrinks = opened.format not in ("PNG", "WEBP")
            _require_bearable(opened.size, MOST_MEGAPIXELS if shrinks else MOST_MEGAPIXELS_UNSHRUNK)
            profile = opened.info.get("icc_profile")
            _unfold_no_larger_than_needed(opened)
            picture = _in_plain_mode(opened)
            picture.thumbnail((SIDE_LARGE, SIDE_LARGE), Image.Resampling.LANCZOS)
            picture.load()  # a small one was not unfolded yet
        return _in_srgb(_on_white(ImageOps.exif_transpose(picture)), profile)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(MOST_MEGAPIXELS) from error
    except Invalid:
        raise
    except Exception as error:
        # Pillow's decoders are old and many: on broken files they raise whatever they stumble over, even TypeError.
        words = _("Berkas ini bukan gambar yang dapat dibaca. Kirim JPG, PNG, atau WebP.")
        raise Invalid(words, field="pictures") from error


def _require_bearable(size: tuple[int, int], most_megapixels: int) -> None:
    """Look at the size that the file's head claims before anything is unfolded."""
    if size[0] * size[1] > most_megapixels * MEGAPIXEL:
        raise _too_large(most_megapixels)


def _too_large(most_megapixels: int) -> Invalid:
    words = _("Gambar terlalu besar: paling banyak %(most)s megapiksel. Kecilkan dulu.", most=most_megapixels)
    return Invalid(words, field="pictures")


def _webp_size(content: bytes) -> tuple[int, int]:
    """The size in a WebP's head (RFC 9649), for Pillow asks for its memory as it opens one; 0 × 0 of another file."""
    head = content[:30]
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return 0, 0
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        sizes = int.from_bytes(head[21:25], "little")
        return 1 + (sizes & 0x3FFF), 1 + (sizes >> 14 & 0x3FFF)
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _unfold_no_larger_than_needed(picture: Image.Image) -> None:
    """Let a JPEG unfold at half its size, or less, where that is still twice what we keep; others know no such way."""
    part = 2 * SIDE_LARGE / max(picture.size)
    picture.draft(None, (max(1, int(picture.width * part)), max(1, int(picture.height * part))))


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be shrunk smoothly, which palettes and 16-bit greys cannot."""
    if picture.mode == "RGBA" or (picture.mode in ("L", "RGB", "CMYK") and not picture.has_transparency_data):
        return picture
    if picture.mode.startswith("I"):
        return picture.point(lambda grey: grey / 256).convert("L")  # converting alone would make all but black white
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which shops' pictures have on a white ground."""
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB. One whose profile cannot be read is shown with the colours it has."""
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), _SRGB, outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _written(picture: Image.Image, longest_side: int) -> bytes:
    scaled = picture.copy()
    scaled.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    written = BytesIO()
    scaled.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
