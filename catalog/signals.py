"""What the catalogue announces."""

from blinker import Namespace

_signals = Namespace()

categories_changed = _signals.signal("categories-changed")
"""A category or something that it asks for changed. Sent after the change, without news."""

products_changed = _signals.signal("products-changed")
"""Something that buyers see of some products changed: description, price, stock, state.

Sent inside the change with `product_ids: list[int]`.
"""
