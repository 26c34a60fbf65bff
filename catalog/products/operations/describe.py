"""Describe a product, and change what is said of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from catalog import signals
from catalog.categories.tree import OTHER
from catalog.products import rules
from catalog.products.details import ProductDetails
from catalog.products.errors import ChangedMeanwhile, SkuTaken
from catalog.products.gallery import keep_pictures
from catalog.products.models import Offer, Product
from catalog.products.operations.changes import request_changes
from catalog.products.operations.offers import count_offers, offer_values, write_offers
from catalog.products.queries import lock_product
from catalog.products.states import ProductState
from catalog.products.units import USUAL_UNIT
from catalog.products.words import (
    Words,
    require_attributes,
    require_complete,
    words_from,
    words_of,
    words_said,
    write_words,
)
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.copying import draw_ids
from market.db import atomic, session
from market.errors import Invalid
from market.organisations.queries import get_seller


def create_product(details: ProductDetails, *, by: Actor, pictures: Iterable[bytes] = ()) -> Product:
    """Make a draft; name and price must be given. Raises Invalid at the field that is wrong, SkuTaken, or StoreAway."""
    seller_id = by.require(Role.SELLER)
    for field in ("name", "price"):
        if field not in details:
            raise Invalid(_("Bagian ini harus diisi."), field=field)
    rules.check(details)
    kept = keep_pictures(pictures)
    with atomic(), _sku_explained():
        product_id = draw_ids("products", 1)[0]
        product = Product(id=product_id, seller=get_seller(seller_id))
        product.offers = [Offer(seller_id=seller_id, on_hand=0, reserved=0, options=[])]
        said: ProductDetails = {"category": OTHER, "unit": USUAL_UNIT, "sku": f"P-{product_id}", **details}
        write_words(
            product,
            {
                **words_from(said, beside=words_of(product), cooperative_id=product.seller.cooperative_id),
                "pictures": kept,
            },
        )
        write_offers(product, said, by=by)
        session.add(product)
        session.flush()
        audit.record(product, "product_created", by=by)
        count_offers(product, details, by=by)
        signals.products_changed.send(None, product_ids=[product.id])
    return product


def update_product(product_id: int, details: ProductDetails, *, by: Actor, seen_at: datetime | None = None) -> Product:
    """Change what is given. Of a published product, changed words (`words.APPROVED_FIELDS`) wait for the cooperative.

    Price, tiers, minimum, stock and lead time hold at once. `seen_at` is the `updated_at` that the person had before
    their eyes. Raises NotFound, ChangedMeanwhile, SkuTaken, or Invalid at the field that is wrong.
    """
    seller_id = by.require(Role.SELLER)
    rules.check(details)
    with atomic(), _sku_explained():
        product = lock_product(product_id, seller_id=seller_id)
        if seen_at is not None and product.updated_at != seen_at:
            raise ChangedMeanwhile
        words = words_from(details, beside=words_said(product), cooperative_id=product.seller.cooperative_id)
        change(product, words, by=by, sold=details)
        session.flush()
        count_offers(product, details, by=by)
        session.flush()
    return product


def change(
    product: Product,
    words: Words,
    *,
    by: Actor,
    sold: ProductDetails | None = None,
    deed: str = "product_changed",
) -> None:
    """Say these words of a locked product, and sell it as the details say: the one way in which products change.

    `deed` is what the record calls words that hold at once. Raises Invalid, or IncompleteProduct.
    """
    before = plain_values(product)
    if sold:
        write_offers(product, sold, by=by)
    if product.state is ProductState.PUBLISHED:
        request_changes([(product, words)], by=by)
    else:
        write_words(product, words)
    after = plain_values(product)
    changes = {field: [before[field], after[field]] for field in after if after[field] != before[field]}
    if not changes:
        return
    if product.state is ProductState.SUBMITTED:
        require_complete(after)
        if {"category", "attributes"} & changes.keys():
            require_attributes([(after, product.seller.cooperative_id)])
    product.updated_at = clock.now()
    audit.record(product, deed, by=by, changes=changes)
    signals.products_changed.send(None, product_ids=[product.id])


def plain_values(product: Product) -> dict[str, Any]:
    """What buyers read and how it is sold, as plain values that can be compared and kept in the record of deeds."""
    return {**words_of(product), **offer_values(product)}


@contextmanager
def _sku_explained() -> Iterator[None]:
    """Only the database can say for certain that a number is taken: two people may ask at the same time."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        if "uq_offers_seller_id_sku" in str(error.orig):
            raise SkuTaken(field="sku") from error
        raise
