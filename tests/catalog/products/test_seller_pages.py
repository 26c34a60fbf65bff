"""The pages on which a seller looks after its products."""

from io import BytesIO

import pytest
from PIL import Image

from catalog.categories.queries import get_category
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
    "category": "kardus-polos",
    "description": "Kardus satu dinding.",
    "specification": "Tinggi: 30 cm\n\n Bahan : Kraft: tebal ",
    "unit": "H87",
    "sku": "K-40",
    "price": "3.500",
    "tiers-0-min_quantity": "1.000",
    "tiers-0-unit_price": "Rp 3.000",
    "tiers-1-min_quantity": "",
    "tiers-1-unit_price": "",
    "min_order": "50",
    "order_multiple": "25",
    "stock": "1.200",
    "lead_time_days": "3",
    "certificates-0-kind": "sni",
    "certificates-0-number": "SNI 14",
    "certificates-0-expires_on": "2030-01-31",
    "certificates-1-kind": "",
    "certificates-1-number": "",
}


@pytest.fixture
def seller() -> Seller:
    return make_seller(cooperative=make_cooperative(margin=250))


@pytest.fixture
def shopkeeper(seller: Seller, client) -> Actor:
    actor = make_actor(seller, Role.SELLER)
    client.log_in(actor)
    return actor


def only_product(seller: Seller) -> Product:
    return session.query(Product).filter_by(seller_id=seller.id).one()


def picture(size=(60, 40)) -> BytesIO:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, "PNG")
    written.seek(0)
    return written


