"""The cart: what goes in, what it says about each line, and the order that comes of it."""

import pytest
from sqlalchemy import func, select

from catalog.prices.queries import open_book
from catalog.products.errors import NotForSale, OutOfStock, QuantityNotSold
from catalog.products.states import ProductState
from market.accounts.models import Membership, User
from market.accounts.queries import actor_for
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, NotFound
from market.organisations.models import ShipTo
from orders.cart import operations, queries
from orders.cart.contents import Cart
from orders.cart.errors import EmptyCart, NotTogether, TotalChanged
from orders.cart.models import CartLine
from orders.purchasing.errors import Shortages
from orders.purchasing.models import Order
from orders.purchasing.operations import cancel_order
from tests.factories import make_buyer, make_product, make_seller
from tests.orders.stories import make_factory, make_shop, order_of


@pytest.fixture
def factory():
    """A factory with its people."""
    return make_factory()


def cart_of(actor):
    session.expire_all()
    lines = queries.list_lines(user_id=actor.user_id, buyer_id=actor.organisation_id)
    return Cart.of(lines, open_book([line.offer for line in lines], buyer_id=actor.organisation_id))


def quantities(actor):
    return [entry.quantity for entry in cart_of(actor).entries]


def fill(actor, *lines):
    session.commit()
    for product, quantity in lines:
        operations.add_to_cart(product.id, quantity, by=actor)


def test_what_is_added_twice_stands_on_one_line(factory):
    product = make_product(order_multiple=5)
    fill(factory.buyer, (product, 10), (product, 5))
    assert quantities(factory.buyer) == [15]


def test_nothing_is_reserved_by_a_cart(factory):
    product = make_product()
    fill(factory.buyer, (product, 10))
    assert product.offer.reserved == 0


@pytest.mark.parametrize(
    ("quantity", "refusal"), [(5, QuantityNotSold), (15, QuantityNotSold), (0, QuantityNotSold), (110, OutOfStock)]
)
def test_what_could_not_be_ordered_does_not_go_in(factory, quantity, refusal):
    product = make_product(min_order=10, order_multiple=10, on_hand=100)
    session.commit()
    with pytest.raises(refusal):
        operations.add_to_cart(product.id, quantity, by=factory.buyer)
    assert quantities(factory.buyer) == []


def test_the_whole_quantity_must_be_there_not_only_what_is_added(factory):
    product = make_product(on_hand=100)
    fill(factory.buyer, (product, 60))
    with pytest.raises(NotTogether) as refused:
        operations.add_to_cart(product.id, 50, by=factory.buyer)
    assert str(refused.value).startswith("Di keranjang sudah ada 60 pcs. Stok ")
    assert quantities(factory.buyer) == [60]


def test_unknown_and_unpublished_products_do_not_go_in(factory):
    hidden = make_product(state=ProductState.DRAFT)
    session.commit()
    with pytest.raises(NotForSale):
        operations.add_to_cart(hidden.id, 1, by=factory.buyer)
    with pytest.raises(NotFound):
        operations.add_to_cart(987_654_321, 1, by=factory.buyer)


def test_each_person_has_a_cart_for_each_organisation_they_buy_for(factory):
    other = make_buyer()
    session.add(Membership(user_id=factory.buyer.user_id, organisation_id=other.id, role=Role.BUYER))
    session.flush()
    user = session.get_one(User, factory.buyer.user_id)
    session.refresh(user)
    elsewhere, product = actor_for(user, other.id), make_product()
    fill(factory.buyer, (product, 1))
    fill(elsewhere, (product, 2))
    assert (quantities(factory.buyer), quantities(elsewhere)) == ([1], [2])


def test_only_purchasing_staff_have_carts(factory):
    product = make_product()
    session.commit()
    for actor in (factory.approver, factory.receiving, make_shop().owner):
        with pytest.raises(Forbidden):
            operations.add_to_cart(product.id, 1, by=actor)


def test_another_persons_line_is_not_found_and_stays(factory):
    stranger = make_factory()
    fill(factory.buyer, (make_product(), 3))
    line = session.scalars(select(CartLine)).one()
    session.commit()
    with pytest.raises(NotFound):
        operations.change_quantity(line.id, 5, by=stranger.buyer)
    operations.remove_from_cart(line.id, by=stranger.buyer)
    operations.empty_cart(by=stranger.buyer)
    assert quantities(factory.buyer) == [3]


def test_the_cart_tells_what_a_few_pieces_more_would_cost(factory):
    product = make_product(unit_price=2_500, tiers=[(90, 2_300), (200, 2_100)], order_multiple=20)
    fill(factory.buyer, (product, 60))
    (entry,) = cart_of(factory.buyer).entries
    assert (entry.unit_price, entry.cheaper) == (2_500, (40, 2_300))
    operations.change_quantity(entry.line.id, 200, by=factory.buyer)
    (entry,) = cart_of(factory.buyer).entries
    assert (entry.unit_price, entry.cheaper) == (2_100, None)


