"""What the ground floors announce."""

from blinker import Namespace

_signals = Namespace()

seller_changed = _signals.signal("seller-changed")
"""What buyers see of a seller changed: its name, its district, whether it may sell, or when it is closed.

Sent inside the change with `seller_id: int`.
"""

ship_tos_changed = _signals.signal("ship-tos-changed")
"""A buyer has goods delivered to other places than before, or calls them otherwise.

Sent inside the change with `buyer_id: int`.
"""

seller_shown = _signals.signal("seller-shown")
"""A cooperative opens the page of one of its sellers.

Sent with `seller: market.organisations.models.Seller`; each receiver answers with the sentences (a list of texts) that
the cooperative should read there.
"""

payment_received = _signals.signal("payment-received")
"""A payment's money has come in. Sent inside the change with `payment: market.payments.models.Payment`."""
