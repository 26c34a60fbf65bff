"""Who buys from whom, and orders as far along as a test needs them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import BuyerCompany, Seller
from orders.fulfilment import operations as fulfilment
from orders.fulfilment.models import Receipt, Shipment
from orders.fulfilment.operations import Counted
from orders.purchasing import operations as purchasing
from orders.purchasing.models import Order, SellerOrder
from orders.purchasing.states import OrderState
from tests.factories import make_actor, make_buyer, make_product, make_seller


@dataclass(frozen=True)
class Factory:
    """A buyer company and its people, one for each role."""

    company: BuyerCompany
    buyer: Actor
    approver: Actor
    receiving: Actor
    finance: Actor


def make_factory(**given: Any) -> Factory:
    """A factory whose orders need no approval, with its people."""
    company = make_buyer(**given)
    return Factory(
        company,
        make_actor(company, Role.BUYER),
        make_actor(company, Role.APPROVER),
        make_actor(company, Role.RECEIVING),
        make_actor(company, Role.FINANCE),
    )


@dataclass(frozen=True)
class Shop:
    """A seller and the person who acts for it."""

    seller: Seller
    owner: Actor


def make_shop(**given: Any) -> Shop:
    """An approved seller with its owner."""
    seller = make_seller(**given)
    return Shop(seller, make_actor(seller, Role.SELLER))


def order_of(buyer: Actor, *lines: tuple[Any, int], **given: Any) -> Order:
    """An order of (product, quantity). What was made before stays when the order is refused."""
    session.commit()
    return purchasing.place_order(by=buyer, lines=[(product.id, quantity) for product, quantity in lines], **given)


def only_part(order: Order) -> SellerOrder:
    """The part of an order that one seller delivers."""
    (part,) = order.seller_orders
    return part


def ship_all(part: SellerOrder, owner: Actor) -> Shipment:
    """Accept a part if need be, and ship what is left of it."""
    if part.answered_at is None:
        purchasing.accept_order(part.id, by=owner)
    return fulfilment.ship(part.id, lines={line.id: line.to_ship for line in part.lines}, by=owner)


def receive_all(shipment: Shipment, receiving: Actor) -> Receipt:
    """Accept every piece of a shipment."""
    lines = [Counted(line.order_line_id, accepted=line.to_receive) for line in shipment.lines]
    return fulfilment.receive(shipment.id, lines=lines, by=receiving)


def order_in(state: OrderState, factory: Factory, shop: Shop) -> Order:
    """An order of ten pieces that stands in `state`."""
    return _STORIES[state](factory, shop)


def _placed(factory: Factory, shop: Shop) -> Order:
    return order_of(factory.buyer, (make_product(seller=shop.seller), 10))


def _waiting(factory: Factory, shop: Shop) -> Order:
    factory.company.approval_threshold = 0
    return _placed(factory, shop)


def _rejected(factory: Factory, shop: Shop) -> Order:
    return purchasing.reject_order(_waiting(factory, shop).id, reason="Lewat anggaran", by=factory.approver)


def _accepted(factory: Factory, shop: Shop) -> Order:
    return purchasing.accept_order(only_part(_placed(factory, shop)).id, by=shop.owner).order


def _declined(factory: Factory, shop: Shop) -> Order:
    return purchasing.decline_lines(only_part(_placed(factory, shop)).id, reason="Habis", by=shop.owner).order


def _cancelled(factory: Factory, shop: Shop) -> Order:
    return purchasing.cancel_order(_placed(factory, shop).id, reason="Tidak jadi", by=factory.buyer)


def _partly_shipped(factory: Factory, shop: Shop) -> Order:
    order = _accepted(factory, shop)
    return fulfilment.ship(only_part(order).id, lines={order.lines[0].id: 4}, by=shop.owner).seller_order.order


def _shipped(factory: Factory, shop: Shop) -> Order:
    return ship_all(only_part(_placed(factory, shop)), shop.owner).seller_order.order


def _partly_received(factory: Factory, shop: Shop) -> Order:
    order = _partly_shipped(factory, shop)
    receive_all(session.scalars(select(Shipment).order_by(Shipment.id.desc())).first(), factory.receiving)
    return order


def _received(factory: Factory, shop: Shop) -> Order:
    order = _shipped(factory, shop)
    receive_all(session.scalars(select(Shipment).order_by(Shipment.id.desc())).first(), factory.receiving)
    return order


_STORIES = {
    OrderState.AWAITING_APPROVAL: _waiting,
    OrderState.REJECTED: _rejected,
    OrderState.PLACED: _placed,
    OrderState.ACCEPTED: _accepted,
    OrderState.DECLINED: _declined,
    OrderState.CANCELLED: _cancelled,
    OrderState.PARTLY_SHIPPED: _partly_shipped,
    OrderState.SHIPPED: _shipped,
    OrderState.PARTLY_RECEIVED: _partly_received,
    OrderState.RECEIVED: _received,
}
