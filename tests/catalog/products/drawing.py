"""Pictures for tests, good and wicked."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def picture(size: tuple[int, int] = (60, 40), form: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    """A picture of noise, so that no two are alike."""
    written = BytesIO()
    Image.effect_noise(size, 40).convert(mode).save(written, form, **options)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(BytesIO(content))


def png(width: int, height: int, *, rows: bytes, depth: int = 8, kind: int = 2, extra: bytes = b"") -> bytes:
    """A PNG whose head says what it is told to say, whatever `rows` hold."""
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    body = _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says how large it is."""
    return png(width, height, rows=b"\0" * 1000)


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose head was changed to say how large it is."""
    content = bytearray(picture(form="JPEG"))
    head = content.index(b"\xff\xc0")
    content[head + 5 : head + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def webp_claiming(width: int, height: int, *, lossless: bool = False) -> bytes:
    """A small WebP whose head was changed to say how large it is: at most 16,383 a side."""
    content = bytearray(picture(form="WEBP", lossless=lossless))
    if lossless:
        content[21:25] = (
            int.from_bytes(content[21:25], "little") & 0xF0000000 | height - 1 << 14 | width - 1
        ).to_bytes(4, "little")
    else:
        content[26:30] = struct.pack("<HH", width, height)
    return bytes(content)


def extended_webp_claiming(width: int, height: int) -> bytes:
    """A WebP with an extended head that says how large its canvas is."""
    inner = picture(form="WEBP")[12:]
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + sizes + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def animated(form: str) -> bytes:
    """Two frames, the first of them red."""
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "blue")]
    written = BytesIO()
    frames[0].save(written, form, save_all=True, append_images=frames[1:], duration=100)
    return written.getvalue()
