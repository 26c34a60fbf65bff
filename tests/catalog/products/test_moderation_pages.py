"""The pages on which a cooperative looks at products and decides."""

import pytest

from catalog.products import operations
from catalog.products.models import Product
from catalog.products.states import ProductState
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Cooperative, Seller
from market.organisations.states import SellerState
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller

LIST = "/cooperative/products"


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(margin=250)


@pytest.fixture
def seller(cooperative: Cooperative) -> Seller:
    return make_seller(cooperative=cooperative, name="Karya Kardus")


@pytest.fixture
def admin(cooperative: Cooperative, client) -> Actor:
    actor = make_actor(cooperative, Role.ADMIN)
    client.log_in(actor)
    return actor


def submitted(seller: Seller, **given) -> Product:
    return make_product(seller=seller, state=ProductState.SUBMITTED, **given)


def tick(product: Product) -> str:
    return f"{product.id} {product.updated_at.isoformat()}"


def test_what_waits_is_shown_first(client, admin: Actor, seller: Seller) -> None:
    submitted(seller, name="Yang menunggu")
    make_product(seller=seller, name="Yang tayang")
    make_product(seller=seller, name="Yang konsep", state=ProductState.DRAFT)
    submitted(make_seller(), name="Milik koperasi lain")
    page = client.get(LIST).text
    assert "Yang menunggu" in page
    assert not any(name in page for name in ("Yang tayang", "Yang konsep", "koperasi lain"))
    everything = client.get(f"{LIST}?state=all").text
    assert "Yang menunggu" in everything
    assert "Yang tayang" in everything
    assert not any(name in everything for name in ("Yang konsep", "koperasi lain"))
    assert "Yang konsep" not in client.get(f"{LIST}?state=draft").text
    assert "Yang tayang" in client.get(f"{LIST}?state=published&q=TAYANG").text


def test_an_empty_desk_says_so(client, admin: Actor) -> None:
    assert "Semua sudah diperiksa" in client.get(LIST).text
    assert "Tidak ada produk yang cocok" in client.get(f"{LIST}?state=rejected&q=x").text


def test_the_record_shows_the_margin_and_what_to_do(client, admin: Actor, seller: Seller) -> None:
    product = submitted(seller, unit_price=4000)
    page = client.get(f"{LIST}/{product.id}").text
    assert all(
        words in page
        for words in ("Menunggu Anda", "2,5%", "−Rp\u00a0100", "Rp\u00a03.900", "Karya Kardus", "Tolak produk")
    )


def test_approving_puts_it_on_the_shelf(client, admin: Actor, seller: Seller) -> None:
    product = submitted(seller)
    answer = client.submit(f"{LIST}/{product.id}/approve", {"seen_at": product.updated_at.isoformat()})
    assert (answer.status_code, answer.location) == (302, LIST)
    assert product.for_sale
    page = client.get(f"{LIST}/{product.id}").text
    assert "Disetujui dan tayang" in page
    assert "Tolak produk" not in page


def test_rejecting_asks_for_the_reason(client, admin: Actor, seller: Seller) -> None:
    product = submitted(seller)
    session.commit()
    seen_at = {"seen_at": product.updated_at.isoformat()}
    for reason, sentence in (("  ", "Tulis alasannya"), ("r" * 1001, "Paling banyak 1.000 huruf")):
        answer = client.submit(f"{LIST}/{product.id}/reject", {**seen_at, "reason": reason})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert reason in answer.text
    assert client.submit(f"{LIST}/{product.id}/reject", {**seen_at, "reason": "Buram."}).status_code == 302
    assert (product.state, product.state_reason) == (ProductState.REJECTED, "Buram.")


