"""The addresses a product once had."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.models.product import Product
from market.db import Id, Model, Now


class ProductAddress(Model):
    """A slug under which the product was found before it was renamed; it leads to the present one."""

    __tablename__ = "product_addresses"
    __table_args__ = (Index(None, "product_id"),)

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(Text, unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    left_at: Mapped[Now]

    product: Mapped[Product] = relationship()
