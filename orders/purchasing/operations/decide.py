"""Deciding, inside the buyer's company, on an order that waits for approval."""

from market import clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from orders.purchasing import queries
from orders.purchasing.errors import OwnOrder
from orders.purchasing.events import EventKind, note_event
from orders.purchasing.models import Order
from orders.purchasing.operations.release import release_lines
from orders.purchasing.states import OrderState


def approve_order(order_id: int, *, by: Actor) -> Order:
    """Let an order go to its sellers. Raises NotFound, OwnOrder, or IllegalTransition when it waits no longer."""
    with atomic():
        order = _lock_to_decide(order_id, by)
        order.move_to(OrderState.PLACED)
        for part in order.seller_orders:
            part.move_to(OrderState.PLACED)
            part.placed_at = clock.now()
        note_event(order, EventKind.APPROVED, by=by)
        jobs.defer("orders.announce_placed", order_id=order.id)
    return order


def reject_order(order_id: int, *, reason: str, by: Actor) -> Order:
    """Turn an order down and free its stock; its sellers never hear of it. Raises as approve_order does."""
    with atomic():
        order = _lock_to_decide(order_id, by)
        order.move_to(OrderState.REJECTED, reason=reason)
        for part in order.seller_orders:
            part.move_to(OrderState.REJECTED, reason=reason)
        release_lines(order.lines, reason=reason, by=by)
        note_event(order, EventKind.REJECTED, by=by, note=reason)
        jobs.defer("orders.announce_rejected", order_id=order.id)
    return order


def _lock_to_decide(order_id: int, by: Actor) -> Order:
    """Two people decide: whoever placed the order is not the one who approves or rejects it."""
    order = queries.lock_order(order_id, buyer_id=by.require(Role.APPROVER))
    if order.placed_by_id == by.user_id:
        raise OwnOrder
    return order
