"""The buyer's order, each seller's part of it, their lines, and what happened to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.models import Offer, Product
from catalog.products.units import unit
from market import clock
from market.accounts.models import User
from market.db import Id, Model, Now, Quantity, Rupiah, choice
from market.lifecycle import require_step
from market.organisations.kinds import TaxRole, Terms
from market.organisations.models import BuyerCompany, Cooperative, Seller
from orders.purchasing.amounts import Conditions
from orders.purchasing.states import TRANSITIONS, OrderState, follow


class Order(Model):
    """One purchase order of a buyer; its amounts are those agreed when it was placed."""

    __tablename__ = "orders"
    __table_args__ = (Index(None, "buyer_id", "id"), Index(None, "buyer_id", "state"))

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Text, unique=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer_companies.id"))
    state: Mapped[OrderState] = mapped_column(choice(OrderState))
    state_reason: Mapped[str | None] = mapped_column(Text)
    terms: Mapped[Terms] = mapped_column(choice(Terms))
    buyer_reference: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    ship_to_id: Mapped[int | None] = mapped_column(ForeignKey("ship_tos.id"))
    ship_to_name: Mapped[str | None] = mapped_column(Text)
    ship_to_address: Mapped[str | None] = mapped_column(Text)
    subtotal: Mapped[Rupiah]
    tax: Mapped[Rupiah]
    total: Mapped[Rupiah]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    placed_at: Mapped[Now]

    buyer: Mapped[BuyerCompany] = relationship()
    placed_by: Mapped[User] = relationship()
    seller_orders: Mapped[list["SellerOrder"]] = relationship(back_populates="order", order_by="SellerOrder.id")
    lines: Mapped[list["OrderLine"]] = relationship(back_populates="order", order_by="OrderLine.id")
    events: Mapped[list["OrderEvent"]] = relationship(back_populates="order", order_by="OrderEvent.id")

    def move_to(self, state: OrderState, *, reason: str | None = None) -> None:
        """Take the next step; raises IllegalTransition."""
        self.state = require_step(TRANSITIONS, self.state, state)
        self.state_reason = reason

    def follow_lines(self, *, reason: str | None = None) -> None:
        """Let the state say what the lines say; `reason` is kept when they say that all of it was declined."""
        answered = all(part.state is not OrderState.PLACED for part in self.seller_orders)
        state = follow(self.lines, answered=answered)
        if state is not self.state:
            self.move_to(state, reason=reason if state is OrderState.DECLINED else None)


class SellerOrder(Model):
    """What one seller is to deliver of an order."""

    __tablename__ = "seller_orders"
    __table_args__ = (
        Index(None, "seller_id", "id"),
        Index(None, "cooperative_id", "id"),
        Index(None, "order_id"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Text, unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[OrderState] = mapped_column(choice(OrderState))
    state_reason: Mapped[str | None] = mapped_column(Text)
    tax_role: Mapped[TaxRole] = mapped_column(choice(TaxRole))
    seller_taxable: Mapped[bool]
    cooperative_taxable: Mapped[bool]
    subtotal: Mapped[Rupiah]
    tax: Mapped[Rupiah]
    total: Mapped[Rupiah]
    margin_amount: Mapped[Rupiah]
    seller_amount: Mapped[Rupiah]
    seller_tax: Mapped[Rupiah]
    placed_at: Mapped[datetime | None]
    """When it reached the seller; None while the buyer's own approval is missing, and the seller sees nothing of it."""
    answered_at: Mapped[datetime | None]
    created_at: Mapped[Now]

    order: Mapped[Order] = relationship(back_populates="seller_orders")
    seller: Mapped[Seller] = relationship()
    cooperative: Mapped[Cooperative] = relationship(foreign_keys=[cooperative_id])
    lines: Mapped[list["OrderLine"]] = relationship(back_populates="seller_order", order_by="OrderLine.id")

    def move_to(self, state: OrderState, *, reason: str | None = None) -> None:
        """Take the next step; raises IllegalTransition."""
        self.state = require_step(TRANSITIONS, self.state, state)
        self.state_reason = reason

    @property
    def due_on(self) -> date | None:
        """The first day by which something that is not shipped yet was promised."""
        return min((line.promised_on for line in self.lines if line.to_ship and line.promised_on), default=None)

    @property
    def is_late(self) -> bool:
        """Whether something of it should have been ready before today."""
        return any(line.is_late for line in self.lines)

    @property
    def seller_total(self) -> int:
        """What the seller is to receive, in rupiah, the PPN it collects included."""
        return self.seller_amount + self.seller_tax

    def follow_lines(self, *, reason: str | None = None) -> None:
        """Let the state say what the lines say; `reason` is kept when they say that all of it was declined."""
        state = follow(self.lines, answered=self.answered_at is not None)
        if state is not self.state:
            self.move_to(state, reason=reason if state is OrderState.DECLINED else None)


