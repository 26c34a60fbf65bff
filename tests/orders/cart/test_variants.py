"""Several variants of a product go into the cart at once, and the cart shows them together."""

import pytest

from catalog.prices.queries import open_book
from catalog.products.errors import NotForSale, OutOfStock, QuantityNotSold
from catalog.products.models import Product
from market.db import session
from market.errors import NotFound
from orders.cart import operations, queries
from orders.cart.contents import Cart
from orders.cart.errors import NotTogether, VariantsRefused
from tests.factories import make_product, make_variants
from tests.orders.stories import make_factory


@pytest.fixture
def factory():
    """A factory with its people."""
    return make_factory()


@pytest.fixture
def uniform() -> Product:
    """A uniform in three sizes, forty pieces of each."""
    product = make_variants(("Ukuran",), ("S",), ("M",), ("L",), name="Seragam kerja", on_hand=40, unit_price=80_000)
    session.commit()
    return product


def cart_of(actor) -> Cart:
    session.expire_all()
    lines = queries.list_lines(user_id=actor.user_id, buyer_id=actor.organisation_id)
    return Cart.of(lines, open_book([line.offer for line in lines], buyer_id=actor.organisation_id))


def in_cart(actor) -> dict[str, int]:
    return {entry.offer.label: entry.quantity for entry in cart_of(actor).entries}


def fields(product: Product, *quantities: object) -> dict[str, object]:
    typed = {f"quantity-{o.id}": quantity for o, quantity in zip(product.offers, quantities, strict=False)}
    return {"product_id": product.id, **typed}


def test_all_that_was_filled_in_goes_in_at_once(client, factory, uniform) -> None:
    answer = client.log_in(factory.buyer).submit("/cart/variants", fields(uniform, "10", "", "1.0"))
    assert answer.status_code == 422
    assert in_cart(factory.buyer) == {}
    answer = client.submit("/cart/variants", fields(uniform, "10", "0", "20"))
    assert (answer.status_code, answer.location) == (302, "/cart")
    assert in_cart(factory.buyer) == {"S": 10, "L": 20}
    assert "30 pcs sudah masuk keranjang." in client.get("/cart").text


def test_what_is_wrong_stands_at_each_field_and_what_was_typed_stays(client, factory, uniform) -> None:
    uniform.offers[1].min_order = 12
    session.commit()
    answer = client.log_in(factory.buyer).submit("/cart/variants", fields(uniform, "41", "5", "7"))
    assert answer.status_code == 422
    page = answer.text
    assert "S: Stok tinggal 40 pcs, Anda meminta 41." in page
    assert "M: Minimal pembelian 12 pcs, Anda meminta 5." in page
    assert [f'value="{typed}"' in page for typed in ("41", "5", "7")] == [True] * 3
    assert page.count('aria-invalid="true"') == 2
    assert in_cart(factory.buyer) == {}


@pytest.mark.parametrize("typed", ["-1", "1,5", "abc", "9" * 40, "8.000.001", "١٢", "1e3", "<script>", "8000000"])
def test_nonsense_is_refused_in_a_sentence(client, factory, uniform, typed: str) -> None:
    answer = client.log_in(factory.buyer).submit("/cart/variants", fields(uniform, typed, "1"))
    assert answer.status_code == 422
    assert "<script>" not in answer.text.replace("<script src", "")
    assert in_cart(factory.buyer) == {}


@pytest.mark.parametrize("quantities", [(), ("", ""), ("0", "0", "0")])
def test_an_empty_grid_asks_for_a_quantity(client, factory, uniform, quantities) -> None:
    answer = client.log_in(factory.buyer).submit("/cart/variants", fields(uniform, *quantities))
    assert answer.status_code == 422
    assert "Isi jumlah sekurangnya satu varian." in answer.text


