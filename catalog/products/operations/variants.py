"""The variants of a product, as its seller sets them: all in one table, or one at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from catalog.products.details import ProductDetails, VariantDetails
from catalog.products.models import Product
from catalog.products.operations.describe import update_product
from catalog.products.operations.variant_table import COMMON, table_of
from catalog.products.queries import lock_product
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from market.errors import DomainError, NotFound

PRICES = ("price", "tiers", "floor_price")


def set_variants(
    product_id: int,
    options: Sequence[str],
    variants: Sequence[VariantDetails],
    *,
    by: Actor,
    min_order_together: int | None = None,
    seen_at: datetime | None = None,
    price_confirmed: bool = False,
) -> Product:
    """Say what the variants of a product differ in, and which there are; those left out are no longer sold.

    Without options there is one of it, as before. They hold at once, also of a published product. Raises as
    `update_product` does, what is wrong with a variant at `variants.N.…`, N counted from 0.
    """
    details: ProductDetails = {
        "options": options,
        "variants": variants,
        "min_order_together": min_order_together if options else None,
        "price_confirmed": price_confirmed,
    }
    return update_product(product_id, details, by=by, seen_at=seen_at)


def change_variant(
    product_id: int,
    offer_id: int,
    details: ProductDetails,
    *,
    by: Actor,
    prices_everywhere: bool = False,
    seen_at: datetime | None = None,
) -> Product:
    """Change what is given of one variant; with `prices_everywhere`, its prices are those of all variants.

    Raises NotFound, or as `update_product` does, at the fields of the details.
    """
    seller_id = by.require(Role.SELLER)
    common = {field: value for field, value in details.items() if prices_everywhere and field in PRICES}
    own = {field: value for field, value in details.items() if field in ("sku", *COMMON) and field not in common}
    with atomic():
        rows = table_of(lock_product(product_id, seller_id=seller_id))
        if offer_id not in (row["id"] for row in rows):
            raise NotFound
        said = {
            **common,
            "variants": [{**row, **own} if row["id"] == offer_id else row for row in rows],
            "price_confirmed": details.get("price_confirmed", False),
        }
        try:
            return update_product(product_id, cast(ProductDetails, said), by=by, seen_at=seen_at)
        except DomainError as error:
            error.field = error.field and error.field.rpartition(".")[2]
            raise
