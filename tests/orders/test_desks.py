"""The start pages: what waits for whom, and how business goes."""

import pytest

from market import clock
from market.accounts.roles import Role
from market.organisations.states import SellerState
from orders.desks import queries
from orders.fulfilment.operations import Counted, receive, ship
from orders.purchasing.operations import accept_order, place_order
from tests.factories import make_actor, make_buyer, make_cooperative, make_platform, make_product, make_seller


@pytest.fixture
def people():
    """A seller, its cooperative's admin and a buyer, with a product between them."""
    seller, buyer = make_seller(), make_buyer(name="PT Rangka Jaya")
    return {
        "seller": make_actor(seller, Role.SELLER),
        "admin": make_actor(seller.cooperative, Role.ADMIN, Role.TREASURER),
        "buyer": make_actor(buyer, Role.BUYER, Role.RECEIVING),
        "product": make_product(seller=seller, name="Palet kayu", unit_price=50_000, on_hand=100),
        "row": seller,
    }


def order(people, quantity=10):
    """A new order for the product."""
    return place_order(by=people["buyer"], lines=[(people["product"].id, quantity)])


def deliver(people, placed):
    """Accept, ship and receive all of an order."""
    part = accept_order(placed.seller_orders[0].id, by=people["seller"])
    line = part.lines[0]
    shipment = ship(part.id, lines={line.id: line.quantity}, by=people["seller"])
    receive(shipment.id, lines=[Counted(line.id, accepted=line.quantity)], by=people["buyer"])


def test_a_new_seller_is_told_what_to_do(client):
    seller = make_seller(state=SellerState.APPLIED)
    page = client.log_in(make_actor(seller, Role.SELLER)).get("/seller").text
    assert "Belum ada pesanan" in page
    assert "tayang setelah koperasi menyetujui" in page


def test_the_seller_sees_what_waits_and_what_is_owed(client, people):
    order(people)
    deliver(people, order(people, 85))
    desk = queries.seller_desk(people["row"].id)
    assert (desk.to_answer, desk.to_ship, desk.published) == (1, 0, 1)
    assert desk.unpaid.amount == 85 * 50_000 * 95 // 100
    assert [offer.available for offer in desk.nearly_sold_out] == [5]
    page = client.log_in(people["seller"]).get("/seller").text
    assert "PT Rangka Jaya" in page and "Palet kayu" in page and "Menunggu Anda" in page


def test_an_order_that_waits_for_approval_is_not_on_the_sellers_desk(people):
    buyer = make_buyer(approval_threshold=1)
    place_order(by=make_actor(buyer, Role.BUYER), lines=[(people["product"].id, 1)])
    assert queries.seller_desk(people["row"].id).recent == []
    assert queries.cooperative_desk(people["row"].cooperative_id).recent == []


def test_the_latest_orders_on_a_desk_lead_to_their_pages(client, people):
    part = order(people).seller_orders[0]
    for actor, desk, page in (
        ("seller", "/seller", "/seller/orders"),
        ("admin", "/cooperative", "/cooperative/orders"),
    ):
        client.log_in(people[actor])
        assert f'href="{page}/{part.number}"' in client.get(desk).text
        assert client.get(f"{page}/{part.number}").status_code == 200


def test_the_cooperative_sees_whom_to_check_and_what_was_sold(client, people):
    make_seller(cooperative=people["row"].cooperative, state=SellerState.APPLIED)
    deliver(people, order(people))
    desk = queries.cooperative_desk(people["row"].cooperative_id)
    assert (desk.sellers_to_check, desk.published) == (1, 1)
    assert desk.months[-1].first_day == clock.today().replace(day=1)
    assert (desk.months[-1].sales, desk.months[-1].margin) == (500_000, 25_000)
    assert len(desk.months) == queries.MONTHS
    page = client.log_in(people["admin"]).get("/cooperative").text
    assert "PT Rangka Jaya" in page


def test_another_cooperatives_figures_stay_its_own(people):
    deliver(people, order(people))
    desk = queries.cooperative_desk(make_cooperative().id)
    assert (desk.published, desk.recent, sum(month.sales for month in desk.months)) == (0, [], 0)


def test_a_desk_takes_the_same_number_of_queries_however_much_there_is(client, people, count_queries):
    order(people)
    for login, path in (("seller", "/seller"), ("admin", "/cooperative")):
        client.log_in(people[login])
        with count_queries() as few:
            client.get(path)
        for _n in range(4):
            order(people, 1)
        with count_queries() as many:
            client.get(path)
        assert len(many) == len(few) <= 16


def test_the_platform_opens_cooperatives_and_factories(client):
    client.log_in(make_actor(make_platform(), Role.PLATFORM))
    facts = {"address": "Jl. Raya 1", "district_code": "32.16.07", "npwp": "1234567890123456"}
    cooperative = {"name": "Koperasi Baru Jaya", "tax_role": "agent", **facts}
    assert client.submit("/platform/cooperatives/new", cooperative).status_code == 302
    assert client.submit("/platform/buyers/new", {"name": "PT Baru Jaya", **facts}).status_code == 302
    page = client.get("/platform").text
    assert "Koperasi Baru Jaya" in page and "PT Baru Jaya" in page
    twice = client.submit("/platform/cooperatives/new", cooperative)
    assert twice.status_code == 422 and "sudah ada" in twice.text
    assert client.submit("/platform/buyers/new", {**facts, "name": ""}).status_code == 422


def test_letters_that_are_kept_can_be_read_in_the_outbox(client, people, run_jobs):
    order(people)
    run_jobs()
    page = client.log_in(make_actor(make_platform(), Role.PLATFORM)).get("/platform/outbox").text
    assert people["seller"].email in page
