"""Placing an order: what is reserved, agreed and refused."""

import pytest
from sqlalchemy import func, select

from catalog.products.errors import QuantityNotSold
from catalog.products.states import ProductState
from catalog.stock.models import MovementKind, StockMovement
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, NotFound
from market.organisations.kinds import TaxRole, Terms
from market.organisations.models import ShipTo
from market.organisations.states import SellerState
from orders.purchasing.errors import EmptyOrder, OrderedTwice, Shortages, TotalTooHigh, UnknownProduct
from orders.purchasing.models import Order, OrderLine
from orders.purchasing.operations import place_order
from orders.purchasing.states import OrderState
from tests.factories import (
    make_actor,
    make_buyer,
    make_category,
    make_cooperative,
    make_margin_rule,
    make_product,
    make_seller,
)
from tests.orders.stories import make_factory, make_shop, only_part, order_of


def nothing_happened(*products):
    """No order stands and the stock of these products is as it was."""
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Order)) == 0 and all(
        product.offer.reserved == 0 for product in products
    )


def test_an_order_reserves_its_stock_and_writes_the_movement():
    factory, product = make_factory(), make_product(on_hand=500)
    order = order_of(factory.buyer, (product, 200))
    assert (product.offer.on_hand, product.offer.reserved, product.offer.available) == (500, 200, 300)
    movement = session.scalars(select(StockMovement).order_by(StockMovement.id.desc())).first()
    assert (movement.kind, movement.reserved_change, movement.on_hand_change) == (MovementKind.RESERVATION, 200, 0)
    assert movement.reference == only_part(order).number
    assert order.state is OrderState.PLACED


def test_what_was_agreed_stays_when_the_offer_changes_later():
    cooperative = make_cooperative(margin=800, tax_role=TaxRole.AGENT)
    seller = make_seller(cooperative=cooperative, taxable=True)
    product = make_product(seller=seller, unit_price=2_500, tiers=[(100, 2_200)], on_hand=1_000, unit_code="H87")
    factory = make_factory()
    line = order_of(factory.buyer, (product, 300)).lines[0]
    product.name, product.offer.unit_price, product.unit_code, seller.taxable = "Lain", 9_999, "XCT", False
    make_margin_rule(cooperative=cooperative, seller_id=seller.id, rate=5_000)
    session.flush()
    session.expire_all()
    assert (line.name, line.unit_price, line.unit_code) != ("Lain", 9_999, "XCT")
    assert (line.unit_price, line.amount, line.margin_rate, line.margin_amount) == (2_200, 660_000, 800, 52_800)
    assert (line.seller_amount, line.tax, line.seller_tax) == (607_200, 72_600, 72_600)
    assert line.margin_rule_id is not None
    assert line.seller_order.seller_taxable is True
    assert line.seller_order.tax_role is TaxRole.AGENT


def test_the_sellers_own_margin_goes_before_the_categorys_and_that_before_the_default():
    cooperative = make_cooperative(margin=300)
    category = make_category()
    make_margin_rule(cooperative=cooperative, category_id=category.id, rate=700)
    plain, special = make_seller(cooperative=cooperative), make_seller(cooperative=cooperative)
    make_margin_rule(cooperative=cooperative, seller_id=special.id, rate=100)
    order = order_of(
        make_factory().buyer,
        (make_product(seller=plain), 1),
        (make_product(seller=plain, category=category), 1),
        (make_product(seller=special, category=category), 1),
    )
    assert [line.margin_rate for line in order.lines] == [300, 700, 100]


