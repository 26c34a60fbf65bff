"""The pages of contracts and planned prices, and what buyers see of them."""

from datetime import timedelta

import pytest

from catalog.prices import queries
from catalog.prices.operations import call_off
from market import clock
from market.accounts.roles import Role
from market.db import session
from tests.catalog.prices.agreements import agree, days, planned
from tests.factories import make_actor, make_buyer, make_product, make_seller
from tests.orders.stories import order_of


def filled(product, **changed: str) -> dict[str, str]:
    """A contract's form over one product."""
    return {
        "number": "012/SPK/IX/2026",
        "starts_on": days(0).isoformat(),
        "ends_on": days(90).isoformat(),
        "lines-0-goods": product.offer.sku,
        "lines-0-unit_price": "9.500",
        "lines-0-min_quantity": "",
        "lines-1-goods": "",
        "lines-1-unit_price": "",
        "lines-1-min_quantity": "",
        **changed,
    }


# ── the seller's contracts ──


def test_a_seller_finds_the_buyer_and_writes_the_contract_down(client, shopkeeper, seller, company, run_jobs):
    product = make_product(seller=seller, name="Kardus polos 40 cm")
    client.log_in(shopkeeper)
    assert "Belum ada kontrak." in client.get("/seller/contracts").text
    assert "Tidak ada pembeli" in client.get("/seller/contracts/new?q=zzz").text
    page = client.get(f"/seller/contracts/new?q=sinar&offer={product.offer.id}").text
    address = f"/seller/contracts/new?buyer={company.id}&amp;offer={product.offer.id}"
    assert address in page
    page = client.get(address.replace("&amp;", "&")).text
    goods = f"{product.offer.sku} · Kardus polos 40 cm"
    assert page.count(goods) == 2  # chosen already, and in the list
    answer = client.submit(f"/seller/contracts/new?buyer={company.id}", filled(product, **{"lines-0-goods": goods}))
    assert answer.status_code == 302
    page = client.get(answer.location).text
    for words in (
        "012/SPK/IX/2026",
        "PT Sinar Elektronik",
        "Rp\xa09.500",
        "Rp\xa010.000",
        "Berlaku",
        "Kardus polos 40 cm",
    ):
        assert words in page, words
    listed = client.get("/seller/contracts").text
    assert "012/SPK/IX/2026" in listed
    assert "14 Sep 2026 – 13 Des 2026" in listed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": ""}, "Isi nomor kontraknya."),
        ({"number": "x" * 61}, ""),
        ({"starts_on": ""}, "Pilih hari pertama."),
        ({"starts_on": "kemarin"}, ""),
        ({"ends_on": "2020-01-01"}, "tidak boleh sebelum hari pertama"),
        ({"lines-0-goods": "TIDAK-ADA"}, "Tidak ada barang Anda dengan kode ini"),
        ({"lines-0-goods": ""}, "Pilih barangnya."),
        ({"lines-0-unit_price": ""}, "Isi harganya."),
        ({"lines-0-unit_price": "1,5"}, "Tulis angka bulat"),
        ({"lines-0-unit_price": "-1"}, "Paling sedikit 1."),
        ({"lines-0-unit_price": "9" * 20}, "Paling banyak"),
        ({"lines-0-min_quantity": "0"}, "Paling sedikit 1."),
        ({"lines-0-goods": "", "lines-0-unit_price": ""}, "paling sedikit satu barang"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    client, shopkeeper, seller, company, changed, words
):
    product = make_product(seller=seller)
    client.log_in(shopkeeper)
    answer = client.submit(f"/seller/contracts/new?buyer={company.id}", filled(product, **changed))
    assert answer.status_code == 422
    assert words in answer.text
    if "number" not in changed:
        assert "012/SPK/IX/2026" in answer.text
    assert queries.list_contracts(seller_id=seller.id).total == 0


