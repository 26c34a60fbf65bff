"""Paying invoices: by card, or by bank transfer that the treasurer confirms."""

from market import audit, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.payments.errors import TransferAlreadyReported
from market.payments.gateway import CheckoutLine
from market.payments.models import Payment
from market.payments.operations import cards, transfers
from market.payments.provider import gateway
from market.payments.queries import find_checkout_to_look_up, find_reported_transfer
from orders import signals
from orders.billing import queries
from orders.billing.errors import AlreadyPaid
from orders.billing.models import Invoice, InvoicePayment
from orders.billing.states import InvoiceState
from orders.purchasing.events import EventKind, note_event

PAYERS = (Role.FINANCE, Role.BUYER)
"""Who may pay for a buyer."""

READERS = (*PAYERS, Role.APPROVER)
"""Who may see what a buyer owes."""


def start_card_payment(invoice_id: int, *, by: Actor, success_url: str, cancel_url: str) -> Payment:
    """Open a page on which to pay an invoice by card; `checkout_url` of the answer is its address.

    A page that is open already is used again, so that clicking twice pays once. Raises NotFound, AlreadyPaid,
    PaymentProviderUnavailable or PaymentRefused; an intention whose page could not be opened is taken up next time.
    """
    buyer_id = by.require(*PAYERS)
    gateway()  # says no before anything is written where cards are not taken
    invoice = queries.get_invoice(invoice_id, buyer_id=buyer_id)
    _look_up(invoice)  # an earlier page may have been paid, or closed, without our knowing yet
    with atomic(durable=True):
        invoice = _lock_open(invoice_id, buyer_id=buyer_id)
        payment = cards.intend_card_payment(
            reference=invoice.number,
            cooperative_id=invoice.cooperative_id,
            buyer_id=invoice.buyer_id,
            amount=invoice.total,
            by=by,
        )
        _link(invoice, payment)
    return cards.open_checkout(
        payment.id,
        description=f"Tagihan {invoice.number}",
        lines=[CheckoutLine(f"Tagihan {invoice.number}", invoice.total, f"Pesanan {invoice.order.number}")],
        success_url=success_url,
        cancel_url=cancel_url,
    )


def learn_of_card_payment(invoice_id: int, *, by: Actor) -> Invoice:
    """Ask Stripe whether an invoice's card payment was made, for the page its buyer returns to.

    The webhook may be late; whoever comes first books it. Raises NotFound or PaymentProviderUnavailable.
    """
    invoice = queries.get_invoice(invoice_id, buyer_id=by.require(*READERS))
    _look_up(invoice)
    return queries.get_invoice(invoice_id, buyer_id=invoice.buyer_id)


def report_transfer(
    invoice_id: int, *, transfer_reference: str | None, transfer_from: str | None, by: Actor
) -> Payment:
    """Say that an invoice was paid by bank transfer; the treasurer is asked to look.

    Raises NotFound, AlreadyPaid, or TransferAlreadyReported.
    """
    with atomic():
        invoice = _lock_open(invoice_id, buyer_id=by.require(*PAYERS))
        payment = transfers.report_transfer(
            reference=invoice.number,
            cooperative_id=invoice.cooperative_id,
            buyer_id=invoice.buyer_id,
            amount=invoice.total,
            transfer_reference=transfer_reference,
            transfer_from=transfer_from,
            by=by,
        )
        if _link(invoice, payment):
            jobs.defer("billing.announce_report", payment_id=payment.id)
    return payment


def record_transfer(invoice_id: int, *, transfer_reference: str, by: Actor) -> Payment:
    """The treasurer found an invoice's transfer on the bank's statement though nobody had reported it.

    Raises NotFound, AlreadyPaid, or TransferAlreadyReported when a report waits to be confirmed.
    """
    with atomic():
        invoice = _lock_open(invoice_id, cooperative_id=by.require(Role.TREASURER))
        if find_reported_transfer(invoice.number) is not None:
            raise TransferAlreadyReported
        payment = transfers.report_transfer(
            reference=invoice.number,
            cooperative_id=invoice.cooperative_id,
            buyer_id=invoice.buyer_id,
            amount=invoice.total,
            transfer_reference=transfer_reference,
            transfer_from=None,
            by=by,
        )
        _link(invoice, payment)
        transfers.confirm_transfer(payment.id, by=by)
    return payment


def refuse_transfer(payment_id: int, reason: str, *, by: Actor) -> Payment:
    """A reported transfer is not on the bank's statement; the buyer is told why.

    Raises NotFound, Invalid without a reason, or IllegalTransition when it was answered already.
    """
    with atomic():
        payment = transfers.refuse_transfer(payment_id, reason, by=by)
        jobs.defer("billing.announce_refused", payment_id=payment.id)
    return payment


def settle(payment: Payment) -> None:
    """Money came in: its invoice is paid, and its seller can be. Called inside the change that took it in.

    Where the invoice was paid already, the buyer has paid twice: it stands to the buyer's credit and the treasurer is
    told.
    """
    invoice_id = queries.find_invoice_id_of(payment.id)
    if invoice_id is None:
        return
    invoice = queries.lock_invoice(invoice_id)
    if invoice.state is InvoiceState.PAID:
        audit.record(payment, "paid_twice", by=None, invoice=invoice.number)
        jobs.defer("billing.announce_paid_twice", payment_id=payment.id)
        return
    invoice.move_to(InvoiceState.PAID)
    part = invoice.receipt.shipment.seller_order
    note_event(invoice.order, EventKind.PAID, by=None, part=part, invoice=invoice.number)
    jobs.defer("billing.announce_paid", payment_id=payment.id)
    signals.invoice_paid.send(None, invoice=invoice)


def _look_up(invoice: Invoice) -> None:
    under_way = find_checkout_to_look_up(invoice.number)
    if under_way is not None:
        cards.look_up(under_way.id)


def _lock_open(invoice_id: int, *, buyer_id: int | None = None, cooperative_id: int | None = None) -> Invoice:
    invoice = queries.lock_invoice(invoice_id, buyer_id=buyer_id, cooperative_id=cooperative_id)
    if invoice.state is InvoiceState.PAID:
        raise AlreadyPaid
    return invoice


def _link(invoice: Invoice, payment: Payment) -> bool:
    """Say which invoice a payment is for; answers whether that is new."""
    if session.get(InvoicePayment, payment.id) is not None:
        return False
    session.add(InvoicePayment(payment_id=payment.id, invoice_id=invoice.id))
    session.flush()
    return True
