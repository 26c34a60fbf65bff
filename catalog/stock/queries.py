"""Stock movements, and whether stock is what they add up to."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from catalog.products.models import Offer
from catalog.stock.models import StockMovement
from market.db import session


def list_movements(offer_id: int, *, limit: int = 10) -> list[StockMovement]:
    """The latest movements of an offer, newest first, with the person behind each."""
    query = (
        select(StockMovement)
        .where(StockMovement.offer_id == offer_id)
        .options(joinedload(StockMovement.by_user))
        .order_by(StockMovement.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class StockDifference:
    """An offer whose stock is not what its movements add up to."""

    offer_id: int
    sku: str
    on_hand: int
    reserved: int
    moved_on_hand: int
    moved_reserved: int


def find_stock_differences() -> list[StockDifference]:
    """Every offer whose on-hand or reserved differs from the sum of its movements; none when all is well."""
    moved = (
        select(
            StockMovement.offer_id,
            func.sum(StockMovement.on_hand_change).label("on_hand"),
            func.sum(StockMovement.reserved_change).label("reserved"),
        )
        .group_by(StockMovement.offer_id)
        .subquery()
    )
    on_hand, reserved = func.coalesce(moved.c.on_hand, 0), func.coalesce(moved.c.reserved, 0)
    query = (
        select(Offer.id, Offer.sku, Offer.on_hand, Offer.reserved, on_hand, reserved)
        .outerjoin(moved, moved.c.offer_id == Offer.id)
        .where(or_(Offer.on_hand != on_hand, Offer.reserved != reserved))
        .order_by(Offer.id)
    )
    return [
        StockDifference(offer_id, sku, present, promised, int(moved_present), int(moved_promised))
        for offer_id, sku, present, promised, moved_present, moved_promised in session.execute(query).tuples()
    ]
