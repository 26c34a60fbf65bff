"""Shipments and receipts as their buyer, seller and cooperative may see them."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from catalog.products.models import Offer
from market.db import lock, page_of, session
from market.errors import NotFound
from market.pages import Page
from orders.fulfilment.models import Receipt, ReceiptLine, Shipment, ShipmentLine
from orders.fulfilment.states import ShipmentState
from orders.purchasing.models import Order, OrderLine, SellerOrder
from orders.purchasing.queries import lock_order, lock_seller_order

RowT = TypeVar("RowT")

ON_THE_WAY = (ShipmentState.SHIPPED, ShipmentState.PARTLY_RECEIVED)

_RECORD = (
    contains_eager(Shipment.seller_order).joinedload(SellerOrder.seller),
    contains_eager(Shipment.seller_order).joinedload(SellerOrder.cooperative),
    contains_eager(Shipment.seller_order).contains_eager(SellerOrder.order).joinedload(Order.buyer),
    joinedload(Shipment.shipped_by),
    selectinload(Shipment.lines).joinedload(ShipmentLine.order_line),
    selectinload(Shipment.receipts),
)


def get_shipment_by_number(
    number: str, *, buyer_id: int | None = None, seller_id: int | None = None, cooperative_id: int | None = None
) -> Shipment:
    """A shipment, for its buyer, its seller or its cooperative; raises NotFound."""
    return _shipment(Shipment.number == number, buyer_id, seller_id, cooperative_id)


def get_receipt_by_number(
    number: str, *, buyer_id: int | None = None, seller_id: int | None = None, cooperative_id: int | None = None
) -> Receipt:
    """A receipt, for its buyer, its seller or its cooperative; raises NotFound."""
    query = (
        select(Receipt)
        .join(Receipt.shipment)
        .join(Shipment.seller_order)
        .join(SellerOrder.order)
        .where(Receipt.number == number, _seen_by(buyer_id, seller_id, cooperative_id))
        .options(
            joinedload(Receipt.received_by),
            contains_eager(Receipt.shipment)
            .contains_eager(Shipment.seller_order)
            .options(
                joinedload(SellerOrder.seller),
                joinedload(SellerOrder.cooperative),
                contains_eager(SellerOrder.order).joinedload(Order.buyer),
            ),
            selectinload(Receipt.lines).joinedload(ReceiptLine.shipment_line).joinedload(ShipmentLine.order_line),
        )
    )
    return _found(session.scalar(query))


def list_shipments_of(parts: Iterable[SellerOrder]) -> list[Shipment]:
    """The shipments of these parts of orders with what they hold and their receipts, oldest first."""
    query = (
        select(Shipment)
        .where(Shipment.seller_order_id.in_([part.id for part in parts]))
        .options(
            joinedload(Shipment.seller_order).joinedload(SellerOrder.seller),
            selectinload(Shipment.lines).joinedload(ShipmentLine.order_line).joinedload(OrderLine.offer),
            selectinload(Shipment.receipts).joinedload(Receipt.received_by),
        )
        .order_by(Shipment.id)
    )
    return list(session.scalars(query))


def list_shipments_on_the_way(*, buyer_id: int, page: int = 1, per_page: int = 25) -> Page[Shipment]:
    """What a buyer has not counted yet, longest under way first."""
    query = (
        select(Shipment)
        .join(Shipment.seller_order)
        .join(SellerOrder.order)
        .where(Order.buyer_id == buyer_id, Shipment.state.in_(ON_THE_WAY))
        .options(
            contains_eager(Shipment.seller_order).joinedload(SellerOrder.seller),
            contains_eager(Shipment.seller_order).contains_eager(SellerOrder.order),
            selectinload(Shipment.lines).joinedload(ShipmentLine.order_line),
        )
        .order_by(Shipment.id)
    )
    return page_of(query, page=page, per_page=per_page)


def lock_shipment(shipment_id: int, *, buyer_id: int | None = None, seller_id: int | None = None) -> Shipment:
    """A shipment to this buyer, or of this seller, as it is now; its whole order is locked until the commit."""
    of_shipment = (
        select(SellerOrder.id, SellerOrder.order_id)
        .join(SellerOrder.order)
        .join(Shipment, Shipment.seller_order_id == SellerOrder.id)
        .where(Shipment.id == shipment_id, _seen_by(buyer_id, seller_id, None))
    )
    part_id, order_id = _found(session.execute(of_shipment).one_or_none())
    if buyer_id is not None:
        order = lock_order(order_id, buyer_id=buyer_id)
    elif seller_id is not None:
        order = lock_seller_order(part_id, seller_id=seller_id).order
    else:
        raise ValueError("say whose shipment: the buyer's or the seller's")
    query = (
        select(Shipment)
        .where(Shipment.id == shipment_id)
        .options(selectinload(Shipment.lines).joinedload(ShipmentLine.order_line).joinedload(OrderLine.offer))
    )
    shipment = session.scalars(lock(query)).one()
    shipment.seller_order = next(part for part in order.seller_orders if part.id == shipment.seller_order_id)
    return shipment


def list_to_return(seller_id: int, *, offer_id: int | None = None, page: int = 1, per_page: int = 10) -> Page[Shipment]:
    """A seller's deliveries of which rejected pieces are not back in stock yet, latest first; of one offer if named."""
    query = (
        select(Shipment)
        .join(Shipment.seller_order)
        .join(SellerOrder.order)
        .where(SellerOrder.seller_id == seller_id, Shipment.lines.any(_waits_for_return(offer_id)))
        .options(
            *_RECORD,
            selectinload(Shipment.lines).joinedload(ShipmentLine.order_line).joinedload(OrderLine.offer),
            selectinload(Shipment.receipts).selectinload(Receipt.lines),
        )
        .order_by(Shipment.id.desc())
    )
    return page_of(query, page=page, per_page=per_page)


def count_to_return(seller_id: int, *, offer_id: int | None = None) -> int:
    """How many rejected pieces of a seller's goods are not back in stock yet; of one offer if named."""
    query = (
        select(func.coalesce(func.sum(ShipmentLine.rejected - ShipmentLine.returned), 0))
        .join(ShipmentLine.shipment)
        .join(Shipment.seller_order)
        .where(SellerOrder.seller_id == seller_id, _waits_for_return(offer_id))
    )
    return int(session.scalar(query) or 0)


def _waits_for_return(offer_id: int | None) -> ColumnElement[bool]:
    """The condition on `ShipmentLine` that pieces of it were rejected and belong back in stock."""
    line = ShipmentLine.order_line.has(OrderLine.offer.has(~Offer.made_to_order))
    if offer_id is not None:
        line = line & ShipmentLine.order_line.has(OrderLine.offer_id == offer_id)
    return (ShipmentLine.rejected > ShipmentLine.returned) & line


def _shipment(
    rule: ColumnElement[bool], buyer_id: int | None, seller_id: int | None, cooperative_id: int | None
) -> Shipment:
    query = (
        select(Shipment)
        .join(Shipment.seller_order)
        .join(SellerOrder.order)
        .where(rule, _seen_by(buyer_id, seller_id, cooperative_id))
        .options(*_RECORD)
    )
    return _found(session.scalar(query))


def _seen_by(buyer_id: int | None, seller_id: int | None, cooperative_id: int | None) -> ColumnElement[bool]:
    if buyer_id is not None:
        return Order.buyer_id == buyer_id
    if seller_id is not None:
        return SellerOrder.seller_id == seller_id
    return SellerOrder.cooperative_id == cooperative_id


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
