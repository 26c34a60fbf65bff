"""Invoices over the API, for the buyers who pay them."""

from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from market.organisations.kinds import BANKS
from market.payments.models import Payment
from market.payments.states import Method
from market.web.api import ListQuery, caller, needs, page_answer, text_field
from orders.billing import queries
from orders.billing.forms import MAX_REFERENCE
from orders.billing.links import card_links
from orders.billing.models import Invoice, InvoiceLine
from orders.billing.operations import pay
from orders.billing.queries import InvoiceFilter
from orders.billing.states import InvoiceState

bp = Blueprint("api_billing", __name__, description="Invoices for what was accepted, and paying them.")


class InvoicesQuery(ListQuery):
    """Which invoices are asked for; `q` is part of a number, of the buyer's reference or of the seller's name."""

    state = ma.fields.Enum(InvoiceFilter, by_value=True, load_default=None)
    q = ma.fields.String(load_default="", validate=ma.validate.Length(max=100))


class PayInput(ma.Schema):
    """How an invoice is paid; a transfer is reported with what the bank's slip says."""

    method = ma.fields.Enum(Method, by_value=True, required=True)
    transfer_reference = text_field(max_length=MAX_REFERENCE, load_default=None, allow_none=True)
    transfer_from = text_field(max_length=MAX_REFERENCE, load_default=None, allow_none=True)


@bp.get("/invoices")
@needs(*pay.READERS)
@bp.arguments(InvoicesQuery, location="query")
@bp.response(200)
def list_invoices(query: dict[str, Any]) -> dict[str, Any]:
    """The buyer's invoices, newest first."""
    page = queries.list_invoices(
        buyer_id=caller().require(*pay.READERS),
        group=query["state"],
        words=query["q"].strip(),
        page=query["page"],
        per_page=query["per_page"],
    )
    return page_answer(page, invoice_summary)


@bp.get("/invoices/<int:invoice_id>")
@needs(*pay.READERS)
@bp.response(200)
def show(invoice_id: int) -> dict[str, Any]:
    """An invoice with its lines and payments."""
    return invoice_answer(queries.get_invoice(invoice_id, buyer_id=caller().require(*pay.READERS)))


@bp.post("/invoices/<int:invoice_id>/pay")
@needs(*pay.PAYERS)
@bp.arguments(PayInput)
@bp.response(200)
def pay_invoice(body: dict[str, Any], invoice_id: int) -> dict[str, Any]:
    """Begin a card payment (`stripe`: answers `checkout_url`, to be opened in a browser) or report a bank transfer
    (`transfer`: answers the payment, which the treasurer will confirm, and the account to transfer to)."""
    invoice = queries.get_invoice(invoice_id, buyer_id=caller().require(*pay.PAYERS))
    if body["method"] is Method.STRIPE:
        payment = pay.start_card_payment(invoice_id, by=caller(), **card_links(invoice.number))
        return {"checkout_url": payment.checkout_url, "payment": payment_answer(payment)}
    payment = pay.report_transfer(
        invoice_id,
        transfer_reference=body["transfer_reference"],
        transfer_from=body["transfer_from"],
        by=caller(),
    )
    return {"payment": payment_answer(payment), "bank": _bank(invoice)}


def invoice_summary(invoice: Invoice) -> dict[str, Any]:
    """An invoice in a list."""
    return {
        "id": invoice.id,
        "number": invoice.number,
        "state": invoice.state,
        "overdue": invoice.overdue,
        "order_id": invoice.order_id,
        "order_number": invoice.order.number,
        "buyer_reference": invoice.order.buyer_reference,
        "seller": {"id": invoice.seller_id, "name": invoice.seller.name},
        "cooperative_id": invoice.cooperative_id,
        "issued_on": invoice.issued_on.isoformat(),
        "due_on": invoice.due_on.isoformat(),
        "paid_at": invoice.paid_at.isoformat() if invoice.paid_at else None,
        "subtotal": invoice.subtotal,
        "tax": invoice.tax,
        "total": invoice.total,
        "payments": [payment_answer(payment) for payment in invoice.payments],
    }


def invoice_answer(invoice: Invoice) -> dict[str, Any]:
    """An invoice with its lines, and the account to pay it to while it is open."""
    return {
        **invoice_summary(invoice),
        "tax_base": invoice.tax_base,
        "lines": [_line(line) for line in invoice.lines],
        "bank": _bank(invoice) if invoice.state is InvoiceState.ISSUED else None,
    }


def payment_answer(payment: Payment) -> dict[str, Any]:
    """A payment as its buyer sees it."""
    return {
        "id": payment.id,
        "number": payment.number,
        "method": payment.method,
        "state": payment.state,
        "amount": payment.amount,
        "transfer_reference": payment.transfer_reference,
        "failure": payment.failure,
        "created_at": payment.created_at.isoformat(),
        "paid_at": payment.paid_at.isoformat() if payment.paid_at else None,
    }


def _line(line: InvoiceLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "order_line_id": line.order_line_id,
        "product_id": line.order_line.product_id,
        "sku": line.order_line.sku,
        "name": line.order_line.name,
        "variant": line.order_line.variant,
        "unit": line.order_line.unit_code,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "amount": line.amount,
        "tax": line.tax,
    }


def _bank(invoice: Invoice) -> dict[str, Any]:
    to = invoice.cooperative
    return {
        "code": to.bank_code,
        "name": BANKS.get(to.bank_code or ""),
        "account": to.bank_account,
        "holder": to.bank_holder,
        "amount": invoice.total,
        "message": invoice.number,
    }
