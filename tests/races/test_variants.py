"""Variants of one product under real threads and real commits."""

import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from catalog.products import operations as products
from catalog.products.models import Offer, Product
from catalog.stock.queries import find_stock_differences
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import lock, session
from orders.purchasing.errors import Shortages, UnknownProduct
from orders.purchasing.operations import Wanted, place, place_order
from tests.factories import make_actor, make_buyer, make_variants

pytestmark = pytest.mark.race

UNITS, RACERS = 20, 40


def buy(actor: Actor, product: Product, offers: Iterable[Offer]) -> Callable[[], Any]:
    """The deed of ordering one piece of each of these variants, in this order."""
    lines = [Wanted(product.id, 1, offer.id) for offer in offers]
    return lambda: place_order(by=actor, lines=lines).id


def make_buyers(number: int) -> list[Actor]:
    company = make_buyer()
    return [make_actor(company, Role.BUYER) for _each in range(number)]


def uniform() -> Product:
    product: Product = make_variants(("Ukuran",), ("S",), ("M",), ("L",), on_hand=UNITS)
    return product


def test_orders_of_the_same_variants_in_any_order_get_what_there_is_and_nobody_deadlocks(at_once) -> None:
    product, buyers = uniform(), make_buyers(RACERS)
    small, medium, large = product.offers
    ways = [(small, medium), (medium, small), (large, small), (medium, large)]
    outcomes = at_once(*[buy(actor, product, ways[number % 4]) for number, actor in enumerate(buyers)])
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert {type(error) for error in errors} <= {Shortages}
    assert all(offer.reserved <= UNITS for offer in product.offers)
    assert sum(offer.reserved for offer in product.offers) == 2 * (RACERS - len(errors))
    assert find_stock_differences() == []


def test_control_whoever_locks_in_the_order_of_the_lines_deadlocks(at_once, monkeypatch) -> None:
    product, buyers = uniform(), make_buyers(2)
    small, medium, _large = product.offers

    def as_they_stand(offer_ids: Iterable[int]) -> dict[int, Offer]:
        locked = {}
        for offer_id in offer_ids:
            locked[offer_id] = session.scalars(lock(select(Offer).where(Offer.id == offer_id))).one()
            time.sleep(0.3)
        return locked

    monkeypatch.setattr(place, "lock_offers", as_they_stand)
    outcomes = at_once(buy(buyers[0], product, (small, medium)), buy(buyers[1], product, (medium, small)))
    assert [isinstance(outcome, OperationalError) for outcome in outcomes].count(True) == 1


def test_a_seller_who_renames_and_drops_variants_meanwhile_waits_for_orders_and_they_for_the_seller(at_once) -> None:
    product, buyers = uniform(), make_buyers(12)
    owner = make_actor(product.seller, Role.SELLER)
    small, medium, large = [offer.id for offer in product.offers]
    swapped = [{"id": medium, "values": ["S"]}, {"id": small, "values": ["M"]}]
    product_id = product.id

    def change() -> None:
        products.set_variants(product_id, ["Ukuran"], swapped, by=owner)

    deeds = [buy(actor, product, (product.offers[2], product.offers[0])) for actor in buyers]
    outcomes = at_once(change, *deeds)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert {type(error) for error in errors} <= {UnknownProduct}
    dropped = session.get_one(Offer, large)
    assert not dropped.active
    assert dropped.reserved == len(buyers) - len(errors)
    assert [offer.label for offer in product.variants] == ["S", "M"]
    assert find_stock_differences() == []