def test_an_error_in_the_second_row_stands_at_the_second_row(client, shopkeeper, seller, company):
    product = make_product(seller=seller)
    client.log_in(shopkeeper)
    second = {"lines-2-goods": product.offer.sku, "lines-2-unit_price": "9.000", "lines-2-min_quantity": "1"}
    answer = client.submit(f"/seller/contracts/new?buyer={company.id}", filled(product, **second))
    assert answer.status_code == 422
    assert 'id="lines-2-goods-error"' in answer.text
    assert 'id="lines-0-goods-error"' not in answer.text


def test_the_tick_appears_after_the_question_only(client, shopkeeper, seller, company):
    product = make_product(seller=seller)
    client.log_in(shopkeeper)
    address = f"/seller/contracts/new?buyer={company.id}"
    assert "Ya, harga ini benar" not in client.get(address).text
    answer = client.submit(address, filled(product, **{"lines-0-unit_price": "950"}))
    assert answer.status_code == 422
    assert "Harga turun 91% dari Rp\xa010.000 ke Rp\xa0950." in answer.text
    assert "Ya, harga ini benar" in answer.text
    assert 'value="950"' in answer.text
    answer = client.submit(address, filled(product, **{"lines-0-unit_price": "950", "price_confirmed": "y"}))
    assert answer.status_code == 302


def test_a_seller_ends_one_price_and_then_the_contract(client, shopkeeper, seller, company):
    agree(shopkeeper, company, make_product(seller=seller), 9_000)
    contract = agree(shopkeeper, company, make_product(seller=seller), 9_500)
    client.log_in(shopkeeper)
    client.submit(f"/seller/contracts/{contract.id}/end", {"line": str(contract.lines[1].id)})
    assert [line.ended_at is None for line in queries.get_contract(contract.id, seller_id=seller.id).lines] == [
        True,
        False,
    ]
    client.submit(f"/seller/contracts/{contract.id}/end")
    page = client.get(f"/seller/contracts/{contract.id}").text
    assert "Dihentikan" in page
    assert "Hentikan kontrak" not in page
    again = client.submit(f"/seller/contracts/{contract.id}/end", follow_redirects=True)
    assert "sudah berakhir atau sudah dihentikan" in again.text


def test_contracts_of_others_are_not_there(client, shopkeeper, seller, company, admin):
    contract = agree(shopkeeper, company, make_product(seller=seller), 9_000)
    strangers = (
        (make_actor(make_seller(), Role.SELLER), "/seller/contracts"),
        (make_actor(make_buyer(), Role.BUYER), "/contracts"),
        (make_actor(make_seller().cooperative, Role.ADMIN), "/cooperative/contracts"),
    )
    for actor, folder in strangers:
        client.log_in(actor)
        assert client.get(f"{folder}/{contract.id}").status_code == 404
        assert "K-123" not in client.get(folder).text
    client.log_in(strangers[0][0])
    assert client.submit(f"/seller/contracts/{contract.id}/end").status_code == 404
    client.log_in(admin)
    assert "K-123" in client.get(f"/cooperative/contracts/{contract.id}").text


def test_garbled_addresses_of_lists_do_no_harm(client, shopkeeper, buyer, admin):
    for actor, folder in ((shopkeeper, "/seller/contracts"), (buyer, "/contracts"), (admin, "/cooperative/contracts")):
        client.log_in(actor)
        for query in ("?state=x", "?page=-1", "?page=x", "?q=" + "x" * 5_000, "?state=running&q=%25"):
            assert client.get(folder + query).status_code == 200, (folder, query)
    client.log_in(shopkeeper)
    for query in (
        "?buyer=x",
        "?buyer=99999999999999999999",
        "?buyer=-1",
        "?offer=99999999999999999999&q=abc",
    ):
        assert client.get("/seller/contracts/new" + query).status_code == 200, query


# ── what the buyer sees ──


def test_the_buyer_sees_its_contracts_and_can_change_nothing(client, shopkeeper, seller, buyer, company):
    contract = agree(shopkeeper, company, make_product(seller=seller, name="Kardus polos"), 9_000, ends_on=days(20))
    client.log_in(buyer)
    assert "K-123" in client.get("/contracts").text
    page = client.get(f"/contracts/{contract.id}").text
    assert "Kardus polos" in page
    assert "Rp\xa09.000" in page
    assert "Hentikan" not in page