def test_htmx_gets_the_grid_empty_and_the_count_or_the_grid_with_its_errors(client, factory, uniform) -> None:
    uniform.min_order_together = 50
    session.commit()
    client.log_in(factory.buyer)
    answer = client.submit("/cart/variants", fields(uniform, "10", "20"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    for words in ('id="order-grid"', "30 pcs sudah masuk keranjang.", "di keranjang 30", 'id="cart-count"'):
        assert words in answer.text, words
    assert "<html" not in answer.text
    refused = client.submit("/cart/variants", fields(uniform, "31"), headers={"HX-Request": "true"})
    assert refused.status_code == 200
    assert "Di keranjang sudah ada 10 pcs" in refused.text
    assert 'value="31"' in refused.text


def test_a_variant_that_went_out_of_sale_is_named(client, factory, uniform) -> None:
    uniform.offers[2].active = False
    session.commit()
    answer = client.log_in(factory.buyer).submit("/cart/variants", fields(uniform, "1", "", "2"))
    assert answer.status_code == 422
    assert "L: Varian ini tidak dijual lagi." in answer.text
    assert in_cart(factory.buyer) == {}


def test_unknown_products_and_other_products_variants_are_not_found(client, factory, uniform) -> None:
    other = make_product()
    session.commit()
    client.log_in(factory.buyer)
    for product_id in ("", "0", "-1", "x", "987654321", "9" * 30):
        assert client.submit("/cart/variants", {"product_id": product_id}).status_code == 404
    with pytest.raises(NotFound):
        operations.add_variants_to_cart(uniform.id, {uniform.offers[0].id: 1, other.offer.id: 1}, by=factory.buyer)
    assert in_cart(factory.buyer) == {}


def test_each_refusal_is_told_of_its_variant(factory, uniform) -> None:
    small, medium, large = uniform.offers
    medium.order_multiple, large.active = 12, False
    session.commit()
    operations.add_variants_to_cart(uniform.id, {small.id: 30}, by=factory.buyer)
    with pytest.raises(VariantsRefused) as refused:
        operations.add_variants_to_cart(uniform.id, {small.id: 11, medium.id: 13, large.id: 1}, by=factory.buyer)
    kinds = {offer_id: type(refusal) for offer_id, refusal in refused.value.refusals.items()}
    assert kinds == {small.id: NotTogether, medium.id: QuantityNotSold, large.id: NotForSale}
    assert refused.value.field == f"quantity-{small.id}"
    assert isinstance(refused.value.refusals[small.id].__cause__, OutOfStock)
    assert in_cart(factory.buyer) == {"S": 30}


def test_the_cart_keeps_variants_together_and_says_once_what_they_lack_of_the_joint_minimum(
    client, factory, uniform
) -> None:
    small, _medium, large = uniform.offers
    uniform.min_order_together = 50
    other = make_product(seller=uniform.seller)
    session.commit()
    operations.add_variants_to_cart(uniform.id, {large.id: 10}, by=factory.buyer)
    operations.add_to_cart(other.id, 1, by=factory.buyer)
    operations.add_variants_to_cart(uniform.id, {small.id: 20}, by=factory.buyer)
    cart = cart_of(factory.buyer)
    (group,) = cart.groups
    assert [[entry.offer.label for entry in product.entries] for product in group.products] == [["S", "L"], [""]]
    assert [product.together for product in group.products] == [30, 1]
    assert (cart.problems, [entry.problem for entry in cart.entries]) == (1, [None] * 3)
    page = client.log_in(factory.buyer).get("/cart").text
    assert page.count("Minimal 50 pcs untuk semua varian bersama: kurang 20.") == 1
    operations.add_variants_to_cart(uniform.id, {small.id: 20}, by=factory.buyer)
    assert cart_of(factory.buyer).problems == 0


def test_the_cart_costs_a_fixed_number_of_queries(client, factory, count_queries) -> None:
    few = make_variants(("Ukuran",), ("S",), ("M",))
    many = make_variants(("Ukuran",), *((str(size),) for size in range(30)))
    session.commit()
    client.log_in(factory.buyer)

    def cost(product: Product) -> int:
        operations.add_variants_to_cart(product.id, {offer.id: 1 for offer in product.offers}, by=factory.buyer)
        session.commit()
        with count_queries() as queries:
            assert client.get("/cart").status_code == 200
        return len(queries)

    assert cost(few) == cost(many)
