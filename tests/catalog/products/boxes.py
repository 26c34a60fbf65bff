"""A product that everything is right about, and what was written down of it."""

from catalog.products import operations
from catalog.products.details import ProductDetails
from catalog.products.models import Product
from market import audit
from market.accounts.actor import Actor
from market.db import session

A_BOX: ProductDetails = {
    "name": "Kardus polos 40 × 30 × 30 cm",
    "description": "Kardus satu dinding.",
    "category": "kardus-polos",
    "unit": "pcs",
    "sku": "K-40",
    "price": 3500,
    "stock": 1000,
}


def box(shopkeeper: Actor, **details) -> Product:
    product = operations.create_product({**A_BOX, **details}, by=shopkeeper)  # type: ignore[typeddict-item]
    session.commit()
    return product


def actions(product: Product) -> list[str]:
    return [record.action for record in audit.list_records(product)][::-1]
