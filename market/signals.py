"""What the ground floors announce."""

from typing import NamedTuple

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

seller_desk_opened = _signals.signal("seller-desk-opened")
"""A seller opens its start page.

Sent with `seller_id: int`; each receiver answers with the `DeskNews` (a list) that the seller should read there.
"""


class DeskNews(NamedTuple):
    """Something a seller may act on, until it puts it away."""

    words: str
    note: str
    action: str
    url: str
    dismiss_url: str
    """Where a POST puts it away."""


payment_received = _signals.signal("payment-received")
"""A payment's money has come in. Sent inside the change with `payment: market.payments.models.Payment`."""
