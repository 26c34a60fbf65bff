"""Pictures as people send them, made into what we keep: WebP in two sizes, upright, without what cameras add.

Where and with which phone a picture was taken is nobody's business, so EXIF and XMP are left out.
"""

from io import BytesIO
from typing import NamedTuple

from flask_babel import gettext as _
from PIL import Image, ImageOps

from market.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""A small file can unfold to gigabytes; no phone makes a picture larger than this."""

LONGEST_SIDE = 1600
LONGEST_SIDE_SMALL = 480
QUALITY = 82


class PreparedPicture(NamedTuple):
    """A picture in both sizes, as WebP."""

    large: bytes
    small: bytes


def prepare(content: bytes) -> PreparedPicture:
    """Turn the file a person sent into what we keep; raises Invalid with a sentence that says what is wrong with it."""
    if len(content) > MAX_BYTES:
        raise Invalid(_("Gambar paling besar 10 MB. Kecilkan dulu, lalu kirim lagi."), field="pictures")
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            _require_bearable_size(opened)
            upright = ImageOps.exif_transpose(opened)
            profile = opened.info.get("icc_profile") if opened.mode in ("RGB", "RGBA") else None
            flat = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Invalid:
        raise
    except Exception as error:
        # Pillow's decoders are old and many: on broken files they raise whatever they stumble over, even TypeError.
        words = _("Berkas ini bukan gambar yang dapat dibaca. Kirim JPG, PNG, atau WebP.")
        raise Invalid(words, field="pictures") from error
    return PreparedPicture(
        large=_written(flat, LONGEST_SIDE, profile), small=_written(flat, LONGEST_SIDE_SMALL, profile)
    )


def _require_bearable_size(picture: Image.Image) -> None:
    """Look at the size in the file's head before anything is unfolded."""
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large()


def _too_large() -> Invalid:
    return Invalid(_("Gambar terlalu besar: paling banyak 50 megapiksel."), field="pictures")


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which shops' pictures have on a white ground."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    with_alpha = picture.convert("RGBA")
    ground = Image.new("RGB", with_alpha.size, "white")
    ground.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return ground


def _written(picture: Image.Image, longest_side: int, profile: bytes | None) -> bytes:
    """The picture no larger than `longest_side`. The colour profile stays: without it phones' colours would shift."""
    scaled = picture.copy()
    scaled.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    written = BytesIO()
    scaled.save(written, "WEBP", quality=QUALITY, icc_profile=profile)
    return written.getvalue()
