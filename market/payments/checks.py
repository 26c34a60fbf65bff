"""What must be true of payments in the books."""

from sqlalchemy import select

from market.ledger.accounts import Code
from market.ledger.checks import Finding, check, compare, moved, read
from market.numbering import Series
from market.payments.models import Payment
from market.payments.states import PaymentState


@check("every payment that came in is booked with its amount, and no other payment is")
def _payments_booked() -> Finding:
    """It lowers what its buyer owes; one that was given back leaves nothing."""
    came_in = read(select(Payment.number, -Payment.amount).where(Payment.state == PaymentState.PAID))
    return compare(came_in, moved(Code.RECEIVABLE, Series.PAYMENT))


@check("every fee of a card payment is booked")
def _fees_booked() -> Finding:
    fees = read(select(Payment.number, Payment.fee).where(Payment.fee > 0))
    return compare(fees, moved(Code.CARD_FEES, Series.PAYMENT))