def test_the_cart_comes_to_what_the_order_comes_to(factory):
    taxed, plain = make_seller(taxable=True), make_seller()
    fill(
        factory.buyer,
        (make_product(seller=taxed, unit_price=777, tiers=[(10, 333)]), 13),
        (make_product(seller=plain, unit_price=1_234), 7),
        (make_product(seller=taxed, unit_price=1), 1),
    )
    cart = cart_of(factory.buyer)
    assert [group.seller.id for group in cart.groups] == [taxed.id, plain.id]
    assert [len(group.entries) for group in cart.groups] == [2, 1]
    order = operations.check_out(by=factory.buyer, seen_total=cart.total)
    assert (cart.subtotal, cart.tax, cart.total) == (order.subtotal, order.tax, order.total)
    assert sum(group.subtotal for group in cart.groups) == order.subtotal


def test_checking_out_empties_the_cart_and_a_second_time_orders_nothing(factory):
    fill(factory.buyer, (make_product(unit_price=100), 1))
    operations.check_out(by=factory.buyer, seen_total=100)
    assert quantities(factory.buyer) == []
    with pytest.raises(EmptyCart):
        operations.check_out(by=factory.buyer, seen_total=100)
    assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_nobody_orders_at_a_total_they_have_not_seen(factory):
    product = make_product(unit_price=100)
    fill(factory.buyer, (product, 10))
    product.offer.unit_price = 101
    session.commit()
    with pytest.raises(TotalChanged):
        operations.check_out(by=factory.buyer, seen_total=1_000)
    session.expire_all()
    assert product.offer.reserved == 0
    assert quantities(factory.buyer) == [10]


def test_when_stock_runs_out_the_cart_stays_and_says_where(factory):
    product = make_product(on_hand=50, name="Kardus")
    fill(factory.buyer, (product, 40))
    order_of(make_factory().buyer, (product, 20))
    session.commit()
    with pytest.raises(Shortages):
        operations.check_out(by=factory.buyer, seen_total=400_000)
    cart = cart_of(factory.buyer)
    assert [entry.problem for entry in cart.entries] == ["Stok Kardus tinggal 30 pcs, Anda meminta 40."]
    assert cart.problems == 1


def test_ordering_again_puts_the_same_quantities_in_once(factory):
    kept, gone = make_product(), make_product()
    order = order_of(factory.buyer, (kept, 5), (gone, 6))
    cancel_order(order.id, reason="x", by=factory.buyer)
    gone.state = ProductState.WITHDRAWN
    session.commit()
    assert operations.order_again(order.number, by=factory.buyer) == 1
    assert operations.order_again(order.number, by=factory.buyer) == 1
    assert quantities(factory.buyer) == [5]
    with pytest.raises(NotFound):
        operations.order_again(order.number, by=make_factory().buyer)


# Pages


def test_a_product_is_put_into_the_cart_from_its_page(client, factory):
    product = make_product(name="Kardus tebal", min_order=10)
    client.log_in(factory.buyer)
    answer = client.submit("/cart/lines", {"product_id": product.id, "quantity": "1.000"})
    assert (answer.status_code, answer.location) == (302, "/cart")
    page = client.get("/cart").text
    assert "Kardus tebal" in page
    assert 'value="1.000"' in page
    assert "Minimal 10." in page


def test_htmx_gets_a_notice_and_the_new_count(client, factory):
    product = make_product(min_order=10)
    client.log_in(factory.buyer)
    htmx = {"HX-Request": "true"}
    answer = client.submit("/cart/lines", {"product_id": product.id, "quantity": "10"}, headers=htmx)
    assert answer.status_code == 200
    assert 'hx-swap-oob="true"' in answer.text
    assert "<html" not in answer.text
    answer = client.submit("/cart/lines", {"product_id": product.id, "quantity": "1,5"}, headers=htmx)
    assert "Tulis angka bulat" in answer.text
    assert quantities(factory.buyer) == [10]


@pytest.mark.parametrize("quantity", ["", "-5", "1,5", "1.5", "abc", "9" * 40, "٣", "0"])
def test_a_wrong_quantity_is_explained_at_the_line_and_kept(client, factory, quantity):
    product = make_product()
    fill(factory.buyer, (product, 5))
    line = session.scalars(select(CartLine)).one()
    client.log_in(factory.buyer)
    answer = client.submit(f"/cart/lines/{line.id}", {"quantity": quantity})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{quantity[:30]}"' in answer.text
    assert quantities(factory.buyer) == [5]


