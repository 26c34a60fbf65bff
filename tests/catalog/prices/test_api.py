"""Contracts, planned prices and questions over the API."""

import pytest

from catalog.products.models import Offer
from market.accounts.roles import Role
from market.db import session
from tests.catalog.prices.agreements import agree, days, planned
from tests.factories import make_actor, make_buyer, make_product, make_seller


def body(product, company, **changed):
    line = {"product_id": product.id, "unit_price": 9_000}
    return {
        "number": "K-1",
        "buyer_id": company.id,
        "starts_on": days(0).isoformat(),
        "lines": [line],
        **changed,
    }


def test_a_contract_is_made_read_and_ended(api, shopkeeper, seller, buyer, company, admin):
    product = make_product(seller=seller)
    made = api(shopkeeper).post("/contracts", body(product, company, ends_on=days(9).isoformat()))
    assert made.status_code == 201
    line = made.json["lines"][0]
    assert made.json["state"] == "running"
    assert made.json["ends_on"] == "2026-09-23"
    assert (line["unit_price"], line["min_quantity"], line["variant_id"]) == (9_000, 1, product.offer.id)
    for actor in (shopkeeper, buyer, admin):
        assert api(actor).get(f"/contracts/{made.json['id']}").json == made.json
        listed = api(actor).get("/contracts", state="running", q="k-1").json
        assert (listed["total"], listed["items"]) == (1, [made.json])
    ended = api(shopkeeper).post(f"/contracts/{made.json['id']}/end")
    assert (ended.status_code, ended.json["state"]) == (200, "ended")
    assert api(shopkeeper).post(f"/contracts/{made.json['id']}/end").status_code == 409
    assert api(make_actor(make_buyer(), Role.BUYER)).get(f"/contracts/{made.json['id']}").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"buyer_id": 10**12}, "buyer"),
        ({"buyer_id": "1"}, "buyer_id"),
        ({"starts_on": "kemarin"}, "starts_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"lines": []}, "lines"),
        ({"lines": [{"product_id": 1, "unit_price": 1}] * 201}, "lines"),
        ({"lines": [{"product_id": 10**12, "unit_price": 9_000}]}, "lines.0.product_id"),
        ({"unknown": 1}, "unknown"),
        ({"confirm_price": "ya"}, "confirm_price"),
    ],
)
def test_a_contract_that_makes_no_sense_is_refused(api, shopkeeper, seller, company, changed, field):
    answer = api(shopkeeper).post("/contracts", body(make_product(seller=seller), company, **changed))
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize("wrong", [{"unit_price": 0}, {"unit_price": 1.5}, {"min_quantity": 0}, {"variant_id": 10**12}])
def test_a_line_that_makes_no_sense_is_refused(api, shopkeeper, seller, company, wrong):
    product = make_product(seller=seller)
    line = {"product_id": product.id, "unit_price": 9_000, **wrong}
    answer = api(shopkeeper).post("/contracts", body(product, company, lines=[line]))
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == f"lines.0.{next(iter(wrong))}"


def test_a_price_that_looks_like_a_slip_is_confirmed_in_the_call(api, shopkeeper, seller, company):
    product = make_product(seller=seller, unit_price=2_500)
    refused = api(shopkeeper).patch(f"/products/{product.id}", {"price": 6_000})
    assert refused.status_code == 422
    facts = {"reason": "jump", "before": 2_500, "after": 6_000, "percent": 140, "confirm": "confirm_price"}
    assert {key: refused.json[key] for key in facts} == facts
    assert refused.json["errors"][0]["field"] == "price"
    answer = api(shopkeeper).patch(f"/products/{product.id}", {"price": 6_000, "confirm_price": True})
    assert (answer.status_code, answer.json["price"]) == (200, 6_000)
    asked = api(shopkeeper).post(
        "/contracts", body(product, company, lines=[{"product_id": product.id, "unit_price": 60}])
    )
    assert (asked.status_code, asked.json["errors"][0]["field"]) == (422, "lines.0.unit_price")


