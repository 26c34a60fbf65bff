"""The pages of orders, for buyer, seller and cooperative."""

import pytest
from sqlalchemy import select

from market.accounts.roles import Role
from market.db import session
from orders.fulfilment.models import Shipment
from orders.purchasing.operations import accept_order, decline_lines
from orders.purchasing.states import OrderState
from tests.factories import make_actor, make_cooperative, make_product, make_seller
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
def admin(shop):
    """The administrator of the seller's cooperative."""
    return make_actor(shop.seller.cooperative, Role.ADMIN)


@pytest.mark.parametrize("state", OrderState)
def test_an_order_can_be_looked_at_in_every_state(client, factory, shop, admin, state):
    order = order_in(state, factory, shop)
    part = only_part(order)
    for actor in (factory.buyer, factory.approver, factory.receiving, factory.finance):
        client.log_in(actor)
        page = client.get(f"/orders/{order.number}")
        assert page.status_code == 200
        assert state.label in page.text
        assert client.get(f"/orders/{order.number}/document").status_code == 200
    client.log_in(admin)
    assert client.get(f"/cooperative/orders/{part.number}").status_code == 200
    client.log_in(shop.owner)
    hidden = state in (OrderState.AWAITING_APPROVAL, OrderState.REJECTED)
    for path in (f"/seller/orders/{part.number}", f"/seller/orders/{part.number}/document"):
        assert client.get(path).status_code == (404 if hidden else 200)
    assert (part.number in client.get("/seller/orders").text) is not hidden


def test_others_find_nothing(client, factory, shop):
    order = order_in(OrderState.SHIPPED, factory, shop)
    shipment = session.scalars(select(Shipment)).one()
    receipt = receive_all(shipment, factory.receiving)
    part = only_part(order)
    stranger, rival = make_factory(), make_shop()
    papers = [f"/shipments/{shipment.number}/document", f"/receipts/{receipt.number}/document"]
    for actor, paths in (
        (stranger.buyer, [f"/orders/{order.number}", f"/orders/{order.number}/document", *papers]),
        (stranger.receiving, [f"/receiving/{shipment.number}", *papers]),
        (rival.owner, [f"/seller/orders/{part.number}", f"/seller/orders/{part.number}/ship", *papers]),
        (make_actor(make_cooperative(), Role.ADMIN), [f"/cooperative/orders/{part.number}", *papers]),
    ):
        client.log_in(actor)
        for path in paths:
            assert (path, client.get(path).status_code) == (path, 404)
    for actor, path in (
        (stranger.approver, f"/orders/{order.number}/approve"),
        (stranger.approver, f"/orders/{order.number}/reject"),
        (stranger.buyer, f"/orders/{order.number}/cancel"),
        (rival.owner, f"/seller/orders/{part.number}/accept"),
        (rival.owner, f"/seller/orders/{part.number}/decline"),
        (rival.owner, f"/seller/orders/{part.number}/ship"),
        (stranger.receiving, f"/receiving/{shipment.number}"),
    ):
        client.log_in(actor)
        assert (path, client.submit(path, {"reason": "x"}).status_code) == (path, 404)


def test_papers_are_for_buyer_seller_and_cooperative(client, factory, shop, admin):
    receipt = receive_all(
        ship_all(only_part(order_in(OrderState.PLACED, factory, shop)), shop.owner), factory.receiving
    )
    for actor in (factory.finance, shop.owner, admin):
        client.log_in(actor)
        assert client.get(f"/shipments/{receipt.shipment.number}/document").status_code == 200
        assert client.get(f"/receipts/{receipt.number}/document").status_code == 200


def test_a_delivery_note_names_no_price(client, factory, shop):
    product = make_product(seller=shop.seller, unit_price=43_210)
    shipment = ship_all(only_part(order_of(factory.buyer, (product, 7))), shop.owner)
    client.log_in(shop.owner)
    page = client.get(f"/shipments/{shipment.number}/document").text
    assert product.name in page
    assert "7 pcs" in page
    assert "Rp" not in page
    assert "43.210" not in page


