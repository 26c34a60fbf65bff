"""What may be ordered: the rules a line must keep, in sentences for whoever types the quantity."""

from flask_babel import gettext as _

from catalog.prices.book import PriceBook
from catalog.products.errors import QuantityNotSold
from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Offer, Product
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


def require_quantity_together(product: Product, quantity: int, *, field: str = "quantity") -> None:
    """Raises QuantityNotSold at `field` when `quantity`, over all variants of the product, is below its minimum."""
    least = product.min_order_together
    if least is not None and quantity < least:
        raise QuantityNotSold(
            _(
                "Minimal pembelian %(name)s %(minimum)s untuk semua varian bersama, Anda meminta %(wanted)s.",
                name=product.name,
                minimum=f"{number(least)} {product.unit_short}",
                wanted=number(quantity),
            ),
            field=field,
        )


def next_tier(offer: Offer, quantity: int, book: PriceBook) -> tuple[int, int] | None:
    """How many pieces more reach the next lower price, and that price in rupiah; None when there is none."""
    present = book.price(offer, quantity).unit_price
    for least, price in book.steps(offer):
        reached = -(-least // offer.order_multiple) * offer.order_multiple
        if reached > quantity and price.unit_price < present:
            return reached - quantity, price.unit_price
    return None


def _nearest_sold(offer: Offer, quantity: int) -> str:
    whole = quantity // offer.order_multiple
    choices = {max(times * offer.order_multiple, offer.smallest_order) for times in (whole, whole + 1)}
    return _(" atau ").join(number(choice) for choice in sorted(choices))


def _pieces(offer: Offer, quantity: int) -> str:
    return f"{number(quantity)} {offer.product.unit_short}"
