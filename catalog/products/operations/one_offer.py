"""Write how one variant is sold."""

from catalog.prices.operations import write_price
from catalog.products.details import ProductDetails
from catalog.products.models import Offer


def write_offer(offer: Offer, details: ProductDetails, *, settled: bool = False) -> None:
    """Write what is given of one variant; `settled` as `write_price` has it.

    Raises Invalid at the field that is wrong, or PriceNeedsConfirmation.
    """
    if "sku" in details:
        offer.sku = details["sku"].strip()
    if "content" in details:
        offer.content = details["content"]
    if "min_order" in details:
        offer.min_order = details["min_order"]
    if "order_multiple" in details:
        offer.order_multiple = details["order_multiple"]
    write_price(offer, details, settled=settled)
