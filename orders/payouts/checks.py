"""What must be true of payouts in the books."""

from sqlalchemy import case, func, select

from market.ledger.accounts import Code
from market.ledger.checks import (
    Finding,
    account_name,
    account_owner,
    booked,
    check,
    compare,
    found_wrong,
    moved,
    read,
)
from market.numbering import Series
from market.payments.models import Payment
from market.payments.states import Method, PaymentState
from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.payouts.models import Payout, PayoutLine
from orders.payouts.states import PayoutState

_SHARE = Invoice.seller_amount + Invoice.seller_tax
"""What a seller gets of an invoice, in rupiah."""


@check("every payout is the sum of its invoices' shares")
def _payouts_add_up() -> Finding:
    by_line = select(Payout.number, func.sum(_SHARE)).join(Payout.lines).join(PayoutLine.invoice)
    return compare(read(by_line.group_by(Payout.number)), read(select(Payout.number, Payout.amount)))


@check("every paid invoice, and no other, is in a payout")
def _paid_invoices_are_paid_out() -> Finding:
    in_payout = select(PayoutLine.id).where(PayoutLine.invoice_id == Invoice.id).exists()
    is_paid = (Invoice.state == InvoiceState.PAID) & (_SHARE > 0)
    return found_wrong(Invoice, select(Invoice.number).where(is_paid != in_payout))


@check("every payout that was transferred is booked with its amount, and no other is")
def _transfers_booked() -> Finding:
    transferred = select(Payout.number, Payout.amount).where(Payout.state == PayoutState.TRANSFERRED)
    return compare(read(transferred), moved(Code.PAYABLE, Series.PAYOUT))


@check("each seller is owed its share of open invoices and its due payout")
def _payables() -> Finding:
    invoiced = account_name(Invoice.cooperative_id, Invoice.seller_id)
    paid_out = account_name(Payout.cooperative_id, Payout.seller_id)
    unpaid = read(select(invoiced, _SHARE).where(Invoice.state == InvoiceState.ISSUED))
    due = read(select(paid_out, Payout.amount).where(Payout.state == PayoutState.DUE))
    return compare([*unpaid, *due], booked(Code.PAYABLE))


@check("the bank account holds the transfers received, less payouts")
def _bank() -> Finding:
    received = select(account_owner(Payment.cooperative_id), Payment.amount).where(
        Payment.method == Method.TRANSFER, Payment.state == PaymentState.PAID
    )
    sent = select(account_owner(Payout.cooperative_id), -Payout.amount).where(Payout.state == PayoutState.TRANSFERRED)
    return compare([*read(received), *read(sent)], booked(Code.BANK))


@check("card money on its way is what was paid by card, less fees")
def _card_clearing() -> Finding:
    """What was given back to a card leaves nothing but its fee."""
    amount = case((Payment.state == PaymentState.PAID, Payment.amount), else_=0) - Payment.fee
    on_the_way = select(account_owner(Payment.cooperative_id), amount).where(Payment.method == Method.STRIPE)
    return compare(read(on_the_way), booked(Code.CARD_CLEARING))
