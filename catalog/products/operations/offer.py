"""Price and stock."""

from collections.abc import Sequence

from catalog.products.details import TierDetails
from catalog.products.models import Product
from catalog.products.operations.describe import update_product
from catalog.products.queries import get_product
from catalog.stock.models import AdjustmentReason
from catalog.stock.operations import count_stock
from market.accounts.actor import Actor
from market.accounts.roles import Role


def change_price(product_id: int, price: int, tiers: Sequence[TierDetails], *, by: Actor) -> Product:
    """Set what the buyer pays, in rupiah for one unit, and the prices from higher quantities on.

    It holds at once, for new orders; orders already placed keep theirs. Raises NotFound or Invalid.
    """
    return update_product(product_id, {"price": price, "tiers": tiers}, by=by)


def set_stock(
    product_id: int,
    on_hand: int,
    *,
    by: Actor,
    seen: int | None = None,
    reason: AdjustmentReason = AdjustmentReason.COUNT,
    note: str | None = None,
) -> Product:
    """Say how many pieces there are of a product with one variant; as `catalog.stock.operations.count_stock`."""
    product = get_product(product_id, seller_id=by.require(Role.SELLER))
    return count_stock(product.offer.id, on_hand, by=by, seen=seen, reason=reason, note=note).product
