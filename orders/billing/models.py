"""Invoices and the payments made for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market import clock, tax
from market.db import Id, Model, Now, Quantity, Rupiah, choice
from market.lifecycle import require_step
from market.organisations.kinds import TaxRole
from market.organisations.models import BuyerCompany, Cooperative, Seller
from market.payments.models import Payment
from market.payments.states import PaymentState
from orders.billing.states import TRANSITIONS, InvoiceState, Standing
from orders.fulfilment.models import Receipt
from orders.purchasing.models import Order, OrderLine


class Invoice(Model):
    """What a buyer owes a cooperative for the goods accepted at one receipt; it concerns one order only."""

    __tablename__ = "invoices"
    __table_args__ = (
        CheckConstraint("total = subtotal + tax", name="total_adds_up"),
        CheckConstraint("subtotal = margin_amount + seller_amount", name="subtotal_is_shared_out"),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_has_its_time"),
        Index(None, "buyer_id", "id"),
        Index(None, "cooperative_id", "id"),
        Index(None, "seller_id", "id"),
        Index(None, "order_id"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Text, unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"), unique=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer_companies.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    tax_role: Mapped[TaxRole] = mapped_column(choice(TaxRole))
    state: Mapped[InvoiceState] = mapped_column(choice(InvoiceState), default=InvoiceState.ISSUED)
    issued_on: Mapped[date]
    due_on: Mapped[date]
    subtotal: Mapped[Rupiah]
    tax: Mapped[Rupiah]
    total: Mapped[Rupiah]
    margin_amount: Mapped[Rupiah]
    seller_amount: Mapped[Rupiah]
    seller_tax: Mapped[Rupiah]
    paid_at: Mapped[datetime | None]
    created_at: Mapped[Now]

    order: Mapped[Order] = relationship()
    receipt: Mapped[Receipt] = relationship()
    buyer: Mapped[BuyerCompany] = relationship(foreign_keys=[buyer_id])
    cooperative: Mapped[Cooperative] = relationship(foreign_keys=[cooperative_id])
    seller: Mapped[Seller] = relationship(foreign_keys=[seller_id])
    lines: Mapped[list["InvoiceLine"]] = relationship(back_populates="invoice", order_by="InvoiceLine.id")
    payments: Mapped[list[Payment]] = relationship(secondary="invoice_payments", order_by="Payment.id")

    @property
    def overdue(self) -> bool:
        """Whether it should have been paid before today."""
        return self.state is InvoiceState.ISSUED and self.due_on < clock.today()

    @property
    def reported(self) -> Payment | None:
        """The transfer that waits for the treasurer, if one was reported."""
        return next((payment for payment in self.payments if payment.state is PaymentState.REPORTED), None)

    @property
    def standing(self) -> Standing:
        """How it stands today; a reported transfer matters more than lateness, for the buyer has done its part."""
        if self.state is InvoiceState.PAID:
            return Standing.PAID
        if self.reported is not None:
            return Standing.REPORTED
        return Standing.OVERDUE if self.overdue else Standing.OPEN

    @property
    def seller_total(self) -> int:
        """What the seller gets of it, its PPN included, in rupiah."""
        return self.seller_amount + self.seller_tax

    @property
    def tax_base(self) -> int:
        """The DPP nilai lain that its PPN is reckoned on, line by line, in rupiah; zero when no PPN is charged."""
        return sum(tax.tax_base(line.amount) for line in self.lines if line.tax)

    def move_to(self, state: InvoiceState) -> None:
        """Take the next step; raises IllegalTransition."""
        self.state = require_step(TRANSITIONS, self.state, state)
        if state is InvoiceState.PAID:
            self.paid_at = clock.now()


class InvoiceLine(Model):
    """The accepted pieces of one order line, at the price and conditions of the order."""

    __tablename__ = "invoice_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("amount = margin_amount + seller_amount", name="amount_is_shared_out"),
        Index(None, "invoice_id"),
        Index(None, "order_line_id"),
    )

    id: Mapped[Id]
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))
    quantity: Mapped[Quantity]
    unit_price: Mapped[Rupiah]
    amount: Mapped[Rupiah]
    tax: Mapped[Rupiah]
    margin_amount: Mapped[Rupiah]
    seller_amount: Mapped[Rupiah]
    seller_tax: Mapped[Rupiah]

    invoice: Mapped[Invoice] = relationship(back_populates="lines")
    order_line: Mapped[OrderLine] = relationship()


class InvoicePayment(Model):
    """Which invoice a payment is for."""

    __tablename__ = "invoice_payments"
    __table_args__ = (Index(None, "invoice_id"),)

    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"))