def test_each_seller_gets_its_own_part_and_the_parts_add_up():
    one, other = make_shop(taxable=True), make_shop()
    first, second, third = (
        make_product(seller=one.seller),
        make_product(seller=other.seller),
        make_product(seller=one.seller, unit_price=777),
    )
    order = order_of(make_factory().buyer, (first, 10), (second, 5), (third, 3))
    parts = order.seller_orders
    assert [part.seller_id for part in parts] == [one.seller.id, other.seller.id]
    assert [len(part.lines) for part in parts] == [2, 1]
    assert order.subtotal == sum(part.subtotal for part in parts) == 100_000 + 50_000 + 2_331
    assert order.tax == sum(line.tax for line in order.lines) == 11_000 + 256
    assert order.total == order.subtotal + order.tax
    for part in parts:
        assert part.subtotal == part.margin_amount + part.seller_amount
        assert part.total == part.subtotal + part.tax
    assert parts[1].tax == 0


def test_eight_million_pieces_at_the_highest_price_are_exact():
    product = make_product(unit_price=9_999_999_999, on_hand=8_000_000, seller=make_seller(taxable=True))
    order = order_of(make_factory().buyer, (product, 8_000_000))
    session.expire_all()
    line = order.lines[0]
    assert line.amount == 79_999_999_992_000_000
    assert line.tax == 8_799_999_999_120_000
    assert order.total == 88_799_999_991_120_000
    assert line.margin_amount + line.seller_amount == line.amount


def test_an_order_too_big_to_add_up_is_refused_in_words():
    products = [make_product(unit_price=10_000_000_000, on_hand=100_000_000) for _each in range(2)]
    with pytest.raises(TotalTooHigh):
        order_of(make_factory().buyer, *[(product, 100_000_000) for product in products])
    assert nothing_happened(*products)


def test_terms_and_place_of_delivery_are_the_buyers_own_unless_named():
    factory, product = make_factory(terms=Terms.PREPAID), make_product()
    order = order_of(factory.buyer, (product, 1))
    assert (order.terms, order.ship_to_name) == (Terms.PREPAID, "Gudang 1")
    assert order.ship_to_address == "Jl. Industri 1, Cikarang"
    second = ShipTo(buyer_id=factory.company.id, name="Gudang 2", address="Jl. Lain 2")
    session.add(second)
    session.flush()
    order = order_of(
        factory.buyer, (product, 1), ship_to_id=second.id, terms=Terms.TOP30, buyer_reference="PR-77", note="Pagi"
    )
    assert (order.terms, order.ship_to_name, order.buyer_reference, order.note) == (
        Terms.TOP30,
        "Gudang 2",
        "PR-77",
        "Pagi",
    )


def test_another_companys_place_of_delivery_is_not_found():
    factory, product = make_factory(), make_product()
    foreign = make_buyer().ship_tos[0]
    with pytest.raises(NotFound):
        order_of(factory.buyer, (product, 1), ship_to_id=foreign.id)
    assert nothing_happened(product)


def test_an_order_from_the_threshold_on_waits_for_an_approver():
    product = make_product(unit_price=10_000)
    factory = make_factory(approval_threshold=100_000)
    assert order_of(factory.buyer, (product, 9)).state is OrderState.PLACED
    waiting = order_of(factory.buyer, (product, 10))
    assert waiting.state is OrderState.AWAITING_APPROVAL
    assert only_part(waiting).state is OrderState.AWAITING_APPROVAL
    assert only_part(waiting).placed_at is None
    assert product.offer.reserved == 19


def test_every_short_line_is_named_and_nothing_is_reserved():
    enough, little, none = make_product(), make_product(on_hand=40, unit_code="XCT"), make_product(on_hand=0)
    with pytest.raises(Shortages) as refused:
        order_of(make_factory().buyer, (enough, 10), (little, 50), (none, 1_500))
    assert refused.value.status == 409
    assert refused.value.details["shortages"] == [
        {"product_id": little.id, "variant_id": little.offer.id, "wanted": 50, "available": 40},
        {"product_id": none.id, "variant_id": none.offer.id, "wanted": 1_500, "available": 0},
    ]
    assert f"Stok {little.name} tinggal 40 dus, Anda meminta 50." in str(refused.value)
    assert f"Stok {none.name} tinggal 0 pcs, Anda meminta 1.500." in str(refused.value)
    assert nothing_happened(enough, little, none)


