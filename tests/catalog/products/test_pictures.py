"""Pictures: whatever a phone sends becomes an upright WebP without its place and time, or is refused in words."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from catalog.products import operations
from catalog.products.images import LONGEST_SIDE, LONGEST_SIDE_SMALL, prepare
from catalog.products.limits import MOST_PICTURES
from market import audit, files
from market.accounts.roles import Role
from market.db import session
from market.errors import Invalid, NotFound
from tests.factories import make_actor, make_product, make_seller

ORIENTATION, GPS = 0x0112, 0x8825


def picture(size=(60, 40), form="JPEG", mode="RGB", **options) -> bytes:
    written = BytesIO()
    Image.effect_noise(size, 40).convert(mode).save(written, form, **options)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_every_common_picture_becomes_webp(form: str, mode: str) -> None:
    prepared = prepare(picture(form=form, mode=mode))
    assert opened(prepared.large).format == opened(prepared.small).format == "WEBP"
    assert opened(prepared.large).size == (60, 40)


def test_large_pictures_shrink_and_keep_their_shape() -> None:
    prepared = prepare(picture((3000, 2000)))
    assert opened(prepared.large).size == (LONGEST_SIDE, 1067)
    assert opened(prepared.small).size == (LONGEST_SIDE_SMALL, 320)


def test_a_picture_taken_sideways_stands_upright_and_forgets_where() -> None:
    sent = Image.new("RGB", (40, 20), "blue")
    sent.paste("red", (0, 0, 20, 20))
    exif = sent.getexif()
    exif[ORIENTATION] = 6  # the camera was held a quarter turn
    exif[GPS] = {1: "S", 2: (6.0, 17.0, 0.0)}
    written = BytesIO()
    sent.save(written, "JPEG", exif=exif, quality=95)
    kept = opened(prepare(written.getvalue()).large)
    assert kept.size == (20, 40)
    red, _green, blue = kept.convert("RGB").getpixel((10, 5))
    assert red > 200
    assert blue < 60
    assert not kept.getexif()
    assert "exif" not in kept.info
    assert "xmp" not in kept.info


def test_what_is_transparent_becomes_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(prepare(written.getvalue()).large).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_unfolds(side: int) -> None:
    with pytest.raises(Invalid, match="50 megapiksel"):
        prepare(bomb(side, side))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        picture()[:300],
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        bomb(100, 100),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        prepare(content)
    assert refused.value.field == "pictures"
    assert "Kirim JPG" in str(refused.value)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Invalid, match="10 MB"):
        prepare(b"\0" * (10 * 1024 * 1024 + 1))


def test_pictures_are_kept_in_order_and_taken_away() -> None:
    seller = make_seller()
    shopkeeper = make_actor(seller, Role.SELLER)
    product = operations.create_product(
        {"name": "Boneka", "price": 1}, by=shopkeeper, pictures=[picture(), picture((50, 50))]
    )
    operations.add_picture(product.id, picture((30, 30)), by=shopkeeper)
    session.expire_all()
    assert [size_in_store(each.file_key) for each in product.pictures] == [(60, 40), (50, 50), (30, 30)]
    operations.remove_picture(product.id, product.pictures[0].id, by=shopkeeper)
    session.expire_all()
    assert [size_in_store(each.file_key) for each in product.pictures] == [(50, 50), (30, 30)]
    assert [record.action for record in audit.list_records(product)] == [
        "product_picture_removed",
        "product_picture_added",
        "product_created",
    ]


def size_in_store(key: str) -> tuple[int, int]:
    content = files.store.read(key)
    assert content is not None
    return opened(content).size


def test_a_product_has_only_so_many_pictures() -> None:
    shopkeeper = make_actor(make_seller(), Role.SELLER)
    product = operations.create_product(
        {"name": "Boneka", "price": 1}, by=shopkeeper, pictures=[picture()] * MOST_PICTURES
    )
    with pytest.raises(Invalid, match=str(MOST_PICTURES)):
        operations.add_picture(product.id, picture(), by=shopkeeper)


def test_a_product_with_a_broken_picture_is_not_made() -> None:
    shopkeeper = make_actor(make_seller(), Role.SELLER)
    session.commit()
    with pytest.raises(Invalid):
        operations.create_product({"name": "Boneka", "price": 1}, by=shopkeeper, pictures=[picture(), b"broken"])


def test_another_products_picture_cannot_be_taken_away() -> None:
    seller = make_seller()
    shopkeeper = make_actor(seller, Role.SELLER)
    shown = operations.create_product({"name": "Boneka", "price": 1}, by=shopkeeper, pictures=[picture()])
    other = make_product(seller=seller)
    session.commit()
    for picture_id in (shown.pictures[0].id, 2**70):
        with pytest.raises(NotFound):
            operations.remove_picture(other.id, picture_id, by=shopkeeper)
