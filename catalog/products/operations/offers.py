"""What holds at once, also of a published product: numbers, prices, tiers, quantities and how soon it can be had."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from catalog.products.details import ProductDetails
from catalog.products.models import Offer, Product
from catalog.products.operations.one_offer import write_offer
from catalog.products.operations.variant_table import COMMON, count_table, write_table
from catalog.stock import operations as stock
from market import formats
from market.accounts.actor import Actor
from market.errors import Invalid

AT_ONCE_OF_PRODUCT = ("lead_time_days", "min_order_together", "weekly_capacity")
"""What is ordered by, said once for all variants: names in the details and of the product's columns alike."""


_OF_ONE = ("sku", "stock", *COMMON)
"""What is said of a product with one offer, and of each variant where there are several."""


def write_offers(product: Product, details: ProductDetails, *, by: Actor) -> None:
    """Write what is given of how the product is sold; raises Invalid at the field that is wrong, or StillPromised."""
    for field in ("lead_time_days", "min_order_together"):
        if field in details:
            setattr(product, field, details[field])
    if "weekly_capacity" in details:
        stock.set_capacity(product, details["weekly_capacity"], by=by)
    if "options" in details or "variants" in details:
        write_table(product, details)
    elif not product.options:
        write_offer(product.offer, details)
    else:
        _require_said_of_each(details, _OF_ONE)


def count_offers(product: Product, details: ProductDetails, *, by: Actor) -> None:
    """Set the stock that is given, after all else was written; raises as `stock.adjust` does, or at the row."""
    if "variants" in details:
        count_table(product, details["variants"], by=by)
    elif "stock" in details:
        stock.adjust(product.offer, details["stock"], by=by)


def _require_said_of_each(details: ProductDetails, fields: Iterable[str]) -> None:
    for field in fields:
        if field in details:
            raise Invalid(_("Produk ini bervarian. Tulis ini di setiap varian."), field=field)


def offer_values(product: Product) -> dict[str, Any]:
    """How the product is sold, as plain values that can be compared and kept in the record of deeds."""
    only = {} if product.options else _values(product.offer)
    return {
        **{field: only.get(field) for field in _values(product.offer)},
        "options": list(product.options),
        "variants": [_variant_values(offer) for offer in product.offers] if product.options else [],
        **{field: getattr(product, field) for field in AT_ONCE_OF_PRODUCT},
    }


def _values(offer: Offer) -> dict[str, Any]:
    return {
        "sku": offer.sku,
        "price": offer.unit_price,
        "tiers": [[tier.min_quantity, tier.unit_price] for tier in offer.tiers],
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "content": None if offer.content is None else formats.decimal(offer.content),
    }


def _variant_values(offer: Offer) -> dict[str, Any]:
    picture = offer.picture.file_key if offer.picture else None
    return {"values": list(offer.options), **_values(offer), "picture": picture, "active": offer.active}
