"""The whole job in the browser: a seller on a phone, factory and cooperative at their desks."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

NAME = f"Kardus perjalanan {time.time_ns() % 1_000_000} 30x20x20 cm"
NUMBER = re.compile(r"(PO|SO|INV|OUT)-\d{4}-\d{6}")


def test_from_a_sellers_new_product_to_the_payout(person):
    seller = person("seller@demo.test", phone=True)
    _list_product(seller.go("/seller/products/new"))
    _approve_product(person("admin@demo.test").go("/cooperative/products?state=submitted"))

    buyer = person("buyer@demo.test")
    order = _order(buyer, 200)

    _accept_and_ship(seller, 120)
    receiving = person("receiving@demo.test")
    _count(receiving, order, accepted=110, rejected=10)
    _ship_rest(seller)
    _count(receiving, order, accepted=80, rejected=0)
    buyer.go(f"/orders/{order}")
    expect(buyer.page.locator(".page-head")).to_contain_text("Diterima")

    finance = person("finance@demo.test")
    _pay_by_card(finance, order)
    _pay_out(person("treasurer@demo.test"), seller)


def test_a_large_order_waits_for_another_person_to_approve_it(person):
    buyer = person("buyer@demo.test")
    page = buyer.go("/search?q=kardus besar 60x40x40 double wall")
    page.get_by_role("link", name=re.compile("Kardus besar 60x40x40")).first.click()
    page.locator("main [name=quantity]").first.fill("2000")
    page.get_by_role("button", name="Tambah ke keranjang").click()
    expect(page.locator("#cart-answer")).to_contain_text("Sudah masuk keranjang")
    buyer.go("/cart")
    page.get_by_role("button", name=re.compile("Kirim untuk disetujui")).click()
    expect(page.locator(".page-head")).to_contain_text("Menunggu persetujuan")
    order = _number_of(page)

    approver = person("approver@demo.test")
    approver.go(f"/orders/{order}").get_by_role("button", name="Setujui pesanan").click()
    expect(approver.page.locator(".page-head")).to_contain_text("Menunggu penjual")


def test_a_buyer_fills_in_sizes_and_colours_at_once_and_sees_what_they_come_to(person):
    buyer = person("sari.surya@demo.test")
    page = buyer.go("/search?q=kemeja kerja PDL ripstop")
    page.get_by_role("link", name=re.compile("Kemeja kerja PDL")).first.click()
    page.get_by_label("Jumlah M / Khaki").fill("10")
    page.get_by_label("Jumlah XXL / Biru dongker").fill("900")
    expect(page.locator("[data-grid-pieces]")).to_have_text("910")
    page.get_by_role("button", name="Tambah ke keranjang").click()
    expect(page.locator("#order-grid")).to_contain_text("XXL / Biru dongker: Stok tinggal")
    expect(page.get_by_label("Jumlah XXL / Biru dongker")).to_be_focused()
    page.get_by_label("Jumlah XXL / Biru dongker").fill("4")
    expect(page.locator("[data-grid-together]")).to_contain_text("kurang 10")
    expect(page.locator("[data-grid-amount]")).to_have_text("Rp\u00a01.820.000")
    page.get_by_role("button", name="Tambah ke keranjang").click()
    expect(page.locator("#order-grid")).to_contain_text("14 pcs sudah masuk keranjang.")
    buyer.go("/cart")
    expect(page.locator("#cart-lines")).to_contain_text("untuk semua varian bersama: kurang 10.")
    expect(page.locator(".cart-variant", has_text="M / Khaki")).to_contain_text("Rp\u00a01.280.000")


def test_a_visitor_on_a_phone_finds_goods_and_is_asked_to_log_in(person):
    visitor = person(phone=True)
    page = visitor.go("/")
    field = page.locator("main input[name=q]").first
    field.fill("sarung tangn")
    field.press("Enter")
    expect(page.locator(".product-card").first).to_contain_text(re.compile("sarung tangan", re.IGNORECASE))
    page.locator(".product-card a").first.click()
    expect(page.locator("main")).to_contain_text("Rp")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "a page never scrolls sideways"


def test_afterwards_the_books_and_the_index_are_right(pasok):
    for command in (("ledger", "check"), ("search", "verify"), ("catalog", "check-stock")):
        done = pasok.flask(*command)
        assert done.returncode == 0, done.stdout + done.stderr


def _list_product(page: Page) -> None:
    page.get_by_label("Nama produk").fill(NAME)
    page.get_by_label("Kategori").select_option("kardus-polos")
    page.get_by_label("Deskripsi").fill("Kardus C-flute kuat untuk komponen, dilipat rata, diikat per 20 lembar.")
    page.get_by_label("Harga yang dibayar pembeli").fill("4500")
    page.get_by_label("Minimal pembelian").fill("100")
    page.get_by_label("Kelipatan pembelian").fill("20")
    page.get_by_label("Stok").fill("5000")
    page.get_by_label("Lama pengerjaan").fill("2")
    page.get_by_role("button", name="Simpan produk").click()
    page.get_by_role("button", name="Kirim untuk disetujui").click()
    expect(page.locator(".page-head")).to_contain_text("Menunggu persetujuan koperasi")


def _approve_product(page: Page) -> None:
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="Setujui produk").click()
    page.wait_for_load_state()


def _order(buyer, quantity: int) -> str:
    deadline = time.monotonic() + 10
    while True:
        page = buyer.go(f"/search?q={NAME}")
        if page.get_by_role("link", name=NAME).count():
            break
        assert time.monotonic() < deadline, "a published product is found"
    page.get_by_role("link", name=NAME).first.click()
    field = page.locator("main [name=quantity]").first
    field.fill("150")
    page.get_by_role("button", name="Tambah ke keranjang").click()
    expect(page.locator("#cart-answer")).to_contain_text("kelipatan")
    field.fill(str(quantity))
    page.get_by_role("button", name="Tambah ke keranjang").click()
    expect(page.locator("#cart-answer")).to_contain_text("Sudah masuk keranjang")
    buyer.go("/cart")
    page.get_by_role("button", name="Buat pesanan").click()
    expect(page.locator(".page-head")).to_contain_text("Menunggu penjual")
    return _number_of(page)


def _accept_and_ship(seller, quantity: int) -> None:
    page = seller.go("/seller/orders")
    page.locator("td.cell-main a").first.click()
    page.get_by_role("button", name="Terima pesanan").click()
    page.get_by_role("link", name="Kirim barang").click()
    page.locator("input[name^=quantity-]").first.fill(str(quantity))
    page.get_by_role("button", name="Kirim dan buat surat jalan").click()
    expect(page.locator(".page-head")).to_contain_text("Dikirim sebagian")


def _ship_rest(seller) -> None:
    page = seller.page
    page.reload()
    page.get_by_role("link", name="Kirim barang").click()
    page.get_by_role("button", name="Kirim dan buat surat jalan").click()
    page.wait_for_load_state()


def _count(receiving, order: str, *, accepted: int, rejected: int) -> None:
    page = receiving.go(f"/orders/{order}")
    page.get_by_role("link", name="Hitung barang").click()
    page.locator("input[name^=accepted]").first.fill(str(accepted))
    page.locator("input[name^=rejected]").first.fill(str(rejected))
    if rejected:
        page.locator("[name^=reason]").first.fill("Sobek kena hujan")
    page.get_by_role("button", name="Catat penerimaan").click()
    page.wait_for_load_state()


def _pay_by_card(finance, order: str) -> None:
    page = finance.go(f"/invoices?q={order}")
    page.get_by_role("link", name=re.compile("INV-")).first.click()
    page.get_by_role("button", name="Bayar dengan kartu").click()
    page.get_by_role("button", name=re.compile("^Bayar")).click()
    page.wait_for_url(re.compile("/invoices/"))
    invoice = NUMBER.search(page.url)
    assert invoice
    deadline = time.monotonic() + 15
    while "Lunas" not in finance.go(f"/invoices/{invoice.group()}").locator(".page-head").inner_text():
        assert time.monotonic() < deadline, "the payment is booked"


def _pay_out(treasurer, seller) -> None:
    page = treasurer.go("/cooperative/payouts")
    page.get_by_role("link", name="CV Karya Kardus Setiamekar").first.click()
    number = _number_of(page)
    page.get_by_label("Nomor referensi transfer").fill("TRF-98123")
    page.get_by_role("button", name="Catat sudah ditransfer").click()
    expect(page.locator(".page-head")).to_contain_text("Sudah ditransfer")
    expect(seller.go(f"/seller/payouts/{number}").locator(".page-head")).to_contain_text("Sudah ditransfer")


def _number_of(page: Page) -> str:
    found = NUMBER.search(page.locator("h1").inner_text())
    assert found, page.locator("h1").inner_text()
    return found.group()