def test_the_purchase_order_has_both_parties_the_tax_and_the_amount_in_words(client):
    factory = make_factory(npwp="0123456789012345", name="PT Baja")
    seller = make_seller(taxable=True, name="Karton Jaya", npwp="9876543210987654")
    order = order_of(factory.buyer, (make_product(seller=seller, unit_price=100_000), 12))
    client.log_in(factory.buyer)
    page = client.get(f"/orders/{order.number}/document").text.replace("\xa0", " ")
    for words in (
        "Surat Pesanan",
        order.number,
        "PT Baja",
        "0123456789012345",
        "Karton Jaya",
        "9876543210987654",
        "Gudang 1",
        "Rp 1.200.000",
        "Rp 1.100.000",
        "Rp 132.000",
        "Rp 1.332.000",
        "Satu juta tiga ratus tiga puluh dua ribu rupiah",
    ):
        assert words in page


def test_a_sellers_page_shows_its_margin_and_no_other_seller(client, factory, shop):
    order = order_of(
        factory.buyer, (make_product(seller=shop.seller, unit_price=10_000), 10), (make_product(name="Milik lain"), 1)
    )
    client.log_in(shop.owner)
    page = client.get(f"/seller/orders/{order.seller_orders[0].number}").text.replace("\xa0", " ")
    assert "−Rp 5.000" in page
    assert "Rp 95.000" in page
    assert "Milik lain" not in page
    assert order.seller_orders[1].number not in page
    client.log_in(factory.buyer)
    page = client.get(f"/orders/{order.number}").text
    assert "Marjin" not in page
    assert "Milik lain" in page


def test_an_approver_decides_on_the_page(client, factory):
    factory.company.approval_threshold = 0
    first, second = [order_of(factory.buyer, (make_product(), 1)) for _each in range(2)]
    client.log_in(factory.approver)
    assert "2 pesanan menunggu persetujuan" in client.get("/orders").text
    assert "Setujui pesanan" in client.get(f"/orders/{first.number}").text
    client.submit(f"/orders/{first.number}/approve")
    client.submit(f"/orders/{second.number}/reject", {"reason": " Lewat anggaran "})
    assert (first.state, second.state) == (OrderState.PLACED, OrderState.REJECTED)
    assert second.state_reason == "Lewat anggaran"
    assert "Lewat anggaran" in client.get(f"/orders/{second.number}").text


def test_a_stale_page_explains_itself_and_changes_nothing(client, factory):
    factory.company.approval_threshold = 0
    order = order_of(factory.buyer, (make_product(), 1))
    client.log_in(factory.approver)
    client.submit(f"/orders/{order.number}/approve")
    again = client.submit(f"/orders/{order.number}/approve", follow_redirects=True)
    assert again.status_code == 200
    assert "sudah berubah" in again.text
    assert order.state is OrderState.PLACED


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_refusing_needs_a_reason_of_a_sensible_length(client, factory, shop, reason):
    order = order_in(OrderState.PLACED, factory, shop)
    client.log_in(factory.buyer)
    answer = client.submit(f"/orders/{order.number}/cancel", {"reason": reason}, follow_redirects=True)
    assert "lasan" in answer.text
    assert order.state is OrderState.PLACED


def test_deeds_are_for_their_roles(client, factory, shop):
    order = order_in(OrderState.PLACED, factory, shop)
    part = only_part(order)
    for actor, path in (
        (factory.buyer, f"/orders/{order.number}/approve"),
        (factory.finance, f"/orders/{order.number}/cancel"),
        (factory.buyer, f"/seller/orders/{part.number}/accept"),
        (shop.owner, f"/orders/{order.number}/cancel"),
    ):
        client.log_in(actor)
        assert client.submit(path, {"reason": "x"}).status_code == 403
    assert client.post(f"/orders/{order.number}/cancel").status_code == 400


