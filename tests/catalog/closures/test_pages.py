"""Days off on the pages: the seller's, the cooperative's, and what buyers see of them."""

from datetime import date, datetime, timedelta

import pytest

from catalog.closures.errors import SellerClosed
from catalog.closures.operations import plan_closure
from catalog.closures.queries import list_closures
from catalog.products.queries import list_products
from market import clock
from market.accounts.roles import Role
from market.clock import JAKARTA
from market.db import session
from orders.cart.operations import add_to_cart
from orders.purchasing.operations import place_order
from search.cards import cards
from search.documents import describe
from tests.factories import make_actor, make_cooperative, make_product
from tests.orders.stories import Shop, make_factory, make_shop, order_of

NOON = datetime(2026, 12, 20, 12, tzinfo=JAKARTA)
TODAY = NOON.date()
SENTENCE = "Toko Sari tutup sampai 3 Jan 2027 (libur Natal). Pesan lagi mulai 4 Jan 2027."


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOON):
        yield


@pytest.fixture
def shop() -> Shop:
    return make_shop(name="Toko Sari")


def close(shop: Shop) -> None:
    """From today until the third of January."""
    session.commit()
    plan_closure(TODAY, date(2027, 1, 3), "libur Natal", by=shop.owner)
    session.commit()
    session.expire_all()


def test_a_seller_plans_and_ends_days_off(client, shop):
    client.log_in(shop.owner)
    data = {"first_day": "2026-12-24", "last_day": "2027-01-03", "note": "libur Natal"}
    assert client.submit("/seller/closures", data).location == "/seller/closures"
    page = client.get("/seller/closures").text
    assert "24 Des 2026 – 3 Jan 2027" in page
    assert "libur Natal" in page
    (closure,) = list_closures(shop.seller.id, from_day=TODAY)
    client.submit(f"/seller/closures/{closure.id}/end")
    assert "Jadwal tutup dibatalkan." in client.get("/seller/closures").text
    assert list_closures(shop.seller.id, from_day=TODAY) == []
    client.submit(f"/seller/closures/{closure.id}/end")
    assert "sudah berakhir atau sudah dibatalkan" in client.get("/seller/closures").text


@pytest.mark.parametrize(
    ("first", "last", "note", "words"),
    [
        ("", "2026-12-24", "", "Pilih hari pertama."),
        ("2026-12-01", "2026-12-24", "", "Hari pertama sudah lewat."),
        ("2026-12-24", "2026-12-22", "", "Hari terakhir tidak boleh sebelum hari pertama."),
        ("2026-12-24", "9999-12-31", "", "paling lama satu tahun"),
        ("kemarin", "2026-12-24", "", "2026-12-24"),
        ("2026-12-24", "2026-12-25", "x" * 121, "120"),
    ],
)
def test_days_that_cannot_be_taken_are_explained_and_kept(client, shop, first, last, note, words):
    client.log_in(shop.owner)
    answer = client.submit("/seller/closures", {"first_day": first, "last_day": last, "note": note})
    assert answer.status_code == 422
    assert words in answer.text
    assert list_closures(shop.seller.id, from_day=TODAY) == []


def test_the_cooperative_plans_for_its_own_sellers_only(client):
    cooperative = make_cooperative()
    shop, stranger = make_shop(cooperative=cooperative), make_shop()
    client.log_in(make_actor(cooperative, Role.ADMIN))
    url = f"/cooperative/sellers/{shop.seller.id}/closures"
    data = {"first_day": "2026-12-20", "last_day": "2026-12-22"}
    assert client.submit(url, data).location == url
    (closure,) = list_closures(shop.seller.id, from_day=TODAY)
    assert client.submit(f"{url}/{closure.id}/end").location == url
    assert client.get(f"/cooperative/sellers/{stranger.seller.id}/closures").status_code == 404
    assert client.submit(f"/cooperative/sellers/{stranger.seller.id}/closures", data).status_code == 404
    assert client.submit(f"{url}/{2**62}/end").status_code == 404


def test_while_a_seller_is_closed_nothing_of_it_is_ordered_and_the_day_after_it_is_again(client, shop):
    factory, product = make_factory(), make_product(seller=shop.seller)
    other = make_product()
    session.commit()
    add_to_cart(product.id, 5, by=factory.buyer)
    close(shop)
    with pytest.raises(SellerClosed, match="Toko Sari tutup sampai 3 Jan 2027") as refused:
        place_order(by=factory.buyer, lines=[(other.id, 1), (product.id, 5)])
    assert (str(refused.value), refused.value.field, refused.value.status) == (SENTENCE, "lines.1.product_id", 409)
    with pytest.raises(SellerClosed):
        add_to_cart(product.id, 1, by=factory.buyer)
    client.log_in(factory.buyer)
    assert SENTENCE in client.get("/cart").text
    page = client.get(f"/products/{product.slug}").text
    assert SENTENCE in page
    assert "Tambah ke keranjang" not in page
    with clock.at(NOON.replace(year=2027, month=1, day=4, hour=0)):
        assert "Tambah ke keranjang" in client.get(f"/products/{product.slug}").text
        assert order_of(factory.buyer, (product, 5)).lines[0].promised_on == date(2027, 1, 4)


def test_closed_days_do_not_count_in_what_is_promised(shop):
    factory, product = make_factory(), make_product(seller=shop.seller, lead_time_days=3)
    session.commit()
    plan_closure(TODAY + timedelta(2), TODAY + timedelta(11), by=shop.owner)
    session.expire_all()
    assert order_of(factory.buyer, (product, 5)).lines[0].promised_on == TODAY + timedelta(13)


def test_buyers_are_told_before_a_closure_begins(client, shop):
    product = make_product(seller=shop.seller)
    session.commit()
    plan_closure(TODAY + timedelta(4), TODAY + timedelta(14), "libur Natal", by=shop.owner)
    page = client.get(f"/products/{product.slug}").text
    assert "Toko Sari tutup mulai 24 Des 2026 sampai 3 Jan 2027 (libur Natal)." in page
    assert "Masuk untuk memesan" in page


def test_programs_are_refused_with_the_sentence_at_the_line(api, shop):
    factory, product = make_factory(), make_product(seller=shop.seller)
    close(shop)
    answer = api(factory.buyer).post("/orders", {"lines": [{"product_id": product.id, "quantity": 1}]})
    assert answer.status_code == 409
    assert answer.json["detail"] == SENTENCE
    assert answer.json["closed_until"] == "2027-01-03"
    item = api(None).get(f"/products/{product.id}").json
    assert (item["seller"]["closed_from"], item["seller"]["closed_until"]) == ("2026-12-20", "2027-01-03")


def test_cards_say_by_the_date_until_when_a_seller_is_closed(app, shop):
    product_id = make_product(seller=shop.seller).id
    close(shop)
    document = next(describe(list_products([product_id])))

    def card() -> dict:
        with app.test_request_context("/"):
            return cards([document])[0]

    assert (card()["availability"], card()["available"]) == ("Tutup s.d. 3 Jan 2027", False)
    with clock.at(NOON + timedelta(15)):
        assert (card()["availability"], card()["available"]) == ("Stok 1.000", True)
