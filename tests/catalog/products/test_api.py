"""Products over the API."""

import pytest

from catalog.products import operations
from catalog.products.limits import MAX_PRICE, MAX_QUANTITY
from catalog.products.models import Product
from catalog.products.states import ProductState
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from market.organisations.states import SellerState
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller

A_BOX = {
    "name": "Kardus polos 40 × 30 × 30 cm",
    "description": "Kardus satu dinding.",
    "specification": [{"name": "Tinggi", "value": "30 cm"}],
    "category": "kardus-polos",
    "unit": "H87",
    "sku": "K-40",
    "price": 3500,
    "tiers": [{"min_quantity": 500, "unit_price": 3000}, {"min_quantity": 100, "unit_price": 3300}],
    "min_order": 50,
    "order_multiple": 25,
    "stock": 1000,
    "lead_time_days": 3,
    "certifications": ["sni", "tkdn"],
}


@pytest.fixture
def seller() -> Seller:
    return make_seller(name="Karya Kardus", district_code="32.16.06")


@pytest.fixture
def shopkeeper(seller: Seller) -> Actor:
    return make_actor(seller, Role.SELLER)


@pytest.fixture
def admin(seller: Seller) -> Actor:
    return make_actor(seller.cooperative, Role.ADMIN)


def test_a_product_is_made_and_answered_as_agreed(api, shopkeeper: Actor, seller: Seller) -> None:
    answer = api(shopkeeper).post("/products", A_BOX)
    assert answer.status_code == 201
    made = answer.json
    expected = {
        **A_BOX,
        "id": made["id"],
        "slug": f"kardus-polos-40-30-30-cm-{made['id']}",
        "category_name": "Kardus polos",
        "unit_name": "pcs",
        "tiers": [{"min_quantity": 100, "unit_price": 3300}, {"min_quantity": 500, "unit_price": 3000}],
        "available": 1000,
        "reserved": 0,
        "seller": {
            "id": seller.id,
            "name": "Karya Kardus",
            "slug": seller.slug,
            "district": "Tambun Selatan",
            "closed_from": None,
            "closed_until": None,
        },
        "cooperative": {"id": seller.cooperative.id, "name": seller.cooperative.name},
        "picture": None,
        "picture_small": None,
        "state": "draft",
        "state_reason": None,
        "pending_changes": {},
        "change_id": None,
    }
    assert {name: made[name] for name in expected} == expected
    assert api(shopkeeper).get(f"/products/{made['id']}").json == made


def test_a_unit_may_be_sent_as_sellers_write_it(api, shopkeeper: Actor) -> None:
    answer = api(shopkeeper).post(
        "/products", {"name": "Beras", "price": 1, "unit": "kg", "category": "Beras, telur & lauk"}
    )
    assert (answer.json["unit"], answer.json["unit_name"], answer.json["category"]) == ("KGM", "kg", "beras-telur")


def test_only_what_is_sent_changes(api, shopkeeper: Actor) -> None:
    made = api(shopkeeper).post("/products", A_BOX).json
    answer = api(shopkeeper).patch(f"/products/{made['id']}", {"price": 4000, "stock": 10})
    assert answer.status_code == 200
    assert answer.json == {
        **made,
        "price": 4000,
        "comparison": {**made["comparison"], "price": 4000},
        "stock": 10,
        "available": 10,
    }
    assert api(shopkeeper).patch(f"/products/{made['id']}", {}).json == answer.json


def test_a_mark_that_is_sent_again_keeps_its_number(api, shopkeeper: Actor) -> None:
    numbered = [{"kind": "sni", "number": "SNI 01-2891", "expires_on": "2030-01-31"}]
    made = api(shopkeeper).post("/products", {"name": "Roti", "price": 1, "certificates": numbered}).json
    answer = api(shopkeeper).patch(f"/products/{made['id']}", {"certifications": ["sni", "halal"]})
    assert answer.json["certifications"] == ["halal", "sni"]
    product = session.get_one(Product, made["id"])
    assert [(c.kind, c.number) for c in product.certificates] == [("sni", "SNI 01-2891"), ("halal", "")]


