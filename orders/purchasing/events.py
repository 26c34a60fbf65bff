"""What happens to an order, written down for its timeline."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from market.accounts.actor import Actor
from market.db import session
from orders.purchasing.models import Order, OrderEvent, OrderLine, SellerOrder


class EventKind(StrEnum):
    """The deeds that an order's timeline tells of."""

    SUBMITTED = "submitted"
    PLACED = "placed"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SHIPPED = "shipped"
    RECEIVED = "received"
    INVOICED = "invoiced"
    PAID = "paid"


def note_event(
    order: Order,
    kind: EventKind,
    *,
    by: Actor | None,
    part: SellerOrder | None = None,
    note: str | None = None,
    **details: Any,
) -> None:
    """Write down that `kind` happened to `order`, or to one seller's `part` of it; committed with the change itself.

    `by` is None for what Pasok does by itself.
    """
    session.flush()
    if part is not None:
        details["seller"] = part.seller.name
    session.add(
        OrderEvent(
            order_id=order.id,
            seller_order_id=part.id if part is not None else None,
            kind=kind,
            by_user_id=by.user_id if by else None,
            by_name=by.name if by else None,
            note=note,
            details=details,
        )
    )


def goods(lines: Iterable[tuple[OrderLine, int]]) -> list[dict[str, Any]]:
    """Order lines and how many pieces of each, as an event keeps them."""
    return [
        {"order_line_id": line.id, "name": line.full_name, "quantity": quantity, "unit": line.unit_short}
        for line, quantity in lines
    ]
