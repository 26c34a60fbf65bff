"""Payouts to sellers and the invoices they pay out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market import clock
from market.db import Id, Model, Now, Rupiah, choice
from market.lifecycle import require_step
from market.organisations.models import Cooperative, Seller
from orders.billing.models import Invoice
from orders.payouts.states import TRANSITIONS, PayoutState


class Payout(Model):
    """One bank transfer to a seller, for goods that were accepted and paid. A seller has at most one that is due."""

    __tablename__ = "payouts"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'transferred') = (transferred_at IS NOT NULL)", name="transferred_has_its_time"),
        Index("uq_payouts_one_due", "seller_id", unique=True, postgresql_where=text("state = 'due'")),
        Index(None, "cooperative_id", "state"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Text, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    state: Mapped[PayoutState] = mapped_column(choice(PayoutState), default=PayoutState.DUE)
    amount: Mapped[Rupiah]
    bank_code: Mapped[str | None] = mapped_column(Text)
    bank_account: Mapped[str | None] = mapped_column(Text)
    bank_holder: Mapped[str | None] = mapped_column(Text)
    transfer_reference: Mapped[str | None] = mapped_column(Text)
    transferred_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    transferred_at: Mapped[datetime | None]
    created_at: Mapped[Now]

    seller: Mapped[Seller] = relationship(foreign_keys=[seller_id])
    cooperative: Mapped[Cooperative] = relationship(foreign_keys=[cooperative_id])
    lines: Mapped[list["PayoutLine"]] = relationship(back_populates="payout", order_by="PayoutLine.id")

    def move_to(self, state: PayoutState) -> None:
        """Take the next step; raises IllegalTransition."""
        self.state = require_step(TRANSITIONS, self.state, state)
        if state is PayoutState.TRANSFERRED:
            self.transferred_at = clock.now()


class PayoutLine(Model):
    """What a paid invoice gives its seller; an invoice is paid out once."""

    __tablename__ = "payout_lines"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"), Index(None, "payout_id"))

    id: Mapped[Id]
    payout_id: Mapped[int] = mapped_column(ForeignKey("payouts.id"))
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), unique=True)
    amount: Mapped[Rupiah]

    payout: Mapped[Payout] = relationship(back_populates="lines")
    invoice: Mapped[Invoice] = relationship()
