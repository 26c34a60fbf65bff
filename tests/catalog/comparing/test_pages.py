"""Choosing products and seeing them side by side."""

import re
from datetime import timedelta

import pytest

from catalog.categories.queries import get_category
from catalog.comparing.choice import MOST
from catalog.prices.models import ContractPrice
from catalog.products.states import ProductState
from market import clock
from market.accounts.roles import Role
from market.db import session
from market.organisations.states import SellerState
from tests.factories import make_actor, make_buyer, make_product, make_seller, make_variants


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace("\u00a0", " ")


def rows(html: str) -> dict[str, list[str]]:
    """What the table says, by the names of its rows."""
    found = {}
    for row in re.findall(r"<tr\b.*?</tr>", html, re.DOTALL):
        head = re.search(r'<th scope="row">(.*?)</th>', row, re.DOTALL)
        if head:
            cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
            found[words(head[1]).replace(" (berbeda)", "").replace("(berbeda)", "")] = [words(cell) for cell in cells]
    return found


def compare(client, *products, **more) -> str:
    answer = client.get("/compare", query_string={"p": [product.id for product in products], **more})
    assert answer.status_code == 200
    return answer.text


def choose(client, product, **more):
    return client.submit("/compare/choose", {"add": product.id, **more})


def test_whoever_has_chosen_nothing_is_told_how(client):
    assert "Belum ada produk yang dibandingkan." in client.get("/compare").text


def test_products_are_chosen_without_javascript_and_the_page_comes_back_to_the_button(client):
    first, second = make_product(name="Kardus satu"), make_product(name="Kardus dua")
    address = f"/products/{first.slug}"
    assert 'name="add"' in client.get(address).text
    answer = choose(client, first, next=address)
    assert (answer.status_code, answer.location) == (302, f"{address}#compare-{first.id}")
    page = client.get(address).text
    assert 'aria-pressed="true"' in page
    assert "Pilih satu lagi" in page
    choose(client, second, next="/")
    page = client.get(address).text
    assert f'href="/compare?p={first.id}&amp;p={second.id}"' in page
    assert "Bandingkan (2)" in page
    assert "Keluarkan Kardus dua dari perbandingan" in page

    assert client.get("/compare").location == f"/compare?p={first.id}&p={second.id}"
    client.submit("/compare/choose", {"remove": first.id, "next": address})
    page = client.get(address).text
    assert 'aria-pressed="false"' in page
    assert "Keluarkan Kardus dua dari perbandingan" in page


def test_choosing_twice_or_leaving_out_what_was_not_chosen_does_no_harm(client):
    product = make_product(name="Kardus")
    for _ in range(2):
        assert choose(client, product).status_code == 302
    assert client.get(f"/products/{product.slug}").text.count("Keluarkan Kardus dari perbandingan") == 1
    for _ in range(2):
        assert client.submit("/compare/choose", {"remove": product.id}).status_code == 302
    assert client.get("/compare").status_code == 200


def test_a_fifth_product_is_refused_in_a_sentence_and_nothing_changes(client):
    products = [make_product() for _ in range(MOST + 1)]
    for product in products[:MOST]:
        choose(client, product)
    before = client.get("/compare").location
    answer = choose(client, products[MOST], next=f"/products/{products[0].slug}")
    assert "Paling banyak 4 produk dibandingkan sekaligus." in client.get(answer.location).text
    assert client.get("/compare").location == before
    part = client.submit("/compare/choose", {"add": products[MOST].id}, headers={"HX-Request": "true"}).text
    assert "Paling banyak 4 produk" in part
    assert "<html" not in part


def test_htmx_gets_the_bar_that_says_what_is_chosen(client):
    product = make_product(name="Kardus <b>")
    part = client.submit("/compare/choose", {"add": product.id}, headers={"HX-Request": "true"}).text
    assert f'data-chosen="{product.id}"' in part
    assert "Kardus &lt;b&gt;" in part
    assert "<html" not in part


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test/x", "/\\evil.test", "javascript:alert(1)", ""])
def test_the_form_leads_to_no_other_site(client, target):
    assert choose(client, make_product(), next=target).location.startswith("/compare")


@pytest.mark.parametrize("given", ["", "abc", "-1", "0", "999999999", str(2**63), "9" * 400, "1.5"])
def test_what_is_no_product_cannot_be_chosen(client, given):
    assert client.submit("/compare/choose", {"add": given}).status_code == 404


def test_what_is_not_for_sale_cannot_be_chosen_even_by_its_seller(client):
    draft = make_product(state=ProductState.DRAFT)
    client.log_in(make_actor(draft.seller, Role.SELLER))
    assert choose(client, draft).status_code == 404


def test_choosing_needs_the_pages_token(client):
    assert client.post("/compare/choose", data={"add": make_product().id}).status_code == 400


def test_ids_and_slugs_are_understood_and_the_same_product_stands_once(client):
    first, second = make_product(name="Kardus satu"), make_product(name="Kardus dua")
    page = client.get(f"/compare?p={first.slug}&p={second.id}&p={first.id}&p=nama-lama-{second.id}&p=").text
    assert page.count('<th scope="col">') == 2
    assert page.index("Kardus satu") < page.index("Kardus dua")


def test_more_than_four_are_cut_with_a_sentence(client):
    products = [make_product(name=f"Kardus nomor {number}") for number in range(6)]
    page = compare(client, *products)
    assert page.count('<th scope="col">') == MOST
    assert "Paling banyak 4 produk dibandingkan sekaligus. 2 produk lainnya tidak ditampilkan." in page