class OrderLine(Model):
    """One product of an order, with everything that was agreed about it when the order was placed.

    `released` was declined or cancelled; of what was `shipped`, the buyer `accepted` some and `rejected` some.
    """

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "released >= 0 AND shipped >= 0 AND released + shipped <= quantity", name="shipped_within_order"
        ),
        CheckConstraint(
            "accepted >= 0 AND rejected >= 0 AND accepted + rejected <= shipped", name="received_was_shipped"
        ),
        Index(None, "order_id"),
        Index(None, "seller_order_id"),
        Index(None, "offer_id"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    sku: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    variant: Mapped[str] = mapped_column(Text, default="")
    """Which variant, as "L / Putih"; empty for a simple product."""
    unit_code: Mapped[str] = mapped_column(Text)
    quantity: Mapped[Quantity]
    unit_price: Mapped[Rupiah]
    contract_number: Mapped[str | None] = mapped_column(Text)
    """The contract that the price follows from; None where it is the list price."""
    promised_on: Mapped[date | None]
    """The day by which the seller was expected to have it ready when it was ordered."""
    margin_rule_id: Mapped[int | None] = mapped_column(ForeignKey("margin_rules.id"))
    margin_rate: Mapped[int]
    amount: Mapped[Rupiah]
    tax: Mapped[Rupiah]
    margin_amount: Mapped[Rupiah]
    seller_amount: Mapped[Rupiah]
    seller_tax: Mapped[Rupiah]
    released: Mapped[Quantity] = mapped_column(default=0)
    release_reason: Mapped[str | None] = mapped_column(Text)
    shipped: Mapped[Quantity] = mapped_column(default=0)
    accepted: Mapped[Quantity] = mapped_column(default=0)
    rejected: Mapped[Quantity] = mapped_column(default=0)

    order: Mapped[Order] = relationship(back_populates="lines")
    seller_order: Mapped[SellerOrder] = relationship(back_populates="lines")
    offer: Mapped[Offer] = relationship()
    product: Mapped[Product] = relationship()

    @property
    def full_name(self) -> str:
        """The product with its variant: "Seragam kerja, L / Putih"."""
        return ", ".join(filter(None, (self.name, self.variant)))

    @property
    def unit_short(self) -> str:
        """The unit as it is written behind a number: pcs, dus, kg."""
        return unit(self.unit_code).short

    @property
    def wanted(self) -> int:
        """Ordered less declined or cancelled."""
        return self.quantity - self.released

    @property
    def received(self) -> int:
        """Counted by the buyer so far, accepted or rejected."""
        return self.accepted + self.rejected

    @property
    def to_ship(self) -> int:
        """Still to be sent."""
        return self.wanted - self.shipped

    @property
    def is_late(self) -> bool:
        """Whether something of it should have been ready before today."""
        return bool(self.to_ship) and self.promised_on is not None and self.promised_on < clock.today()

    @property
    def conditions(self) -> Conditions:
        """What was agreed when the order was placed."""
        return Conditions(
            unit_price=self.unit_price,
            margin_rate=self.margin_rate,
            tax_role=self.seller_order.tax_role,
            seller_taxable=self.seller_order.seller_taxable,
            cooperative_taxable=self.seller_order.cooperative_taxable,
        )


class OrderEvent(Model):
    """Something that happened to an order; with `seller_order_id`, to one seller's part of it."""

    __tablename__ = "order_events"
    __table_args__ = (Index(None, "order_id", "id"),)

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    seller_order_id: Mapped[int | None] = mapped_column(ForeignKey("seller_orders.id"))
    kind: Mapped[str] = mapped_column(Text)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    at: Mapped[Now]

    order: Mapped[Order] = relationship(back_populates="events")
