"""Giving back stock that was reserved for an order."""

from collections.abc import Iterable

from catalog.products.queries import lock_offers
from catalog.stock import operations as stock
from market.accounts.actor import Actor
from orders.purchasing.models import OrderLine


def release_lines(lines: Iterable[OrderLine], *, reason: str, by: Actor) -> list[tuple[OrderLine, int]]:
    """Give up what was not shipped of these lines, so that others can buy it; answers how much of each.

    The order must be locked. The offers are locked too: a release that reads an old figure would undo what another
    buyer reserved in between.
    """
    released = [(line, line.to_ship) for line in lines if line.to_ship]
    offers = lock_offers(line.offer_id for line, _quantity in released)
    for line, quantity in released:
        stock.release(offers[line.offer_id], quantity, reference=line.seller_order.number, by=by)
        line.released += quantity
        line.release_reason = reason
    return released
