"""Pictures of products."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.models.product import Product
from market.db import Id, Model


class Picture(Model):
    """A picture of the product, kept as files in three sizes."""

    __tablename__ = "pictures"
    __table_args__ = (Index(None, "product_id", "position"),)

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    file_key: Mapped[str] = mapped_column(Text)
    medium_key: Mapped[str] = mapped_column(Text)
    small_key: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)

    product: Mapped[Product] = relationship(back_populates="pictures")

    @property
    def keys(self) -> list[str]:
        """Its three files, from the largest to the smallest."""
        return [self.file_key, self.medium_key, self.small_key]
