"""Orders over the API, as contract.md names things."""

import pytest

from market.accounts.roles import Role
from market.db import session
from orders.purchasing.models import Order
from orders.purchasing.states import OrderState
from tests.factories import make_actor, make_cooperative, make_product, make_seller
from tests.orders.stories import make_factory, make_shop, only_part, order_in, order_of


@pytest.fixture
def factory():
    """A factory with its people."""
    return make_factory()


@pytest.fixture
def shop():
    """A seller with its owner."""
    return make_shop()


def test_an_order_runs_from_placing_to_receiving(api, factory, shop):
    product = make_product(seller=shop.seller, unit_price=2_000)
    buyer, seller, receiving = api(factory.buyer), api(shop.owner), api(factory.receiving)
    placed = buyer.post(
        "/orders",
        {"lines": [{"product_id": product.id, "quantity": 30}], "terms": "prepaid", "buyer_reference": "PR-1"},
    )
    assert placed.status_code == 201
    order = placed.json
    assert (order["state"], order["terms"], order["buyer_reference"]) == ("placed", "prepaid", "PR-1")
    assert (order["subtotal"], order["tax"], order["total"]) == (60_000, 0, 60_000)
    (line,) = order["lines"]
    assert {"id", "product_id", "name", "quantity", "unit_price", "amount", "seller_id"} <= line.keys()
    assert (line["quantity"], line["unit_price"], line["amount"]) == (30, 2_000, 60_000)
    assert (line["shipped"], line["accepted"], line["rejected"], line["declined"]) == (0, 0, 0, 0)
    (part,) = order["seller_orders"]
    assert part["seller"] == {"id": shop.seller.id, "name": shop.seller.name}

    accepted = seller.post(f"/seller-orders/{part['id']}/accept")
    assert (accepted.status_code, accepted.json["state"]) == (200, "accepted")
    assert (accepted.json["margin_amount"], accepted.json["seller_amount"]) == (3_000, 57_000)
    shipment = seller.post(
        f"/seller-orders/{part['id']}/shipments",
        {"lines": [{"order_line_id": line["id"], "quantity": 20}], "driver": "Asep"},
    )
    assert (shipment.status_code, shipment.json["state"]) == (201, "shipped")
    counted = receiving.post(
        f"/shipments/{shipment.json['id']}/receive",
        {"lines": [{"order_line_id": line["id"], "accepted": 18, "rejected": 2, "reason": "Pecah"}]},
    )
    assert counted.status_code == 200
    assert counted.json["shipment"]["state"] == "received"

    order = buyer.get(f"/orders/{order['id']}").json
    assert order["state"] == "partly_received"
    (line,) = order["lines"]
    assert (line["shipped"], line["accepted"], line["rejected"]) == (20, 18, 2)
    kinds = [event["kind"] for event in order["events"]]
    assert kinds == ["invoiced", "received", "shipped", "accepted", "placed"]
    assert order["events"][1]["by"] == factory.receiving.name
    assert [each["number"] for each in order["shipments"]] == [shipment.json["number"]]
    assert seller.get(f"/seller-orders/{part['id']}").json["shipments"][0]["lines"][0]["accepted"] == 18


