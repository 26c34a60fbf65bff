"""Orders as their buyer, their sellers and their cooperatives may see them.

A buyer sees its orders whole; a seller or a cooperative sees parts of orders, and a seller none of an order that its
buyer has not approved yet.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from market.db import lock, page_of, session
from market.errors import NotFound
from market.organisations.models import BuyerCompany
from market.pages import Page
from market.tax import tax_base as vat_base
from orders.purchasing.amounts import amounts_of
from orders.purchasing.models import Order, OrderEvent, OrderLine, SellerOrder
from orders.purchasing.states import OrderState

RowT = TypeVar("RowT")

_ORDER_SUMMARY = (joinedload(Order.buyer), selectinload(Order.seller_orders).joinedload(SellerOrder.seller))
_ORDER_RECORD = (
    joinedload(Order.buyer),
    joinedload(Order.placed_by),
    selectinload(Order.seller_orders).joinedload(SellerOrder.seller),
    selectinload(Order.seller_orders).joinedload(SellerOrder.cooperative),
    selectinload(Order.seller_orders).selectinload(SellerOrder.lines).joinedload(OrderLine.product),
)
_PART_SUMMARY = (joinedload(SellerOrder.seller), joinedload(SellerOrder.order).joinedload(Order.buyer))
_PART_RECORD = (
    *_PART_SUMMARY,
    joinedload(SellerOrder.cooperative),
    selectinload(SellerOrder.lines).joinedload(OrderLine.product),
)


@dataclass(frozen=True)
class SeenOrder:
    """An order with those of its parts and events that one organisation may see; its amounts are of these parts."""

    order: Order
    parts: list[SellerOrder]
    events: list[OrderEvent] = field(default_factory=list)

    @property
    def lines(self) -> list[OrderLine]:
        """The lines of the parts, as they were written."""
        return sorted((line for part in self.parts for line in part.lines), key=lambda line: line.id)

    @property
    def due_total(self) -> int:
        """What the buyer would pay without what was declined, cancelled or rejected, in rupiah.

        Invoices may come to a few rupiah more or less, for each of them rounds its PPN.
        """
        return sum(amounts_of(line.wanted - line.rejected, line.conditions).total for line in self.lines)

    @property
    def tax_base(self) -> int:
        """What PPN is worked out from (DPP nilai lain), in rupiah."""
        return sum(vat_base(line.amount) for line in self.lines if line.conditions.taxed)

    @property
    def subtotal(self) -> int:
        """Before PPN, in rupiah."""
        return sum(part.subtotal for part in self.parts)

    @property
    def tax(self) -> int:
        """PPN in rupiah."""
        return sum(part.tax for part in self.parts)

    @property
    def total(self) -> int:
        """What the buyer pays for these parts, in rupiah."""
        return self.subtotal + self.tax


def get_order(order_id: int, *, buyer_id: int | None = None, cooperative_id: int | None = None) -> SeenOrder:
    """An order, for its buyer, or for a cooperative the parts of its own sellers; raises NotFound."""
    return _order(Order.id == order_id, buyer_id, cooperative_id)


def get_order_by_number(number: str, *, buyer_id: int | None = None, cooperative_id: int | None = None) -> SeenOrder:
    """As get_order, by its number."""
    return _order(Order.number == number, buyer_id, cooperative_id)


def list_orders(
    *,
    buyer_id: int | None = None,
    cooperative_id: int | None = None,
    states: Collection[OrderState] = (),
    text: str = "",
    page: int = 1,
    per_page: int = 25,
) -> Page[SeenOrder]:
    """The orders a buyer or a cooperative may see, newest first; `text` is part of a number or buyer's reference."""
    query = select(Order).where(_order_seen_by(buyer_id, cooperative_id)).options(*_ORDER_SUMMARY)
    if states:
        query = query.where(Order.state.in_(states))
    if text:
        query = query.where(or_(_contains(Order.number, text), _contains(Order.buyer_reference, text)))
    found = page_of(query.order_by(Order.id.desc()), page=page, per_page=per_page)
    return replace(found, items=[SeenOrder(order, _parts(order, cooperative_id)) for order in found.items])


def get_order_id(number: str, *, buyer_id: int) -> int:
    """The id of a buyer's order; raises NotFound."""
    return _found(session.scalar(select(Order.id).where(Order.number == number, Order.buyer_id == buyer_id)))


def get_seller_order_id(number: str, *, seller_id: int) -> int:
    """The id of a seller's part of an order; raises NotFound."""
    query = select(SellerOrder.id).where(SellerOrder.number == number, *_part_seen_by(seller_id, None))
    return _found(session.scalar(query))


def find_numbers_seen_by_seller(numbers: Collection[str], *, seller_id: int) -> set[str]:
    """Which of these are numbers of orders that the seller may see."""
    query = select(SellerOrder.number).where(SellerOrder.number.in_(numbers), *_part_seen_by(seller_id, None))
    return set(session.scalars(query)) if numbers else set()


def count_orders(*, buyer_id: int) -> dict[OrderState, int]:
    """How many of a buyer's orders are in each state."""
    query = select(Order.state, func.count()).where(Order.buyer_id == buyer_id).group_by(Order.state)
    return {state: count for state, count in session.execute(query)}


