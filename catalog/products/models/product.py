"""Products: what a seller describes and the cooperative approves."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from catalog.categories.models import Category
from catalog.closures.models import Closure
from catalog.products.states import TRANSITIONS, ProductState
from catalog.products.units import unit
from market import audit
from market.accounts.actor import Actor
from market.db import Id, Model, Now, Quantity, choice
from market.lifecycle import require_step
from market.organisations.kinds import TaxRole
from market.organisations.models import Seller

if TYPE_CHECKING:
    from catalog.products.models.certificate import Certificate
    from catalog.products.models.change import ChangeRequest
    from catalog.products.models.offer import Offer
    from catalog.products.models.picture import Picture


class Product(Model):
    """What a seller describes and the cooperative approves; what costs and is ordered are its offers."""

    __tablename__ = "products"
    __table_args__ = (
        Index(None, "seller_id", "state"),
        Index(None, "state", "id"),
        Index(None, "category_id"),
        CheckConstraint("lead_time_days BETWEEN 0 AND 365", name="lead_time_within_a_year"),
        CheckConstraint("min_order_together > 0", name="min_order_together_positive"),
        CheckConstraint("weekly_capacity > 0", name="weekly_capacity_positive"),
    )

    id: Mapped[Id]
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    specification: Mapped[list[list[str]]] = mapped_column(JSONB, default=list)
    """What else is measured about it, as pairs of name and value, in the seller's order."""
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """What its category asks for, by the attribute's key: a number, a text, or true and false."""
    options: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """What its variants differ in, as "Ukuran", "Warna"; empty when there is only one."""
    unit_code: Mapped[str] = mapped_column(Text)
    content_unit: Mapped[str | None] = mapped_column(Text)
    """What the content of one unit is counted in (a carton of 24 pieces, a sack of 25 kg); see Offer.content."""
    min_order_together: Mapped[Quantity | None]
    """The least a buyer orders over all variants together."""
    weekly_capacity: Mapped[Quantity | None]
    """Made to order: so many units a week, over all variants. None: sold from stock."""
    lead_time_days: Mapped[int] = mapped_column(default=0)
    state: Mapped[ProductState] = mapped_column(choice(ProductState), default=ProductState.DRAFT)
    state_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
    published_at: Mapped[datetime | None]

    seller: Mapped[Seller] = relationship()
    category: Mapped[Category] = relationship()
    offers: Mapped[list["Offer"]] = relationship(
        back_populates="product", order_by="(Offer.position, Offer.id)", cascade="all, delete-orphan"
    )
    certificates: Mapped[list["Certificate"]] = relationship(
        back_populates="product", order_by="Certificate.id", cascade="all, delete-orphan"
    )
    pictures: Mapped[list["Picture"]] = relationship(
        back_populates="product", order_by="Picture.position", cascade="all, delete-orphan"
    )
    change_requests: Mapped[list["ChangeRequest"]] = relationship(
        back_populates="product", order_by="ChangeRequest.id", cascade="all, delete-orphan"
    )
    closures: Mapped[list[Closure]] = relationship(
        primaryjoin=lambda: (foreign(Closure.seller_id) == Product.seller_id) & Closure.cancelled_at.is_(None),
        order_by=Closure.first_day,
        viewonly=True,
    )
    """When its seller takes no orders and makes nothing, in order; `queries.ordered` loads those not over yet."""
    pending_change: Mapped["ChangeRequest | None"] = relationship(
        primaryjoin="and_(Product.id == foreign(ChangeRequest.product_id), ChangeRequest.state == 'pending')",
        viewonly=True,
    )
    """What waits for the cooperative, of a published product."""

    @property
    def variants(self) -> list["Offer"]:
        """What can be ordered of it, in the seller's order."""
        return [offer for offer in self.offers if offer.active]

    @property
    def offer(self) -> "Offer":
        """The first variant: all there is of a simple product, and what a line in a list shows of the others."""
        return next(iter(self.variants), self.offers[0])

    @property
    def lowest_price(self) -> int:
        """The list price of one unit of the cheapest variant, in rupiah."""
        return min(offer.unit_price for offer in self.variants or self.offers)

    @property
    def one_price(self) -> bool:
        """Whether one unit of every variant has the same list price."""
        return len({offer.unit_price for offer in self.variants}) <= 1

    @property
    def available(self) -> int:
        """How many can still be ordered from stock, over all variants."""
        return sum(offer.available for offer in self.variants)

    @property
    def made_to_order(self) -> bool:
        """Whether it is made when it is ordered, instead of sold from stock."""
        return self.weekly_capacity is not None

    @property
    def backlog(self) -> int:
        """Units ordered and not yet shipped, over all variants: of what is made to order, the work ahead."""
        return sum(offer.reserved for offer in self.offers)

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
