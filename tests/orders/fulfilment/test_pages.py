"""The pages on which goods are sent and counted."""

import pytest
from sqlalchemy import func, select

from market.db import session
from orders.fulfilment.models import Receipt, Shipment
from orders.fulfilment.operations import ship
from orders.purchasing.states import OrderState
from tests.factories import make_product
from tests.orders.stories import make_factory, make_shop, only_part, order_in, order_of, receive_all, ship_all


@pytest.fixture
def factory():
    """A factory with its people."""
    return make_factory()


@pytest.fixture
def shop():
    """A seller with its owner."""
    return make_shop()


@pytest.fixture
def part(factory, shop):
    """An accepted part of an order: ten pieces."""
    return only_part(order_in(OrderState.ACCEPTED, factory, shop))


def count(model):
    return session.scalar(select(func.count()).select_from(model))


def test_goods_are_sent_in_parts_from_the_page(client, shop, part):
    line = part.lines[0]
    client.log_in(shop.owner)
    page = client.get(f"/seller/orders/{part.number}/ship")
    assert f'name="quantity-{line.id}"' in page.text
    assert 'value="10"' in page.text
    form = {f"quantity-{line.id}": "4", "driver": "Ujang", "left": "10"}
    answer = client.submit(f"/seller/orders/{part.number}/ship", form)
    assert answer.location == f"/seller/orders/{part.number}"
    shipment = session.scalars(select(Shipment)).one()
    assert (shipment.lines[0].quantity, shipment.driver, shipment.carrier) == (4, "Ujang", None)
    assert 'value="6"' in client.get(f"/seller/orders/{part.number}/ship").text


def test_a_form_sent_twice_ships_once(client, shop, part):
    line = part.lines[0]
    client.log_in(shop.owner)
    form = {f"quantity-{line.id}": "4", "left": "10"}
    client.submit(f"/seller/orders/{part.number}/ship", form)
    again = client.submit(f"/seller/orders/{part.number}/ship", form)
    assert again.status_code == 409
    assert (count(Shipment), line.shipped) == (1, 4)


@pytest.mark.parametrize("typed", ["11", "-1", "1,5", "abc", "", "0", "9" * 40])
def test_a_wrong_quantity_is_explained_at_the_line_and_kept(client, shop, part, typed):
    line = part.lines[0]
    client.log_in(shop.owner)
    form = {f"quantity-{line.id}": typed, "driver": "Tetap-ada", "left": "10"}
    answer = client.submit(f"/seller/orders/{part.number}/ship", form)
    assert answer.status_code == 422
    assert f'value="{typed[:30]}"' in answer.text
    assert 'value="Tetap-ada"' in answer.text
    assert (count(Shipment), line.shipped) == (0, 0)


def test_what_cannot_be_sent_has_no_form(client, factory, shop):
    part = only_part(order_in(OrderState.PLACED, factory, shop))
    client.log_in(shop.owner)
    assert client.get(f"/seller/orders/{part.number}/ship").status_code == 409
    form = {f"quantity-{part.lines[0].id}": "1"}
    assert client.submit(f"/seller/orders/{part.number}/ship", form).status_code == 409


def test_the_receiving_list_has_what_is_on_its_way_to_this_factory(client, factory, shop, part):
    shipment = ship_all(part, shop.owner)
    other = ship_all(only_part(order_in(OrderState.PLACED, make_factory(), shop)), shop.owner)
    client.log_in(factory.receiving)
    page = client.get("/receiving").text
    assert shipment.number in page
    assert other.number not in page
    receive_all(shipment, factory.receiving)
    assert "Tidak ada barang yang sedang dikirim." in client.get("/receiving").text


def test_goods_are_counted_on_the_page(client, factory, shop, part):
    shipment, line = ship_all(part, shop.owner), part.lines[0]
    client.log_in(factory.receiving)
    page = client.get(f"/receiving/{shipment.number}").text
    assert f'name="accepted-{line.id}"' in page
    form = {
        f"accepted-{line.id}": "8",
        f"rejected-{line.id}": "2",
        f"reason-{line.id}": "Sobek",
        "note": "Dus basah",
        "left": "10",
    }
    answer = client.submit(f"/receiving/{shipment.number}", form)
    assert answer.location == f"/orders/{part.order.number}"
    receipt = session.scalars(select(Receipt)).one()
    assert (receipt.lines[0].accepted, receipt.lines[0].rejected, receipt.lines[0].reason) == (8, 2, "Sobek")
    assert receipt.note == "Dus basah"
    again = client.submit(f"/receiving/{shipment.number}", form)
    assert again.location == f"/orders/{part.order.number}"
    assert client.get(f"/receiving/{shipment.number}").status_code == 302
    assert count(Receipt) == 1


