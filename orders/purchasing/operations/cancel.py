"""Cancelling an order, by the buyer."""

from market import jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from orders.purchasing import queries
from orders.purchasing.errors import AlreadyShipped
from orders.purchasing.events import EventKind, note_event
from orders.purchasing.models import Order
from orders.purchasing.operations.release import release_lines
from orders.purchasing.states import ENDED, OrderState


def cancel_order(order_id: int, *, reason: str, by: Actor) -> Order:
    """Take an order back while nothing of it was shipped, and free its stock.

    Raises NotFound, AlreadyShipped, or IllegalTransition when it has ended already.
    """
    with atomic():
        order = queries.lock_order(order_id, buyer_id=by.require(Role.BUYER, Role.APPROVER))
        if any(line.shipped for line in order.lines):
            raise AlreadyShipped
        order.move_to(OrderState.CANCELLED, reason=reason)
        for part in order.seller_orders:
            if part.state not in ENDED:
                part.move_to(OrderState.CANCELLED, reason=reason)
        release_lines(order.lines, reason=reason, by=by)
        note_event(order, EventKind.CANCELLED, by=by, note=reason)
        jobs.defer("orders.announce_cancelled", order_id=order.id)
    return order
