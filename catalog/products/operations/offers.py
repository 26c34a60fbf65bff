"""What holds at once, also of a published product: numbers, prices, tiers, quantities and how soon it can be had."""

from typing import Any

from catalog.prices.operations import write_price
from catalog.products.details import ProductDetails
from catalog.products.models import Offer, Product
from market import formats

AT_ONCE_OF_PRODUCT = ("lead_time_days", "min_order_together", "weekly_capacity")
"""What is ordered by, said once for all variants: names in the details and of the product's columns alike."""


def write_offers(product: Product, details: ProductDetails) -> None:
    """Write what is given of how the product is sold; raises Invalid at the field that is wrong."""
    for field in AT_ONCE_OF_PRODUCT:
        if field in details:
            setattr(product, field, details[field])  # type: ignore[literal-required]
    write_offer(product.offer, details)


def write_offer(offer: Offer, details: ProductDetails) -> None:
    """Write what is given of one variant; raises Invalid at the field that is wrong, or PriceNeedsConfirmation."""
    if "sku" in details:
        offer.sku = details["sku"].strip()
    if "content" in details:
        offer.content = details["content"]
    if "min_order" in details:
        offer.min_order = details["min_order"]
    if "order_multiple" in details:
        offer.order_multiple = details["order_multiple"]
    write_price(offer, details)


def offer_values(product: Product) -> dict[str, Any]:
    """How the product is sold, as plain values that can be compared and kept in the record of deeds."""
    offer = product.offer
    return {
        "sku": offer.sku,
        "price": offer.unit_price,
        "tiers": [[tier.min_quantity, tier.unit_price] for tier in offer.tiers],
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "content": None if offer.content is None else formats.decimal(offer.content),
        **{field: getattr(product, field) for field in AT_ONCE_OF_PRODUCT},
    }
