"""GET /products: the contract's item, its filters, and what is refused."""

import pytest

from catalog.categories.queries import get_category
from catalog.products.models import Certificate
from catalog.products.states import ProductState
from market.organisations.states import SellerState
from tests.factories import make_product, make_seller

ITEM = {
    "id", "slug", "name", "description", "category", "unit", "price", "tiers", "min_order", "order_multiple",
    "available", "lead_time_days", "certifications", "seller", "cooperative", "state",
}  # fmt: skip


def names(answer):
    return [item["name"] for item in answer.json["items"]]


def test_the_list_has_the_shape_that_was_promised(api, announce):
    seller = make_seller(district_code="32.16.07")
    product = make_product(
        name="Kardus", unit_price=2500, tiers=[(100, 2200)], seller=seller, category=get_category("kardus-polos")
    )
    product.certificates.append(Certificate(kind="sni", number="1"))
    announce(product)
    body = api(None).get("/products", q="kardus").json
    assert (body["total"], body["page"], body["per_page"], body["engine"]) == (1, 1, 25, "meilisearch")
    item = body["items"][0]
    assert item.keys() >= ITEM
    assert item["tiers"] == [{"min_quantity": 100, "unit_price": 2200}]
    known = {"id": seller.id, "name": seller.name, "slug": seller.slug, "district": "Cibitung"}
    assert item["seller"].items() >= known.items()
    assert item["certifications"] == ["sni"]
    assert item["state"] == "published"
    assert body["facets"]["district"] == [{"value": "32.16.07", "name": "Cibitung", "count": 1}]
    assert [entry["value"] for entry in body["facets"]["category"]] == ["kardus", "kardus-polos", "kemasan"]


def test_a_list_item_is_what_the_product_itself_answers(api, announce):
    product = make_product(name="Kardus", tiers=[(100, 9000)])
    announce(product)
    listed = api(None).get("/products").json["items"][0]
    shown = api(None).get(f"/products/{product.id}").json
    assert listed == {name: value for name, value in shown.items() if not name.startswith("your_")}


def test_both_engines_answer_with_the_same_items(api, announce, request):
    announce(make_product(name="Kardus", tiers=[(100, 9000)]))
    usual = api(None).get("/products", q="kardus").json
    request.getfixturevalue("away")
    other = api(None).get("/products", q="kardus").json
    assert (usual.pop("engine"), other.pop("engine")) == ("meilisearch", "postgresql")
    assert usual == other


def test_every_parameter_narrows_or_sorts(api, announce):
    near, far = make_seller(district_code="32.16.07"), make_seller(district_code="32.75.01")
    halal = make_product(name="Murah", unit_price=1000, seller=near, category=get_category("camilan"), lead_time_days=1)
    halal.certificates.append(Certificate(kind="halal", number="1"))
    announce(halal, make_product(name="Mahal", unit_price=2000, seller=far, on_hand=0, lead_time_days=9))
    ask = api(None).get
    for query in (
        {"q": "murah"},
        {"category": "makanan"},
        {"seller": near.slug},
        {"seller": near.id},
        {"district": "32.16.07"},
        {"district": "cibitung"},
        {"certification": "halal"},
        {"max_price": 1999},
        {"in_stock": "true"},
        {"max_lead_time": 3},
    ):
        assert names(ask("/products", **query)) == ["Murah"], query
    assert names(ask("/products", min_price=1001)) == ["Mahal"]
    assert set(names(ask("/products", district=["32.16.07", "32.75.01"]))) == {"Murah", "Mahal"}
    assert names(ask("/products", sort="price")) == ["Murah", "Mahal"]
    assert names(ask("/products", sort="-price")) == ["Mahal", "Murah"]
    assert names(ask("/products", sort="price", page=2, per_page=1)) == ["Mahal"]
    assert set(names(ask("/products", in_stock="false"))) == {"Murah", "Mahal"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"min_price": "abc"}, "min_price"),
        ({"min_price": "-1"}, "min_price"),
        ({"max_price": "1.5"}, "max_price"),
        ({"max_price": 10**30}, "max_price"),
        ({"min_price": 5, "max_price": 4}, "max_price"),
        ({"in_stock": "maybe"}, "in_stock"),
        ({"sort": "colour"}, "sort"),
        ({"certification": "bukan"}, "certification"),
        ({"page": 0}, "page"),
        ({"page": "x"}, "page"),
        ({"page": 10**30}, "page"),
        ({"per_page": 101}, "per_page"),
        ({"max_lead_time": 366}, "max_lead_time"),
        ({"q": "k" * 201}, "q"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_named(api, query, field):
    answer = api(None).get("/products", **query)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["errors"][0]["field"].startswith(field)


@pytest.mark.parametrize("query", [{"q": "🙂"}, {"page": 99_999}, {"category": "x"}, {"other": 1}])
def test_what_matches_nothing_or_means_nothing_is_no_error(api, query):
    assert api(None).get("/products", **query).status_code == 200


def test_what_is_not_for_sale_is_not_listed_whatever_is_asked(api, announce):
    seller = make_seller(state=SellerState.SUSPENDED)
    hidden = [make_product(name="Kardus", seller=seller), make_product(name="Kardus", state=ProductState.SUBMITTED)]
    announce(*hidden)
    for query in ({}, {"q": "kardus"}, {"seller": seller.slug}, {"q": hidden[1].slug}, {"q": hidden[1].offer.sku}):
        body = api(None).get("/products", **query).json
        assert (body["items"], body["total"]) == ([], 0)
        assert body["facets"]["district"] == []


def test_the_description_lists_the_call(api):
    call = api(None).get("/openapi.json").json["paths"]["/api/v1/products"]["get"]
    assert {"q", "district", "sort", "in_stock"} <= {parameter["name"] for parameter in call["parameters"]}