@pytest.mark.parametrize(
    ("quantity", "sentence"),
    [
        (50, "Minimal pembelian 125 pcs, Anda meminta 50."),
        (0, "Minimal pembelian 125 pcs, Anda meminta 0."),
        (-5, "Minimal pembelian 125 pcs, Anda meminta −5."),
        (110, "Dijual per kelipatan 25 pcs: pesan 125, bukan 110."),
        (140, "Dijual per kelipatan 25 pcs: pesan 125 atau 150, bukan 140."),
        (100_000_001, "Paling banyak 100.000.000 pcs."),
    ],
)
def test_a_quantity_the_seller_does_not_sell_is_refused_at_its_line(quantity, sentence):
    good, product = make_product(), make_product(name="Kardus", min_order=105, order_multiple=25)
    with pytest.raises(QuantityNotSold) as refused:
        order_of(make_factory().buyer, (good, 1), (product, quantity))
    assert (refused.value.status, refused.value.field) == (422, "lines.1.quantity")
    assert str(refused.value) == sentence
    assert nothing_happened(good, product)


def test_an_empty_order_is_refused():
    with pytest.raises(EmptyOrder):
        place_order(by=make_factory().buyer, lines=[])


def test_a_product_written_twice_is_refused_at_the_second_line():
    product = make_product()
    with pytest.raises(OrderedTwice) as refused:
        order_of(make_factory().buyer, (product, 1), (product, 2))
    assert refused.value.field == "lines.1.product_id"
    assert nothing_happened(product)


@pytest.mark.parametrize("state", [state for state in ProductState if state is not ProductState.PUBLISHED])
def test_what_is_not_published_cannot_be_ordered(state):
    product = make_product(state=state)
    with pytest.raises(UnknownProduct) as refused:
        order_of(make_factory().buyer, (product, 1))
    assert (refused.value.status, refused.value.field) == (422, "lines.0.product_id")
    assert nothing_happened(product)


def test_a_suspended_sellers_product_and_an_unknown_one_cannot_be_ordered():
    product = make_product(seller=make_seller(state=SellerState.SUSPENDED))
    for product_id in (product.id, 0, 987_654_321):
        with pytest.raises(UnknownProduct):
            place_order(by=make_factory().buyer, lines=[(product_id, 1)])


def test_only_purchasing_staff_order():
    factory, product = make_factory(), make_product()
    seller = make_actor(product.seller, Role.SELLER)
    for actor in (factory.approver, factory.receiving, factory.finance, seller):
        with pytest.raises(Forbidden):
            order_of(actor, (product, 1))


def test_placing_takes_as_many_queries_for_twenty_lines_as_for_two(count_queries):
    factory, shop = make_factory(), make_shop()
    product_ids = [make_product(seller=shop.seller).id for _each in range(22)]

    def count(chosen):
        session.expire_all()
        with count_queries() as queries:
            place_order(by=factory.buyer, lines=[(product_id, 1) for product_id in chosen])
        return len([statement for statement in queries.statements if "procrastinate" not in statement])

    assert count(product_ids[2:]) == count(product_ids[:2])


def test_the_sellers_are_told_by_letter(run_jobs, settings):
    shop, factory = make_shop(), make_factory(name="PT Sinar")
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 3))
    run_jobs()
    letters = [path.read_bytes().decode() for path in (settings.var_dir / "mail").iterdir()]
    assert any(shop.owner.email in letter and only_part(order).number in letter for letter in letters)


def test_lines_belong_to_the_order_and_to_the_sellers_part():
    order = order_of(make_factory().buyer, (make_product(), 2), (make_product(), 3))
    lines = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)).all()
    assert [line.quantity for line in lines] == [2, 3]
    assert [line.seller_order.order_id for line in lines] == [order.id, order.id]
