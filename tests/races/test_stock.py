"""Stock and orders under real threads and real commits.

Each race has a control that takes a lock away and must go wrong; a race that cannot be lost proves nothing.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from catalog.products import queries as product_queries
from catalog.products.models import Offer
from catalog.stock.models import StockMovement
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import lock, session
from market.errors import IllegalTransition
from orders.cart import operations as cart
from orders.cart import queries as cart_queries
from orders.cart.errors import EmptyCart
from orders.fulfilment import operations as fulfilment
from orders.fulfilment import queries as fulfilment_queries
from orders.fulfilment.errors import AlreadyCounted
from orders.fulfilment.models import Receipt
from orders.fulfilment.operations import Counted
from orders.purchasing import operations as purchasing
from orders.purchasing import queries as order_queries
from orders.purchasing.errors import Shortages
from orders.purchasing.models import Order, OrderLine
from orders.purchasing.operations import place
from orders.purchasing.states import OrderState
from tests.factories import make_actor, make_buyer, make_product
from tests.orders.stories import make_factory, make_shop, only_part, order_of, ship_all

pytestmark = pytest.mark.race

UNITS = 100
RACERS = 200


def without_lock(query: Any, **_how: Any) -> Any:
    """Rows are read afresh, but nobody waits for anybody."""
    return query.execution_options(populate_existing=True)


def without_fresh_read(query: Any, **how: Any) -> Any:
    """Rows are locked, but what this session saw of them before stays."""
    return lock(query, **how).execution_options(populate_existing=False)


@pytest.fixture
def unlocked(monkeypatch):
    """Take the locks of modules' queries away."""

    def unlock(*modules: Any) -> None:
        for module in modules:
            monkeypatch.setattr(module, "lock", without_lock)

    return unlock


