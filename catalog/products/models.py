"""Products (what is described and approved) and offers (what it costs and how much there is)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.categories.models import Category
from catalog.products.certificates import CertificateKind
from catalog.products.errors import OutOfStock
from catalog.products.states import TRANSITIONS, ProductState
from catalog.products.units import unit
from market import audit
from market.accounts.actor import Actor
from market.db import Id, Model, Now, Quantity, Rupiah, choice
from market.lifecycle import require_step
from market.organisations.kinds import TaxRole
from market.organisations.models import Seller


class Product(Model):
    """What a seller describes and the cooperative approves."""

    __tablename__ = "products"
    __table_args__ = (
        Index(None, "seller_id", "state"),
        Index(None, "state", "id"),
        Index(None, "category_id"),
        CheckConstraint("lead_time_days BETWEEN 0 AND 365", name="lead_time_within_a_year"),
    )

    id: Mapped[Id]
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    specification: Mapped[list[list[str]]] = mapped_column(JSONB, default=list)
    """What is measured about it, as pairs of name and value, in the seller's order."""
    unit_code: Mapped[str] = mapped_column(Text)
    lead_time_days: Mapped[int] = mapped_column(default=0)
    state: Mapped[ProductState] = mapped_column(choice(ProductState), default=ProductState.DRAFT)
    state_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
    published_at: Mapped[datetime | None]

    seller: Mapped[Seller] = relationship()
    category: Mapped[Category] = relationship()
    offer: Mapped["Offer"] = relationship(back_populates="product", uselist=False)
    certificates: Mapped[list["Certificate"]] = relationship(
        back_populates="product", order_by="Certificate.id", cascade="all, delete-orphan"
    )
    pictures: Mapped[list["Picture"]] = relationship(
        back_populates="product", order_by="Picture.position", cascade="all, delete-orphan"
    )

    @property
    def unit_short(self) -> str:
        """The unit as it is written behind a number: pcs, dus, kg."""
        return unit(self.unit_code).short

    @property
    def for_sale(self) -> bool:
        """Whether buyers can find and order it."""
        return self.state is ProductState.PUBLISHED and self.seller.may_sell

    @property
    def taxed(self) -> bool:
        """Whether PPN comes on top: that of the seller, or of a cooperative that resells (KUP Art. 39A)."""
        cooperative = self.seller.cooperative
        return self.seller.taxable if cooperative.tax_role is TaxRole.AGENT else cooperative.taxable

    def move_to(self, state: ProductState, *, by: Actor | None, reason: str | None = None) -> None:
        """Take the next step and write it down; `by` is None for an operator's command. Raises IllegalTransition."""
        before = self.state
        self.state = require_step(TRANSITIONS, before, state)
        self.state_reason = reason
        audit.record(self, f"product_{state}", by=by, note=reason, before=before)


class Offer(Model):
    """One product's number, price and stock: what is locked when it is bought."""

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("seller_id", "sku"),
        CheckConstraint("unit_price > 0", name="price_positive"),
        CheckConstraint("min_order > 0", name="min_order_positive"),
        CheckConstraint("order_multiple > 0", name="order_multiple_positive"),
        CheckConstraint("reserved BETWEEN 0 AND on_hand", name="reserved_within_stock"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), unique=True)
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    sku: Mapped[str] = mapped_column(Text)
    unit_price: Mapped[Rupiah]
    """What the buyer pays for one unit, the cooperative's margin included, before PPN."""
    min_order: Mapped[Quantity] = mapped_column(default=1)
    order_multiple: Mapped[Quantity] = mapped_column(default=1)
    on_hand: Mapped[Quantity] = mapped_column(default=0)
    reserved: Mapped[Quantity] = mapped_column(default=0)

    product: Mapped[Product] = relationship(back_populates="offer")
    tiers: Mapped[list["PriceTier"]] = relationship(
        back_populates="offer", order_by="PriceTier.min_quantity", cascade="all, delete-orphan"
    )

    @property
    def available(self) -> int:
        """How many can still be ordered."""
        return self.on_hand - self.reserved

    @property
    def smallest_order(self) -> int:
        """The least a buyer can order: the minimum, raised to the next multiple."""
        return -(-self.min_order // self.order_multiple) * self.order_multiple

    def price_for(self, quantity: int) -> int:
        """The price of one unit, in rupiah, when `quantity` are bought: that of the highest tier reached."""
        reached = [tier.unit_price for tier in self.tiers if tier.min_quantity <= quantity]
        return reached[-1] if reached else self.unit_price

    def require_available(self, quantity: int) -> None:
        """Raises OutOfStock when fewer than `quantity` are left."""
        if quantity > self.available:
            raise OutOfStock(self, wanted=quantity)


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


class Certificate(Model):
    """A mark the product carries, with its number."""

    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("product_id", "kind"),)

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    kind: Mapped[CertificateKind] = mapped_column(choice(CertificateKind))
    number: Mapped[str] = mapped_column(Text)
    expires_on: Mapped[date | None]

    product: Mapped[Product] = relationship(back_populates="certificates")


class Picture(Model):
    """A picture of the product, kept as a file."""

    __tablename__ = "pictures"
    __table_args__ = (Index(None, "product_id", "position"),)

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    file_key: Mapped[str] = mapped_column(Text)
    small_key: Mapped[str] = mapped_column(Text)
    """The same picture for cards and lists."""
    position: Mapped[int] = mapped_column(default=0)

    product: Mapped[Product] = relationship(back_populates="pictures")
