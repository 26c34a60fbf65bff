"""Variants of one product, work promised ahead, and goods that come back, under real threads and real commits.

Each race has a control that takes a lock away and must go wrong; a race that cannot be lost proves nothing.
"""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.products import queries as product_queries
from catalog.stock.operations import change_capacity
from market.db import session
from orders.fulfilment import operations as fulfilment
from orders.fulfilment import queries as fulfilment_queries
from orders.fulfilment.errors import TooMany
from orders.fulfilment.operations import Counted
from orders.purchasing import operations as purchasing
from orders.purchasing import queries as order_queries
from orders.purchasing.errors import Shortages
from orders.purchasing.models import Order, OrderLine
from orders.purchasing.operations import Wanted, place
from tests.factories import make_product, make_variants
from tests.orders.stories import make_factory, make_shop, only_part, order_of, ship_all
from tests.races.test_stock import kinds, make_buyers, moved, sold, succeeded, unlocked, without_lock

__all__ = ["unlocked"]

pytestmark = pytest.mark.race


def test_variants_bought_together_in_any_order_are_never_oversold_and_nobody_waits_for_ever(at_once):
    product, buyers = make_variants(("Ukuran",), ("M",), ("L",), on_hand=40, min_order_together=4), make_buyers(40)
    medium, large = product.offers

    def buy(actor: Any, turned: bool) -> Callable[[], int]:
        wanted = [Wanted(product.id, 2, medium.id), Wanted(product.id, 2, large.id)]
        return lambda: purchasing.place_order(by=actor, lines=wanted[::-1] if turned else wanted).id

    outcomes = at_once(*[buy(actor, turned=bool(number % 2)) for number, actor in enumerate(buyers)])
    assert len(succeeded(outcomes)) == 20
    assert kinds(outcomes) == {Shortages}
    for offer in (medium, large):
        assert (offer.on_hand, offer.reserved) == moved(offer) == (40, 40)
        assert sold(offer) == 40


def order_work(pieces: int, people: int) -> tuple[Any, list[Callable[[], Any]]]:
    """A product made to order, ten a day in two variants, and the deeds of people who each order from one of them."""
    shop = make_shop()
    product = make_variants(("Warna",), ("Putih",), ("Biru",), seller=shop.seller, on_hand=0)
    session.commit()
    change_capacity(product.id, 70, by=shop.owner)
    offers = [offer.id for offer in product.offers]

    def order(actor: Any, offer_id: int) -> Callable[[], int]:
        return lambda: purchasing.place_order(by=actor, lines=[Wanted(product.id, pieces, offer_id)]).id

    return product, [order(actor, offers[number % 2]) for number, actor in enumerate(make_buyers(people))]


def promised_days(outcomes: list[int]) -> list[int]:
    """How many days after the first day the lines of these orders are promised, soonest first."""
    lines = [session.get_one(Order, order_id).lines[0] for order_id in outcomes]
    days = sorted(line.promised_on for line in lines)
    return [(day - days[0]).days for day in days]


def test_each_of_those_who_order_work_at_once_is_promised_a_day_after_the_one_before(at_once):
    product, deeds = order_work(pieces=10, people=8)
    outcomes = at_once(*deeds)
    assert kinds(outcomes) == set()
    assert promised_days(outcomes) == list(range(8))
    assert product.backlog == 80


def test_control_without_the_products_lock_several_are_promised_the_same_day(at_once, slowly, monkeypatch):
    monkeypatch.setattr(product_queries, "_locked", lambda query: without_lock(query.order_by("id")))
    slowly(place, "margins_for")
    _product, deeds = order_work(pieces=10, people=8)
    outcomes = at_once(*deeds)
    assert len(set(promised_days(succeeded(outcomes)))) < len(succeeded(outcomes))


def rejected_goods() -> tuple[OrderLine, list[Callable[[], Any]]]:
    """A delivery of ten of which six were rejected, and the deed of taking those six back, twice."""
    factory, shop = make_factory(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=shop.seller, on_hand=10), 10))
    shipment = ship_all(only_part(order), shop.owner)
    line, shipment_id = order.lines[0], shipment.id
    counted = [Counted(line.id, accepted=4, rejected=6, reason="Rusak")]
    fulfilment.receive(shipment_id, lines=counted, by=factory.receiving)
    return line, [lambda: fulfilment.take_back(shipment_id, lines={line.id: 6}, by=shop.owner).id] * 2


def test_rejected_goods_come_back_once(at_once):
    line, deeds = rejected_goods()
    outcomes = at_once(*deeds)
    assert len(succeeded(outcomes)) == 1
    assert kinds(outcomes) == {TooMany}
    assert (line.offer.on_hand, line.offer.reserved) == moved(line.offer) == (6, 0)


def test_control_without_the_orders_lock_they_come_back_twice(at_once, unlocked, slowly):
    line, deeds = rejected_goods()
    unlocked(order_queries, fulfilment_queries)
    slowly(fulfilment, "lock_offers")
    outcomes = at_once(*deeds)
    assert len(succeeded(outcomes)) == 2
    assert moved(line.offer)[0] == 12


def test_pieces_are_ordered_or_the_way_of_selling_changes_but_not_both(at_once):
    shop = make_shop()
    products = [make_product(seller=shop.seller, on_hand=10) for _each in range(6)]
    session.commit()
    deeds: list[Callable[[], Any]] = []
    for product, actor in zip(products, make_buyers(6), strict=True):
        deeds += [
            lambda actor=actor, product_id=product.id: purchasing.place_order(by=actor, lines=[(product_id, 10)]).id,
            lambda product_id=product.id: change_capacity(product_id, 70, by=shop.owner).id,
        ]
    outcomes = at_once(*deeds)
    for product, ordered, switched in zip(products, outcomes[::2], outcomes[1::2], strict=True):
        offer = product.offer
        assert not isinstance(ordered, Exception)  # from stock, or made to order: it can be had either way
        assert offer.made_to_order is not isinstance(switched, Exception)
        assert (offer.on_hand, offer.reserved) == moved(offer) == (0 if offer.made_to_order else 10, 10)
