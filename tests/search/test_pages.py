"""Home, results and suggestions: what they show, what they bear, and how many queries they cost."""

import pytest

from catalog.categories.queries import get_category
from market.accounts.roles import Role
from search.marking import marked
from search.request import LONGEST_QUERY
from tests.factories import make_actor, make_buyer, make_product, make_seller, make_variants


def test_the_front_page_shows_the_categories_that_hold_something_and_what_is_new(announce, client):
    announce(make_product(name="Kardus polos", category=get_category("kardus-polos")))
    page = client.get("/").text
    assert "/search?category=kemasan" in page
    assert "/search?category=jasa" not in page
    assert "Kardus polos" in page
    assert page.count('id="search-input"') == 1


def test_an_empty_marketplace_has_a_front_page_too(client):
    assert "Belum ada produk yang tayang." in client.get("/").text


def test_somebody_logged_in_is_not_told_how_it_works(client):
    assert "Begini caranya" in client.get("/").text
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    assert "Begini caranya" not in client.get("/").text


def test_results_can_be_narrowed_without_javascript(announce, client):
    announce(
        make_product(name="Kardus dekat", seller=make_seller(district_code="32.16.07"), unit_price=5000),
        make_product(name="Kardus jauh", seller=make_seller(district_code="32.75.01"), unit_price=5000),
    )
    page = client.get("/search?q=kardus&district=32.16.07&min_price=4.000&max_price=&max_lead_time=&in_stock=1").text
    assert "Kardus dekat" in page
    assert "Kardus jauh" not in page
    assert 'value="32.16.07" checked' in " ".join(page.split())
    assert "Bekasi Timur" in page


def test_each_filter_can_be_taken_off_by_itself(announce, client):
    announce(make_product(name="Kardus", seller=make_seller(district_code="32.16.07")))
    page = client.get("/search?q=kardus&district=32.16.07&district=32.75.01&in_stock=1").text
    assert 'href="/search?q=kardus&amp;district=32.75.01&amp;in_stock=1"' in page
    assert 'href="/search?q=kardus&amp;district=32.16.07&amp;district=32.75.01"' in page
    assert 'href="/search?q=kardus"' in page


def test_fields_left_empty_do_not_stay_in_the_addresses(announce, client):
    announce(*(make_product(name=f"Kardus {number}") for number in range(25)))
    page = client.get("/search?q=kardus&min_price=&max_price=&district=").text
    assert 'href="/search?q=kardus&amp;page=2"' in page


