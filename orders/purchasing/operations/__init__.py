"""What people do with orders, by verb: place, decide (approve or reject), answer (accept or decline), cancel."""

from orders.purchasing.operations.answer import accept_order, decline_lines
from orders.purchasing.operations.cancel import cancel_order
from orders.purchasing.operations.decide import approve_order, reject_order
from orders.purchasing.operations.place import Wanted, place_order

__all__ = ["Wanted", "accept_order", "approve_order", "cancel_order", "decline_lines", "place_order", "reject_order"]
