"""What a category asks for and what a unit holds, as sellers say it: by operations, in the form and over the API."""

from decimal import Decimal
from typing import Any

import pytest

from catalog.categories.kinds import AttributeKind
from catalog.products import operations
from catalog.products.errors import IncompleteProduct
from catalog.products.models import Product
from market.accounts.actor import Actor
from market.db import session
from market.errors import Invalid
from market.organisations.models import Seller
from tests.catalog.categories.asked import ask
from tests.catalog.products.boxes import A_BOX, box
from tests.factories import make_product

NUMBER, CHOICE, TEXT, YES_NO = AttributeKind


@pytest.fixture(autouse=True)
def questions(admin: Actor) -> None:
    ask(admin, "kemasan", "Tara pangan", YES_NO)
    ask(admin, "kardus", "Gramatur", unit="gsm")
    ask(admin, "kardus-polos", "Bahan", CHOICE, required=True)
    ask(admin, "palet", "Beban", unit="kg", required=True)


def test_a_product_says_what_its_category_asks_for(shopkeeper: Actor) -> None:
    product = box(shopkeeper, attributes={"gramatur": "150 gsm", "bahan": "double wall", "tara-pangan": "tidak"})
    assert product.attributes == {"gramatur": 150, "bahan": "Double wall", "tara-pangan": False}
    operations.update_product(product.id, {"attributes": {"gramatur": "", "bahan": "Single wall"}}, by=shopkeeper)
    assert product.attributes == {"bahan": "Single wall", "tara-pangan": False}


def test_in_another_category_only_what_fits_there_stays(shopkeeper: Actor) -> None:
    product = box(shopkeeper, attributes={"gramatur": 150, "bahan": "Double wall", "tara-pangan": True})
    operations.update_product(product.id, {"category": "karung"}, by=shopkeeper)
    assert product.attributes == {"tara-pangan": True}
    operations.update_product(product.id, {"category": "palet", "attributes": {"beban": "1.500"}}, by=shopkeeper)
    assert product.attributes == {"beban": 1500}


