"""A seller's answer to its part of an order."""

from collections.abc import Collection

from market import clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from market.errors import NotFound
from orders.purchasing import queries
from orders.purchasing.errors import NothingToDecline, SellerMayNotAccept
from orders.purchasing.events import EventKind, goods, note_event
from orders.purchasing.models import OrderLine, SellerOrder
from orders.purchasing.operations.release import release_lines
from orders.purchasing.states import OrderState


def accept_order(seller_order_id: int, *, by: Actor) -> SellerOrder:
    """Promise to deliver what is left of a part of an order.

    Raises NotFound, SellerMayNotAccept while the seller is suspended, or IllegalTransition when it was answered or
    cancelled in the meantime.
    """
    with atomic():
        part = queries.lock_seller_order(seller_order_id, seller_id=by.require(Role.SELLER))
        if not part.seller.may_sell:
            raise SellerMayNotAccept
        part.move_to(OrderState.ACCEPTED)
        part.answered_at = clock.now()
        part.order.follow_lines()
        note_event(part.order, EventKind.ACCEPTED, by=by, part=part)
    return part


def decline_lines(
    seller_order_id: int, *, reason: str, by: Actor, line_ids: Collection[int] | None = None
) -> SellerOrder:
    """Decline some lines, or all when none are named; of an accepted order, what was not shipped yet.

    The stock is freed and the buyer is told. Raises NotFound for a line that is not in this part, or NothingToDecline.
    """
    with atomic():
        part = queries.lock_seller_order(seller_order_id, seller_id=by.require(Role.SELLER))
        released = release_lines(_chosen(part, line_ids), reason=reason, by=by)
        if not released:
            raise NothingToDecline
        if not any(line.wanted for line in part.lines):
            part.answered_at = part.answered_at or clock.now()
        part.follow_lines(reason=reason)
        part.order.follow_lines(reason=reason)
        note_event(part.order, EventKind.DECLINED, by=by, part=part, note=reason, lines=goods(released))
        jobs.defer("orders.announce_declined", seller_order_id=part.id, reason=reason)
    return part


def _chosen(part: SellerOrder, line_ids: Collection[int] | None) -> list[OrderLine]:
    if line_ids is None:
        return part.lines
    chosen = [line for line in part.lines if line.id in line_ids]
    if len(chosen) != len(set(line_ids)):
        raise NotFound
    if any(line.to_ship == 0 for line in chosen):
        raise NothingToDecline
    return chosen
