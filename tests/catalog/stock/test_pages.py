"""The seller's pages of stock and capacity, and the day promised to buyers."""

import re
from datetime import datetime, timedelta

import pytest

from catalog.stock.operations import change_capacity
from catalog.stock.queries import list_movements
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.clock import JAKARTA
from market.db import session
from tests.factories import make_actor, make_product, make_seller, make_variants
from tests.orders.stories import Shop, make_factory, make_shop, only_part, order_of


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def desk(client, shop):
    """The seller's browser."""
    return client.log_in(shop.owner)


def one_line(page: str) -> str:
    """The page's words on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_list_shows_what_runs_out_first_and_notes_goods_that_came_in(desk, shop):
    plenty = make_product(seller=shop.seller, on_hand=5_000, name="Kardus banyak")
    few = make_product(seller=shop.seller, on_hand=3, name="Kardus sedikit")
    page = desk.get("/seller/stock").text
    assert page.index(few.name) < page.index(plenty.name)
    assert "Hampir habis" in page
    answer = desk.submit(
        f"/seller/stock/{few.offer.id}/receipt?list=1&q=kardus", {"receipt-quantity": "1.500", "receipt-seen": "3"}
    )
    assert answer.location == "/seller/stock?q=kardus"
    assert few.offer.on_hand == 1_503
    assert "Kardus sedikit sekarang 1.503 pcs di gudang." in desk.get(answer.location).text


def test_words_and_shelves_narrow_the_list(desk, shop):
    make_product(seller=shop.seller, on_hand=5_000, name="Kardus")
    shirt = make_variants(("Ukuran",), ("M",), ("Jumbo",), seller=shop.seller, on_hand=0, name="Kemeja")
    change_capacity(shirt.id, 70, by=shop.owner)
    assert "Kemeja" not in desk.get("/seller/stock?q=kardus").text
    assert one_line(desk.get("/seller/stock?q=jumbo").text).count("Jumbo ·") == 1
    assert "Kardus" not in desk.get("/seller/stock?shelf=made_to_order").text
    assert "Kardus" in desk.get("/seller/stock?shelf=nonsense&page=-1").text
    assert "Tidak ada barang yang cocok." in desk.get("/seller/stock?q=zzz").text


def test_a_count_and_a_loss_are_noted_with_their_reason(desk, shop):
    offer = make_product(seller=shop.seller, on_hand=100).offer
    url = f"/seller/stock/{offer.id}"
    counted = {"count-stock": "90", "count-reason": "count", "count-seen": "100"}
    lost = {"loss-quantity": "5", "loss-reason": "damaged", "loss-note": "kena air", "loss-seen": "90"}
    assert desk.submit(f"{url}/count", counted).location == url
    assert desk.submit(f"{url}/loss", lost).location == url
    page = one_line(desk.get(url).text)
    assert "Rusak · kena air" in page
    assert "Hitung ulang" in page
    assert offer.on_hand == 85


@pytest.mark.parametrize(
    ("deed", "data", "words"),
    [
        ("receipt", {"receipt-quantity": ""}, "Isi jumlahnya."),
        ("receipt", {"receipt-quantity": "0"}, "Paling sedikit 1."),
        ("receipt", {"receipt-quantity": "1,5"}, "Tulis angka bulat"),
        ("receipt", {"receipt-quantity": "999999999999"}, "Paling banyak"),
        ("receipt", {"receipt-quantity": "5", "receipt-note": "x" * 201}, "201"),
        ("receipt", {"receipt-quantity": "5", "receipt-seen": "7"}, "Stok sudah berubah dari 7 menjadi 100"),
        ("count", {"count-stock": "-1", "count-reason": "count"}, "Paling sedikit 0"),
        ("count", {"count-stock": "5", "count-reason": "import"}, "Not a valid choice"),
        ("count", {"count-stock": "5", "count-reason": "other"}, "Tulis alasannya di catatan."),
        ("loss", {"loss-quantity": "101", "loss-reason": "lost"}, "Di gudang hanya ada 100 pcs."),
    ],
)
def test_what_cannot_be_taken_is_explained_at_its_field_in_the_open_form(desk, shop, deed, data, words):
    offer = make_product(seller=shop.seller, on_hand=100).offer
    session.commit()
    answer = desk.submit(f"/seller/stock/{offer.id}/{deed}", data)
    assert answer.status_code in (409, 422)
    if words not in ("201", "Not a valid choice"):
        assert words in answer.text
    assert '<details class="confirm" open' in answer.text
    assert offer.on_hand == 100


def test_a_form_needs_its_token(desk, shop):
    offer = make_product(seller=shop.seller).offer
    answer = desk.post(f"/seller/stock/{offer.id}/receipt", data={"receipt-quantity": "5"})
    assert answer.status_code == 400
    assert offer.on_hand == 1000


def test_the_journal_leads_to_the_orders_that_the_seller_may_see(desk, shop):
    product = make_product(seller=shop.seller)
    seen = only_part(order_of(make_factory().buyer, (product, 10)))
    waiting = only_part(order_of(make_factory(approval_threshold=0).buyer, (product, 10)))
    page = desk.get(f"/seller/stock/{product.offer.id}").text
    assert f'href="/seller/orders/{seen.number}"' in page
    assert f'href="/seller/orders/{waiting.number}"' not in page
    assert waiting.number in page


def test_pages_take_a_fixed_number_of_queries(desk, shop, count_queries):
    def count(url: str) -> int:
        with count_queries() as queries:
            assert desk.get(url).status_code == 200
        return len(queries)

    first = make_product(seller=shop.seller)
    change_capacity(make_product(seller=shop.seller).id, 70, by=shop.owner)
    few = [count(url) for url in ("/seller/stock", f"/seller/stock/{first.offer.id}", "/seller/capacity")]
    for _each in range(6):
        make_product(seller=shop.seller)
        change_capacity(make_product(seller=shop.seller).id, 70, by=shop.owner)
        order_of(make_factory().buyer, (first, 5))
    many = [count(url) for url in ("/seller/stock", f"/seller/stock/{first.offer.id}", "/seller/capacity")]
    assert many[0] == few[0]
    assert many[1] <= few[1] + 1  # whose orders are linked to
    assert many[2] == few[2]


def test_another_sellers_stock_is_not_found(desk):
    offer = make_product().offer
    assert desk.get(f"/seller/stock/{offer.id}").status_code == 404
    assert desk.submit(f"/seller/stock/{offer.id}/receipt", {"receipt-quantity": "5"}).status_code == 404
    assert desk.get(f"/seller/capacity/{offer.product_id}").status_code == 404
    assert desk.get("/seller/stock/99999999999999999999").status_code == 404


def test_a_product_turns_from_stock_to_made_to_order_and_back(desk, shop):
    product = make_product(seller=shop.seller, on_hand=40)
    url = f"/seller/capacity/{product.id}"
    assert "Masih ada 40 pcs di gudang." in desk.get(url).text
    assert desk.submit(url, {"way": "to_order", "weekly_capacity": ""}).status_code == 422
    assert desk.submit(url, {"way": "to_order", "weekly_capacity": "70"}).location == "/seller/capacity"
    assert (product.weekly_capacity, product.offer.on_hand) == (70, 0)
    order_of(make_factory().buyer, (product, 140))
    page = one_line(desk.get("/seller/capacity").text)
    assert "140 pcs" in page
    assert "2 minggu" in page
    refused = desk.submit(url, {"way": "stock"})
    assert refused.status_code == 422
    assert "140 pcs masih dipesan" in refused.text
    assert product.made_to_order


NOON = datetime(2026, 12, 10, 12, tzinfo=JAKARTA)


def test_buyers_see_by_when_their_quantity_would_be_ready(client, shop):
    product = make_product(seller=shop.seller, on_hand=0, lead_time_days=3, min_order=10)
    change_capacity(product.id, 70, by=shop.owner)
    with clock.at(NOON):
        page = one_line(client.get(f"/products/{product.slug}").text)
        assert "Perkiraan siap 13 Des 2026 untuk 10 pcs" in page
        url = f"/products/{product.slug}/promise"
        assert "Perkiraan siap 19 Des 2026 untuk 100 pcs" in one_line(client.get(f"{url}?quantity=100").text)
        assert "untuk 1.100 pcs" in one_line(client.get(f"{url}?quantity-1=1.000&quantity-2=100&x=5").text)
        for nonsense in ("0", "-5", "banyak", "1,5", "9" * 40):
            assert "untuk 10 pcs" in one_line(client.get(f"{url}?quantity={nonsense}").text)
        assert "Terlalu banyak" in client.get(f"{url}?quantity=100.000.000").text
    assert client.get("/products/tidak-ada/promise").status_code == 404


def test_the_promise_is_kept_on_the_order_line_and_late_orders_are_marked(client, shop):
    factory, product = make_factory(), make_product(seller=shop.seller, on_hand=0, lead_time_days=3)
    change_capacity(product.id, 70, by=shop.owner)
    with clock.at(NOON):
        first = order_of(factory.buyer, (product, 70)).lines[0]
        second = order_of(factory.buyer, (product, 70)).lines[0]
    assert [line.promised_on - NOON.date() for line in (first, second)] == [timedelta(6), timedelta(13)]
    number = only_part(first.order).number
    with clock.at(NOON):
        page = one_line(client.log_in(shop.owner).get(f"/seller/orders/{number}").text)
        assert "Perkiraan siap 16 Des 2026" in page
        assert "Terlambat" not in page
    with clock.at(NOON + timedelta(7)):
        assert "Terlambat" in client.get(f"/seller/orders/{number}").text
        assert "Terlambat" in client.get("/seller/orders").text
        client.log_in(factory.buyer)
        assert "Terlambat" in client.get(f"/orders/{first.order.number}").text


def test_the_cart_says_by_when_all_of_a_product_would_be_ready(client, shop):
    factory = make_factory()
    shirt = make_variants(("Ukuran",), ("M",), ("L",), seller=shop.seller, on_hand=0)
    change_capacity(shirt.id, 70, by=shop.owner)
    client.log_in(factory.buyer)
    for offer in shirt.offers:
        client.submit("/cart/variants", {"product_id": shirt.id, f"quantity-{offer.id}": "35"})
    with clock.at(NOON):
        assert one_line(client.get("/cart").text).count("Perkiraan siap 16 Des 2026.") == 1


def test_a_seller_notes_stock_over_the_api(api, shop):
    product = make_product(seller=shop.seller, on_hand=100)
    session.commit()
    program, url = api(shop.owner), f"/products/{product.id}/stock-movements"
    made = program.post(url, {"kind": "receipt", "quantity": 50, "note": "produksi"})
    assert (made.status_code, made.json["stock"], made.json["available"]) == (201, 150, 150)
    gone = program.post(url, {"kind": "adjustment", "quantity": -20, "reason": "damaged"})
    assert gone.json["stock"] == 130
    listed = program.get(url).json
    assert [(each["kind"], each["on_hand_change"], each["reason"]) for each in listed["items"][:2]] == [
        ("adjustment", -20, "damaged"),
        ("receipt", 50, None),
    ]
    assert (listed["total"], len(list_movements(product.offer.id))) == (3, 3)
    for body, field in (
        ({"kind": "receipt", "quantity": 0}, "quantity"),
        ({"kind": "receipt", "quantity": -5}, "quantity"),
        ({"kind": "receipt", "quantity": "5"}, "quantity"),
        ({"kind": "return", "quantity": 5}, "kind"),
        ({"kind": "adjustment", "quantity": 5}, "reason"),
        ({"kind": "adjustment", "quantity": 5, "reason": "import"}, "reason"),
        ({"kind": "adjustment", "quantity": 5, "reason": "other"}, "note"),
        ({"kind": "adjustment", "quantity": -500, "reason": "lost"}, "quantity"),
        ({"kind": "receipt", "quantity": 5, "note": "x" * 201}, "note"),
        ({"kind": "receipt", "quantity": 5, "surprise": 1}, "surprise"),
    ):
        answer = program.post(url, body)
        assert (answer.status_code, [each["field"] for each in answer.json["errors"]]) == (422, [field]), body
    assert program.post(url, {"kind": "receipt", "quantity": 5, "variant_id": 2**60}).status_code == 404
    stranger: Actor = make_actor(make_seller(), Role.SELLER)
    assert api(stranger).post(url, {"kind": "receipt", "quantity": 5}).status_code == 404
    assert api(stranger).get(url).status_code == 404
    change_capacity(product.id, 70, by=shop.owner)
    assert program.post(url, {"kind": "receipt", "quantity": 5}).status_code == 409


def test_variants_are_named_over_the_api(api, shop):
    shirt = make_variants(("Ukuran",), ("M",), ("L",), seller=shop.seller, on_hand=10)
    session.commit()
    program, url = api(shop.owner), f"/products/{shirt.id}/stock-movements"
    assert program.post(url, {"kind": "receipt", "quantity": 5}).status_code == 422
    large = shirt.offers[1]
    assert program.post(url, {"kind": "receipt", "quantity": 5, "variant_id": large.id}).json["stock"] == 15
    assert program.get(url, variant_id=large.id).json["total"] == 2
    assert program.get(url).json["total"] == 3


def test_anybody_asks_for_a_promise_over_the_api(api, shop):
    product = make_product(seller=shop.seller, on_hand=0, min_order=10)
    change_capacity(product.id, 70, by=shop.owner)
    with clock.at(NOON):
        program = api(None)
        assert program.get(f"/products/{product.id}/promise").json == {"quantity": 10, "promised_on": "2026-12-10"}
        asked = program.get(f"/products/{product.id}/promise", quantity=71).json
        assert asked == {"quantity": 71, "promised_on": "2026-12-17"}
        item = program.get(f"/products/{product.id}").json
        assert (item["made_to_order"], item["weekly_capacity"], item["ready_days"]) == (True, 70, 0)
        assert program.get(f"/products/{product.id}/promise", quantity=0).status_code == 422