def test_the_product_page_shows_a_buyer_its_own_price(client, shopkeeper, seller, buyer, company):
    product = make_product(seller=seller, unit_price=10_000)
    agree(shopkeeper, company, product, 9_000, ends_on=days(30))
    client.log_in(buyer)
    page = client.get(f"/products/{product.slug}").text
    for words in ("<strong>Rp\xa09.000</strong>", "Harga kontrak K-123 sampai 14 Okt 2026", "Harga umum Rp\xa010.000"):
        assert words in page, words
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    page = client.get(f"/products/{product.slug}").text
    assert "<strong>Rp\xa010.000</strong>" in page
    assert "Harga kontrak K-123" not in page
    assert "Harga umum" not in page


def test_cart_and_order_name_the_contract(client, shopkeeper, seller, buyer, company):
    product = make_product(seller=seller, unit_price=10_000)
    agree(shopkeeper, company, product, 9_000)
    client.log_in(buyer)
    client.submit("/cart/lines", {"product_id": str(product.id), "quantity": "10"})
    assert "kontrak K-123" in client.get("/cart").text
    order = order_of(buyer, (product, 10))
    assert "Harga kontrak K-123" in client.get(f"/orders/{order.number}").text
    assert "kontrak K-123" in client.get(f"/orders/{order.number}/document").text
    client.log_in(shopkeeper)
    assert "Harga kontrak K-123" in client.get(f"/seller/orders/{order.seller_orders[0].number}").text


def test_the_cart_takes_as_many_queries_for_many_contracts_as_for_one(
    client, shopkeeper, seller, buyer, company, count_queries
):
    def put(number: int) -> None:
        for product in [make_product(seller=seller) for _each in range(number)]:
            agree(shopkeeper, company, product, 9_000, number=f"K-{product.id}")
            client.submit("/cart/lines", {"product_id": str(product.id), "quantity": "1"})

    def count() -> int:
        with count_queries() as asked:
            assert client.get("/cart").status_code == 200
        return len(asked)

    client.log_in(buyer)
    put(1)
    few = count()
    put(7)
    assert count() == few


def test_the_product_page_tells_of_a_rise_within_a_month(client, seller):
    product = make_product(seller=seller, unit_price=10_000)
    planned(product, 9_000, starts_on=days(5))
    planned(product, 12_000, starts_on=days(30))
    assert "Harga naik mulai 14 Okt 2026: Rp\xa012.000" in client.get(f"/products/{product.slug}").text
    with clock.at(clock.now() - timedelta(days=1)):
        assert "Harga naik" not in client.get(f"/products/{product.slug}").text


def test_from_its_first_day_on_the_product_page_shows_the_planned_price(client, seller):
    product = make_product(seller=seller, unit_price=10_000)
    planned(product, 11_000, starts_on=days(0))
    assert "<strong>Rp\xa011.000</strong>" in client.get(f"/products/{product.slug}").text


# ── planned prices ──


