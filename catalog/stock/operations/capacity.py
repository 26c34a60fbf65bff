"""Whether a product is sold from stock or made to order, and how much of it can be made in a week."""

from flask_babel import gettext as _

from catalog import signals
from catalog.products.models import Product
from catalog.products.queries import lock_product
from catalog.products.rules import NUMBERS, require_number
from catalog.stock.errors import StillPromised
from catalog.stock.models import AdjustmentReason
from catalog.stock.operations.movements import adjust_all
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session


def change_capacity(product_id: int, weekly_capacity: int | None, *, by: Actor) -> Product:
    """Say how many units of a product can be made in a week, over all variants; None sells it from stock.

    Raises NotFound, Invalid, or StillPromised.
    """
    seller_id = by.require(Role.SELLER)
    if weekly_capacity is not None:
        require_number("weekly_capacity", weekly_capacity, *NUMBERS["weekly_capacity"])
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        before = product.weekly_capacity
        if weekly_capacity != before:
            set_capacity(product, weekly_capacity, by=by)
            product.updated_at = clock.now()
            changes = {"weekly_capacity": [before, weekly_capacity]}
            audit.record(product, "product_changed", by=by, changes=changes)
            signals.products_changed.send(None, product_ids=[product.id])
        session.flush()
    return product


def set_capacity(product: Product, weekly_capacity: int | None, *, by: Actor | None) -> None:
    """Write a product's capacity on it and on its variants; the product must be locked, or new.

    Between stock and made to order it changes only while nothing of it is reserved: what a buyer was promised from
    stock is not to be made first, nor the other way round. Stock that is left when a product is made to order from now
    on is written off. Raises StillPromised.
    """
    made_to_order = weekly_capacity is not None
    turning = [offer for offer in product.offers if bool(offer.made_to_order) is not made_to_order]
    if promised := sum(offer.reserved for offer in turning):
        raise StillPromised(promised, product.unit_short)
    if made_to_order:
        note = _("Sejak sekarang dibuat sesuai pesanan")
        adjust_all([(offer, 0) for offer in turning], by=by, reason=AdjustmentReason.OTHER, note=note)
    for offer in turning:
        offer.made_to_order = made_to_order
    product.weekly_capacity = weekly_capacity