def test_shortages_are_listed_and_nothing_is_reserved(api, factory):
    product = make_product(on_hand=40)
    answer = api(factory.buyer).post("/orders", {"lines": [{"product_id": product.id, "quantity": 50}]})
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    short = {"product_id": product.id, "variant_id": product.offer.id, "wanted": 50, "available": 40}
    assert answer.json["shortages"] == [short]
    assert "tinggal 40 pcs, Anda meminta 50" in answer.json["detail"]
    session.expire_all()
    assert product.offer.reserved == 0


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"quantity": 5}, "lines.0.quantity"),
        ({"quantity": 15}, "lines.0.quantity"),
        ({"quantity": 0}, "lines.0.quantity"),
        ({"quantity": -10}, "lines.0.quantity"),
        ({"quantity": "10"}, "lines.0.quantity"),
        ({"quantity": 10.5}, "lines.0.quantity"),
        ({"quantity": None}, "lines.0.quantity"),
        ({"quantity": 10**30}, "lines.0.quantity"),
        ({"product_id": 0}, "lines.0.product_id"),
        ({"product_id": 2**63 - 1}, "lines.0.product_id"),
        ({"product_id": 2**63}, "lines.0.product_id"),
        ({"product_id": "x"}, "lines.0.product_id"),
        ({"price": 1}, "lines.0.price"),
    ],
)
def test_a_wrong_line_is_refused_at_its_field(api, factory, line, field):
    product = make_product(min_order=10, order_multiple=10)
    answer = api(factory.buyer).post("/orders", {"lines": [{"product_id": product.id, "quantity": 10, **line}]})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert session.query(Order).count() == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"lines": []},
        {"lines": None},
        {"lines": "all"},
        {"lines": [7]},
        {"lines": [{"product_id": 1, "quantity": 1}] * 501},
        {"lines": [{"product_id": 1, "quantity": 1}], "terms": "top90"},
        {"lines": [{"product_id": 1, "quantity": 1}], "buyer_reference": "x" * 101},
        {"lines": [{"product_id": 1, "quantity": 1}], "buyer_reference": 7},
        {"lines": [{"product_id": 1, "quantity": 1}], "note": "x\x00y"},
        {"lines": [{"product_id": 1, "quantity": 1}], "discount": 100},
    ],
)
def test_a_body_of_the_wrong_shape_is_refused(api, factory, body):
    answer = api(factory.buyer).post("/orders", body)
    assert answer.status_code == 422
    assert answer.json["errors"]


def test_another_companys_place_of_delivery_is_not_found(api, factory):
    body = {
        "lines": [{"product_id": make_product().id, "quantity": 1}],
        "ship_to": make_factory().company.ship_tos[0].id,
    }
    assert api(factory.buyer).post("/orders", body).status_code == 404


def test_the_same_key_orders_once(api, factory):
    product = make_product()
    buyer, body = api(factory.buyer), {"lines": [{"product_id": product.id, "quantity": 1}]}
    first, again = buyer.post("/orders", body, key="k1"), buyer.post("/orders", body, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert session.query(Order).count() == 1


def test_an_order_that_waits_is_approved_or_rejected_by_an_approver(api, factory):
    factory.company.approval_threshold = 0
    waiting, other = [order_of(factory.buyer, (make_product(), 1)) for _each in range(2)]
    approver = api(factory.approver)
    assert api(factory.buyer).post(f"/orders/{waiting.id}/approve").status_code == 403
    assert approver.post(f"/orders/{waiting.id}/approve").json["state"] == "placed"
    assert approver.post(f"/orders/{waiting.id}/approve").status_code == 409
    assert approver.post(f"/orders/{other.id}/reject").status_code == 422
    rejected = approver.post(f"/orders/{other.id}/reject", {"reason": "Mahal"})
    assert (rejected.json["state"], rejected.json["state_reason"]) == ("rejected", "Mahal")


def test_a_cancelled_order_shows_what_was_freed(api, factory):
    order = order_of(factory.buyer, (make_product(), 7))
    answer = api(factory.buyer).post(f"/orders/{order.id}/cancel", {"reason": "Tidak jadi"})
    assert answer.json["state"] == "cancelled"
    assert answer.json["lines"][0]["declined"] == 7
    assert answer.json["lines"][0]["decline_reason"] == "Tidak jadi"


def test_a_seller_declines_some_lines_or_all(api, factory, shop):
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 3), (make_product(seller=shop.seller), 4))
    part, first = only_part(order), order.lines[0]
    seller = api(shop.owner)
    answer = seller.post(f"/seller-orders/{part.id}/decline", {"reason": "Habis", "line_ids": [first.id]})
    assert (answer.json["state"], [line["declined"] for line in answer.json["lines"]]) == ("placed", [3, 0])
    answer = seller.post(f"/seller-orders/{part.id}/decline", {"reason": "Habis"})
    assert (answer.json["state"], answer.json["state_reason"]) == ("declined", "Habis")
    assert seller.post(f"/seller-orders/{part.id}/decline", {"reason": "Habis"}).status_code == 409
    assert seller.post(f"/seller-orders/{part.id}/accept").status_code == 409
    for body in ({}, {"reason": " "}, {"reason": "x", "line_ids": []}, {"reason": "x", "line_ids": ["a"]}):
        assert seller.post(f"/seller-orders/{part.id}/decline", body).status_code == 422


