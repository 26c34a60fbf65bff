"""What sellers and cooperatives do with products."""

from catalog.products.operations.certificates import put_certificate, remove_certificate
from catalog.products.operations.describe import create_product, update_product
from catalog.products.operations.offer import change_price, set_stock
from catalog.products.operations.pictures import add_pictures, move_picture, remove_picture
from catalog.products.operations.review import (
    approve_product,
    approve_products,
    reject_product,
    submit_product,
    withdraw_product,
)
from catalog.products.operations.verification import refuse_certificate, verify_certificate

__all__ = [
    "add_pictures",
    "approve_product",
    "approve_products",
    "change_price",
    "create_product",
    "move_picture",
    "put_certificate",
    "refuse_certificate",
    "reject_product",
    "remove_certificate",
    "remove_picture",
    "set_stock",
    "submit_product",
    "update_product",
    "verify_certificate",
    "withdraw_product",
]
