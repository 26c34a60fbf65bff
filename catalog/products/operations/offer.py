"""Price and stock."""

from collections.abc import Sequence

from catalog.products.details import TierDetails
from catalog.products.errors import StockChangedMeanwhile
from catalog.products.models import Product
from catalog.products.operations.describe import update_product
from catalog.products.queries import lock_product
from catalog.products.rules import NUMBERS, require_number
from catalog.stock import operations as stock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session


def change_price(product_id: int, price: int, tiers: Sequence[TierDetails], *, by: Actor) -> Product:
    """Set what the buyer pays, in rupiah for one unit, and the prices from higher quantities on.

    It holds at once, for new orders; orders already placed keep theirs. Raises NotFound or Invalid.
    """
    return update_product(product_id, {"price": price, "tiers": tiers}, by=by)


def set_stock(product_id: int, on_hand: int, *, by: Actor, seen: int | None = None) -> Product:
    """Say how many pieces there are, those already promised to buyers included.

    `seen` is how many there were when the person counted. Raises NotFound, StockChangedMeanwhile, or Invalid when
    more are promised than there would be.
    """
    seller_id = by.require(Role.SELLER)
    require_number("stock", on_hand, *NUMBERS["stock"])
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        if seen is not None and seen != product.offer.on_hand:
            raise StockChangedMeanwhile(seen=seen, present=product.offer.on_hand)
        stock.adjust(product.offer, on_hand, by=by)
        session.flush()
    return product
