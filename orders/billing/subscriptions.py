"""What billing does when others announce something; all of it inside their change."""

from market.payments.models import Payment
from market.signals import payment_received
from orders.billing.operations.issue import issue_invoice
from orders.billing.operations.pay import settle
from orders.fulfilment.models import Receipt
from orders.signals import goods_received


def subscribe() -> None:
    """Bill what was accepted; count an invoice paid when its money is in."""
    goods_received.connect(_bill, weak=False)
    payment_received.connect(_settle, weak=False)


def _bill(_sender: object, *, receipt: Receipt) -> None:
    issue_invoice(receipt)


def _settle(_sender: object, *, payment: Payment) -> None:
    settle(payment)