def test_a_buyer_sees_its_own_price_beside_the_list_price(api, shopkeeper, seller, buyer, company):
    product = make_product(seller=seller, unit_price=10_000, tiers=[(100, 9_500)])
    agree(shopkeeper, company, product, 9_000, least=50)
    seen = api(buyer).get(f"/products/{product.id}").json
    assert (seen["price"], seen["tiers"]) == (10_000, [{"min_quantity": 100, "unit_price": 9_500}])
    assert (seen["your_price"], seen["your_contract"]) == (10_000, "K-123")
    assert seen["your_tiers"] == [{"min_quantity": 50, "unit_price": 9_000}]
    for other in (None, make_actor(make_buyer(), Role.BUYER), shopkeeper):
        seen = api(other).get(f"/products/{product.id}").json
        assert (seen["your_price"], seen["your_tiers"], seen["your_contract"]) == (None, None, None)


def test_each_variant_has_a_price_of_ones_own(api, shopkeeper, seller, buyer, company):
    product = make_product(seller=seller, unit_price=10_000)
    product.options, product.offer.options = ["Ukuran"], ["M"]
    large = Offer(seller_id=seller.id, sku="XL-1", unit_price=12_000, on_hand=0, reserved=0, options=["XL"], position=1)
    product.offers.append(large)
    agree(shopkeeper, company, large, 9_000)
    seen = api(buyer).get(f"/products/{product.id}").json
    assert [variant["your_price"] for variant in seen["variants"]] == [None, 9_000]
    assert (seen["price"], seen["your_price"]) == (10_000, 9_000)


def test_the_order_line_names_its_contract(api, shopkeeper, seller, buyer, company):
    product = make_product(seller=seller)
    agree(shopkeeper, company, product, 9_000)
    order = api(buyer).post("/orders", {"lines": [{"product_id": product.id, "quantity": 2}]}).json
    assert (order["lines"][0]["unit_price"], order["lines"][0]["contract_number"]) == (9_000, "K-123")
    part = api(shopkeeper).get(f"/seller-orders/{order['seller_orders'][0]['id']}").json
    assert part["lines"][0]["contract_number"] == "K-123"


def test_prices_are_planned_listed_and_cancelled(api, shopkeeper, seller):
    product = make_product(seller=seller)
    change = {"starts_on": days(5).isoformat(), "price": 11_000, "tiers": [{"min_quantity": 50, "unit_price": 10_500}]}
    made = api(shopkeeper).post(f"/products/{product.id}/price-changes", change)
    assert made.status_code == 201
    assert {key: made.json[key] for key in change} == change
    listed = api(shopkeeper).get(f"/products/{product.id}/price-changes").json
    assert listed == {"items": [made.json], "total": 1}
    assert api(shopkeeper).post(f"/products/{product.id}/price-changes", change).status_code == 409
    assert api(shopkeeper).post(f"/price-changes/{made.json['id']}/cancel").json["cancelled_at"] is not None
    assert api(shopkeeper).post(f"/price-changes/{made.json['id']}/cancel").status_code == 409
    stranger = make_actor(make_seller(), Role.SELLER)
    assert api(stranger).post(f"/products/{product.id}/price-changes", change).status_code == 404
    assert api(stranger).post(f"/price-changes/{made.json['id']}/cancel").status_code == 404


def test_a_price_that_came_due_is_the_price_before_the_job_has_run(api, seller):
    product = make_product(seller=seller, unit_price=10_000)
    planned(product, 11_000, starts_on=days(0), tiers=[[10, 10_500]])
    session.commit()
    seen = api(None).get(f"/products/{product.id}").json
    assert (seen["price"], seen["tiers"]) == (11_000, [{"min_quantity": 10, "unit_price": 10_500}])


def test_sellers_look_for_buyers_by_name(api, shopkeeper, buyer, company):
    found = api(shopkeeper).get("/buyers", q="sinar")
    assert (found.status_code, found.json["total"]) == (200, 1)
    assert found.json["items"][0]["name"] == "PT Sinar Elektronik"
    assert api(shopkeeper).get("/buyers", q="si").status_code == 422
    assert api(shopkeeper).get("/buyers").status_code == 422
    assert api(buyer).get("/buyers", q="sinar").status_code == 403
