"""What the parts of buying announce to each other."""

from blinker import Namespace

_signals = Namespace()

goods_received = _signals.signal("goods-received")
"""A buyer counted a shipment. Sent inside the change with `receipt: orders.fulfilment.models.Receipt`."""

invoice_paid = _signals.signal("invoice-paid")
"""An invoice's money has come in. Sent inside the change with `invoice: orders.billing.models.Invoice`."""