def test_withdrawn_products_and_those_of_blocked_sellers_drop_out_with_a_sentence(client):
    stays, withdrawn = make_product(name="Kardus tetap"), make_product(name="Kardus ditarik")
    blocked = make_product(name="Kardus diblokir", seller=make_seller())
    for product in (stays, withdrawn, blocked):
        choose(client, product)
    withdrawn.state, blocked.seller.state = ProductState.WITHDRAWN, SellerState.SUSPENDED
    session.flush()
    page = compare(client, stays, withdrawn, blocked)
    assert "2 produk tidak dijual lagi, jadi tidak ikut dibandingkan." in page
    assert "Kardus ditarik" not in page
    assert "Kardus diblokir" not in page
    assert client.get("/compare").location == f"/compare?p={stays.id}", "the browser forgets them too"


@pytest.mark.parametrize("query", ["p=abc", "p=%ff", "p=-1", f"p={2**63}", "p=" + "9" * 5000, "p=&p=", "differ=1"])
def test_no_address_breaks_the_page(client, query):
    answer = client.get(f"/compare?{query}")
    assert answer.status_code == 200
    assert "Belum ada produk yang dibandingkan." in answer.text


def test_prices_orders_and_supply_stand_in_rows(client):
    stocked = make_product(name="Kardus", unit_price=2500, min_order=100, order_multiple=50, tiers=[(1000, 2200)])
    made = make_product(name="Seragam", unit_price=80_000, on_hand=0, weekly_capacity=700, lead_time_days=6)
    made.offers[0].made_to_order = True
    session.flush()
    said = rows(compare(client, stocked, made))
    assert said["Harga satuan"] == ["Rp 2.500 / pcs terendah", "Rp 80.000 / pcs"]
    assert said["Harga grosir"] == ["mulai 1.000: Rp 2.200", "–"]
    assert said["Minimal pembelian"] == ["100 pcs", "1 pcs"]
    assert said["Kelipatan"] == ["50 pcs", "1 pcs"]
    assert said["Nilai minimal"] == ["Rp 250.000", "Rp 80.000"]
    assert said["Persediaan"] == ["stok 1.000 pcs", "dibuat sesuai pesanan kapasitas 700 pcs / minggu"]
    assert said["Lama pengerjaan"] == ["hari yang sama", "6 hari"]
    assert "Harga kontrak Anda" not in said


def test_packs_of_different_size_are_compared_by_the_piece(client):
    carton = make_product(unit_code="XCT", content_unit="H87", unit_price=48_000)
    carton.offer.content = 24
    piece = make_product(unit_code="H87", unit_price=2500)
    session.flush()
    said = rows(compare(client, carton, piece))
    assert said["Harga banding"] == ["Rp 2.000 / pcs terendah", "Rp 2.500 / pcs"]
    assert "terendah" not in " ".join(said["Harga satuan"]), "a carton is not dear because it holds more"


def test_who_holds_a_contract_reads_its_price_and_nobody_else_does(client):
    product, other, buyer = make_product(unit_price=10_000), make_product(unit_price=9_000), make_buyer()
    session.add(
        ContractPrice(
            offer_id=product.offer.id,
            buyer_id=buyer.id,
            number="K-77",
            unit_price=7_000,
            min_quantity=500,
            starts_on=clock.today() - timedelta(days=1),
            created_by_id=make_actor(product.seller, Role.SELLER).user_id,
        )
    )
    session.flush()
    assert "Harga kontrak Anda" not in rows(compare(client, product, other))
    client.log_in(make_actor(buyer, Role.BUYER))
    assert rows(compare(client, product, other))["Harga kontrak Anda"] == ["mulai 500: Rp 7.000 (K-77)", "–"]


def test_attributes_of_all_products_stand_in_rows_and_those_that_differ_can_be_seen_alone(client):
    category = get_category("kardus-polos")
    first = make_product(category=category, specification=[["Warna", "cokelat"], ["Cetak", "polos"]])
    second = make_product(category=category, seller=first.seller, specification=[["warna ", "putih"], ["Isi", "4"]])
    page = compare(client, first, second)
    said = rows(page)
    assert said["Warna"] == ["cokelat", "putih"]
    assert said["Cetak"] == ["polos", "–"]
    assert said["Isi"] == ["–", "4"]
    assert "Penjual" in said
    alone = rows(compare(client, first, second, differ=1))
    assert "Warna" in alone
    assert "Penjual" not in alone


def test_variants_and_closed_sellers_are_shown_and_lead_to_their_page(client):
    shirt = make_variants(("Ukuran",), ("S",), ("XL",), name="Seragam", unit_price=80_000, min_order_together=24)
    shirt.offers[1].unit_price = 90_000
    session.flush()
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    page = compare(client, shirt, make_product(min_order=12))
    said = rows(page)
    assert said["Harga satuan"][0] == "mulai Rp 80.000 / pcs untuk S"
    assert said["Minimal pembelian"][0] == "24 pcs boleh campur varian"
    assert said["Varian"][0] == "2 varian Ukuran"
    assert "Pilih varian" in page
    assert "Tambah 12 pcs ke keranjang" in words(page)


def test_a_visitor_is_offered_no_cart(client):
    page = compare(client, make_product(), make_product())
    assert "ke keranjang" not in page
    assert "Buka produk" in page


def test_the_page_costs_the_same_number_of_queries_whatever_is_compared(client, count_queries):
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    ids = [make_product(tiers=[(10, 9000)]).id for _ in range(MOST)]
    counts = []
    for some in (ids[:1], ids):
        with count_queries() as queries:
            assert client.get("/compare", query_string={"p": some}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
