"""What sellers and cooperatives do with products."""

from catalog.products.operations.describe import create_product, update_product
from catalog.products.operations.offer import change_price, set_stock
from catalog.products.operations.pictures import add_picture, remove_picture
from catalog.products.operations.review import (
    approve_product,
    approve_products,
    reject_product,
    submit_product,
    withdraw_product,
)

__all__ = [
    "add_picture",
    "approve_product",
    "approve_products",
    "change_price",
    "create_product",
    "reject_product",
    "remove_picture",
    "set_stock",
    "submit_product",
    "update_product",
    "withdraw_product",
]
