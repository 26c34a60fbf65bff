"""Pictures of a product."""

from collections.abc import Iterable

from flask_babel import gettext as _

from catalog import signals
from catalog.products import images, limits
from catalog.products.images import PreparedPicture
from catalog.products.models import Picture, Product
from catalog.products.queries import lock_product
from market import audit, clock, files
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from market.errors import Invalid, NotFound

FOLDER = "pictures"
"""Where the store keeps them; everything in it may be seen by everybody who has its address."""


def add_picture(product_id: int, content: bytes, *, by: Actor) -> Product:
    """Show another picture, after those there are; raises NotFound, or Invalid when it cannot be shown."""
    seller_id = by.require(Role.SELLER)
    prepared = images.prepare(content)
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        attach(product, [prepared])
        _note(product, "product_picture_added", by=by)
    return product


def remove_picture(product_id: int, picture_id: int, *, by: Actor) -> Product:
    """Show a picture no longer; raises NotFound. Its file stays: another product may show the same."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        picture = next((picture for picture in product.pictures if picture.id == picture_id), None)
        if picture is None:
            raise NotFound
        product.pictures.remove(picture)
        _note(product, "product_picture_removed", by=by)
    return product


def attach(product: Product, prepared: Iterable[PreparedPicture]) -> None:
    """Keep the files and hang them behind the product's other pictures; raises Invalid when there are too many."""
    for picture in prepared:
        if len(product.pictures) >= limits.MOST_PICTURES:
            raise Invalid(_("Paling banyak %(most)s gambar.", most=limits.MOST_PICTURES), field="pictures")
        last = max((each.position for each in product.pictures), default=0)
        product.pictures.append(
            Picture(
                file_key=files.store.save(picture.large, folder=FOLDER, suffix=".webp"),
                small_key=files.store.save(picture.small, folder=FOLDER, suffix=".webp"),
                position=last + 1,
            )
        )


def _note(product: Product, action: str, *, by: Actor) -> None:
    product.updated_at = clock.now()
    audit.record(product, action, by=by)
    signals.products_changed.send(None, product_ids=[product.id])
