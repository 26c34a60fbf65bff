"""Shipments and receipts as their buyer, seller and cooperative may see them."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from market.db import lock, page_of, session
from market.errors import NotFound
from market.pages import Page
from orders.fulfilment.models import Receipt, ReceiptLine, Shipment, ShipmentLine
from orders.fulfilment.states import ShipmentState
from orders.purchasing.models import Order, SellerOrder
from orders.purchasing.queries import lock_order

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
            selectinload(Shipment.lines).joinedload(ShipmentLine.order_line),
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


def lock_shipment(shipment_id: int, *, buyer_id: int) -> Shipment:
    """A shipment to this buyer as it is now; its whole order is locked until the change is committed."""
    of_shipment = (
        select(SellerOrder.order_id)
        .join(Shipment, Shipment.seller_order_id == SellerOrder.id)
        .where(Shipment.id == shipment_id)
    )
    order = lock_order(_found(session.scalar(of_shipment)), buyer_id=buyer_id)
    query = select(Shipment).where(Shipment.id == shipment_id).options(selectinload(Shipment.lines))
    shipment = session.scalars(lock(query)).one()
    shipment.seller_order = next(part for part in order.seller_orders if part.id == shipment.seller_order_id)
    return shipment


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