@pytest.mark.parametrize("product_id", ["", "abc", "-1", "987654321", "9" * 30])
def test_a_wrong_product_is_not_found(client, factory, product_id):
    client.log_in(factory.buyer)
    answer = client.submit("/cart/lines", {"product_id": product_id, "quantity": "1"})
    assert answer.status_code == 404


def test_an_order_is_made_from_the_page_and_a_second_click_makes_none(client, factory):
    product = make_product(unit_price=100)
    place = ShipTo(buyer_id=factory.company.id, name="Gudang 2", address="Jl. Dua")
    session.add(place)
    fill(factory.buyer, (product, 3))
    client.log_in(factory.buyer)
    form = {
        "ship_to": place.id,
        "terms": "prepaid",
        "buyer_reference": " PR-9 ",
        "note": "",
        "seen_total": "300",
    }
    answer = client.submit("/cart/checkout", form)
    order = session.scalars(select(Order)).one()
    assert answer.location == f"/orders/{order.number}"
    assert (order.ship_to_name, order.terms, order.buyer_reference, order.note) == ("Gudang 2", "prepaid", "PR-9", None)
    again = client.submit("/cart/checkout", form)
    assert (again.status_code, again.location) == (302, "/orders")
    assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_a_refused_order_keeps_what_was_typed(client, factory):
    product = make_product(unit_price=100, on_hand=50)
    fill(factory.buyer, (product, 40))
    product.offer.on_hand = 30
    session.commit()
    client.log_in(factory.buyer)
    form = {
        "ship_to": factory.company.ship_tos[0].id,
        "terms": "prepaid",
        "buyer_reference": "PR-KEEP",
        "note": "Sebelum jam 9",
        "seen_total": "4000",
    }
    answer = client.submit("/cart/checkout", form)
    assert answer.status_code == 409
    assert "tinggal 30 pcs, Anda meminta 40" in answer.text
    assert 'value="PR-KEEP"' in answer.text
    assert "Sebelum jam 9" in answer.text
    assert quantities(factory.buyer) == [40]


@pytest.mark.parametrize(
    "wrong",
    [
        {"terms": "top90"},
        {"ship_to": "987654321"},
        {"ship_to": "abc"},
        {"buyer_reference": "x" * 101},
        {"note": "x" * 1001},
        {"seen_total": "abc"},
        {"seen_total": ""},
        {"seen_total": "9" * 40},
    ],
)
def test_a_wrong_checkout_is_refused_and_orders_nothing(client, factory, wrong):
    fill(factory.buyer, (make_product(unit_price=100), 1))
    client.log_in(factory.buyer)
    form = {"ship_to": factory.company.ship_tos[0].id, "terms": "prepaid", "seen_total": "100", **wrong}
    assert client.submit("/cart/checkout", form).status_code == 422
    assert session.scalar(select(func.count()).select_from(Order)) == 0


def test_the_page_says_when_an_order_will_wait_for_approval(client):
    factory = make_factory(approval_threshold=1_000)
    fill(factory.buyer, (make_product(unit_price=100), 10))
    client.log_in(factory.buyer)
    assert "Kirim untuk disetujui" in client.get("/cart").text


def test_ordering_again_from_an_orders_page(client, factory):
    order = order_of(factory.buyer, (make_product(), 5))
    client.log_in(factory.buyer)
    assert client.submit(f"/orders/{order.number}/reorder").location == "/cart"
    assert quantities(factory.buyer) == [5]
    assert client.submit("/orders/PO-0000-000000/reorder").status_code == 404


def test_lines_are_removed_and_the_cart_emptied(client, factory):
    fill(factory.buyer, (make_product(), 1), (make_product(), 2), (make_product(), 3))
    client.log_in(factory.buyer)
    first = session.scalars(select(CartLine).order_by(CartLine.id)).first()
    client.submit(f"/cart/lines/{first.id}/remove")
    assert quantities(factory.buyer) == [2, 3]
    client.submit("/cart/clear")
    assert "masih kosong" in client.get("/cart").text


def test_the_cart_is_the_buyers_alone(client, factory):
    assert client.get("/cart").status_code == 302
    for actor in (factory.approver, make_shop().owner):
        client.log_in(actor)
        assert client.get("/cart").status_code == 403
    client.log_in(factory.buyer)
    assert client.post("/cart/clear").status_code == 400


def test_the_cart_takes_as_many_queries_for_many_lines_as_for_one(client, factory, count_queries):
    client.log_in(factory.buyer)

    def cost():
        with count_queries() as queries:
            assert client.get("/cart").status_code == 200
        return len(queries)

    fill(factory.buyer, (make_product(), 1))
    cheap = cost()
    fill(factory.buyer, *[(make_product(), 1) for _each in range(12)])
    assert cost() == cheap <= 14
