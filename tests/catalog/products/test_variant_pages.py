"""The pages on which a seller says in which variants a product comes."""

import re
from typing import Any

import pytest

from catalog.products.models import Picture, Product
from market.accounts.roles import Role
from market.db import session
from tests.factories import make_actor, make_product, make_seller, make_variants

NAMES = {"options-0-name": "Ukuran", "options-0-values": "S, M, L"}


@pytest.fixture
def shirt(seller) -> Product:
    product = make_product(seller=seller, sku="KAOS", unit_price=50_000, min_order=2, on_hand=30)
    session.commit()
    return product


@pytest.fixture
def visit(client, shopkeeper):
    """The seller's browser."""
    return client.log_in(shopkeeper)


def address(product: Product) -> str:
    return f"/seller/products/{product.id}/variants"


_FIELD = re.compile(r'<(?:input|select)[^>]*\bname="((?:variants|options)-[^"]+|seen_at|min_order_together)"[^>]*>')


def fields_of(page: str) -> dict[str, str]:
    """What the form would send as it stands."""
    sent = {}
    for match in _FIELD.finditer(page):
        tag, name = match[0], match[1]
        value = re.search(r'\bvalue="([^"]*)"', tag)
        if 'type="checkbox"' in tag:
            if re.search(r"\bchecked\b", tag):
                sent[name] = "y"
        else:
            sent[name] = value[1] if value else ""
    return sent


def test_a_simple_product_is_asked_what_its_variants_differ_in(visit, shirt) -> None:
    page = visit.get(address(shirt)).text
    assert "Buat tabel varian" in page
    assert "Simpan varian</button>\n    </div>" not in page
    assert fields_of(page)["seen_at"]


def test_the_table_is_made_of_what_the_options_can_be_and_saved(visit, shirt) -> None:
    before = shirt.offer.id
    sent = fields_of(visit.get(address(shirt)).text)
    made = visit.submit(address(shirt), {**sent, **NAMES, "options-0-values": "S, M, m, L,", "make_table": "1"})
    assert made.status_code == 200
    rows = fields_of(made.text)
    assert [rows[f"variants-{n}-value_0"] for n in range(3)] == ["S", "M", "L"]
    assert [rows[f"variants-{n}-sku"] for n in range(3)] == ["KAOS", "KAOS-M", "KAOS-L"]
    assert [rows[f"variants-{n}-price"] for n in range(3)] == ["50.000"] * 3
    assert rows["variants-0-offer_id"] == str(before)
    assert shirt.options == []
    saved = visit.submit(address(shirt), {**rows, "variants-1-stock": "1.500", "min_order_together": "24"})
    assert (saved.status_code, saved.location) == (302, f"/seller/products/{shirt.id}")
    assert shirt.options == ["Ukuran"]
    assert shirt.min_order_together == 24
    assert [(o.label, o.sku, o.unit_price, o.min_order, o.on_hand) for o in shirt.variants] == [
        ("S", "KAOS", 50_000, 2, 30),
        ("M", "KAOS-M", 50_000, 2, 1500),
        ("L", "KAOS-L", 50_000, 2, 0),
    ]
    page = visit.get(f"/seller/products/{shirt.id}").text
    assert "3 varian" in page
    assert "KAOS-M" in page


def test_what_was_typed_stays_when_the_table_is_made_anew_and_what_is_no_longer_there_is_not_sold(
    visit, seller
) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), ("XL",), seller=seller)
    session.commit()
    sent = fields_of(visit.get(address(product)).text)
    changed = {"options-0-values": "S, M", "options-1-name": "Warna", "options-1-values": "Putih, Biru"}
    made = visit.submit(address(product), {**sent, **changed, "variants-1-price": "abc", "make_table": "1"})
    rows = fields_of(made.text)
    labels = [(rows[f"variants-{n}-value_0"], rows[f"variants-{n}-value_1"]) for n in range(5)]
    assert labels == [("S", "Putih"), ("S", "Biru"), ("M", "Putih"), ("M", "Biru"), ("XL", "")]
    assert rows["variants-2-price"] == "abc"
    assert "variants-4-active" not in rows
    assert [bool(rows[f"variants-{n}-offer_id"]) for n in range(5)] == [True, False, True, False, True]
    saved = visit.submit(address(product), {**rows, "variants-2-price": "11.000"})
    assert saved.status_code == 302
    assert [offer.label for offer in product.variants] == ["S / Putih", "S / Biru", "M / Putih", "M / Biru"]
    assert [offer.label for offer in product.offers if not offer.active] == ["XL"]