def make_buyers(count: int) -> list[Actor]:
    """People who buy, ten for each company."""
    companies = [make_buyer() for _each in range(-(-count // 10))]
    return [make_actor(companies[number // 10], Role.BUYER) for number in range(count)]


def buy(actor: Actor, *product_ids: int) -> Callable[[], Any]:
    """The deed of ordering one piece of each product after having looked at them; answers the order's id."""

    def deed() -> int:
        looked_at = product_queries.find_products_to_order(product_ids)
        order = purchasing.place_order(by=actor, lines=[(each, 1) for each in product_ids])
        assert len(looked_at) == len(product_ids)  # the session has them in mind all along
        return order.id

    return deed


def moved(offer: Offer) -> tuple[int, int]:
    """What the movements of an offer sum up to: on hand and reserved."""
    query = select(func.sum(StockMovement.on_hand_change), func.sum(StockMovement.reserved_change))
    on_hand, reserved = session.execute(query.where(StockMovement.offer_id == offer.id)).one()
    return int(on_hand), int(reserved)


def sold(offer: Offer) -> int:
    """How many pieces stand on order lines that were not given up."""
    query = select(func.sum(OrderLine.quantity - OrderLine.released)).where(OrderLine.offer_id == offer.id)
    return int(session.scalar(query) or 0)


def succeeded(outcomes: list[Any]) -> list[Any]:
    """The outcomes that are no errors."""
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


def kinds(outcomes: list[Any]) -> set[type]:
    """The kinds of errors among the outcomes."""
    return {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)}


def test_of_two_hundred_buyers_exactly_one_hundred_get_the_hundred_pieces(at_once):
    product, buyers = make_product(on_hand=UNITS), make_buyers(RACERS)
    outcomes = at_once(*[buy(actor, product.id) for actor in buyers])
    assert len(succeeded(outcomes)) == UNITS
    assert kinds(outcomes) == {Shortages}
    offer = product.offer
    assert (offer.on_hand, offer.reserved, offer.available) == (UNITS, UNITS, 0)
    assert moved(offer) == (UNITS, UNITS)
    assert sold(offer) == UNITS


@pytest.mark.parametrize("broken", [without_lock, without_fresh_read])
def test_control_with_the_lock_broken_more_is_sold_than_there_is(at_once, slowly, monkeypatch, broken):
    monkeypatch.setattr(product_queries, "lock", broken)
    slowly(place, "lock_offers")
    slowly(place, "margins_for")
    product, buyers = make_product(on_hand=5), make_buyers(12)
    outcomes = at_once(*[buy(actor, product.id) for actor in buyers])
    offer = product.offer
    assert len(succeeded(outcomes)) > 5
    assert sold(offer) > offer.on_hand
    assert moved(offer) != (offer.on_hand, offer.reserved)


def test_orders_of_crossed_products_do_not_block_each_other_for_ever(at_once):
    one, other, buyers = make_product(), make_product(), make_buyers(20)
    crossed = [(one.id, other.id), (other.id, one.id)]
    outcomes = at_once(*[buy(actor, *crossed[number % 2]) for number, actor in enumerate(buyers)])
    assert len(succeeded(outcomes)) == 20
    assert (one.offer.reserved, other.offer.reserved) == (20, 20)


def test_control_locked_as_they_were_written_crossed_orders_block_each_other(at_once, monkeypatch):
    def one_by_one(offer_ids: list[int]) -> dict[int, Offer]:
        locked: dict[int, Offer] = {}
        for offer_id in offer_ids:
            locked |= product_queries.lock_offers([offer_id])
            time.sleep(0.2)
        return locked

    monkeypatch.setattr(place, "lock_offers", one_by_one)
    one, other, buyers = make_product(), make_product(), make_buyers(2)
    outcomes = at_once(buy(buyers[0], one.id, other.id), buy(buyers[1], other.id, one.id))
    assert OperationalError in kinds(outcomes)


def test_freed_stock_and_new_orders_at_the_same_time_add_up(at_once):
    factory, product = make_factory(), make_product(on_hand=60)
    orders = [order_of(factory.buyer, (product, 2)).id for _each in range(10)]
    buyers = make_buyers(20)
    outcomes = at_once(
        *[
            lambda order_id=order_id: purchasing.cancel_order(order_id, reason="x", by=factory.buyer).id
            for order_id in orders
        ],
        *[buy(actor, product.id) for actor in buyers],
    )
    assert len(succeeded(outcomes)) == 30
    assert moved(product.offer) == (60, 20)
    assert product.offer.reserved == sold(product.offer) == 20


def accept_and_cancel() -> tuple[Order, list[Callable[[], Any]]]:
    """An order, and the deeds of its seller accepting and its buyer cancelling it."""
    factory, shop = make_factory(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 10))
    order_id, part_id = order.id, only_part(order).id
    return order, [
        lambda: purchasing.accept_order(part_id, by=shop.owner).id,
        lambda: purchasing.cancel_order(order_id, reason="x", by=factory.buyer).id,
    ]


def test_of_accepting_and_cancelling_at_the_same_time_the_later_one_sees_what_happened(at_once):
    pairs = [accept_and_cancel() for _each in range(8)]
    at_once(*[deed for _order, deeds in pairs for deed in deeds])
    for order, _deeds in pairs:
        # Cancelling an order that was just accepted is allowed; accepting one that was cancelled is not.
        assert order.state is only_part(order).state is OrderState.CANCELLED
        assert order.lines[0].offer.reserved == 0
        assert moved(order.lines[0].offer) == (1000, 0)


def test_of_answering_twice_at_the_same_time_one_wins(at_once):
    factory, shop = make_factory(), make_shop()
    part_id = only_part(order_of(factory.buyer, (make_product(seller=shop.seller), 10))).id
    outcomes = at_once(*[lambda: purchasing.accept_order(part_id, by=shop.owner).id] * 6)
    assert len(succeeded(outcomes)) == 1
    assert kinds(outcomes) == {IllegalTransition}


def test_control_without_the_orders_lock_several_answers_win(at_once, unlocked, slowly):
    unlocked(order_queries)
    slowly(order_queries, "_locked")
    slowly(purchasing.answer, "note_event")
    factory, shop = make_factory(), make_shop()
    part_id = only_part(order_of(factory.buyer, (make_product(seller=shop.seller), 10))).id
    outcomes = at_once(*[lambda: purchasing.accept_order(part_id, by=shop.owner).id] * 6)
    assert len(succeeded(outcomes)) > 1


def count_twice() -> tuple[Order, list[Callable[[], Any]]]:
    """A shipped order, and the deeds of two people counting all of it."""
    factory, shop = make_factory(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 10))
    shipment_id, line_id = ship_all(only_part(order), shop.owner).id, order.lines[0].id
    people = (factory.receiving, factory.buyer)
    return order, [
        lambda actor=actor: fulfilment.receive(shipment_id, lines=[Counted(line_id, accepted=10)], by=actor).id
        for actor in people
    ]


def test_what_two_people_count_at_the_same_time_is_counted_once(at_once):
    order, deeds = count_twice()
    outcomes = at_once(*deeds)
    assert len(succeeded(outcomes)) == 1
    assert kinds(outcomes) == {AlreadyCounted}
    assert order.lines[0].accepted == 10
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_control_without_the_orders_lock_it_is_counted_twice(at_once, unlocked, slowly):
    unlocked(order_queries, fulfilment_queries)
    slowly(fulfilment, "next_number")
    _order, deeds = count_twice()
    outcomes = at_once(*deeds)
    assert len(succeeded(outcomes)) == 2
    assert session.scalar(select(func.count()).select_from(Receipt)) == 2


def test_what_is_shipped_and_what_is_given_up_at_the_same_time_is_one_or_the_other(at_once):
    factory, shop = make_factory(), make_shop()
    parts = [only_part(order_of(factory.buyer, (make_product(seller=shop.seller), 10))) for _each in range(6)]
    for part in parts:
        purchasing.accept_order(part.id, by=shop.owner)
    deeds: list[Callable[[], Any]] = []
    for part in parts:
        part_id, line_id = part.id, part.lines[0].id
        deeds += [
            lambda part_id=part_id, line_id=line_id: fulfilment.ship(part_id, lines={line_id: 10}, by=shop.owner).id,
            lambda part_id=part_id: purchasing.decline_lines(part_id, reason="x", by=shop.owner).id,
        ]
    outcomes = at_once(*deeds)
    assert len(succeeded(outcomes)) == 6
    for part in parts:
        line = part.lines[0]
        assert {line.shipped, line.released} == {0, 10}
        assert moved(line.offer) == (line.offer.on_hand, line.offer.reserved) == (1000 - line.shipped, 0)


def two_clicks() -> tuple[Actor, list[Callable[[], Any]]]:
    """A full cart, and the deed of ordering it, twice."""
    buyer, product = make_factory().buyer, make_product(unit_price=100)
    session.commit()
    cart.add_to_cart(product.id, 3, by=buyer)
    return buyer, [lambda: cart.check_out(by=buyer, seen_total=300).id] * 2


def test_two_clicks_on_the_carts_button_make_one_order(at_once):
    _buyer, deeds = two_clicks()
    outcomes = at_once(*deeds)
    assert len(succeeded(outcomes)) == 1
    assert kinds(outcomes) == {EmptyCart}


def test_control_without_the_carts_lock_two_clicks_make_two_orders(at_once, unlocked, slowly):
    unlocked(cart_queries)
    slowly(cart, "place_order")
    _buyer, deeds = two_clicks()
    assert len(succeeded(at_once(*deeds))) == 2


def test_pieces_added_to_the_cart_at_the_same_time_are_all_in_it(at_once):
    buyer, product = make_factory().buyer, make_product()
    session.commit()
    outcomes = at_once(*[lambda: cart.add_to_cart(product.id, 1, by=buyer)] * 8)
    assert kinds(outcomes) == set()
    assert [
        line.quantity for line in cart_queries.list_lines(user_id=buyer.user_id, buyer_id=buyer.organisation_id)
    ] == [8]
