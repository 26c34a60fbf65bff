"""What payouts do when others announce something; all of it inside their change."""

from orders.billing.models import Invoice
from orders.payouts.operations import add_invoice
from orders.signals import invoice_paid


def subscribe() -> None:
    """Pay sellers out for what buyers paid."""
    invoice_paid.connect(_add, weak=False)


def _add(_sender: object, *, invoice: Invoice) -> None:
    add_invoice(invoice)
