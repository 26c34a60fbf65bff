"""Rejected goods that come back into stock."""

import pytest

from catalog.stock.models import AdjustmentReason, MovementKind
from catalog.stock.operations import change_capacity
from catalog.stock.queries import list_movements
from market.db import session
from market.errors import Forbidden, IllegalTransition, NotFound
from orders.fulfilment import operations as fulfilment
from orders.fulfilment.errors import EmptyReturn, TooMany
from orders.fulfilment.models import Shipment
from orders.fulfilment.operations import Counted
from orders.fulfilment.queries import count_to_return
from tests.factories import make_product
from tests.orders.stories import Factory, Shop, make_factory, make_shop, only_part, order_of, ship_all


@pytest.fixture
def factory() -> Factory:
    return make_factory()


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def shipment(factory, shop) -> Shipment:
    """Ten pieces sent from a stock of a hundred, of which the buyer rejected four."""
    order = order_of(factory.buyer, (make_product(seller=shop.seller, on_hand=100, name="Kardus"), 10))
    sent = ship_all(only_part(order), shop.owner)
    counted = [Counted(order.lines[0].id, accepted=6, rejected=4, reason="Penyok")]
    fulfilment.receive(sent.id, lines=counted, by=factory.receiving)
    session.commit()
    return sent


def line_of(shipment: Shipment):
    """Its only line."""
    (line,) = shipment.lines
    return line


def test_what_was_rejected_comes_back_into_stock_with_its_delivery_as_reference(shop, shipment):
    line = line_of(shipment)
    fulfilment.take_back(shipment.id, lines={line.order_line_id: 3}, by=shop.owner)
    offer = line.order_line.offer
    (movement,) = list_movements(offer.id, limit=1)
    assert (movement.kind, movement.on_hand_change, movement.reference) == (MovementKind.RETURN, 3, shipment.number)
    assert (offer.on_hand, line.returned, line.to_return, count_to_return(shop.seller.id)) == (93, 3, 1, 1)


def test_what_is_spoiled_comes_back_and_is_written_off(shop, shipment):
    line = line_of(shipment)
    fulfilment.take_back(shipment.id, lines={line.order_line_id: 4}, spoiled=True, by=shop.owner)
    written_off, returned = list_movements(line.order_line.offer_id, limit=2)
    assert (returned.kind, returned.on_hand_change) == (MovementKind.RETURN, 4)
    assert (written_off.reason, written_off.on_hand_change) == (AdjustmentReason.DAMAGED, -4)
    assert (line.order_line.offer.on_hand, count_to_return(shop.seller.id)) == (90, 0)


def test_never_more_comes_back_than_was_rejected(shop, shipment):
    line_id = line_of(shipment).order_line_id
    for wanted in (5, -1, 10**9):
        with pytest.raises(TooMany, match="belum kembali ke stok 4 pcs"):
            fulfilment.take_back(shipment.id, lines={line_id: wanted}, by=shop.owner)
    with pytest.raises(EmptyReturn):
        fulfilment.take_back(shipment.id, lines={line_id: 0}, by=shop.owner)
    fulfilment.take_back(shipment.id, lines={line_id: 4}, left=4, by=shop.owner)
    with pytest.raises(IllegalTransition):
        fulfilment.take_back(shipment.id, lines={line_id: 4}, left=4, by=shop.owner)
    with pytest.raises(TooMany):
        fulfilment.take_back(shipment.id, lines={line_id: 1}, by=shop.owner)


def test_only_the_seller_takes_its_own_goods_back(factory, shop, shipment):
    lines = {line_of(shipment).order_line_id: 1}
    with pytest.raises(NotFound):
        fulfilment.take_back(shipment.id, lines=lines, by=make_shop().owner)
    with pytest.raises(Forbidden):
        fulfilment.take_back(shipment.id, lines=lines, by=factory.buyer)
    with pytest.raises(NotFound):
        fulfilment.take_back(shipment.id, lines={10**9: 1}, by=shop.owner)


def test_goods_made_to_order_do_not_come_into_a_stock_that_is_not_kept(factory, shop):
    product = make_product(seller=shop.seller, on_hand=0)
    session.commit()
    change_capacity(product.id, 70, by=shop.owner)
    order = order_of(factory.buyer, (product, 10))
    sent = ship_all(only_part(order), shop.owner)
    line_id = order.lines[0].id
    fulfilment.receive(sent.id, lines=[Counted(line_id, 6, 4, "Cacat")], by=factory.receiving)
    assert count_to_return(shop.seller.id) == 0
    with pytest.raises(TooMany):
        fulfilment.take_back(sent.id, lines={line_id: 4}, by=shop.owner)


def test_the_page_offers_what_was_rejected_until_it_is_back(client, shop, shipment):
    client.log_in(shop.owner)
    line, url = line_of(shipment), f"/seller/returns/{shipment.number}"
    number, offer_id = shipment.seller_order.number, line.order_line.offer_id
    for page in ("/seller/stock", f"/seller/stock/{offer_id}", f"/seller/orders/{number}"):
        assert "/seller/returns" in client.get(page).text, page
    page = client.get("/seller/returns").text
    assert "4 pcs ditolak: Penyok" in page
    name = f"quantity-{line.order_line_id}"
    wrong = client.submit(url, {name: "5", "left": "4"})
    assert wrong.status_code == 422
    assert "Anda menulis 5." in wrong.text
    assert client.submit(url, {name: "banyak", "left": "4"}).status_code == 422
    assert client.submit(url, {name: "3", "left": "4"}).location == "/seller/returns"
    assert client.submit(url, {name: "3", "left": "4"}).status_code == 409
    assert client.submit(url, {name: "1", "left": "1", "spoiled": "1"}).location == "/seller/stock"
    assert "Tidak ada barang retur" in client.get("/seller/returns").text
    assert "/seller/returns" not in client.get(f"/seller/orders/{number}").text
    client.log_in(make_shop().owner)
    assert client.submit(url, {name: "1"}).status_code == 404


def test_the_list_takes_a_fixed_number_of_queries(client, factory, shop, count_queries):
    def reject_one() -> None:
        order = order_of(factory.buyer, (make_product(seller=shop.seller), 10))
        sent = ship_all(only_part(order), shop.owner)
        counted = [Counted(order.lines[0].id, 6, 4, "Penyok")]
        fulfilment.receive(sent.id, lines=counted, by=factory.receiving)

    def count() -> int:
        with count_queries() as queries:
            assert client.get("/seller/returns").status_code == 200
        return len(queries)

    client.log_in(shop.owner)
    reject_one()
    few = count()
    for _each in range(4):
        reject_one()
    assert count() == few


def test_goods_come_back_over_the_api(api, shop, shipment):
    line_id = line_of(shipment).order_line_id
    program, url = api(shop.owner), f"/shipments/{shipment.id}/return"
    answer = program.post(url, {"lines": [{"order_line_id": line_id, "quantity": 3}]})
    assert (answer.status_code, answer.json["lines"][0]["returned"]) == (200, 3)
    assert program.post(url, {"lines": [{"order_line_id": line_id, "quantity": 3}]}).status_code == 422
    twice = [{"order_line_id": line_id, "quantity": 1}] * 2
    assert program.post(url, {"lines": twice}).status_code == 422
    assert program.post(url, {"lines": []}).status_code == 422
    assert api(make_shop().owner).post(url, {"lines": twice[:1]}).status_code == 404