@pytest.mark.parametrize(
    ("attributes", "field"),
    [
        ({"gramatur": "tebal"}, "attributes.gramatur"),
        ({"bahan": "triple wall"}, "attributes.bahan"),
        ({"tara-pangan": "mungkin"}, "attributes.tara-pangan"),
        ({"beban": 5}, "attributes"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_changes_nothing(
    shopkeeper: Actor, attributes: dict[str, Any], field: str
) -> None:
    product = box(shopkeeper, attributes={"gramatur": 150})
    with pytest.raises(Invalid) as refused:
        operations.update_product(product.id, {"name": "Nama lain", "attributes": attributes}, by=shopkeeper)
    assert refused.value.field == field
    session.rollback()
    assert (product.name, product.attributes) == (A_BOX["name"], {"gramatur": 150})


def test_what_is_required_must_be_there_before_it_is_submitted(shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    with pytest.raises(IncompleteProduct, match=r"Isi dulu: Bahan\.") as refused:
        operations.submit_product(product.id, by=shopkeeper)
    assert refused.value.field == "attributes.bahan"
    operations.update_product(product.id, {"attributes": {"bahan": "single wall"}}, by=shopkeeper)
    assert operations.submit_product(product.id, by=shopkeeper).state == "submitted"
    with pytest.raises(IncompleteProduct, match=r"Isi dulu: Beban\."):
        operations.update_product(product.id, {"category": "palet"}, by=shopkeeper)


def test_a_product_for_sale_is_asked_anew_only_when_its_answers_change(shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, category=box(shopkeeper).category)
    operations.update_product(product.id, {"description": "Lebih tebal.", "price": 9_500}, by=shopkeeper)
    with pytest.raises(IncompleteProduct):
        operations.update_product(product.id, {"attributes": {"gramatur": 150}}, by=shopkeeper)
    answers = {"gramatur": 150, "bahan": "Single wall"}
    operations.update_product(product.id, {"attributes": answers}, by=shopkeeper)
    assert product.pending_change is not None
    assert product.pending_change.changes["attributes"] == [{}, answers]


def test_a_unit_says_what_it_holds(shopkeeper: Actor) -> None:
    product = box(shopkeeper, unit="dus", content=Decimal("24"), content_unit="pcs")
    assert (product.offer.content, product.content_unit) == (24, "H87")
    operations.update_product(product.id, {"content": None, "content_unit": None}, by=shopkeeper)
    assert (product.offer.content, product.content_unit) == (None, None)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"content": Decimal(0), "content_unit": "pcs"}, "content"),
        ({"content": Decimal(-1), "content_unit": "pcs"}, "content"),
        ({"content": Decimal("NaN"), "content_unit": "pcs"}, "content"),
        ({"content": Decimal("1e12"), "content_unit": "pcs"}, "content"),
        ({"content": Decimal("0.0005"), "content_unit": "pcs"}, "content"),
        ({"content": Decimal(24)}, "content_unit"),
        ({"content": Decimal(24), "content_unit": "dus"}, "content_unit"),
        ({"content": Decimal(24), "content_unit": "karung"}, "content_unit"),
        ({"content": Decimal(24), "content_unit": "entah"}, "content_unit"),
    ],
)
def test_what_a_unit_cannot_hold_is_refused(shopkeeper: Actor, content: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        box(shopkeeper, unit="dus", **content)
    assert refused.value.field == field


def form_of(product: Product | None = None, **given: str) -> dict[str, str]:
    return {
        "seen_at": product.updated_at.isoformat() if product else "",
        "name": "Kardus polos 40 × 30 × 30 cm",
        "category": "kardus-polos",
        "description": "Kardus satu dinding.",
        "unit": "H87",
        "price": "3.500",
        "min_order": "1",
        "order_multiple": "1",
        "lead_time_days": "0",
        "stock": "10",
        **given,
    }


def test_the_form_asks_what_the_chosen_category_asks(client, shopkeeper: Actor) -> None:
    client.log_in(shopkeeper)
    assert "attributes.bahan" not in client.get("/seller/products/new").text
    page = client.submit("/seller/products/new", form_of(show_fields="1"))
    assert page.status_code == 200
    for words in ('name="attributes.bahan"', 'name="attributes.gramatur"', ">Double wall<", "gsm", "Wajib sebelum"):
        assert words in page.text
    assert 'value="Kardus polos 40 × 30 × 30 cm"' in page.text
    assert session.query(Product).count() == 0
    part = client.submit("/seller/products/attributes", form_of(**{"attributes.gramatur": "15o"}))
    assert part.status_code == 200
    assert "<html" not in part.text
    assert 'value="15o"' in part.text


def test_what_is_typed_into_the_form_is_kept_and_said_to_be_wrong(client, shopkeeper: Actor) -> None:
    client.log_in(shopkeeper)
    wrong = {
        "attributes.gramatur": "tebal",
        "attributes.bahan": "Triple wall",
        "content": "banyak",
        "content_unit": "KGM",
    }
    page = client.submit("/seller/products/new", form_of(**wrong))
    assert page.status_code == 422
    for words in ("Tulis angkanya dalam gsm", 'value="tebal"', 'value="banyak"', "Tulis angka, misalnya 24"):
        assert words in page.text
    assert session.query(Product).count() == 0


def test_a_product_is_described_through_the_form(client, shopkeeper: Actor, seller: Seller) -> None:
    client.log_in(shopkeeper)
    given = {"attributes.gramatur": "150,5", "attributes.tara-pangan": "tidak", "content": "24", "content_unit": "LEF"}
    assert client.submit("/seller/products/new", form_of(**given)).status_code == 302
    product = session.query(Product).filter_by(seller_id=seller.id).one()
    assert product.attributes == {"gramatur": 150.5, "tara-pangan": False}
    assert (product.offer.content, product.content_unit) == (24, "LEF")
    url = f"/seller/products/{product.id}/edit"
    page = client.get(url).text
    assert 'value="150,5"' in page
    assert '<option selected value="tidak">' in page
    emptied = {"attributes.gramatur": "", "content": "", "content_unit": ""}
    changed = {**emptied, "attributes.bahan": "Single wall", "attributes.tara-pangan": "tidak"}
    assert client.submit(url, form_of(product, **changed)).status_code == 302
    assert product.attributes == {"bahan": "Single wall", "tara-pangan": False}
    assert (product.offer.content, product.content_unit) == (None, None)
    refused = client.submit(url, form_of(product, content_unit="KGM"))
    assert "Isi juga jumlahnya" in refused.text
    refused = client.submit(url, form_of(product, content="5"))
    assert "Pilih satuan isinya" in refused.text


def test_a_choice_that_is_no_longer_offered_can_stay(client, shopkeeper: Actor, seller: Seller) -> None:
    client.log_in(shopkeeper)
    product = box(shopkeeper, attributes={"bahan": "Single wall"})
    product.attributes = {"bahan": "Honeycomb"}
    session.commit()
    url = f"/seller/products/{product.id}/edit"
    assert '<option selected value="Honeycomb">' in client.get(url).text
    sent = form_of(product, **{"attributes.bahan": "Honeycomb", "attributes.gramatur": "150"})
    assert client.submit(url, sent).status_code == 302
    assert product.attributes == {"bahan": "Honeycomb", "gramatur": 150}


def test_the_api_takes_and_gives_what_is_said(api, shopkeeper: Actor) -> None:
    said = {
        "attributes": {"gramatur": 150, "bahan": "double wall"},
        "unit": "dus",
        "content": 24,
        "content_unit": "pcs",
    }
    made = api(shopkeeper).post("/products", {**A_BOX, "price": 48_000, **said})
    assert made.status_code == 201
    assert made.json["attributes"] == {"gramatur": 150, "bahan": "Double wall"}
    assert (made.json["content"], made.json["content_unit"]) == (24, "H87")
    assert made.json["comparison"] == {"price": 2000, "unit": "H87", "unit_name": "pcs"}
    url = f"/products/{made.json['id']}"
    changed = api(shopkeeper).patch(url, {"attributes": {"gramatur": None}, "content": 2.5, "content_unit": "kg"}).json
    assert changed["attributes"] == {"bahan": "Double wall"}
    assert (changed["content"], changed["comparison"]["price"]) == (2.5, 19_200)
    emptied = api(shopkeeper).patch(url, {"content": None, "content_unit": None}).json
    assert (emptied["content"], emptied["comparison"]) == (None, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"attributes": {"gramatur": "x"}}, "attributes.gramatur"),
        ({"attributes": {"gramatur": {"a": 1}}}, "attributes.gramatur"),
        ({"attributes": {"bahan": ["Single wall"]}}, "attributes.bahan"),
        ({"attributes": {"tebal": 1}}, "attributes"),
        ({"attributes": [1]}, "attributes"),
        ({"attributes": None}, "attributes"),
        ({"attributes": {"": 1}}, "attributes"),
        ({"attributes": {f"k{n}": n for n in range(91)}}, "attributes"),
        ({"content": 0, "content_unit": "kg"}, "content"),
        ({"content": "banyak", "content_unit": "kg"}, "content"),
        ({"content": 1e400, "content_unit": "kg"}, "content"),
        ({"content": True, "content_unit": "kg"}, "content"),
        ({"content": 5}, "content_unit"),
        ({"content": 5, "content_unit": "pcs"}, "content_unit"),
        ({"content_unit": 7}, "content_unit"),
    ],
)
def test_the_api_refuses_what_cannot_be(api, shopkeeper: Actor, body: dict[str, Any], field: str) -> None:
    answer = api(shopkeeper).post("/products", {**A_BOX, **body})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"].startswith(field)
    assert session.query(Product).count() == 0


def test_a_dozen_says_what_it_holds_by_its_name(api, shopkeeper: Actor) -> None:
    made = api(shopkeeper).post("/products", {**A_BOX, "unit": "lusin", "price": 24_000}).json
    assert (made["content"], made["content_unit"]) == (12, "H87")
    assert made["comparison"] == {"price": 2000, "unit": "H87", "unit_name": "pcs"}
