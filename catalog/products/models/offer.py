"""Offers: the variants of a product, each with its number, price and stock."""

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.errors import OutOfStock
from market.db import Id, Model, Quantity, Rupiah

if TYPE_CHECKING:
    from catalog.products.models.picture import Picture
    from catalog.products.models.product import Product


class Offer(Model):
    """One variant's number, price and stock: what is locked when it is bought. A simple product has exactly one."""

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("seller_id", "sku"),
        UniqueConstraint("product_id", "options"),
        Index(None, "product_id", "position"),
        CheckConstraint("unit_price > 0", name="price_positive"),
        CheckConstraint("min_order > 0", name="min_order_positive"),
        CheckConstraint("order_multiple > 0", name="order_multiple_positive"),
        CheckConstraint("content > 0", name="content_positive"),
        CheckConstraint("floor_price > 0", name="floor_price_positive"),
        CheckConstraint("on_hand >= 0 AND reserved >= 0", name="stock_not_negative"),
        CheckConstraint("made_to_order OR reserved <= on_hand", name="reserved_within_stock"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    sku: Mapped[str] = mapped_column(Text)
    options: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """What makes it this variant, one value for each of the product's options: ["L", "Putih"]."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    """False for a variant that is no longer sold; its orders stay."""
    unit_price: Mapped[Rupiah]
    """What the buyer pays for one unit, the cooperative's margin included, before PPN."""
    floor_price: Mapped[Rupiah | None]
    """The seller's own lowest price, which nobody else sees: going below it asks for confirmation."""
    content: Mapped[Decimal | None] = mapped_column(Numeric(12, 3))
    """How much one unit contains, in the product's content unit."""
    min_order: Mapped[Quantity] = mapped_column(default=1)
    order_multiple: Mapped[Quantity] = mapped_column(default=1)
    on_hand: Mapped[Quantity] = mapped_column(default=0)
    reserved: Mapped[Quantity] = mapped_column(default=0)
    """Ordered and not yet shipped: of stock, or of what is still to be made."""
    made_to_order: Mapped[bool] = mapped_column(default=False)
    """As its product; it stands here too because what may be reserved depends on it."""
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("pictures.id", ondelete="SET NULL"))

    product: Mapped["Product"] = relationship(back_populates="offers")
    picture: Mapped["Picture | None"] = relationship()
    tiers: Mapped[list["PriceTier"]] = relationship(
        back_populates="offer", order_by="PriceTier.min_quantity", cascade="all, delete-orphan"
    )

    @property
    def label(self) -> str:
        """What makes it this variant, as people say it: "L / Putih"; empty for a simple product."""
        return " / ".join(self.options)

    @property
    def available(self) -> int:
        """How many can still be ordered from stock; nothing of what is made to order."""
        return max(self.on_hand - self.reserved, 0)

    @property
    def smallest_order(self) -> int:
        """The least a buyer can order: the minimum, raised to the next multiple."""
        return -(-self.min_order // self.order_multiple) * self.order_multiple

    def price_for(self, quantity: int) -> int:
        """The list price of one unit, in rupiah, when `quantity` are bought: that of the highest tier reached."""
        reached = [tier.unit_price for tier in self.tiers if tier.min_quantity <= quantity]
        return reached[-1] if reached else self.unit_price

    def require_available(self, quantity: int) -> None:
        """Raises OutOfStock when fewer than `quantity` are left; what is made to order can always be made."""
        if not self.made_to_order and quantity > self.available:
            raise OutOfStock(self, wanted=quantity)


Index("ix_offers_sku", func.lower(Offer.sku).label("small"), postgresql_ops={"small": "text_pattern_ops"})


class PriceTier(Model):
    """A lower price from a quantity on."""

    __tablename__ = "price_tiers"
    __table_args__ = (
        UniqueConstraint("offer_id", "min_quantity"),
        CheckConstraint("min_quantity > 1", name="from_two_on"),
        CheckConstraint("unit_price > 0", name="price_positive"),
    )

    id: Mapped[Id]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    min_quantity: Mapped[Quantity]
    unit_price: Mapped[Rupiah]

    offer: Mapped[Offer] = relationship(back_populates="tiers")
