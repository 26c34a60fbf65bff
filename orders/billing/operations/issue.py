"""Issuing an invoice for what was accepted."""

from datetime import timedelta

from market import clock, jobs
from market.db import atomic, session
from market.ledger.operations import post_entry
from market.numbering import Series, next_number
from orders.billing.booking import movements_of
from orders.billing.models import Invoice, InvoiceLine
from orders.fulfilment.models import Receipt
from orders.purchasing.amounts import amounts_of
from orders.purchasing.events import EventKind, note_event
from orders.purchasing.models import OrderLine


def issue_invoice(receipt: Receipt) -> Invoice | None:
    """Bill the buyer for the pieces accepted at one receipt, at the order's own prices and conditions; None when all
    of them were rejected.

    One invoice is for one order, as factories ask. It is booked at once, and the buyer's finance people are told.
    """
    accepted = [(line.shipment_line.order_line, line.accepted) for line in receipt.lines if line.accepted]
    if not accepted:
        return None
    part = receipt.shipment.seller_order
    lines = [_line(order_line, quantity) for order_line, quantity in accepted]
    with atomic():
        invoice = Invoice(
            number=next_number(Series.INVOICE),
            order=part.order,
            receipt=receipt,
            buyer_id=part.order.buyer_id,
            cooperative_id=part.cooperative_id,
            seller_id=part.seller_id,
            tax_role=part.tax_role,
            issued_on=clock.today(),
            due_on=clock.today() + timedelta(days=part.order.terms.days),
            subtotal=sum(line.amount for line in lines),
            tax=sum(line.tax for line in lines),
            total=sum(line.amount + line.tax for line in lines),
            margin_amount=sum(line.margin_amount for line in lines),
            seller_amount=sum(line.seller_amount for line in lines),
            seller_tax=sum(line.seller_tax for line in lines),
            lines=lines,
        )
        session.add(invoice)
        note_event(part.order, EventKind.INVOICED, by=None, part=part, invoice=invoice.number, total=invoice.total)
        post_entry(
            invoice.cooperative_id,
            reference=invoice.number,
            reason="invoice",
            description=f"Tagihan {part.order.number}",
            postings=movements_of(invoice),
            by_user_id=receipt.received_by_id,
            on=invoice.issued_on,
        )
        jobs.defer("billing.announce_invoice", invoice_id=invoice.id)
    return invoice


def _line(order_line: OrderLine, quantity: int) -> InvoiceLine:
    amounts = amounts_of(quantity, order_line.conditions)
    return InvoiceLine(
        order_line=order_line,
        quantity=quantity,
        unit_price=order_line.unit_price,
        amount=amounts.amount,
        tax=amounts.tax,
        margin_amount=amounts.margin,
        seller_amount=amounts.seller_amount,
        seller_tax=amounts.seller_tax,
    )
