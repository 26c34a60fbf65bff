"""What holds at once, also of a published product: numbers, prices, tiers, quantities and how soon it can be had."""

from collections.abc import Iterable
from typing import Any

from catalog.products import rules
from catalog.products.details import ProductDetails, TierDetails
from catalog.products.models import Offer, PriceTier, Product

AT_ONCE_OF_PRODUCT = ("lead_time_days", "min_order_together", "weekly_capacity")
"""What is ordered by, said once for all variants: names in the details and of the product's columns alike."""


def write_offers(product: Product, details: ProductDetails) -> None:
    """Write what is given of how the product is sold; raises Invalid at the field that is wrong."""
    for field in AT_ONCE_OF_PRODUCT:
        if field in details:
            setattr(product, field, details[field])  # type: ignore[literal-required]
    write_offer(product.offer, details)


def write_offer(offer: Offer, details: ProductDetails) -> None:
    """Write what is given of one variant; raises Invalid at the field that is wrong."""
    if "sku" in details:
        offer.sku = details["sku"].strip()
    if "price" in details:
        offer.unit_price = details["price"]
    if "min_order" in details:
        offer.min_order = details["min_order"]
    if "order_multiple" in details:
        offer.order_multiple = details["order_multiple"]
    if "tiers" in details:
        write_tiers(offer, details["tiers"])
    rules.check_tiers(offer.unit_price, [TierDetails(tier.min_quantity, tier.unit_price) for tier in offer.tiers])


def write_tiers(offer: Offer, tiers: Iterable[TierDetails]) -> None:
    """Make these the offer's tiers. A row that stays is changed in place, for a new one beside it would collide."""
    wanted = sorted(tiers)
    if len({tier.min_quantity for tier in wanted}) < len(wanted):
        rules.check_tiers(offer.unit_price, wanted)
    present = {tier.min_quantity: tier for tier in offer.tiers}
    kept = []
    for quantity, price in wanted:
        tier = present.get(quantity) or PriceTier(min_quantity=quantity)
        tier.unit_price = price
        kept.append(tier)
    offer.tiers = kept


def offer_values(product: Product) -> dict[str, Any]:
    """How the product is sold, as plain values that can be compared and kept in the record of deeds."""
    offer = product.offer
    return {
        "sku": offer.sku,
        "price": offer.unit_price,
        "tiers": [[tier.min_quantity, tier.unit_price] for tier in offer.tiers],
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        **{field: getattr(product, field) for field in AT_ONCE_OF_PRODUCT},
    }
