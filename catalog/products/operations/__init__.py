"""What sellers and cooperatives do with products."""

from catalog.products.operations.bulk import approve_chosen
from catalog.products.operations.certificates import put_certificate, remove_certificate
from catalog.products.operations.changes import approve_change, reject_change, withdraw_change
from catalog.products.operations.describe import create_product, update_product
from catalog.products.operations.offer import change_price, set_stock
from catalog.products.operations.pictures import add_pictures, move_picture, remove_picture
from catalog.products.operations.review import (
    approve_product,
    reject_product,
    submit_product,
    withdraw_product,
)
from catalog.products.operations.variants import change_variant, set_variants
from catalog.products.operations.verification import refuse_certificate, verify_certificate

__all__ = [
    "add_pictures",
    "approve_change",
    "approve_chosen",
    "approve_product",
    "change_price",
    "change_variant",
    "create_product",
    "move_picture",
    "put_certificate",
    "refuse_certificate",
    "reject_change",
    "reject_product",
    "remove_certificate",
    "remove_picture",
    "set_stock",
    "set_variants",
    "submit_product",
    "update_product",
    "verify_certificate",
    "withdraw_change",
    "withdraw_product",
]