def test_a_seller_answers_line_by_line_on_the_page(client, factory, shop):
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 3), (make_product(seller=shop.seller), 4))
    part, (first, second) = only_part(order), order.lines
    client.log_in(shop.owner)
    client.submit(f"/seller/orders/{part.number}/decline", {"line": [first.id], "reason": "Habis"})
    assert [line.released for line in (first, second)] == [3, 0]
    nothing_ticked = client.submit(f"/seller/orders/{part.number}/decline", {"reason": "Habis"}, follow_redirects=True)
    assert "Tidak ada sisa barang" in nothing_ticked.text
    client.submit(f"/seller/orders/{part.number}/accept")
    assert part.state is OrderState.ACCEPTED
    client.log_in(factory.buyer)
    assert "3 pcs tidak dikirim: Habis" in client.get(f"/orders/{order.number}").text


def test_chips_count_and_narrow_the_lists_and_words_search_them(client, factory, shop, admin):
    placed = order_of(factory.buyer, (make_product(seller=shop.seller), 1), buyer_reference="PR-2026-77")
    order_in(OrderState.CANCELLED, factory, shop)
    client.log_in(factory.buyer)
    assert client.get("/orders").text.count("/orders/PO-") == 2
    for query in ("?stage=answer", "?q=pr-2026", f"?q={placed.number[-6:]}"):
        page = client.get("/orders" + query).text
        assert page.count("/orders/PO-") == 1
        assert placed.number in page
    for query in ("?q=tidak-ada", "?stage=work", "?stage=answer&q=zzz"):
        assert "Tidak ada pesanan yang cocok." in client.get("/orders" + query).text
    for odd in ("?stage=nonsense", "?page=0", "?page=-1", "?page=abc", f"?page={10**30}", "?q=%25", f"?q={'x' * 5000}"):
        assert client.get("/orders" + odd).status_code == 200
    for actor, path in ((shop.owner, "/seller/orders"), (admin, "/cooperative/orders")):
        client.log_in(actor)
        assert client.get(path).text.count(f"{path}/SO-") == 2
        assert client.get(f"{path}?stage=answer").text.count(f"{path}/SO-") == 1
        assert client.get(f"{path}?q={factory.company.name}").text.count(f"{path}/SO-") == 2


def test_lists_and_records_take_a_fixed_number_of_queries(client, factory, count_queries):
    own = make_cooperative()
    shops = [make_shop(cooperative=own) for _each in range(5)]
    admin = make_actor(own, Role.ADMIN)

    def grow(some):
        order = order_of(factory.buyer, *[(make_product(seller=shop.seller), 2) for shop in some for _two in range(2)])
        part = order.seller_orders[0]
        accept_order(part.id, by=shops[0].owner)
        decline_lines(part.id, reason="x", line_ids=[part.lines[0].id], by=shops[0].owner)
        receive_all(ship_all(part, shops[0].owner), factory.receiving)
        return order

    def costs(order):
        part = order.seller_orders[0]
        visits = (
            (factory.buyer, "/orders"),
            (factory.approver, f"/orders/{order.number}"),
            (factory.buyer, f"/orders/{order.number}/document"),
            (shops[0].owner, "/seller/orders"),
            (shops[0].owner, f"/seller/orders/{part.number}"),
            (admin, "/cooperative/orders"),
            (admin, f"/cooperative/orders/{part.number}"),
            (factory.receiving, "/receiving"),
        )
        found = {}
        for actor, path in visits:
            client.log_in(actor)
            with count_queries() as queries:
                assert client.get(path).status_code == 200
            found[path.split("/PO")[0].split("/SO")[0] + path[-9:][:1]] = len(queries)
        return found

    small = costs(grow(shops[:1]))
    for _each in range(3):
        big = grow(shops)
    assert costs(big) == small
    assert max(small.values()) <= 16