def test_one_value_goes_into_all_rows(visit, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller)
    session.commit()
    sent = fields_of(visit.get(address(product)).text)
    filled = visit.submit(address(product), {**sent, "fill_price": "Rp 12.000", "fill_min_order": "6", "fill": "1"})
    rows = fields_of(filled.text)
    assert [rows[f"variants-{n}-price"] for n in range(2)] == ["Rp 12.000"] * 2
    assert [rows[f"variants-{n}-min_order"] for n in range(2)] == ["6"] * 2
    assert [rows[f"variants-{n}-order_multiple"] for n in range(2)] == ["1"] * 2
    assert product.offer.unit_price == 10_000


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"variants-1-price": "1,5"}, "Tulis angka bulat"),
        ({"variants-1-value_0": "s"}, "Varian s tertulis dua kali."),
        ({"variants-1-value_0": " "}, "Isi Ukuran."),
        ({"variants-1-sku": "KAOS"}, "Kode barang KAOS dipakai dua kali di sini."),
        ({"variants-1-min_order": "0"}, "Paling sedikit 1."),
        ({"variants-1-stock": "9.000.000.000"}, "Paling banyak"),
        ({"variants-1-price": "5.000"}, "Harga turun 90%"),
        ({"variants-1-stock_seen": "3", "variants-1-stock": "5"}, "Stok sudah berubah dari 3 menjadi 30"),
        ({"variants-1-offer_id": "987654321"}, "Varian ini tidak ada di produk ini"),
        ({"variants-1-offer_id": "x"}, "Varian ini tidak ada di produk ini"),
        ({"variants-1-picture": "tidak-ada"}, "Gambar ini tidak ada lagi"),
        ({"options-0-name": ""}, "Beri nama, misalnya Ukuran."),
        ({"options-0-name": "", "options-0-values": ""}, "Tulis pembedanya, misalnya Ukuran."),
        ({"options-1-name": "ukuran"}, "Ada pembeda varian yang tertulis dua kali."),
        ({"options-1-name": "Warna"}, "Isi Ukuran, Warna."),
        ({"min_order_together": "0"}, "Paling sedikit 1."),
        ({"options-0-values": ", ".join(map(str, range(101))), "make_table": "1"}, "101 varian; paling banyak 100."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(visit, seller, typed: dict[str, str], words: str) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, sku="KAOS", unit_price=50_000, on_hand=30)
    product.pictures = [Picture(file_key="pictures/1.webp", medium_key="m", small_key="s")]
    session.commit()
    sent = fields_of(visit.get(address(product)).text)
    answer = visit.submit(address(product), {**sent, **typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert "perlu diperbaiki" in answer.text
    shown = fields_of(answer.text)
    for name in typed.keys() - {"make_table", "variants-1-picture"}:
        if name in shown:
            assert shown[name].strip() == typed[name].strip()
    assert [(o.label, o.sku, o.unit_price) for o in product.variants] == [
        ("S", "KAOS", 50_000),
        ("M", "KAOS-1", 50_000),
    ]


def test_a_strange_price_is_saved_with_the_tick(visit, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, unit_price=50_000)
    session.commit()
    sent = {**fields_of(visit.get(address(product)).text), "variants-1-price": "5.000"}
    asked = visit.submit(address(product), sent)
    assert 'name="price_confirmed"' in asked.text
    assert visit.submit(address(product), {**sent, "price_confirmed": "y"}).status_code == 302
    assert product.offers[1].unit_price == 5_000


def test_stock_that_was_not_touched_is_not_counted(visit, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, on_hand=30)
    session.commit()
    sent = fields_of(visit.get(address(product)).text)
    product.offers[0].on_hand = 12
    session.commit()
    assert visit.submit(address(product), {**sent, "variants-1-stock": "25"}).status_code == 302
    assert [offer.on_hand for offer in product.offers] == [12, 25]


def test_a_variant_has_its_picture(visit, seller) -> None:
    product = make_variants(("Warna",), ("Putih",), ("Biru",), seller=seller)
    product.pictures = [Picture(file_key=f"pictures/{n}.webp", medium_key="m", small_key="s") for n in range(2)]
    session.commit()
    page = visit.get(address(product)).text
    assert "Gambar 2" in page
    sent = {**fields_of(page), "variants-1-picture": "pictures/1.webp"}
    assert visit.submit(address(product), sent).status_code == 302
    assert [offer.picture and offer.picture.file_key for offer in product.offers] == [None, "pictures/1.webp"]


def test_an_old_page_is_not_saved_over_a_newer_one(visit, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller)
    session.commit()
    sent = fields_of(visit.get(address(product)).text)
    assert visit.submit(address(product), {**sent, "variants-1-price": "11.000"}).status_code == 302
    answer = visit.submit(address(product), {**sent, "variants-1-price": "9.000"})
    assert answer.status_code == 409
    assert "9.000" in answer.text
    assert product.offers[1].unit_price == 11_000


def test_one_variant_is_changed_with_its_wholesale_prices(visit, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, unit_price=10_000)
    session.commit()
    offer = product.offers[1]
    url = f"{address(product)}/{offer.id}"
    page = visit.get(url)
    assert page.status_code == 200
    seen = re.search(r'name="seen_at"[^>]*value="([^"]+)"', page.text)
    sent: dict[str, Any] = {
        "seen_at": seen[1] if seen else "",
        "price": "10.500",
        "sku": "KHUSUS",
        "min_order": "12",
        "order_multiple": "12",
        "tiers-0-min_quantity": "100",
        "tiers-0-unit_price": "11.000",
        "floor_price": "9.000",
    }
    wrong = visit.submit(url, sent)
    assert wrong.status_code == 422
    assert "harus lebih murah" in wrong.text
    saved = visit.submit(url, {**sent, "tiers-0-unit_price": "9.800", "prices_everywhere": "y"})
    assert (saved.status_code, saved.location) == (302, address(product))
    assert [
        (o.sku, o.unit_price, o.floor_price, [t.unit_price for t in o.tiers], o.min_order) for o in product.offers
    ] == [
        (product.offers[0].sku, 10_500, 9_000, [9_800], 1),
        ("KHUSUS", 10_500, 9_000, [9_800], 12),
    ]
    assert visit.submit(url, {**sent, "tiers-0-unit_price": "9.000"}).status_code == 409


def test_a_product_becomes_one_kind_again(visit, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, min_order_together=10)
    session.commit()
    assert "Jadikan satu macam" in visit.get(address(product)).text
    assert visit.submit(f"{address(product)}/remove").status_code == 302
    assert (product.options, len(product.variants), product.min_order_together) == ([], 1, None)


def test_the_products_form_leaves_prices_to_the_variants(visit, seller) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, name="Seragam kerja")
    session.commit()
    page = visit.get(f"/seller/products/{product.id}/edit").text
    assert 'name="price"' not in page
    assert "Ubah varian" in page
    seen = re.search(r'name="seen_at"[^>]*value="([^"]+)"', page)
    sent = {
        "seen_at": seen[1] if seen else "",
        "name": "Seragam pabrik",
        "category": product.category.slug,
        "unit": "H87",
        "description": "Barang yang baik.",
        "lead_time_days": "9",
    }
    saved = visit.submit(f"/seller/products/{product.id}/edit", sent)
    assert saved.status_code == 302
    assert product.lead_time_days == 9


@pytest.mark.parametrize("path", ["", "/remove", "/1"])
def test_strangers_find_nothing(client, shirt, path: str) -> None:
    client.log_in(make_actor(make_seller(), Role.SELLER))
    if path != "/remove":
        assert client.get(address(shirt) + path).status_code == 404
    assert client.submit(address(shirt) + path).status_code == 404


def test_the_table_costs_a_fixed_number_of_queries(visit, seller, count_queries) -> None:
    few = make_variants(("Ukuran",), ("S",), ("M",), seller=seller)
    many = make_variants(("Ukuran",), *((str(n),) for n in range(40)), seller=seller)
    session.commit()

    def cost(product: Product) -> int:
        url = address(product)
        with count_queries() as queries:
            assert visit.get(url).status_code == 200
        return len(queries)

    assert cost(few) == cost(many)


def test_lists_and_the_cooperative_see_all_variants(client, seller, shopkeeper, admin) -> None:
    product = make_variants(("Ukuran",), ("S",), ("XL",), seller=seller, unit_price=80_000, on_hand=30)
    product.offers[1].unit_price = 90_000
    session.commit()
    own = " ".join(client.log_in(shopkeeper).get("/seller/products").text.split())
    assert "2 varian" in own
    assert '<span class="product-from">mulai</span> Rp 80.000' in own
    assert "60 pcs" in own
    seen = client.log_in(admin).get(f"/cooperative/products/{product.id}").text
    for offer in product.offers:
        assert offer.sku in seen
    assert "Rp\u00a090.000" in seen
