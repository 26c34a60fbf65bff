"""What sellers and cooperatives do with prices."""

from catalog.prices.operations.changes import apply_due_changes, cancel_price_change, schedule_price_change
from catalog.prices.operations.contracts import AgreedPrice, agree_contract, call_off
from catalog.prices.operations.jumps import set_price_jump_rate
from catalog.prices.operations.write import settle, write_price

__all__ = [
    "AgreedPrice",
    "agree_contract",
    "apply_due_changes",
    "call_off",
    "cancel_price_change",
    "schedule_price_change",
    "set_price_jump_rate",
    "settle",
    "write_price",
]