def test_a_partial_count_sent_twice_counts_once(client, factory, shop, part):
    shipment, line = ship_all(part, shop.owner), part.lines[0]
    client.log_in(factory.receiving)
    form = {f"accepted-{line.id}": "3", "left": "10"}
    client.submit(f"/receiving/{shipment.number}", form)
    again = client.submit(f"/receiving/{shipment.number}", form)
    assert again.status_code == 409
    assert (count(Receipt), line.accepted) == (1, 3)
    assert "Di surat jalan 7 pcs." in client.get(f"/receiving/{shipment.number}").text


@pytest.mark.parametrize(
    ("accepted", "rejected", "reason", "sentence"),
    [
        ("11", "0", "", "belum dihitung 10 pcs, Anda menghitung 11"),
        ("8", "2", "", "Tulis alasan barang ditolak."),
        ("-1", "0", "", "Paling sedikit 0."),
        ("1,5", "0", "", "Tulis angka bulat"),
        ("8", "x", "", "Tulis angka bulat"),
        ("8", "2", "x" * 501, "Paling banyak 500 huruf."),
        ("0", "0", "", "Isi jumlah barang yang dihitung."),
        ("", "", "", "Isi jumlah barang yang dihitung."),
    ],
)
def test_a_wrong_count_is_explained_and_kept(client, factory, shop, part, accepted, rejected, reason, sentence):
    shipment, line = ship_all(part, shop.owner), part.lines[0]
    client.log_in(factory.receiving)
    form = {
        f"accepted-{line.id}": accepted,
        f"rejected-{line.id}": rejected,
        f"reason-{line.id}": reason,
        "note": "Tetap-ada",
        "left": "10",
    }
    answer = client.submit(f"/receiving/{shipment.number}", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Tetap-ada" in answer.text
    assert f'value="{accepted}"' in answer.text
    assert count(Receipt) == 0


def test_the_form_counts_only_what_was_not_counted_yet(client, factory, shop):
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 5), (make_product(seller=shop.seller), 6))
    shipment, (first, second) = ship_all(only_part(order), shop.owner), order.lines
    client.log_in(factory.receiving)
    client.submit(f"/receiving/{shipment.number}", {f"accepted-{first.id}": "5", "left": "11"})
    page = client.get(f"/receiving/{shipment.number}").text
    assert f"accepted-{first.id}" not in page
    assert f"accepted-{second.id}" in page


def test_receiving_takes_a_fixed_number_of_queries(client, factory, shop, count_queries):
    client.log_in(factory.receiving)

    def cost(path):
        with count_queries() as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def send(lines):
        order = order_of(factory.buyer, *[(make_product(seller=shop.seller), 2) for _each in range(lines)])
        return ship_all(only_part(order), shop.owner)

    small = send(1)
    cheap = cost("/receiving"), cost(f"/receiving/{small.number}"), cost(f"/shipments/{small.number}/document")
    for _each in range(4):
        big = send(5)
    assert (cost("/receiving"), cost(f"/receiving/{big.number}"), cost(f"/shipments/{big.number}/document")) == cheap
    receipt = receive_all(big, factory.receiving)
    assert cost(f"/receipts/{receipt.number}/document") <= 14
    assert max(cheap) <= 14


def test_a_shipment_is_counted_by_purchasing_staff_too_but_by_nobody_else(client, factory, shop, part):
    shipment = ship(part.id, lines={part.lines[0].id: 1}, by=shop.owner)
    client.log_in(factory.buyer)
    assert client.get(f"/receiving/{shipment.number}").status_code == 200
    for actor in (factory.finance, factory.approver, shop.owner):
        client.log_in(actor)
        assert client.get(f"/receiving/{shipment.number}").status_code == 403
