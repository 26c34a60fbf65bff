"""What a product says of what its category asks for, as its pages show it."""

from catalog.categories.attributes import Shown, shown
from catalog.categories.queries import attributes_for
from catalog.products.models import Product


def attributes_shown(product: Product) -> list[Shown]:
    """The values with their names and units, in the cooperative's order: one SELECT."""
    if not product.attributes:
        return []
    return shown(attributes_for(product.category, product.seller.cooperative_id), product.attributes)