def test_a_seller_plans_a_price_and_cancels_it(client, shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    client.log_in(shopkeeper)
    address = f"/seller/products/{product.id}/prices/new"
    assert 'value="10.000"' in client.get(address).text
    form = {
        "starts_on": days(10).isoformat(),
        "price": "11.000",
        "tiers-0-min_quantity": "100",
        "tiers-0-unit_price": "10.500",
    }
    assert client.submit(address, form).location.endswith(f"/seller/products/{product.id}")
    page = client.get(f"/seller/products/{product.id}").text
    for words in ("Harga yang direncanakan", "Mulai 24 September 2026", "Rp\xa011.000", "mulai 100 Rp\xa010.500"):
        assert words in page, words
    (change,) = queries.list_waiting_changes([product.offer.id])
    answer = client.submit(f"/seller/price-changes/{change.id}/cancel", follow_redirects=True)
    assert "Rencana perubahan harga dibatalkan." in answer.text
    assert "Harga yang direncanakan</h2>" not in answer.text
    again = client.submit(f"/seller/price-changes/{change.id}/cancel", follow_redirects=True)
    assert "sudah berlaku atau sudah dibatalkan" in again.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"starts_on": days(0).isoformat()}, "Pilih hari sesudah hari ini"),
        ({"starts_on": ""}, "Pilih hari pertama."),
        ({"starts_on": "9999-12-31"}, "Paling jauh"),
        ({"price": ""}, "Isi harganya."),
        ({"price": "1.5"}, "Tulis angka bulat"),
        ({"tiers-0-min_quantity": "100", "tiers-0-unit_price": "12.000"}, "harus lebih murah"),
        ({"price": "25.000"}, "Harga naik 150%"),
        ({"variant": "x"}, ""),
        ({"variant": "0"}, ""),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(client, shopkeeper, seller, changed, words):
    product = make_product(seller=seller, unit_price=10_000)
    client.log_in(shopkeeper)
    form = {"starts_on": days(10).isoformat(), "price": "11.000", **changed}
    answer = client.submit(f"/seller/products/{product.id}/prices/new", form)
    assert answer.status_code == 422
    assert words in answer.text
    assert queries.list_waiting_changes([product.offer.id]) == []


def test_others_products_and_plans_are_not_there(client, shopkeeper):
    product = make_product()
    change = planned(product, 11_000, starts_on=days(3))
    session.commit()
    client.log_in(shopkeeper)
    for address in (f"/seller/products/{product.id}/prices/new", "/seller/products/99999999999999999999/prices/new"):
        assert client.get(address).status_code == 404
    for number in (change.id, 10**30):
        assert client.submit(f"/seller/price-changes/{number}/cancel").status_code == 404


# ── questions ──


def test_the_products_form_asks_and_keeps_what_was_typed(client, shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000, name="Kardus polos")
    client.log_in(shopkeeper)
    address = f"/seller/products/{product.id}/edit"
    page = client.get(address).text
    assert "Ya, harga ini benar" not in page
    form = {
        "seen_at": product.updated_at.isoformat(),
        "name": "Kardus polos",
        "category": product.category.slug,
        "description": product.description,
        "unit": "H87",
        "sku": product.offer.sku,
        "price": "100.000",
        "floor_price": "8.000",
        "min_order": "1",
        "order_multiple": "1",
        "lead_time_days": "5",
    }
    answer = client.submit(address, form)
    assert answer.status_code == 422
    assert "Harga naik 900% dari Rp\xa010.000 ke Rp\xa0100.000." in answer.text
    assert "Ya, harga ini benar" in answer.text
    assert 'value="8.000"' in answer.text
    assert client.submit(address, {**form, "price_confirmed": "y"}).status_code == 302
    session.expire_all()
    assert (product.offer.unit_price, product.offer.floor_price) == (100_000, 8_000)


def test_the_cooperative_sets_the_limit(client, admin, seller):
    client.log_in(admin)
    assert "berubah lebih dari 30%" in client.get("/cooperative/margins").text
    for wrong in ("", "0", "0,5", "101", "x", "-5"):
        assert client.submit("/cooperative/price-check", {"rate": wrong}).status_code == 422, wrong
    assert client.submit("/cooperative/price-check", {"rate": "12,5"}).status_code == 302
    assert "berubah lebih dari 12,5%" in client.get("/cooperative/margins").text
    session.expire_all()
    assert seller.cooperative.price_jump_rate == 1_250


def test_forms_without_their_token_are_refused(client, shopkeeper, admin, seller, company):
    contract = agree(shopkeeper, company, make_product(seller=seller), 9_000)
    client.log_in(shopkeeper)
    assert client.post(f"/seller/contracts/{contract.id}/end").status_code == 400
    assert client.post(f"/seller/contracts/new?buyer={company.id}", data={}).status_code == 400
    client.log_in(admin)
    assert client.post("/cooperative/price-check", data={"rate": "5"}).status_code == 400
    call_off(contract.id, by=shopkeeper)