def test_htmx_gets_the_results_and_the_filters_without_the_frame(announce, client):
    announce(make_product(name="Kardus"))
    answer = client.get("/search?q=kardus&min_price=&max_price=&page=1", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert 'id="results"' in answer.text
    assert 'id="facet-district"' in answer.text
    assert answer.headers["HX-Push-Url"] == "/search?q=kardus"
    assert "HX-Request" in answer.headers["Vary"]


def test_typing_does_not_fill_the_history(client):
    answer = client.get("/search?q=k", headers={"HX-Request": "true", "HX-Trigger-Name": "q"})
    assert answer.headers["HX-Replace-Url"] == "/search?q=k"
    assert "HX-Push-Url" not in answer.headers


def test_back_gets_the_whole_page(client):
    answer = client.get("/search", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in answer.text


def test_what_cannot_be_read_is_said_at_the_field_and_left_out(announce, client):
    announce(make_product(name="Kardus"))
    page = client.get("/search?min_price=abc").text
    assert "Tulis angka bulat, misalnya 1.500." in page
    assert 'value="abc"' in page
    assert "Kardus" in page
    page = client.get("/search?min_price=9000&max_price=8000").text
    assert "Isi 9.000 atau lebih, atau turunkan batas bawahnya." in page


@pytest.mark.parametrize(
    "query",
    [
        "page=99999",
        "page=0",
        "page=-1",
        "page=abc",
        "page=1.5",
        "page=99999999999999999999999999",
        "page=²",
        "min_price=-5",
        "max_price=99999999999999999999999",
        "min_price=1e9",
        "max_lead_time=9999",
        "max_lead_time=x",
        "sort=nonsense",
        "in_stock=maybe",
        "category=tidak-ada",
        "seller=tidak-ada",
        "seller=99999999999999999999999",
        "district=x&district=y&district=",
        "certification=bukan",
        "q=%F0%9F%98%80",
        "q=%ff%fe",
        "q=a&q=b&category=a&category=b",
        "q=" + "k" * 5000,
        "_external=1&endpoint=x&_anchor=y&_scheme=z",
        "district=" + "&district=".join(str(number) for number in range(300)),
    ],
)
def test_no_address_breaks_the_page(client, query):
    assert client.get(f"/search?{query}").status_code == 200
    assert client.get(f"/search?{query}", headers={"HX-Request": "true"}).status_code == 200
    assert client.get(f"/suggest?{query}").status_code == 200


def test_a_text_that_no_person_types_is_refused(client):
    assert client.get("/search?q=%00").status_code == 400


def test_an_overlong_query_is_cut(client):
    page = client.get("/search?q=" + "k" * 5000).text
    assert f'value="{"k" * LONGEST_QUERY}"' in page


def test_what_was_typed_is_shown_as_text(client):
    page = client.get("/search?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_nothing_found_offers_ways_out(announce, client):
    announce(make_product(name="Kardus polos"))
    page = client.get("/search?q=kardus+mengkilap").text
    assert "Tidak ada produk yang memuat semua kata" in page
    assert "Yang memuat sebagian kata Anda" in page
    assert "Kardus polos" in page
    page = client.get("/search?q=kardus&max_price=1").text
    assert "Hapus semua saringan" in page
    assert "Tanpa saringan, ini yang cocok" in page
    assert "Kardus polos" in page
    page = client.get("/search?q=kardus&page=40").text
    assert "Ke halaman pertama" in page


def test_prices_of_larger_quantities_are_shown(announce, client):
    announce(make_product(name="Kardus", unit_price=2500, min_order=100, tiers=[(1000, 2200)]))
    page = client.get("/search").text
    assert "Rp\u00a02.500" in page
    assert "grosir mulai Rp\u00a02.200" in page
    assert "Minimal 100" in page


def test_the_card_of_goods_with_variants_says_how_many_and_the_lowest_price(announce, client):
    product = make_variants(("Ukuran",), ("S",), ("XL",), name="Seragam", unit_price=80_000, min_order_together=24)
    product.offers[1].unit_price = 90_000
    announce(product)
    page = " ".join(client.get("/search").text.split())
    assert '<span class="product-from">mulai</span> <strong>Rp 80.000</strong>' in page
    assert "2 varian · Minimal 24 pcs" in page


def test_suggestions_stand_in_groups_and_end_with_everything(announce, client):
    announce(
        make_product(name="Kardus polos", category=get_category("kardus-polos"), seller=make_seller(name="Kardusindo"))
    )
    part = client.get("/suggest?q=kardus").text
    assert "<html" not in part
    for words in ("<mark>Kardus</mark> polos", "Kategori", "Penjual", "<mark>Kardus</mark>indo", "Semua hasil untuk"):
        assert words in part
    assert "4 saran." in part
    assert client.get("/suggest?q=").text == ""


def test_what_is_offered_is_small_and_kept_by_this_browser_for_a_minute(announce, client):
    announce(*(make_product(name=f"Kardus cetak {number} warna 40x20x30 cm untuk minuman") for number in range(9)))
    answer = client.get("/suggest?q=kardus", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 1500
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("Kardus polos", "kar", "<mark>Kar</mark>dus polos"),
        ("Kardus polos", "pol KARDUS", "<mark>Kardus</mark> <mark>pol</mark>os"),
        ("Karung, bukan kar", "kar karung", "<mark>Karung</mark>, bukan <mark>kar</mark>"),
        ("Sekardus", "kardus", "Sekardus"),
        ("A < B & C", "< b", "A &lt; <mark>B</mark> &amp; C"),
        ("Baut M8 (x40)", "( m8 [", "Baut <mark>M8</mark> (x40)"),
        ("Kotak", "   ", "Kotak"),
    ],
)
def test_the_beginnings_of_words_that_were_typed_are_marked(name, typed, shown):
    assert marked(name, typed) == shown


def test_a_page_of_results_costs_no_query_once_the_tree_is_known(announce, client, count_queries):
    announce(*(make_product(name=f"Kardus {number}", tiers=[(10, 9000)]) for number in range(12)))
    client.get("/")
    for address in ("/", "/search?q=kardus", "/search?q=kardus&district=32.16.07&sort=price", "/suggest?q=kardus"):
        with count_queries() as queries:
            assert "Kardus 1" in client.get(address).text.replace("<mark>", "").replace("</mark>", "")
        assert len(queries) == 0, (address, queries.statements)
