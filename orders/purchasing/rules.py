"""What may be ordered: the rules a line must keep, in sentences for whoever types the quantity."""

from flask_babel import gettext as _

from catalog.products.errors import QuantityNotSold
from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Offer
from market.formats import number

MAX_LINES = 500
"""The most lines of one order."""

MAX_TOTAL = 10**18
"""An order's total stays below this many rupiah, so that all sums of it are exact in a BIGINT."""


def require_quantity_sold(offer: Offer, quantity: int, *, field: str = "quantity") -> None:
    """Raises QuantityNotSold at `field` when the seller does not sell this many; stock is another question."""
    if quantity > MAX_QUANTITY:
        raise QuantityNotSold(_("Paling banyak %(most)s.", most=_pieces(offer, MAX_QUANTITY)), field=field)
    if quantity < offer.min_order:
        raise QuantityNotSold(
            _(
                "Minimal pembelian %(minimum)s, Anda meminta %(wanted)s.",
                minimum=_pieces(offer, offer.smallest_order),
                wanted=number(quantity),
            ),
            field=field,
        )
    if quantity % offer.order_multiple:
        raise QuantityNotSold(
            _(
                "Dijual per kelipatan %(multiple)s: pesan %(choices)s, bukan %(wanted)s.",
                multiple=_pieces(offer, offer.order_multiple),
                choices=_nearest_sold(offer, quantity),
                wanted=number(quantity),
            ),
            field=field,
        )


def next_tier(offer: Offer, quantity: int) -> tuple[int, int] | None:
    """How many pieces more reach the next lower price, and that price in rupiah; None when there is none."""
    for tier in offer.tiers:
        reached = -(-tier.min_quantity // offer.order_multiple) * offer.order_multiple
        if reached > quantity and tier.unit_price < offer.price_for(quantity):
            return reached - quantity, tier.unit_price
    return None


def _nearest_sold(offer: Offer, quantity: int) -> str:
    whole = quantity // offer.order_multiple
    choices = {max(times * offer.order_multiple, offer.smallest_order) for times in (whole, whole + 1)}
    return _(" atau ").join(number(choice) for choice in sorted(choices))


def _pieces(offer: Offer, quantity: int) -> str:
    return f"{number(quantity)} {offer.product.unit_short}"
