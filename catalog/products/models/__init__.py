"""Products (what is described and approved), their offers (price and stock), and what else hangs on them."""

from catalog.products.models.certificate import Certificate
from catalog.products.models.change import ChangeRequest
from catalog.products.models.offer import Offer, PriceTier
from catalog.products.models.picture import Picture
from catalog.products.models.product import Product

__all__ = ["Certificate", "ChangeRequest", "Offer", "Picture", "PriceTier", "Product"]
