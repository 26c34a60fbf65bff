"""Products with variants over the API: a whole list replaces the one before, and ids stay."""

import pytest

from catalog.products.models import Product
from market.accounts.roles import Role
from market.db import session
from tests.factories import make_actor, make_buyer, make_product, make_variants

SIZES = [{"options": {"Ukuran": "S"}, "stock": 10}, {"options": {"Ukuran": "M"}, "stock": 5, "price": 52_000}]


def test_a_product_is_made_with_variants_and_answered_with_them(api, shopkeeper) -> None:
    body = {"name": "Kaos polos", "price": 50_000, "sku": "KAOS", "min_order_together": 24, "variants": SIZES}
    answer = api(shopkeeper).post("/products", body)
    assert answer.status_code == 201, answer.json
    assert answer.json["options"] == ["Ukuran"]
    assert (answer.json["min_order_together"], answer.json["price"], answer.json["stock"]) == (24, 50_000, 15)
    shown = [(v["sku"], v["name"], v["options"], v["price"], v["stock"]) for v in answer.json["variants"]]
    assert shown == [
        ("KAOS-S", "S", {"Ukuran": "S"}, 50_000, 10),
        ("KAOS-M", "M", {"Ukuran": "M"}, 52_000, 5),
    ]


def test_a_list_replaces_the_one_before_and_ids_stay(api, shopkeeper, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller)
    session.commit()
    small, medium = [offer.id for offer in product.offers]
    rows = [
        {"id": medium, "options": {"Ukuran": "M"}, "price": 10_500},
        {"options": {"Ukuran": "L"}, "stock": 7},
    ]
    answer = api(shopkeeper).patch(f"/products/{product.id}", {"variants": rows})
    assert answer.status_code == 200, answer.json
    assert [(v["name"], v["price"], v["stock"]) for v in answer.json["variants"]] == [
        ("M", 10_500, 1000),
        ("L", 10_500, 7),
    ]
    assert answer.json["variants"][0]["id"] == medium
    session.expire_all()
    assert [(offer.id, offer.active) for offer in product.offers if not offer.active] == [(small, False)]


def test_a_simple_product_becomes_one_with_variants_and_back(api, shopkeeper, seller) -> None:
    product = make_product(seller=seller, sku="KAOS")
    session.commit()
    before = product.offer.id
    rows = [{"options": {"Ukuran": "S", "Warna": "Putih"}}, {"options": {"Warna": "Biru", "Ukuran": "S"}}]
    answer = api(shopkeeper).patch(f"/products/{product.id}", {"variants": rows, "options": ["Warna", "Ukuran"]})
    assert [variant["name"] for variant in answer.json["variants"]] == ["Putih / S", "Biru / S"]
    assert answer.json["variants"][0]["id"] == before
    answer = api(shopkeeper).patch(f"/products/{product.id}", {"options": []})
    assert (answer.json["options"], answer.json["variants"], answer.json["sku"]) == ([], [], "KAOS")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"price": 9_000}, "price"),
        ({"stock": 5}, "stock"),
        ({"variants": []}, "variants"),
        ({"variants": [{"price": 5}]}, "variants.0.options"),
        ({"variants": [{"options": {}}]}, "variants.0.options"),
        ({"variants": [{"options": {"Ukuran": ""}}]}, "variants.0.options.Ukuran"),
        ({"variants": [{"options": {"Ukuran": "S"}}, {"options": {"Warna": "Biru"}}]}, "variants.1.options"),
        ({"variants": [{"options": {"Ukuran": "S"}}, {"options": {"Ukuran": "S"}}]}, "variants.1.options"),
        ({"variants": [{"options": {"Ukuran": "S"}, "price": "murah"}]}, "variants.0.price"),
        ({"variants": [{"options": {"Ukuran": "S"}, "price": 1}]}, "variants.0.price"),
        ({"variants": [{"options": {"Ukuran": "S"}, "id": 987654321}]}, "variants.0.id"),
        ({"variants": [{"options": {"Ukuran": "S"}, "aneh": 1}]}, "variants.0.aneh"),
        ({"options": ["A", "B", "C", "D"]}, "options"),
        ({"min_order_together": 0}, "min_order_together"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(api, shopkeeper, seller, body, field) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller)
    session.commit()
    answer = api(shopkeeper).patch(f"/products/{product.id}", body)
    assert answer.status_code == 422, answer.json
    assert field in str(answer.json), answer.json
    session.expire_all()
    assert [(offer.label, offer.unit_price, offer.on_hand) for offer in product.variants] == [
        ("S", 10_000, 1000),
        ("M", 10_000, 1000),
    ]


def test_buyers_do_not_see_what_is_on_hand(api, seller) -> None:
    product: Product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller)
    session.commit()
    variant = api(make_actor(make_buyer(), Role.BUYER)).get(f"/products/{product.id}").json["variants"][0]
    assert variant["available"] == 1000
    assert "stock" not in variant
    assert "reserved" not in variant