def test_what_is_too_much_to_ship_or_to_count_is_refused_at_its_line(api, factory, shop):
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 10))
    part, line = only_part(order), order.lines[0]
    seller = api(shop.owner)
    lines = [{"order_line_id": line.id, "quantity": 10}]
    assert seller.post(f"/seller-orders/{part.id}/shipments", {"lines": lines}).status_code == 409
    seller.post(f"/seller-orders/{part.id}/accept")
    too_many = seller.post(f"/seller-orders/{part.id}/shipments", {"lines": [{**lines[0], "quantity": 11}]})
    assert (too_many.status_code, too_many.json["errors"][0]["field"]) == (422, "lines.0.quantity")
    assert seller.post(f"/seller-orders/{part.id}/shipments", {"lines": lines * 2}).status_code == 422
    assert seller.post(f"/seller-orders/{part.id}/shipments", {"lines": []}).status_code == 422
    shipment = seller.post(f"/seller-orders/{part.id}/shipments", {"lines": lines}).json
    receive = f"/shipments/{shipment['id']}/receive"
    receiving = api(factory.receiving)
    for counted, field in (
        ({"accepted": 11}, "lines.0.accepted"),
        ({"accepted": -1}, "lines.0.accepted"),
        ({"accepted": 5, "rejected": 1}, "lines.0.reason"),
        ({"accepted": "5"}, "lines.0.accepted"),
    ):
        answer = receiving.post(receive, {"lines": [{"order_line_id": line.id, **counted}]})
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert receiving.post(receive, {"lines": [{"order_line_id": line.id, "accepted": 10}]}).status_code == 200
    assert receiving.post(receive, {"lines": [{"order_line_id": line.id, "accepted": 1}]}).status_code == 409


def test_a_cooperative_sees_an_order_with_the_parts_of_its_own_sellers(api, factory):
    own, foreign = make_cooperative(), make_cooperative()
    one, other = make_seller(cooperative=own), make_seller(cooperative=foreign)
    order = order_of(
        factory.buyer, (make_product(seller=one, unit_price=500), 2), (make_product(seller=other, unit_price=900), 2)
    )
    admin = api(make_actor(own, Role.ADMIN))
    seen = admin.get(f"/orders/{order.id}").json
    assert [part["seller"]["id"] for part in seen["seller_orders"]] == [one.id]
    assert [line["seller_id"] for line in seen["lines"]] == [one.id]
    assert (seen["subtotal"], seen["total"]) == (1_000, 1_000)
    (listed,) = admin.get("/orders").json["items"]
    assert (listed["id"], listed["total"]) == (order.id, 1_000)
    parts = admin.get("/seller-orders").json
    assert (parts["total"], parts["items"][0]["seller"]["id"]) == (1, one.id)
    assert api(make_actor(make_cooperative(), Role.ADMIN)).get(f"/orders/{order.id}").status_code == 404


