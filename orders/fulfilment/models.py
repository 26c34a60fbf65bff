"""Shipments, and the receipts of what was in them."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.accounts.models import User
from market.db import Id, Model, Now, Quantity, choice
from market.lifecycle import require_step
from orders.fulfilment.states import TRANSITIONS, ShipmentState
from orders.purchasing.models import OrderLine, SellerOrder


class Shipment(Model):
    """What a seller sent at one time, with its delivery note (surat jalan)."""

    __tablename__ = "shipments"
    __table_args__ = (Index(None, "seller_order_id"),)

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Text, unique=True)
    seller_order_id: Mapped[int] = mapped_column(ForeignKey("seller_orders.id"))
    state: Mapped[ShipmentState] = mapped_column(choice(ShipmentState), default=ShipmentState.SHIPPED)
    carrier: Mapped[str | None] = mapped_column(Text)
    driver: Mapped[str | None] = mapped_column(Text)
    vehicle: Mapped[str | None] = mapped_column(Text)
    shipped_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    shipped_at: Mapped[Now]

    seller_order: Mapped[SellerOrder] = relationship()
    shipped_by: Mapped[User] = relationship()
    lines: Mapped[list["ShipmentLine"]] = relationship(back_populates="shipment", order_by="ShipmentLine.id")
    receipts: Mapped[list["Receipt"]] = relationship(back_populates="shipment", order_by="Receipt.id")

    def move_to(self, state: ShipmentState) -> None:
        """Take the next step; raises IllegalTransition."""
        self.state = require_step(TRANSITIONS, self.state, state)


class ShipmentLine(Model):
    """How much of an order line a shipment holds, and what the buyer counted of it so far."""

    __tablename__ = "shipment_lines"
    __table_args__ = (
        UniqueConstraint("shipment_id", "order_line_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "accepted >= 0 AND rejected >= 0 AND accepted + rejected <= quantity", name="received_was_sent"
        ),
        CheckConstraint("returned BETWEEN 0 AND rejected", name="returned_was_rejected"),
        Index(None, "order_line_id"),
    )

    id: Mapped[Id]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))
    quantity: Mapped[Quantity]
    accepted: Mapped[Quantity] = mapped_column(default=0)
    rejected: Mapped[Quantity] = mapped_column(default=0)
    returned: Mapped[Quantity] = mapped_column(default=0)
    """Rejected pieces that the seller has put back into stock."""

    shipment: Mapped[Shipment] = relationship(back_populates="lines")
    order_line: Mapped[OrderLine] = relationship()

    @property
    def to_receive(self) -> int:
        """Not counted yet."""
        return self.quantity - self.accepted - self.rejected

    @property
    def to_return(self) -> int:
        """Rejected, and not back in stock yet; nothing of what is made to order, for it has no stock."""
        return 0 if self.order_line.offer.made_to_order else self.rejected - self.returned


class Receipt(Model):
    """What the buyer counted of a shipment at one time (penerimaan barang)."""

    __tablename__ = "receipts"
    __table_args__ = (Index(None, "shipment_id"),)

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Text, unique=True)
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"))
    received_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    received_at: Mapped[Now]
    note: Mapped[str | None] = mapped_column(Text)

    shipment: Mapped[Shipment] = relationship(back_populates="receipts")
    received_by: Mapped[User] = relationship()
    lines: Mapped[list["ReceiptLine"]] = relationship(back_populates="receipt", order_by="ReceiptLine.id")


class ReceiptLine(Model):
    """Accepted and rejected pieces of one shipment line; rejected ones have a reason."""

    __tablename__ = "receipt_lines"
    __table_args__ = (
        UniqueConstraint("receipt_id", "shipment_line_id"),
        CheckConstraint("accepted >= 0 AND rejected >= 0 AND accepted + rejected > 0", name="counts_something"),
        CheckConstraint("rejected = 0 OR reason IS NOT NULL", name="rejected_has_a_reason"),
    )

    id: Mapped[Id]
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"))
    shipment_line_id: Mapped[int] = mapped_column(ForeignKey("shipment_lines.id"))
    accepted: Mapped[Quantity] = mapped_column(default=0)
    rejected: Mapped[Quantity] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Text)

    receipt: Mapped[Receipt] = relationship(back_populates="lines")
    shipment_line: Mapped[ShipmentLine] = relationship()