def test_a_new_product_is_saved_as_it_was_typed(client, shopkeeper: Actor, seller: Seller) -> None:
    assert client.get("/seller/products/new").status_code == 200
    answer = client.submit("/seller/products/new", {**A_BOX, "pictures": (picture(), "foto.png")})
    product = only_product(seller)
    assert (answer.status_code, answer.location) == (302, f"/seller/products/{product.id}")
    assert product.state is ProductState.DRAFT
    assert product.specification == [["Tinggi", "30 cm"], ["Bahan", "Kraft: tebal"]]
    assert [(tier.min_quantity, tier.unit_price) for tier in product.offer.tiers] == [(1000, 3000)]
    assert (product.offer.unit_price, product.offer.on_hand, product.offer.min_order) == (3500, 1200, 50)
    assert [(c.kind, c.number) for c in product.certificates] == [("sni", "SNI 14")]
    assert len(product.pictures) == 1
    page = client.get(answer.location).text
    for words in ("Rp\u00a03.500", "2,5%", "Rp\u00a03.412", "Rp\u00a02.925", "Kirim untuk disetujui", "Produk dibuat"):
        assert words in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Isi nama produk."),
        ("name", "Kain", "Tulis 5 sampai 150 karakter."),
        ("name", "n" * 151, "Tulis 5 sampai 150 karakter."),
        ("category", "", "Pilih kategori."),
        ("category", "tidak-ada", "Pilih salah satu dari daftar."),
        ("unit", "XYZ", "Pilih salah satu dari daftar."),
        ("description", "d" * 5001, "5000"),
        ("specification", "Tinggi 30 cm", "Tulis setiap baris sebagai"),
        ("specification", "\n".join(f"n{i}: 1" for i in range(21)), "Paling banyak 20 baris spesifikasi."),
        ("price", "", "Isi harganya."),
        ("price", "3,5", "Tulis angka bulat"),
        ("price", "0", "Paling sedikit 1."),
        ("price", "-5", "Paling sedikit 1."),
        ("price", "10.000.000.001", "Paling banyak 10.000.000.000."),
        ("price", "9" * 50, "Tulis angka bulat"),
        ("tiers-1-min_quantity", "2.000", "Isi juga bagian ini"),
        ("tiers-0-unit_price", "", "Isi juga bagian ini"),
        ("tiers-0-unit_price", "3.500", "harus lebih murah"),
        ("tiers-0-min_quantity", "1", "Paling sedikit 2."),
        ("min_order", "0", "Paling sedikit 1."),
        ("order_multiple", "", "Isi kelipatannya"),
        ("stock", "", "Isi stok"),
        ("stock", "100.000.001", "Paling banyak 100.000.000."),
        ("lead_time_days", "366", "Paling banyak 365."),
        ("certificates-0-number", " ", "Tulis nomor sertifikatnya."),
        ("certificates-0-kind", "", "Pilih dulu jenis sertifikatnya."),
        ("certificates-0-expires_on", "31 Januari", "Tulis tanggal yang lengkap"),
        ("certificates-1-kind", "sni", "Tulis nomor sertifikatnya."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    client, shopkeeper: Actor, seller: Seller, field: str, typed: str, sentence: str
) -> None:
    answer = client.submit("/seller/products/new", {**A_BOX, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="K-40"' in answer.text
    assert "Kardus satu dinding." in answer.text or field == "description"
    assert session.query(Product).filter_by(seller_id=seller.id).count() == 0


def test_the_same_mark_twice_is_said_at_the_marks(client, shopkeeper: Actor) -> None:
    answer = client.submit(
        "/seller/products/new", {**A_BOX, "certificates-1-kind": "sni", "certificates-1-number": "2"}
    )
    assert "Sertifikat SNI tertulis dua kali." in answer.text


def test_a_number_in_use_is_said_at_its_field(client, shopkeeper: Actor, seller: Seller) -> None:
    make_product(seller=seller, sku="K-40")
    answer = client.submit("/seller/products/new", A_BOX)
    assert answer.status_code == 422
    assert "sudah dipakai produk Anda yang lain" in answer.text


def test_a_file_that_is_no_picture_makes_no_product(client, shopkeeper: Actor, seller: Seller) -> None:
    answer = client.submit("/seller/products/new", {**A_BOX, "pictures": (BytesIO(b"halo"), "surat.pdf")})
    assert answer.status_code == 422
    assert "bukan gambar" in answer.text
    assert session.query(Product).filter_by(seller_id=seller.id).count() == 0


def test_strange_field_names_are_no_rows(client, shopkeeper: Actor, seller: Seller) -> None:
    strange = {"tiers-²-min_quantity": "5", "tiers-99999999-unit_price": "1", "tiers": "x", "tiers-0": "x"}
    assert client.submit("/seller/products/new", {**A_BOX, **strange}).status_code == 302
    assert len(only_product(seller).offer.tiers) == 1


def test_the_prices_are_shared_out_while_they_are_typed(client, shopkeeper: Actor) -> None:
    answer = client.submit("/seller/products/preview", {**A_BOX, "price": "4.000"})
    assert answer.status_code == 200
    assert all(words in answer.text for words in ("Rp\u00a04.000", "−Rp\u00a0100", "Rp\u00a03.900", "Rp\u00a02.925"))
    for typed in ({}, {"price": ""}, {"price": "x", "category": "tidak-ada", "unit": "?", "min_order": "?"}):
        unfinished = client.submit("/seller/products/preview", typed)
        assert unfinished.status_code == 200
        assert "Isi harga untuk melihat" in unfinished.text


def test_a_change_to_a_published_product_waits_and_says_so(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, category=get_category("palet"), min_order=5)
    form = form_of(client, product)
    answer = client.submit(f"/seller/products/{product.id}/edit", {**form, "price": "9.000"})
    assert answer.status_code == 302
    assert product.state is ProductState.PUBLISHED
    form = form_of(client, product)
    client.submit(f"/seller/products/{product.id}/edit", {**form, "name": "Nama yang baru"})
    assert product.state is ProductState.PUBLISHED
    assert product.name != "Nama yang baru"
    page = client.get(f"/seller/products/{product.id}").text
    assert "Yang menunggu persetujuan koperasi: nama." in page
    assert "Perubahan menunggu koperasi" in page
    assert (product.offer.unit_price, product.offer.min_order, product.offer.on_hand) == (9000, 5, 1000)


def form_of(client, product: Product) -> dict[str, str]:
    """What the browser would send back of the form as it is shown."""
    page = client.get(f"/seller/products/{product.id}/edit")
    assert page.status_code == 200
    return {
        "seen_at": product.updated_at.isoformat(),
        "name": product.name,
        "category": product.category.slug,
        "description": product.description,
        "unit": product.unit_code,
        "sku": product.offer.sku,
        "price": str(product.offer.unit_price),
        "min_order": str(product.offer.min_order),
        "order_multiple": str(product.offer.order_multiple),
        "lead_time_days": str(product.lead_time_days),
    }


def test_an_edit_on_an_old_page_asks_before_it_overwrites(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller)
    session.commit()
    form = form_of(client, product)
    client.submit(f"/seller/products/{product.id}/edit", {**form, "price": "9.000"})
    answer = client.submit(f"/seller/products/{product.id}/edit", {**form, "price": "8.000"})
    assert answer.status_code == 409
    assert "berubah sejak Anda membukanya" in answer.text
    assert 'value="8.000"' in answer.text
    assert product.offer.unit_price == 9000
    again = {**form, "price": "8.000", "seen_at": product.updated_at.isoformat()}
    assert product.updated_at.isoformat() in answer.text
    assert client.submit(f"/seller/products/{product.id}/edit", again).status_code == 302
    garbled = client.submit(f"/seller/products/{product.id}/edit", {**again, "seen_at": "kemarin"})
    assert garbled.status_code == 409


def test_submitting_and_withdrawing(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, state=ProductState.DRAFT)
    for step, state in (
        ("submit", ProductState.SUBMITTED),
        ("withdraw", ProductState.DRAFT),
    ):
        assert client.submit(f"/seller/products/{product.id}/{step}").status_code == 302
        assert product.state is state
    assert "Kirim untuk disetujui" in client.get(f"/seller/products/{product.id}").text


def test_a_step_that_came_too_late_explains_itself(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller)
    session.commit()
    answer = client.submit(f"/seller/products/{product.id}/submit")
    assert answer.status_code == 302
    assert "Keadaan data ini sudah berubah" in client.get(answer.location).text


def test_an_incomplete_product_says_what_it_lacks(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, state=ProductState.DRAFT, description="")
    session.commit()
    answer = client.submit(f"/seller/products/{product.id}/submit", follow_redirects=True)
    assert "Tulis deskripsi produk" in answer.text


def test_a_rejected_product_shows_why(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, state=ProductState.REJECTED, state_reason="Gambarnya buram.")
    assert "Koperasi menolak: Gambarnya buram." in client.get(f"/seller/products/{product.id}").text


def test_stock_is_counted_on_the_record(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, on_hand=100, reserved=40)
    session.commit()
    url = f"/seller/products/{product.id}/stock"
    assert client.submit(url, {"stock": "1.250", "seen": "100"}).status_code == 302
    assert product.offer.on_hand == 1250
    assert f"/seller/stock/{product.offer.id}" in client.get(f"/seller/products/{product.id}").text
    for typed, seen, sentence in (
        ("39", "1250", "40 pcs sudah dipesan"),
        ("900", "100", "Stok sudah berubah dari 100 menjadi 1.250"),
        ("1,5", "1250", "Tulis angka bulat"),
        ("", "1250", "Tulis angka bulat"),
        ("-1", "1250", "Paling sedikit 0"),
        ("100.000.001", "1250", "Isi antara 0 dan 100.000.000."),
        ("9" * 60, "x", "Tulis angka bulat"),
    ):
        answer = client.submit(url, {"stock": typed, "seen": seen})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{typed[:40]}"' in answer.text
    assert product.offer.on_hand == 1250


def test_the_list_is_narrowed_by_state_and_words(client, shopkeeper: Actor, seller: Seller) -> None:
    make_product(seller=seller, name="Kardus besar 100%", sku="A_1")
    make_product(seller=seller, name="Palet kayu", sku="AB1", state=ProductState.DRAFT)
    make_product(name="Kardus orang lain")
    page = client.get("/seller/products").text
    assert "Kardus besar" in page
    assert "Palet kayu" in page
    assert "orang lain" not in page
    assert "Palet" not in client.get("/seller/products?state=published").text
    assert "Palet" not in client.get("/seller/products?q=kardus+BESAR").text
    assert "Palet" not in client.get("/seller/products?q=A_1").text
    assert "Palet" not in client.get("/seller/products?q=100%25").text
    assert "Tidak ada produk yang cocok" in client.get("/seller/products?q=zzz&state=draft").text


@pytest.mark.parametrize(
    "query",
    ["state=nonsense", "page=0", "page=-3", "page=x", "page=99999999999999999999", "q=" + "a" * 5000, "q=%25_%5C'"],
)
def test_strange_addresses_are_only_lists(client, shopkeeper: Actor, seller: Seller, query: str) -> None:
    make_product(seller=seller)
    assert client.get(f"/seller/products?{query}").status_code == 200


def test_an_empty_list_says_what_to_do(client, shopkeeper: Actor) -> None:
    assert "Belum ada produk. Tambahkan yang pertama" in client.get("/seller/products").text


def test_the_list_costs_the_same_however_long_it_is(client, shopkeeper: Actor, seller: Seller, count_queries) -> None:
    def cost() -> int:
        with count_queries() as queries:
            assert client.get("/seller/products").status_code == 200
        return len(queries)

    make_product(seller=seller, tiers=[(10, 5)])
    few = cost()
    for _ in range(20):
        make_product(seller=seller, tiers=[(10, 5)])
    assert cost() == few <= 12


def test_another_sellers_product_is_not_there(client, shopkeeper: Actor) -> None:
    product = make_product()
    session.commit()
    base = f"/seller/products/{product.id}"
    for url in (base, f"{base}/edit"):
        assert client.get(url).status_code == 404
    for url in (
        f"{base}/edit",
        f"{base}/submit",
        f"{base}/withdraw",
        f"{base}/stock",
        f"{base}/pictures",
        f"{base}/pictures/remove",
        f"{base}/pictures/move",
    ):
        assert client.submit(url, {**A_BOX, "stock": "1", "to": "1"}).status_code == 404


def test_the_pages_are_for_sellers(client, seller: Seller) -> None:
    product = make_product(seller=seller)
    urls = ("/seller/products", "/seller/products/new", f"/seller/products/{product.id}")
    for url in urls:
        assert "/login" in client.get(url).location
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    for url in urls:
        assert client.get(url).status_code == 403
    assert client.submit("/seller/products/preview").status_code == 403


def test_a_form_without_its_token_changes_nothing(client, shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller)
    for url in ("new", f"{product.id}/edit", f"{product.id}/stock", f"{product.id}/withdraw", f"{product.id}/pictures"):
        assert client.post(f"/seller/products/{url}", data=A_BOX).status_code == 400
    assert product.state is ProductState.PUBLISHED


def test_a_seller_that_is_not_approved_yet_reads_why_nothing_is_shown(client) -> None:
    seller = make_seller(state=SellerState.SUSPENDED)
    client.log_in(make_actor(seller, Role.SELLER))
    product = make_product(seller=seller)
    assert "belum tampil bagi pembeli" in client.get(f"/seller/products/{product.id}").text
