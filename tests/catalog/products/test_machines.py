"""What search engines and chats read, and addresses that lead on after a rename."""

import json
import re
from xml.etree import ElementTree

import pytest

from catalog.categories.queries import get_category
from catalog.products.slugs import find_id, slug_of
from catalog.products.states import ProductState
from catalog.products.structured import LONGEST_SUMMARY, summary
from catalog.products.views import sitemap
from market.db import session
from market.organisations.states import SellerState
from tests.factories import make_product, make_seller

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def named(name: str, **given):
    product = make_product(name=name, **given)
    product.slug = slug_of(name, product.id)
    session.flush()
    return product


def data_of(page: str) -> list[dict]:
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def locations(answer) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(answer.data).iter(LOCATION)]


def test_an_address_from_before_a_rename_leads_to_the_present_one(client) -> None:
    product = named("Kardus baru")
    answer = client.get(f"/products/kardus-lama-{product.id}?quantity=5")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/products/{product.slug}?quantity=5"
    assert client.get(f"/products/{product.slug}").status_code == 200


@pytest.mark.parametrize("slug", ["kardus", "kardus-0", "kardus-99999999999999999999", "kardus-٣", "-", "kardus--1"])
def test_an_address_that_means_no_product_is_not_found(client, slug: str) -> None:
    assert client.get(f"/products/{slug}").status_code == 404


def test_an_old_address_does_not_tell_what_is_not_for_sale(client) -> None:
    product = named("Rahasia", state=ProductState.DRAFT)
    assert client.get(f"/products/lama-{product.id}").status_code == 404


def test_the_id_is_found_at_the_end_of_an_address() -> None:
    assert [find_id(slug) for slug in ("kardus-40-30-12", "12", "kardus", "12-")] == [12, 12, None, None]


def test_the_page_tells_search_engines_price_stock_and_minimum(client) -> None:
    product = named(
        "Kardus </script> polos",
        unit_price=3500,
        min_order=60,
        order_multiple=25,
        category=get_category("kardus-polos"),
        specification=[["Tinggi", "30 cm"]],
    )
    described, way = data_of(client.get(f"/products/{product.slug}").text)
    assert (described["@type"], described["name"]) == ("Product", "Kardus </script> polos")
    assert described["url"].endswith(f"/products/{product.slug}")
    assert described["additionalProperty"] == [{"@type": "PropertyValue", "name": "Tinggi", "value": "30 cm"}]
    offer = described["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", 3500, "IDR")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["eligibleQuantity"]["minValue"] == 75
    assert [step["name"] for step in way["itemListElement"]] == ["Kardus & karton", "Kardus polos", described["name"]]


def test_goods_that_are_out_of_stock_are_said_to_be(client) -> None:
    product = named("Habis", on_hand=5, min_order=10)
    assert data_of(client.get(f"/products/{product.slug}").text)[0]["offers"]["availability"].endswith("OutOfStock")


def test_a_chat_gets_a_card_with_name_price_and_the_one_address(client) -> None:
    product = named("Kardus", unit_price=3500, description="Kuat.\n\nMurah & rapi.")
    page = client.get(f"/products/{product.slug}").text
    assert re.search(rf'<link rel="canonical"\s+href="http://[^"]+/products/{product.slug}">', page)
    assert '<meta property="og:title" content="Kardus">' in page
    assert '<meta name="description" content="Kuat. Murah &amp; rapi.">' in page
    assert re.search(r'<meta property="product:price:amount"\s+content="3500">', page)


def test_a_summary_is_cut_at_a_word() -> None:
    cut = summary(make_product(description="karton gelombang " * 40))
    assert len(cut) <= LONGEST_SUMMARY
    assert cut.endswith(("karton…", "gelombang…"))


def test_the_sitemap_names_what_is_for_sale_and_nothing_else(client, monkeypatch: pytest.MonkeyPatch) -> None:
    sold = [named(f"Kardus {number}") for number in range(5)]
    named("Konsep", state=ProductState.DRAFT)
    named("Ditangguhkan", seller=make_seller(state=SellerState.SUSPENDED))
    monkeypatch.setattr(sitemap, "PER_FILE", 2)
    files = locations(client.get("/sitemap.xml"))
    assert [file.rpartition("/")[2] for file in files] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    found = [place for file in files for place in locations(client.get("/" + file.rpartition("/")[2]))]
    assert [place.rpartition("/")[2] for place in found] == [product.slug for product in sold]
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_an_empty_marketplace_has_a_sitemap_too(client) -> None:
    assert len(locations(client.get("/sitemap.xml"))) == 1
    assert locations(client.get("/sitemap-1.xml")) == []


def test_a_file_of_the_sitemap_is_two_queries_however_many_products(client, count_queries) -> None:
    for number in range(3):
        named(f"Kardus {number}")
    with count_queries() as few:
        client.get("/sitemap-1.xml")
    for number in range(30):
        named(f"Dus {number}")
    with count_queries() as many:
        client.get("/sitemap-1.xml")
    assert len(many) == len(few) <= 2


def test_robots_are_told_where_to_look(client) -> None:
    words = client.get("/robots.txt").text
    assert "Sitemap: http" in words
    assert "Disallow: /cart" in words
