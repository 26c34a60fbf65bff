"""Card payments: each call to Stripe stands between two changes, never inside one.

First the intention is committed with the key that makes repeating the call harmless, then Stripe is called, then its
answer is committed. Whoever learns of an answer first books it (the webhook, the page the buyer returns to, or the job
that asks by the clock); the others find it booked.
"""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from market import audit, clock
from market.accounts.actor import Actor
from market.db import atomic, lock, session
from market.money import Rupiah
from market.numbering import Series, next_number
from market.payments import queries
from market.payments.errors import NothingToRefund
from market.payments.gateway import Checkout, CheckoutLine, CheckoutState, IncomingEvent
from market.payments.models import Payment, StripeEvent
from market.payments.operations.receiving import book_fee, give_back, take_in
from market.payments.provider import gateway
from market.payments.states import Method, PaymentState

OPEN_FOR = timedelta(hours=23)
"""How long a buyer may take to pay; Stripe allows at most a day."""

_log = structlog.get_logger(__name__)


def intend_card_payment(*, reference: str, cooperative_id: int, buyer_id: int, amount: Rupiah, by: Actor) -> Payment:
    """Step one: a buyer wants to pay a document by card. The payment already under way for it is used again.

    What is paid for must be locked by the caller, so that two clicks at once come to one payment.
    """
    with atomic():
        payment = queries.find_open_card_payment(reference)
        if payment is None:
            payment = Payment(
                number=next_number(Series.PAYMENT),
                cooperative_id=cooperative_id,
                buyer_id=buyer_id,
                reference=reference,
                method=Method.STRIPE,
                state=PaymentState.STARTED,
                amount=amount,
                checkout_expires_at=clock.now() + OPEN_FOR,
                started_by_id=by.user_id,
            )
            session.add(payment)
            session.flush()
    return payment


def open_checkout(
    payment_id: int,
    *,
    description: str,
    lines: Sequence[CheckoutLine],
    success_url: str,
    cancel_url: str,
) -> Payment:
    """Steps two and three: open Stripe's page for an intended payment and keep its address.

    A second call answers with the same page, also when the first one's answer was lost. Raises
    PaymentProviderUnavailable or PaymentRefused; the payment then waits to be tried again.
    """
    payment = queries.get_payment(payment_id)
    if payment.checkout_url is not None or payment.checkout_expires_at is None:
        return payment
    page = gateway().create_checkout(
        reference=payment.number,
        description=description,
        amount=payment.amount,
        lines=lines,
        customer_email=payment.started_by.email if payment.started_by else None,
        success_url=success_url,
        cancel_url=cancel_url,
        idempotency_key=payment.idempotency_key,
        expires_at=payment.checkout_expires_at,
    )
    with atomic(durable=True):
        payment = queries.lock_payment(payment_id)
        payment.checkout_id, payment.checkout_url = page.id, page.url
    return payment


def look_up(payment_id: int, *, checkout_id: str | None = None) -> Payment:
    """Ask Stripe what became of a payment and book it; asking again changes nothing.

    `checkout_id` is what Stripe itself named, for a payment whose answer to opening was lost. Raises
    PaymentProviderUnavailable.
    """
    payment = queries.get_payment(payment_id)
    checkout_id = payment.checkout_id or checkout_id
    if checkout_id is None:
        return _give_up_when_late(payment_id)
    return _learn(payment_id, checkout_id, gateway().find_checkout(checkout_id))


def close_checkout(payment_id: int) -> Payment:
    """Close a payment page that is not needed any more; where it was paid in the meantime, the money counts."""
    payment = queries.get_payment(payment_id)
    if payment.state is not PaymentState.STARTED or payment.checkout_id is None:
        return payment
    return _learn(payment_id, payment.checkout_id, gateway().expire_checkout(payment.checkout_id))


def refund_card(payment_id: int, *, cooperative_id: int, by: Actor) -> Payment:
    """Give a card payment back in full. Whether it may be given back is for the caller to know.

    Raises NotFound, PaymentProviderUnavailable or PaymentRefused. Trying again under the same key gives back once.
    """
    with atomic(durable=True):
        payment = queries.lock_payment(payment_id, cooperative_id=cooperative_id)
        checkout_id = payment.checkout_id
    checkout = gateway().find_checkout(checkout_id) if checkout_id else None
    if checkout is None or checkout.payment_intent is None:
        raise NothingToRefund
    refund = gateway().refund(checkout.payment_intent, payment.amount, f"{payment.idempotency_key}-refund")
    with atomic(durable=True):
        payment = queries.lock_payment(payment_id, cooperative_id=cooperative_id)
        if payment.state is not PaymentState.REFUNDED:
            give_back(payment, refund_reference=refund.id, by_user_id=by.user_id)
            audit.record(payment, "payment_refunded", by=by, refund=refund.id)
    return payment


def hear(event: IncomingEvent) -> None:
    """Stripe told us something. Events come twice, late and out of order, so Stripe is asked how things stand now.

    Raises PaymentProviderUnavailable; the event then stays unhandled and Stripe sends it again.
    """
    if not _is_news(event):
        return
    payment = queries.find_payment_at_stripe(checkout_id=event.checkout_id, reference=event.reference)
    if payment is not None:
        look_up(payment.id, checkout_id=event.checkout_id)
    with atomic(durable=True):
        session.get_one(StripeEvent, event.id).handled_at = clock.now()


def _is_news(event: IncomingEvent) -> bool:
    with atomic(durable=True):
        session.execute(
            insert(StripeEvent)
            .values(id=event.id, type=event.type, checkout_id=event.checkout_id, received_at=clock.now())
            .on_conflict_do_nothing()
        )
        heard = session.scalar(lock(select(StripeEvent).where(StripeEvent.id == event.id)))
        return heard is not None and heard.handled_at is None


def _learn(payment_id: int, checkout_id: str, checkout: Checkout | None) -> Payment:
    """Step three of asking: commit what Stripe said."""
    with atomic(durable=True):
        payment = queries.lock_payment(payment_id)
        if checkout is None:
            _fail(payment, "Stripe tidak mengenal halaman pembayaran ini.")
        elif checkout.reference != payment.number:
            _log.error("checkout_of_another_payment", payment=payment.number, checkout=checkout_id)
        elif checkout.state is CheckoutState.EXPIRED:
            _fail(payment, "Waktu untuk membayar habis.")
        elif checkout.state is CheckoutState.PAID:
            payment.checkout_id = checkout.id
            _take_in(payment, checkout)
    return payment


def _take_in(payment: Payment, checkout: Checkout) -> None:
    if checkout.amount_paid != payment.amount:
        _log.error("another_amount_paid", payment=payment.number, paid=checkout.amount_paid)
        _fail(payment, f"Stripe menerima Rp {checkout.amount_paid}, bukan Rp {payment.amount}.")
        return
    if payment.paid_at is None:
        take_in(payment)
    if checkout.fee and not payment.fee:
        book_fee(payment, checkout.fee)


def _fail(payment: Payment, failure: str) -> None:
    if payment.state is PaymentState.STARTED:
        payment.move_to(PaymentState.FAILED, failure=failure)


def _give_up_when_late(payment_id: int) -> Payment:
    """A page that was never opened is given up once its time is over."""
    with atomic(durable=True):
        payment = queries.lock_payment(payment_id)
        expires_at = payment.checkout_expires_at
        if payment.checkout_id is None and (expires_at is None or expires_at < clock.now()):
            _fail(payment, "Halaman pembayaran tidak jadi dibuka.")
    return payment
