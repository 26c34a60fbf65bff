"""Bank transfers: a buyer reports one, the treasurer compares it with the bank's statement."""

from flask_babel import gettext as _

from market import audit
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import IllegalTransition, Invalid
from market.money import Rupiah
from market.numbering import Series, next_number
from market.payments import queries
from market.payments.errors import TransferAlreadyReported
from market.payments.models import Payment
from market.payments.operations.receiving import take_in
from market.payments.states import Method, PaymentState


def report_transfer(
    *,
    reference: str,
    cooperative_id: int,
    buyer_id: int,
    amount: Rupiah,
    transfer_reference: str | None,
    transfer_from: str | None,
    by: Actor,
) -> Payment:
    """Say that a document was paid by bank transfer; it counts once the treasurer has confirmed it.

    What is paid for must be locked by the caller. Reporting the same transfer again answers with the first report;
    raises TransferAlreadyReported when another one waits for the treasurer.
    """
    with atomic():
        waiting = queries.find_reported_transfer(reference)
        if waiting is not None:
            if (waiting.transfer_reference, waiting.transfer_from) == (transfer_reference, transfer_from):
                return waiting
            raise TransferAlreadyReported
        payment = Payment(
            number=next_number(Series.PAYMENT),
            cooperative_id=cooperative_id,
            buyer_id=buyer_id,
            reference=reference,
            method=Method.TRANSFER,
            state=PaymentState.REPORTED,
            amount=amount,
            transfer_reference=transfer_reference,
            transfer_from=transfer_from,
            started_by_id=by.user_id,
        )
        session.add(payment)
        audit.record(payment, "transfer_reported", by=by)
    return payment


def confirm_transfer(payment_id: int, *, by: Actor) -> Payment:
    """The transfer stands on the bank's statement. Raises NotFound, or IllegalTransition when it was answered."""
    cooperative_id = by.require(Role.TREASURER)
    with atomic():
        payment = _lock_reported(payment_id, cooperative_id)
        payment.confirmed_by_id = by.user_id
        take_in(payment)
        audit.record(payment, "transfer_confirmed", by=by)
    return payment


def refuse_transfer(payment_id: int, reason: str, *, by: Actor) -> Payment:
    """The transfer is not on the bank's statement. Raises NotFound, Invalid without a reason, or IllegalTransition."""
    cooperative_id = by.require(Role.TREASURER)
    if not reason.strip():
        raise Invalid(_("Tulis alasannya, supaya pembeli tahu apa yang harus diperbaiki."), field="reason")
    with atomic():
        payment = _lock_reported(payment_id, cooperative_id)
        payment.confirmed_by_id = by.user_id
        payment.move_to(PaymentState.FAILED, failure=reason.strip())
        audit.record(payment, "transfer_refused", by=by, note=reason.strip())
    return payment


def _lock_reported(payment_id: int, cooperative_id: int) -> Payment:
    payment = queries.lock_payment(payment_id, cooperative_id=cooperative_id)
    if payment.state is not PaymentState.REPORTED:
        raise IllegalTransition(details={"state": str(payment.state)})
    return payment