def get_seller_order(
    seller_order_id: int, *, seller_id: int | None = None, cooperative_id: int | None = None
) -> SellerOrder:
    """A part of an order, for its seller or its cooperative; raises NotFound."""
    return _part(SellerOrder.id == seller_order_id, seller_id, cooperative_id)


def get_seller_order_by_number(
    number: str, *, seller_id: int | None = None, cooperative_id: int | None = None
) -> SellerOrder:
    """A part of an order, for its seller or its cooperative; raises NotFound."""
    return _part(SellerOrder.number == number, seller_id, cooperative_id)


def list_seller_orders(
    *,
    seller_id: int | None = None,
    cooperative_id: int | None = None,
    states: Collection[OrderState] = (),
    text: str = "",
    page: int = 1,
    per_page: int = 25,
) -> Page[SellerOrder]:
    """The parts that a seller or a cooperative may see, newest first; `text` is part of a number or a buyer's name."""
    loaded = (*_PART_SUMMARY, selectinload(SellerOrder.lines))
    query = select(SellerOrder).where(*_part_seen_by(seller_id, cooperative_id)).options(*loaded)
    if states:
        query = query.where(SellerOrder.state.in_(states))
    if text:
        query = query.where(
            or_(
                _contains(SellerOrder.number, text),
                SellerOrder.order.has(_contains(Order.number, text)),
                SellerOrder.order.has(Order.buyer.has(_contains(BuyerCompany.name, text))),
            )
        )
    return page_of(query.order_by(SellerOrder.id.desc()), page=page, per_page=per_page)


def count_seller_orders(*, seller_id: int | None = None, cooperative_id: int | None = None) -> dict[OrderState, int]:
    """How many of the parts that a seller or a cooperative may see are in each state."""
    query = (
        select(SellerOrder.state, func.count())
        .where(*_part_seen_by(seller_id, cooperative_id))
        .group_by(SellerOrder.state)
    )
    return {state: count for state, count in session.execute(query)}


def list_events(order_id: int, parts: Iterable[SellerOrder]) -> list[OrderEvent]:
    """What happened to an order and to these parts of it, newest first."""
    query = (
        select(OrderEvent)
        .where(
            OrderEvent.order_id == order_id,
            or_(
                OrderEvent.seller_order_id.is_(None),
                OrderEvent.seller_order_id.in_([part.id for part in parts]),
            ),
        )
        .order_by(OrderEvent.id.desc())
    )
    return list(session.scalars(query))


def lock_order(order_id: int, *, buyer_id: int) -> Order:
    """A buyer's order with its parts and lines as they are now, locked until the change is committed."""
    return _locked(Order.id == order_id, Order.buyer_id == buyer_id)


def lock_seller_order(seller_order_id: int, *, seller_id: int) -> SellerOrder:
    """A seller's part of an order; the whole order is locked, for its state follows from all parts."""
    query = select(SellerOrder.order_id).where(SellerOrder.id == seller_order_id, *_part_seen_by(seller_id, None))
    order = _locked(Order.id == _found(session.scalar(query)))
    return next(part for part in order.seller_orders if part.id == seller_order_id)


def _locked(*rules: ColumnElement[bool]) -> Order:
    query = (
        select(Order)
        .where(*rules)
        .options(
            selectinload(Order.seller_orders).joinedload(SellerOrder.seller),
            selectinload(Order.seller_orders).selectinload(SellerOrder.lines),
            selectinload(Order.lines),
        )
    )
    return _found(session.scalar(lock(query)))


def _order(rule: ColumnElement[bool], buyer_id: int | None, cooperative_id: int | None) -> SeenOrder:
    query = select(Order).where(rule, _order_seen_by(buyer_id, cooperative_id)).options(*_ORDER_RECORD)
    order = _found(session.scalar(query))
    parts = _parts(order, cooperative_id)
    return SeenOrder(order, parts, list_events(order.id, parts))


def _parts(order: Order, cooperative_id: int | None) -> list[SellerOrder]:
    return [part for part in order.seller_orders if cooperative_id in (None, part.cooperative_id)]


def _order_seen_by(buyer_id: int | None, cooperative_id: int | None) -> ColumnElement[bool]:
    if buyer_id is not None:
        return Order.buyer_id == buyer_id
    return Order.seller_orders.any(SellerOrder.cooperative_id == cooperative_id)


def _part(rule: ColumnElement[bool], seller_id: int | None, cooperative_id: int | None) -> SellerOrder:
    query = select(SellerOrder).where(rule, *_part_seen_by(seller_id, cooperative_id)).options(*_PART_RECORD)
    return _found(session.scalar(query))


def _part_seen_by(seller_id: int | None, cooperative_id: int | None) -> list[ColumnElement[bool]]:
    if seller_id is not None:
        return [SellerOrder.seller_id == seller_id, SellerOrder.placed_at.is_not(None)]
    return [SellerOrder.cooperative_id == cooperative_id]


def _contains(column: Any, text: str) -> ColumnElement[bool]:
    return column.icontains(text, autoescape=True)


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
