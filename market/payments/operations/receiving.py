"""What happens when money has come in or is given back, however it was paid."""

from market import jobs, signals
from market.db import session
from market.ledger.accounts import BANK, CARD_CLEARING, CARD_FEES, Account, receivable_from
from market.ledger.operations import post_entry
from market.money import Rupiah
from market.payments import queries
from market.payments.models import Payment
from market.payments.states import Method, PaymentState


def take_in(payment: Payment) -> None:
    """The money of a locked payment is there: book it and tell the parts that wait for it.

    Payment pages that are still open for the same document are closed, so that nobody pays twice.
    """
    payment.move_to(PaymentState.PAID)
    session.flush()
    post_entry(
        payment.cooperative_id,
        reference=payment.number,
        reason="payment",
        description=f"Pembayaran {payment.reference}",
        postings=[(_where_it_is(payment), receivable_from(payment.buyer_id), payment.amount)],
        by_user_id=payment.confirmed_by_id,
    )
    for other in queries.list_checkouts_to_close(payment.reference, but_not=payment.id):
        jobs.defer("payments.close_checkout", payment_id=other.id)
    signals.payment_received.send(None, payment=payment)


def book_fee(payment: Payment, fee: Rupiah) -> None:
    """What the card provider kept of a locked payment, in rupiah, once it is known."""
    payment.fee = fee
    post_entry(
        payment.cooperative_id,
        reference=payment.number,
        reason="card-fee",
        description=f"Biaya kartu {payment.reference}",
        postings=[(CARD_FEES, CARD_CLEARING, fee)],
        by_user_id=None,
    )


def give_back(payment: Payment, *, refund_reference: str, by_user_id: int) -> None:
    """The money of a locked payment is on its way back to the buyer."""
    payment.move_to(PaymentState.REFUNDED)
    payment.refund_reference = refund_reference
    post_entry(
        payment.cooperative_id,
        reference=payment.number,
        reason="refund",
        description=f"Pengembalian dana {payment.reference}",
        postings=[(receivable_from(payment.buyer_id), _where_it_is(payment), payment.amount)],
        by_user_id=by_user_id,
    )


def _where_it_is(payment: Payment) -> Account:
    return CARD_CLEARING if payment.method is Method.STRIPE else BANK
