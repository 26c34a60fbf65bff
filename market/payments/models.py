"""Payments, and the Stripe events already heard."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market import clock
from market.accounts.models import User
from market.db import Id, Model, Now, Rupiah, choice
from market.lifecycle import require_step
from market.organisations.models import BuyerCompany
from market.payments.states import TRANSITIONS, Method, PaymentState


def _new_key() -> str:
    return f"pasok-{uuid4()}"


class Payment(Model):
    """Money a buyer pays a cooperative, for the document named by `reference`."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state IN ('paid', 'refunded')) = (paid_at IS NOT NULL)", name="paid_has_its_time"),
        CheckConstraint("(state = 'refunded') = (refunded_at IS NOT NULL)", name="refunded_has_its_time"),
        Index(None, "cooperative_id", "state"),
        Index(None, "reference"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(Text, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer_companies.id"))
    reference: Mapped[str] = mapped_column(Text)
    idempotency_key: Mapped[str] = mapped_column(Text, unique=True, default=_new_key)
    """What tells Stripe that two calls mean the same payment. Not its number: a database that was emptied begins its
    numbers anew, while Stripe remembers the old ones."""
    method: Mapped[Method] = mapped_column(choice(Method))
    state: Mapped[PaymentState] = mapped_column(choice(PaymentState))
    amount: Mapped[Rupiah]
    fee: Mapped[Rupiah] = mapped_column(default=0)
    """What the card provider keeps of the amount."""
    checkout_id: Mapped[str | None] = mapped_column(Text, unique=True)
    checkout_url: Mapped[str | None] = mapped_column(Text)
    checkout_expires_at: Mapped[datetime | None]
    transfer_reference: Mapped[str | None] = mapped_column(Text)
    transfer_from: Mapped[str | None] = mapped_column(Text)
    failure: Mapped[str | None] = mapped_column(Text)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]
    failed_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    refund_reference: Mapped[str | None] = mapped_column(Text)
    refunded_at: Mapped[datetime | None]

    buyer: Mapped[BuyerCompany] = relationship(foreign_keys=[buyer_id])
    started_by: Mapped[User | None] = relationship(foreign_keys=[started_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])

    @property
    def came_in(self) -> bool:
        """Whether its money is with the cooperative."""
        return self.state is PaymentState.PAID

    def move_to(self, state: PaymentState, *, failure: str | None = None) -> None:
        """Take the next step; raises IllegalTransition."""
        self.state = require_step(TRANSITIONS, self.state, state)
        self.failure = failure
        if state is PaymentState.FAILED:
            self.failed_at = clock.now()
        elif state is PaymentState.PAID:
            self.paid_at = clock.now()
        elif state is PaymentState.REFUNDED:
            self.refunded_at = clock.now()


class StripeEvent(Model):
    """An event Stripe told us of; kept so that hearing it again changes nothing."""

    __tablename__ = "stripe_events"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    type: Mapped[str] = mapped_column(Text)
    checkout_id: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[Now]
    handled_at: Mapped[datetime | None]
