"""Show pictures of a product, take them away, and say which comes first."""

from collections.abc import Iterable, Sequence
from typing import cast

from catalog.products import queries
from catalog.products.gallery import each_once, keep_pictures
from catalog.products.models import Product
from catalog.products.operations.describe import change
from catalog.products.words import words_said
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from market.errors import NotFound


def add_pictures(product_id: int, contents: Iterable[bytes], *, by: Actor) -> Product:
    """Show further pictures, after those there are: all that were sent, or none.

    Raises NotFound, Invalid (`details["picture"]` says which of those sent, counted from 0), or StoreAway.
    """
    seller_id = by.require(Role.SELLER)
    present = _said(queries.get_product(product_id, seller_id=seller_id))
    kept = keep_pictures(contents, present=len(present))
    with atomic():
        product = queries.lock_product(product_id, seller_id=seller_id)
        _show(product, [*_said(product), *kept], "product_picture_added", by=by)
    return product


def remove_picture(product_id: int, file_key: str, *, by: Actor) -> Product:
    """Show a picture no longer; raises NotFound. Its file stays: another product may show the same."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = queries.lock_product(product_id, seller_id=seller_id)
        pictures = _said(product)
        _require_shown(file_key, pictures)
        wanted = [picture for picture in pictures if picture[0] != file_key]
        _show(product, wanted, "product_picture_removed", by=by)
    return product


def move_picture(product_id: int, file_key: str, *, to: int, by: Actor) -> Product:
    """Show a picture at another place, counted from 0, the first being the one that search shows; raises NotFound.

    A place before the first is the first, one after the last is the last.
    """
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = queries.lock_product(product_id, seller_id=seller_id)
        pictures = _said(product)
        _require_shown(file_key, pictures)
        wanted = [picture for picture in pictures if picture[0] != file_key]
        wanted[max(to, 0) : max(to, 0)] = [picture for picture in pictures if picture[0] == file_key]
        _show(product, wanted, "product_pictures_ordered", by=by)
    return product


def _require_shown(file_key: str, pictures: Sequence[Sequence[str]]) -> None:
    if all(picture[0] != file_key for picture in pictures):
        raise NotFound


def _said(product: Product) -> list[list[str]]:
    """The pictures as the seller wants them, those that wait for the cooperative included."""
    return cast(list[list[str]], words_said(product)["pictures"])


def _show(product: Product, wanted: Sequence[Sequence[str]], deed: str, *, by: Actor) -> None:
    """Of a published product, other pictures wait for the cooperative."""
    change(product, {"pictures": each_once(wanted)}, by=by, deed=deed)
