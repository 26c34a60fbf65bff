"""Stock is the sum of its movements."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from catalog.products.errors import OutOfStock
from catalog.signals import products_changed
from catalog.stock import operations as stock
from catalog.stock.queries import find_stock_differences, list_movements
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Invalid
from tests.factories import make_actor, make_buyer, make_product


@pytest.fixture
def buyer() -> Actor:
    return make_actor(make_buyer(), Role.BUYER)


def test_reserving_releasing_and_shipping_move_stock(buyer: Actor) -> None:
    offer = make_product(on_hand=100).offer
    stock.reserve(offer, 60, reference="PO/1", by=buyer)
    stock.release(offer, 20, reference="PO/1", by=buyer)
    stock.ship(offer, 30, reference="SJ/1", by=buyer)
    assert (offer.on_hand, offer.reserved, offer.available) == (70, 10, 60)
    session.flush()
    assert [(m.on_hand_change, m.reserved_change, m.reference) for m in list_movements(offer.id, limit=3)] == [
        (-30, -30, "SJ/1"),
        (0, -20, "PO/1"),
        (0, 60, "PO/1"),
    ]
    assert find_stock_differences() == []


def test_no_more_is_reserved_than_there_is(buyer: Actor) -> None:
    offer = make_product(on_hand=100, reserved=60, name="Dus").offer
    with pytest.raises(OutOfStock, match="Stok Dus tinggal 40 pcs, Anda meminta 41"):
        stock.reserve(offer, 41, reference="PO/1", by=buyer)
    assert offer.reserved == 60


def test_counting_again_moves_only_the_difference() -> None:
    offer = make_product(on_hand=100).offer
    stock.adjust(offer, 130, by=None)
    stock.adjust(offer, 130, by=None)
    session.flush()
    assert [m.on_hand_change for m in list_movements(offer.id)] == [30, 100]
    with pytest.raises(Invalid):
        stock.adjust(offer, -1, by=None)


def test_every_movement_is_announced(buyer: Actor) -> None:
    offer = make_product().offer
    announced: list[int] = []

    def note(_sender: object, product_ids: list[int]) -> None:
        announced.extend(product_ids)

    with products_changed.connected_to(note):
        stock.reserve(offer, 5, reference="PO/1", by=buyer)
        stock.release(offer, 5, reference="PO/1", by=buyer)
        stock.adjust(offer, 3, by=None)
    assert announced == [offer.product_id] * 3


def test_stock_that_changed_without_a_movement_is_found() -> None:
    sound, short, untold = (make_product(on_hand=amount).offer for amount in (10, 10, 0))
    session.execute(text("UPDATE offers SET on_hand = 9 WHERE id = :id"), {"id": short.id})
    session.execute(text("UPDATE offers SET on_hand = 5, reserved = 2 WHERE id = :id"), {"id": untold.id})
    found = find_stock_differences()
    assert [(d.offer_id, d.on_hand, d.reserved, d.moved_on_hand, d.moved_reserved) for d in found] == [
        (short.id, 9, 0, 10, 0),
        (untold.id, 5, 2, 0, 0),
    ]
    assert sound.id not in {d.offer_id for d in found}


@pytest.mark.parametrize("change", ["UPDATE stock_movements SET on_hand_change = 1", "DELETE FROM stock_movements"])
def test_movements_are_never_changed(change: str) -> None:
    make_product()
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(text(change))