def test_everything_of_others_is_not_found(api, factory, shop):
    order = order_in(OrderState.SHIPPED, factory, shop)
    part = only_part(order)
    shipment = api(factory.buyer).get(f"/orders/{order.id}").json["shipments"][0]
    line = {"order_line_id": order.lines[0].id}
    stranger, rival = make_factory(), make_shop()
    for caller, deeds in (
        (
            stranger.buyer,
            [("get", f"/orders/{order.id}", None), ("post", f"/orders/{order.id}/cancel", {"reason": "x"})],
        ),
        (
            stranger.approver,
            [
                ("post", f"/orders/{order.id}/approve", None),
                ("post", f"/orders/{order.id}/reject", {"reason": "x"}),
            ],
        ),
        (stranger.receiving, [("post", f"/shipments/{shipment['id']}/receive", {"lines": [{**line, "accepted": 1}]})]),
        (
            rival.owner,
            [
                ("get", f"/seller-orders/{part.id}", None),
                ("post", f"/seller-orders/{part.id}/accept", None),
                ("post", f"/seller-orders/{part.id}/decline", {"reason": "x"}),
                ("post", f"/seller-orders/{part.id}/shipments", {"lines": [{**line, "quantity": 1}]}),
            ],
        ),
    ):
        program = api(caller)
        for method, path, body in deeds:
            answer = program.get(path) if method == "get" else program.post(path, body)
            assert (path, answer.status_code) == (path, 404)
    for nowhere in ("/orders/0", "/orders/987654321", f"/orders/{2**63}", "/orders/x"):
        assert api(factory.buyer).get(nowhere).status_code == 404


def test_who_has_no_business_there_is_sent_away(api, factory, shop):
    order = order_in(OrderState.PLACED, factory, shop)
    for actor, method, path in (
        (None, "get", "/orders"),
        (shop.owner, "get", "/orders"),
        (shop.owner, "post", "/orders"),
        (factory.finance, "post", f"/orders/{order.id}/cancel"),
        (factory.buyer, "get", "/seller-orders"),
        (factory.finance, "post", "/shipments/1/receive"),
    ):
        answer = getattr(api(actor), method)(path)
        assert answer.status_code == (401 if actor is None else 403)


def test_a_buyer_never_sees_the_margin_and_a_seller_no_other_seller(api, factory, shop):
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 1), (make_product(name="Rahasia"), 1))
    assert "margin" not in api(factory.buyer).get(f"/orders/{order.id}").text
    seen = api(shop.owner).get(f"/seller-orders/{order.seller_orders[0].id}")
    assert "Rahasia" not in seen.text
    assert order.seller_orders[1].number not in seen.text


def test_lists_filter_by_state_and_words(api, factory, shop):
    placed = order_of(factory.buyer, (make_product(seller=shop.seller), 1), buyer_reference="PR-100%")
    order_in(OrderState.CANCELLED, factory, shop)
    buyer = api(factory.buyer)
    assert buyer.get("/orders").json["total"] == 2
    assert [item["id"] for item in buyer.get("/orders", state="placed").json["items"]] == [placed.id]
    assert buyer.get("/orders", q="100%").json["total"] == 1
    assert buyer.get("/orders", q=placed.number.lower()).json["total"] == 1
    assert buyer.get("/orders", q="_").json["total"] == 0
    assert buyer.get("/orders", state="nonsense").status_code == 422
    assert api(shop.owner).get("/seller-orders", state="placed").json["total"] == 1


def test_the_lists_and_records_take_a_fixed_number_of_queries(api, factory, count_queries):
    shops = [make_shop() for _each in range(6)]

    def cost(ask):
        session.expire_all()
        with count_queries() as queries:
            assert ask().status_code == 200
        return len(queries)

    def order_from(some):
        return order_of(factory.buyer, *[(make_product(seller=shop.seller), 1) for shop in some for _each in range(2)])

    small = order_from(shops[:1])
    buyer, seller = api(factory.buyer), api(shops[0].owner)
    cheap = [cost(lambda: buyer.get("/orders")), cost(lambda: seller.get("/seller-orders"))]
    record = cost(lambda: buyer.get(f"/orders/{small.id}"))
    big = order_from(shops)
    for _each in range(7):
        order_from(shops)
    assert [cost(lambda: buyer.get("/orders")), cost(lambda: seller.get("/seller-orders"))] == cheap
    assert cost(lambda: buyer.get(f"/orders/{big.id}")) == record
    assert max(*cheap, record) <= 14
