"""Changes to stock: what orders do to it, what sellers say about it, and whether there is any at all."""

from catalog.stock.operations.capacity import change_capacity, set_capacity
from catalog.stock.operations.desk import correct_stock, count_stock, receive_goods
from catalog.stock.operations.movements import (
    adjust,
    adjust_all,
    receive,
    release,
    require_covered,
    reserve,
    ship,
    take_back,
)

__all__ = [
    "adjust",
    "adjust_all",
    "change_capacity",
    "correct_stock",
    "count_stock",
    "receive",
    "receive_goods",
    "release",
    "require_covered",
    "reserve",
    "set_capacity",
    "ship",
    "take_back",
]
