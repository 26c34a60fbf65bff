"""Changes to published products over the API."""

import pytest

from catalog.products.models import Product
from catalog.products.states import ProductState
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller


@pytest.fixture
def product(seller: Seller) -> Product:
    made = make_product(seller=seller, name="Kardus polos")
    session.commit()
    return made


def ask(api, product: Product, shopkeeper: Actor, **body) -> dict:
    answer = api(shopkeeper).patch(f"/products/{product.id}", body)
    assert answer.status_code == 200
    return answer.json


def test_what_waits_is_answered_to_the_seller_and_its_cooperative(
    api, product: Product, shopkeeper: Actor, admin: Actor
) -> None:
    answer = ask(api, product, shopkeeper, name="Kardus cetak", price=9500)
    assert (answer["state"], answer["name"], answer["price"]) == ("published", "Kardus polos", 9500)
    assert answer["pending_changes"] == {"name": ["Kardus polos", "Kardus cetak"]}
    assert answer["change_id"] == product.pending_change.id
    assert api(admin).get(f"/products/{product.id}").json["pending_changes"] == answer["pending_changes"]
    for other in (None, make_actor(make_buyer(), Role.BUYER)):
        assert not {"pending_changes", "change_id"} & api(other).get(f"/products/{product.id}").json.keys()


def test_the_cooperative_lists_and_decides(api, product: Product, shopkeeper: Actor, admin: Actor, seller) -> None:
    change_id = ask(api, product, shopkeeper, name="Kardus cetak")["change_id"]
    listed = api(admin).get("/changes").json
    assert (listed["total"], listed["items"][0]["id"]) == (1, change_id)
    change = listed["items"][0]
    assert (change["product_id"], change["product_name"], change["seller_id"], change["state"]) == (
        product.id,
        "Kardus polos",
        seller.id,
        "pending",
    )
    assert change["changes"] == {"name": ["Kardus polos", "Kardus cetak"]}
    rejected = api(admin).post(f"/changes/{change_id}/reject", {"reason_kind": "name", "reason": "Bukan cetak."})
    assert (rejected.status_code, rejected.json["state"], rejected.json["reason_kind"]) == (200, "rejected", "name")
    assert rejected.json["reason"].endswith(": Bukan cetak.")
    again = ask(api, product, shopkeeper, name="Kardus cetak")["change_id"]
    assert again != change_id
    approved = api(admin).post(
        f"/changes/{again}/approve", {"seen_at": api(admin).get("/changes").json["items"][0]["updated_at"]}
    )
    assert (approved.status_code, approved.json["state"], approved.json["product_name"]) == (
        200,
        "approved",
        "Kardus cetak",
    )
    assert [each["state"] for each in api(admin).get("/changes", state="approved").json["items"]] == ["approved"]
    assert api(admin).get("/changes").json["total"] == 0


def test_the_seller_takes_it_back(api, product: Product, shopkeeper: Actor) -> None:
    ask(api, product, shopkeeper, name="Kardus cetak")
    answer = api(shopkeeper).post(f"/products/{product.id}/changes/withdraw")
    assert (answer.status_code, answer.json["pending_changes"], answer.json["change_id"]) == (200, {}, None)
    assert api(shopkeeper).post(f"/products/{product.id}/changes/withdraw").status_code == 409


def test_what_cannot_be_is_refused(api, product: Product, shopkeeper: Actor, admin: Actor) -> None:
    change_id = ask(api, product, shopkeeper, name="Kardus cetak")["change_id"]
    for body in ({}, {"reason": " "}, {"reason_kind": "other"}, {"reason_kind": "nonsense"}, {"reason": 5}, {"x": 1}):
        assert api(admin).post(f"/changes/{change_id}/reject", body).status_code == 422, body
    for seen in ("2020-01-01T00:00:00Z",):
        assert api(admin).post(f"/changes/{change_id}/approve", {"seen_at": seen}).status_code == 409
    for wrong in ("kemarin", 5, "2020-01-01T00:00:00"):
        assert api(admin).post(f"/changes/{change_id}/approve", {"seen_at": wrong}).status_code == 422, wrong
    for state in ("nonsense", ""):
        assert api(admin).get("/changes", state=state).status_code == 422
    assert api(admin).post(f"/changes/{2**70}/approve").status_code == 404
    stranger = make_actor(make_cooperative(), Role.ADMIN)
    assert api(stranger).post(f"/changes/{change_id}/approve").status_code == 404
    assert api(stranger).get("/changes").json["total"] == 0
    assert (
        api(make_actor(make_seller(), Role.SELLER)).post(f"/products/{product.id}/changes/withdraw").status_code == 404
    )
    assert api(shopkeeper).get("/changes").status_code == 403


def test_a_product_may_be_rejected_by_the_list_or_in_words(api, seller: Seller, admin: Actor) -> None:
    for body, sentence in (
        ({"reason": "Buram."}, "Buram."),
        ({"reason_kind": "picture"}, "Gambar tidak jelas atau bukan barangnya"),
        ({"reason_kind": "picture", "reason": "Buram."}, "Gambar tidak jelas atau bukan barangnya: Buram."),
    ):
        product = make_product(seller=seller, state=ProductState.SUBMITTED)
        session.commit()
        answer = api(admin).post(f"/products/{product.id}/reject", body)
        assert (answer.status_code, answer.json["state_reason"]) == (200, sentence)


def test_the_list_of_changes_costs_the_same_however_many(
    api, seller: Seller, shopkeeper: Actor, admin: Actor, count_queries
) -> None:
    counts = []
    for number in (1, 8):
        for _each in range(number):
            new = make_product(seller=seller)
            session.commit()
            ask(api, new, shopkeeper, description="Lain.")
        session.expire_all()
        with count_queries() as queries:
            assert api(admin).get("/changes").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
