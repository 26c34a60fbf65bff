"""Payments and what is known of them."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_, select

from market import clock
from market.db import lock, session
from market.errors import NotFound
from market.payments.models import Payment
from market.payments.states import Method, PaymentState

TIME_TO_PAY = timedelta(minutes=5)
"""A payment page that closes sooner is not shown to a buyer any more."""

TIME_TO_OPEN = timedelta(minutes=35)
"""Stripe opens no page that closes in less than half an hour."""

FEE_IS_KNOWN_AFTER = timedelta(days=7)
"""By then Stripe has settled a payment; later nobody asks for its fee again."""


def get_payment(payment_id: int) -> Payment:
    """A payment; raises NotFound."""
    return _found(session.get(Payment, payment_id, populate_existing=True))


def lock_payment(payment_id: int, *, cooperative_id: int | None = None) -> Payment:
    """A payment, of this cooperative when one is named, locked until the change is committed; raises NotFound."""
    query = select(Payment).where(Payment.id == payment_id)
    if cooperative_id is not None:
        query = query.where(Payment.cooperative_id == cooperative_id)
    return _found(session.scalar(lock(query)))


def find_payment_at_stripe(*, checkout_id: str | None, reference: str | None) -> Payment | None:
    """The payment Stripe speaks of: by its checkout, or by the number we gave it."""
    named: list[ColumnElement[bool]] = []
    if checkout_id:
        named.append(Payment.checkout_id == checkout_id)
    if reference:
        named.append(Payment.number == reference)
    if not named:
        return None
    query = select(Payment).where(Payment.method == Method.STRIPE, or_(*named)).order_by(Payment.id).limit(1)
    return session.scalar(query)


def find_open_card_payment(reference: str) -> Payment | None:
    """A card payment for this document that was started and can still be paid, the newest one."""
    now = clock.now()
    query = (
        select(Payment)
        .where(
            Payment.reference == reference,
            Payment.method == Method.STRIPE,
            Payment.state == PaymentState.STARTED,
            or_(
                Payment.checkout_expires_at > now + TIME_TO_OPEN,
                (Payment.checkout_expires_at > now + TIME_TO_PAY) & Payment.checkout_url.is_not(None),
            ),
        )
        .order_by(Payment.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return session.scalar(query)


def find_checkout_to_look_up(reference: str) -> Payment | None:
    """The newest card payment for this document whose page was opened and has not ended, as far as we know."""
    query = select(Payment).where(
        Payment.reference == reference, Payment.state == PaymentState.STARTED, Payment.checkout_id.is_not(None)
    )
    return session.scalar(query.order_by(Payment.id.desc()).limit(1))


def find_reported_transfer(reference: str) -> Payment | None:
    """A transfer for this document that waits for the treasurer."""
    query = select(Payment).where(Payment.reference == reference, Payment.state == PaymentState.REPORTED)
    return session.scalar(query.order_by(Payment.id).limit(1))


def list_checkouts_to_close(reference: str, *, but_not: int) -> list[Payment]:
    """Other card payments for a document that somebody could still pay."""
    query = select(Payment).where(
        Payment.reference == reference, Payment.state == PaymentState.STARTED, Payment.id != but_not
    )
    return list(session.scalars(query.order_by(Payment.id)))


def list_unsettled_card_payments() -> list[int]:
    """The ids of card payments that Stripe may know more of: those not ended, and those whose fee is not known."""
    query = (
        select(Payment.id)
        .where(
            Payment.method == Method.STRIPE,
            or_(
                Payment.state == PaymentState.STARTED,
                (Payment.state == PaymentState.PAID)
                & (Payment.fee == 0)
                & (Payment.paid_at > clock.now() - FEE_IS_KNOWN_AFTER),
            ),
        )
        .order_by(Payment.id)
    )
    return list(session.scalars(query))


def count_payments(cooperative_id: int) -> dict[PaymentState, int]:
    """How many of a cooperative's payments are in each state."""
    query = select(Payment.state, func.count()).where(Payment.cooperative_id == cooperative_id).group_by(Payment.state)
    return {state: count for state, count in session.execute(query)}


def _found(payment: Payment | None) -> Payment:
    if payment is None:
        raise NotFound
    return payment