def test_the_way_to_the_buyers(api, shopkeeper: Actor, admin: Actor) -> None:
    product_id = api(shopkeeper).post("/products", A_BOX).json["id"]
    for actor, step, body, state in (
        (shopkeeper, "submit", None, "submitted"),
        (admin, "reject", {"reason": "Gambarnya buram."}, "rejected"),
        (shopkeeper, "submit", None, "submitted"),
        (admin, "approve", None, "published"),
    ):
        answer = api(actor).post(f"/products/{product_id}/{step}", body)
        assert (answer.status_code, answer.json["state"]) == (200, state)
    seen = api(None).get(f"/products/{product_id}")
    assert seen.status_code == 200
    assert seen.json["state"] == "published"
    assert not {"stock", "reserved", "state_reason"} & seen.json.keys()


def test_who_sees_what_is_not_for_sale(api, seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    draft = make_product(seller=seller, state=ProductState.DRAFT)
    of_a_suspended_seller = make_product(seller=make_seller(state=SellerState.SUSPENDED))
    for actor, status in (
        (None, 404),
        (make_actor(make_buyer(), Role.BUYER), 404),
        (make_actor(make_seller(), Role.SELLER), 404),
        (make_actor(make_cooperative(), Role.ADMIN), 404),
        (shopkeeper, 200),
        (admin, 200),
    ):
        assert api(actor).get(f"/products/{draft.id}").status_code == status
        assert api(actor).get(f"/products/{of_a_suspended_seller.id}").status_code == 404


@pytest.mark.parametrize("product_id", ["0", "999999999", "9" * 40, "abc", "-1", "1.5"])
def test_an_unknown_product_is_not_there(api, shopkeeper: Actor, product_id: str) -> None:
    for answer in (
        api(None).get(f"/products/{product_id}"),
        api(shopkeeper).patch(f"/products/{product_id}", {"price": 1}),
        api(shopkeeper).post(f"/products/{product_id}/submit"),
    ):
        assert answer.status_code in (404, 405)
        assert answer.mimetype == "application/problem+json"


def test_roles_are_asked_for(api, seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    product = make_product(seller=seller, state=ProductState.SUBMITTED)
    buyer, treasurer = make_actor(make_buyer(), Role.BUYER), make_actor(seller.cooperative, Role.TREASURER)
    for actor, status in ((None, 401), (buyer, 403), (admin, 403)):
        assert api(actor).post("/products", A_BOX).status_code == status
        assert api(actor).patch(f"/products/{product.id}", {}).status_code == status
        assert api(actor).post(f"/products/{product.id}/submit").status_code == status
    for actor, status in ((None, 401), (buyer, 403), (shopkeeper, 403), (treasurer, 403)):
        assert api(actor).post(f"/products/{product.id}/approve").status_code == status
        assert api(actor).post(f"/products/{product.id}/reject", {"reason": "x"}).status_code == status
    stranger = make_actor(make_cooperative(), Role.ADMIN)
    assert api(stranger).post(f"/products/{product.id}/approve").status_code == 404
    assert api(make_actor(make_seller(), Role.SELLER)).patch(f"/products/{product.id}", {}).status_code == 404


def test_a_stale_step_is_a_conflict(api, seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    published = make_product(seller=seller)
    for answer in (
        api(shopkeeper).post(f"/products/{published.id}/submit"),
        api(admin).post(f"/products/{published.id}/approve"),
        api(admin).post(f"/products/{published.id}/reject", {"reason": "x"}),
    ):
        assert answer.status_code == 409
    applicant = make_seller(state=SellerState.APPLIED)
    waiting = make_product(seller=applicant, state=ProductState.SUBMITTED)
    answer = api(make_actor(applicant.cooperative, Role.ADMIN)).post(f"/products/{waiting.id}/approve")
    assert answer.status_code == 409
    assert "belum disetujui" in answer.json["detail"]


def test_a_number_in_use_is_a_conflict_at_its_field(api, shopkeeper: Actor) -> None:
    api(shopkeeper).post("/products", A_BOX)
    answer = api(shopkeeper).post("/products", A_BOX)
    assert answer.status_code == 409
    assert answer.json["errors"][0]["field"] == "sku"


def test_the_same_key_makes_one_product(api, shopkeeper: Actor) -> None:
    caller = api(shopkeeper)
    first, again = (caller.post("/products", A_BOX, key="k-1") for _ in range(2))
    assert first.json == again.json
    assert caller.post("/products", {**A_BOX, "sku": "K-41"}, key="k-1").status_code == 422


WRONG = {
    "name": [None, 5, "", "   ", "n" * 151, "\x00", "\ud800", ["x"]],
    "description": [None, 5, "d" * 5001, "\x00"],
    "specification": [
        None,
        "x",
        [1],
        [{"name": "a"}],
        [{"name": "", "value": "b"}],
        [{"name": "a", "value": "b"}] * 21,
    ],
    "category": [None, 5, "", "tidak-ada", "\ud800"],
    "unit": [None, 5, "", "segenggam"],
    "sku": [None, 5, "", "s" * 61],
    "price": [None, "3500", 3500.0, 3500.5, True, 0, -1, MAX_PRICE + 1, 10**40, float("1e308"), []],
    "tiers": [
        None,
        {},
        [1],
        [{"min_quantity": 100}],
        [{"min_quantity": 1, "unit_price": 1}],
        [{"min_quantity": 10, "unit_price": 0}],
        [{"min_quantity": 10, "unit_price": 3500}],
        [{"min_quantity": 10, "unit_price": 5, "extra": 1}],
        [{"min_quantity": 10 + n, "unit_price": 100 - n} for n in range(6)],
    ],
    "min_order": [None, 0, -5, "1", 1.5, MAX_QUANTITY + 1, 10**40],
    "order_multiple": [None, 0, -5, "1", 1.5, MAX_QUANTITY + 1],
    "stock": [None, -1, "1", 1.5, MAX_QUANTITY + 1, 10**40],
    "lead_time_days": [None, -1, 366, "1"],
    "certifications": [None, "sni", ["gold"], [1], [None]],
    "certificates": [None, [{"kind": "sni"}], [{"kind": "sni", "number": "1", "expires_on": "31-01-2030"}]],
    "unknown_field": [1],
    "state": ["published"],
    "id": [7],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_wrong_input_is_refused_at_its_field(api, shopkeeper: Actor, field: str, value) -> None:
    session.commit()
    caller = api(shopkeeper)
    answer = caller.post("/products", {**A_BOX, field: value})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["errors"][0]["field"].split(".")[0] == field
    assert session.query(Product).filter_by(seller_id=shopkeeper.organisation_id).count() == 0


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_a_wrong_change_changes_nothing(api, shopkeeper: Actor, field: str, value) -> None:
    product = operations.create_product({"name": "Nama lama", "price": 3500}, by=shopkeeper)
    answer = api(shopkeeper).patch(f"/products/{product.id}", {"lead_time_days": 7, field: value})
    assert answer.status_code == 422
    session.expire_all()
    assert (product.name, product.lead_time_days, product.offer.unit_price) == ("Nama lama", 0, 3500)


@pytest.mark.parametrize("body", [[], "x", 5, [[]]])
def test_a_body_that_is_no_object_is_refused(api, shopkeeper: Actor, body) -> None:
    assert api(shopkeeper).post("/products", body).status_code == 422


def test_a_body_that_is_no_json_is_refused(app, shopkeeper: Actor, api) -> None:
    headers = {**api(shopkeeper).headers, "Content-Type": "application/json"}
    for body in (b"{", b"\xff\xfe", b"[" * 5000):
        answer = app.test_client().post("/api/v1/products", data=body, headers=headers)
        assert answer.status_code in (400, 422)


def test_eight_million_pieces_at_a_high_price_stay_exact(api, shopkeeper: Actor) -> None:
    answer = api(shopkeeper).post("/products", {"name": "Mesin", "price": MAX_PRICE, "stock": 8_000_000})
    assert (answer.json["price"], answer.json["available"]) == (MAX_PRICE, 8_000_000)
