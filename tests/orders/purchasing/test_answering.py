"""A seller accepts or declines its part of an order."""

import pytest

from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, NotFound
from market.organisations.states import SellerState
from orders.fulfilment import operations as fulfilment
from orders.purchasing import queries
from orders.purchasing.errors import NothingToDecline, SellerMayNotAccept
from orders.purchasing.operations import accept_order, decline_lines
from orders.purchasing.states import OrderState
from orders.purchasing.timeline import title_of
from tests.factories import make_actor, make_product
from tests.orders.stories import make_factory, make_shop, only_part, order_of, receive_all, ship_all


def test_an_order_is_accepted_when_all_its_sellers_have_answered():
    factory, one, other = make_factory(), make_shop(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=one.seller), 1), (make_product(seller=other.seller), 1))
    first, second = order.seller_orders
    accept_order(first.id, by=one.owner)
    assert (first.state, order.state) == (OrderState.ACCEPTED, OrderState.PLACED)
    accept_order(second.id, by=other.owner)
    assert order.state is OrderState.ACCEPTED


def test_an_order_goes_on_with_the_sellers_that_accept():
    factory, one, other = make_factory(), make_shop(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=one.seller), 1), (make_product(seller=other.seller), 1))
    first, second = order.seller_orders
    accept_order(first.id, by=one.owner)
    decline_lines(second.id, reason="Mesin rusak", by=other.owner)
    assert (first.state, second.state, order.state) == (
        OrderState.ACCEPTED,
        OrderState.DECLINED,
        OrderState.ACCEPTED,
    )
    assert (second.state_reason, order.state_reason) == ("Mesin rusak", None)


def test_an_order_that_every_seller_declined_is_declined():
    factory, shop = make_factory(), make_shop()
    product = make_product(seller=shop.seller)
    order = order_of(factory.buyer, (product, 10))
    decline_lines(only_part(order).id, reason="Libur", by=shop.owner)
    assert (order.state, order.state_reason, product.offer.reserved) == (OrderState.DECLINED, "Libur", 0)


def test_one_line_can_be_declined_and_the_rest_accepted():
    factory, shop = make_factory(), make_shop()
    gone, there = make_product(seller=shop.seller, name="Kardus besar"), make_product(seller=shop.seller)
    order = order_of(factory.buyer, (gone, 40), (there, 10))
    part = only_part(order)
    decline_lines(part.id, reason="Bahan habis", line_ids=[part.lines[0].id], by=shop.owner)
    assert part.state is OrderState.PLACED
    accept_order(part.id, by=shop.owner)
    assert part.state is OrderState.ACCEPTED
    assert (gone.offer.reserved, there.offer.reserved) == (0, 10)
    seen = queries.get_order(order.id, buyer_id=factory.company.id)
    assert [(line.released, line.release_reason) for line in seen.lines] == [(40, "Bahan habis"), (0, None)]
    declined = seen.events[1]
    assert title_of(declined) == f"{shop.seller.name} menolak 40 pcs Kardus besar"
    assert declined.note == "Bahan habis"


def test_the_unshipped_rest_of_an_accepted_order_can_be_given_up():
    factory, shop = make_factory(), make_shop()
    product = make_product(seller=shop.seller)
    order = order_of(factory.buyer, (product, 10))
    part = only_part(order)
    accept_order(part.id, by=shop.owner)
    shipment = fulfilment.ship(part.id, lines={part.lines[0].id: 7}, by=shop.owner)
    decline_lines(part.id, reason="Sisa tidak ada", by=shop.owner)
    assert (part.lines[0].released, part.lines[0].shipped) == (3, 7)
    assert (part.state, order.state) == (OrderState.SHIPPED, OrderState.SHIPPED)
    assert product.offer.reserved == 0
    receive_all(shipment, factory.receiving)
    assert order.state is OrderState.RECEIVED


def test_a_line_without_rest_cannot_be_declined():
    factory, shop = make_factory(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 10), (make_product(seller=shop.seller), 10))
    part = only_part(order)
    decline_lines(part.id, reason="x", line_ids=[part.lines[0].id], by=shop.owner)
    session.commit()
    with pytest.raises(NothingToDecline):
        decline_lines(part.id, reason="x", line_ids=[line.id for line in part.lines], by=shop.owner)
    assert part.lines[1].released == 0


def test_a_line_of_another_order_is_not_found():
    factory, shop = make_factory(), make_shop()
    product = make_product(seller=shop.seller)
    order, other = order_of(factory.buyer, (product, 1)), order_of(factory.buyer, (product, 1))
    session.commit()
    with pytest.raises(NotFound):
        decline_lines(only_part(order).id, reason="x", line_ids=[other.lines[0].id], by=shop.owner)


def test_another_sellers_part_is_not_found():
    factory, shop, stranger = make_factory(), make_shop(), make_shop()
    part = only_part(order_of(factory.buyer, (make_product(seller=shop.seller), 1)))
    session.commit()
    for deed in (
        lambda: accept_order(part.id, by=stranger.owner),
        lambda: decline_lines(part.id, reason="x", by=stranger.owner),
        lambda: fulfilment.ship(part.id, lines={part.lines[0].id: 1}, by=stranger.owner),
    ):
        with pytest.raises(NotFound):
            deed()


def test_only_the_sellers_people_answer():
    factory, shop = make_factory(), make_shop()
    part = only_part(order_of(factory.buyer, (make_product(seller=shop.seller), 1)))
    session.commit()
    for actor in (factory.buyer, make_actor(shop.seller.cooperative, Role.ADMIN)):
        with pytest.raises(Forbidden):
            accept_order(part.id, by=actor)


def test_a_suspended_seller_takes_no_new_orders_but_may_decline_them_and_finish_old_ones():
    factory, shop = make_factory(), make_shop()
    product = make_product(seller=shop.seller)
    old, new = order_of(factory.buyer, (product, 5)), order_of(factory.buyer, (product, 5))
    accept_order(only_part(old).id, by=shop.owner)
    shop.seller.state = SellerState.SUSPENDED
    session.commit()
    with pytest.raises(SellerMayNotAccept):
        accept_order(only_part(new).id, by=shop.owner)
    decline_lines(only_part(new).id, reason="Ditangguhkan", by=shop.owner)
    ship_all(only_part(old), shop.owner)
    assert old.state is OrderState.SHIPPED


def test_whoever_ordered_is_told_by_letter_what_was_declined(run_jobs, settings):
    factory, shop = make_factory(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 1))
    decline_lines(only_part(order).id, reason="Kain-merah-habis", by=shop.owner)
    run_jobs()
    letters = [path.read_bytes().decode() for path in (settings.var_dir / "mail").iterdir()]
    assert any(factory.buyer.email in letter and "Kain-merah-habis" in letter for letter in letters)