@pytest.mark.parametrize("deed", ["approve", "reject"])
def test_a_decision_on_an_old_page_explains_itself(client, admin: Actor, seller: Seller, deed: str) -> None:
    product = submitted(seller)
    old = product.updated_at.isoformat()
    operations.update_product(product.id, {"description": "Lain."}, by=make_actor(seller, Role.SELLER))
    for seen_at in (old, "kemarin", ""):
        answer = client.submit(f"{LIST}/{product.id}/{deed}", {"seen_at": seen_at, "reason": "x"})
        assert answer.location == f"{LIST}/{product.id}"
        assert "berubah sejak halaman dibuka" in client.get(answer.location).text
    assert product.state is ProductState.SUBMITTED


def test_a_product_of_an_applicant_waits_for_its_seller(client, admin: Actor, cooperative: Cooperative) -> None:
    product = submitted(make_seller(cooperative=cooperative, state=SellerState.APPLIED))
    session.commit()
    assert "setelah penjualnya disetujui" in client.get(f"{LIST}/{product.id}").text
    answer = client.submit(
        f"{LIST}/{product.id}/approve", {"seen_at": product.updated_at.isoformat()}, follow_redirects=True
    )
    assert "Penjual belum disetujui koperasi" in answer.text
    assert product.state is ProductState.SUBMITTED


def test_several_are_approved_at_once(client, admin: Actor, cooperative: Cooperative, seller: Seller) -> None:
    good = [submitted(seller) for _ in range(3)]
    unripe = submitted(make_seller(cooperative=cooperative, state=SellerState.APPLIED))
    foreign = submitted(make_seller())
    session.commit()
    ticked = [tick(product) for product in (*good, unripe, foreign)]
    page = client.get(LIST).text
    assert all(text in page for text in ticked[:4])
    answer = client.submit(f"{LIST}/approve", {"product": ticked}, follow_redirects=True)
    assert "3 produk disetujui dan tayang." in answer.text
    assert "1 belum disetujui: Penjual belum disetujui" in answer.text
    assert all(product.for_sale for product in good)
    assert {unripe.state, foreign.state} == {ProductState.SUBMITTED}


@pytest.mark.parametrize("ticked", [[], ["x"], ["1"], ["9999999999999999999999 2026-01-01"], ["-1 x"], ["1 kemarin"]])
def test_strange_ticks_change_nothing(client, admin: Actor, seller: Seller, ticked: list[str]) -> None:
    product = submitted(seller)
    session.commit()
    assert client.submit(f"{LIST}/approve", {"product": ticked}).status_code in (302, 409)
    assert product.state is ProductState.SUBMITTED


def test_the_list_costs_the_same_however_long_it_is(client, admin: Actor, seller: Seller, count_queries) -> None:
    def cost() -> int:
        with count_queries() as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    submitted(seller)
    few = cost()
    for _ in range(20):
        submitted(seller)
    assert cost() == few <= 12


def test_another_cooperatives_product_is_not_there(client, admin: Actor) -> None:
    product = submitted(make_seller())
    session.commit()
    assert client.get(f"{LIST}/{product.id}").status_code == 404
    for deed in ("approve", "reject"):
        body = {"seen_at": product.updated_at.isoformat(), "reason": "x"}
        assert client.submit(f"{LIST}/{product.id}/{deed}", body).status_code == 404


def test_the_pages_are_for_admins(client, cooperative: Cooperative, seller: Seller) -> None:
    product = submitted(seller)
    assert "/login" in client.get(LIST).location
    for actor in (
        make_actor(cooperative, Role.TREASURER),
        make_actor(seller, Role.SELLER),
        make_actor(make_buyer(), Role.BUYER),
    ):
        client.log_in(actor)
        assert client.get(LIST).status_code == 403
        assert client.get(f"{LIST}/{product.id}").status_code == 403
        assert client.submit(f"{LIST}/approve", {"product": tick(product)}).status_code == 403


def test_a_form_without_its_token_decides_nothing(client, admin: Actor, seller: Seller) -> None:
    product = submitted(seller)
    body = {"seen_at": product.updated_at.isoformat(), "reason": "x", "product": tick(product)}
    for path in (f"{product.id}/approve", f"{product.id}/reject", "approve"):
        assert client.post(f"{LIST}/{path}", data=body).status_code == 400
    assert product.state is ProductState.SUBMITTED
