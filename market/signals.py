"""What the ground floors announce."""

from blinker import Namespace

_signals = Namespace()

seller_changed = _signals.signal("seller-changed")
"""What buyers see of a seller changed: its name, its district, or whether it may sell.

Sent inside the change with `seller_id: int`.
"""

payment_received = _signals.signal("payment-received")
"""A payment's money has come in. Sent inside the change with `payment: market.payments.models.Payment`."""
