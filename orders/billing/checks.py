"""What must be true of invoices in the books."""

from sqlalchemy import Select, and_, case, func, select

from market.ledger.accounts import Code
from market.ledger.checks import (
    Amounts,
    Column,
    Finding,
    account_name,
    account_owner,
    booked,
    check,
    compare,
    found_wrong,
    moved,
    must_be_append_only,
    read,
)
from market.numbering import Series
from market.organisations.kinds import TaxRole
from market.payments.models import Payment
from market.payments.states import PaymentState
from orders.billing.models import Invoice, InvoiceLine, InvoicePayment
from orders.billing.states import InvoiceState
from orders.fulfilment.models import Receipt, Shipment
from orders.purchasing.models import SellerOrder

must_be_append_only("stock_movements", "order_events")

_AGENT, _PRINCIPAL = Invoice.tax_role == TaxRole.AGENT, Invoice.tax_role == TaxRole.PRINCIPAL
_CREDITS_VAT = and_(_PRINCIPAL, SellerOrder.cooperative_taxable)
_BEARS_VAT = and_(_PRINCIPAL, ~SellerOrder.cooperative_taxable)

_SHOULD_MOVE: dict[Code, Column] = {
    Code.RECEIVABLE: Invoice.total,
    Code.PAYABLE: -(Invoice.seller_amount + Invoice.seller_tax),
    Code.MARGIN: case((_AGENT, -Invoice.margin_amount), else_=0),
    Code.SALES: case((_PRINCIPAL, -Invoice.subtotal), else_=0),
    Code.VAT_OUT: case((_PRINCIPAL, -Invoice.tax), else_=0),
    Code.COST_OF_SALES: case((_PRINCIPAL, Invoice.seller_amount), else_=0)
    + case((_BEARS_VAT, Invoice.seller_tax), else_=0),
    Code.VAT_IN: case((_CREDITS_VAT, Invoice.seller_tax), else_=0),
}
"""What an invoice moves on the accounts of each code; debit less credit."""


@check("every invoice is booked with exactly its amounts, and nothing else is booked as an invoice")
def _invoices_booked() -> Finding:
    expected: list[tuple[str, int]] = []
    found: list[tuple[str, int]] = []
    for code, amount in _SHOULD_MOVE.items():
        expected += _on(code, read(_of_invoices(Invoice.number, amount)))
        found += _on(code, moved(code, Series.INVOICE))
    return compare(expected, found)


@check("every invoice is the sum of its lines")
def _invoices_add_up() -> Finding:
    expected: list[tuple[str, int]] = []
    found: list[tuple[str, int]] = []
    for name in ("tax", "margin_amount", "seller_amount", "seller_tax"):
        on_line, on_invoice = getattr(InvoiceLine, name), getattr(Invoice, name)
        by_line = select(Invoice.number, func.sum(on_line)).join(Invoice.lines).group_by(Invoice.number)
        expected += [(f"{number} {name}", amount) for number, amount in read(by_line)]
        found += [(f"{number} {name}", amount) for number, amount in read(select(Invoice.number, on_invoice))]
    return compare(expected, found)


@check("an invoice is paid when, and only when, a payment of its total came in")
def _paid_by_payment() -> Finding:
    came_in = (
        select(Payment.id)
        .join(InvoicePayment, InvoicePayment.payment_id == Payment.id)
        .where(
            InvoicePayment.invoice_id == Invoice.id,
            Payment.state == PaymentState.PAID,
            Payment.amount == Invoice.total,
        )
        .exists()
    )
    return found_wrong(Invoice, select(Invoice.number).where((Invoice.state == InvoiceState.PAID) != came_in))


@check("each buyer owes its open invoices, less what it paid twice")
def _receivables() -> Finding:
    buyer = account_name(Invoice.cooperative_id, Invoice.buyer_id)
    payer = account_name(Payment.cooperative_id, Payment.buyer_id)
    invoiced = read(select(buyer, Invoice.total))
    came_in = read(select(payer, -Payment.amount).where(Payment.state == PaymentState.PAID))
    return compare([*invoiced, *came_in], booked(Code.RECEIVABLE))


@check("margin, sales, PPN and cost are those of all invoices")
def _results() -> Finding:
    expected: list[tuple[str, int]] = []
    found: list[tuple[str, int]] = []
    for code in (Code.MARGIN, Code.SALES, Code.VAT_OUT, Code.COST_OF_SALES, Code.VAT_IN):
        sign = 1 if code.debit_side else -1
        expected += _on(code, read(_of_invoices(account_owner(Invoice.cooperative_id), sign * _SHOULD_MOVE[code])))
        found += _on(code, booked(code))
    return compare(expected, found)


def _of_invoices(name: Column, amount: Column) -> Select[tuple[str, int]]:
    return (
        select(name, amount)
        .select_from(Invoice)
        .join(Receipt, Receipt.id == Invoice.receipt_id)
        .join(Shipment, Shipment.id == Receipt.shipment_id)
        .join(SellerOrder, SellerOrder.id == Shipment.seller_order_id)
    )


def _on(code: Code, amounts: Amounts) -> list[tuple[str, int]]:
    return [(f"{name} {code}", amount) for name, amount in amounts]
