"""Prices that look like slips, and the floor that only its seller knows."""

import pytest

from catalog.prices.errors import PriceNeedsConfirmation
from catalog.prices.list_price import ListPrice
from catalog.prices.operations import set_price_jump_rate
from catalog.prices.rules import find_question, jumps, require_price_confirmed
from catalog.products.details import TierDetails
from catalog.products.operations import create_product, update_product
from market import audit
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, Invalid
from tests.factories import make_actor, make_product


def change(by, product, **details):
    session.commit()
    return update_product(product.id, details, by=by)


def test_a_price_that_jumps_asks_first_and_says_by_how_much(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=2_500)
    with pytest.raises(PriceNeedsConfirmation) as question:
        change(shopkeeper, product, price=6_000)
    assert str(question.value).replace("\xa0", " ") == (
        "Harga naik 140% dari Rp 2.500 ke Rp 6.000. Centang untuk memastikan harga ini benar."
    )
    assert (question.value.status, question.value.field) == (422, "price")
    assert question.value.details == {
        "reason": "jump",
        "before": 2_500,
        "after": 6_000,
        "percent": 140,
        "confirm": "confirm_price",
    }
    session.expire_all()
    assert product.offer.unit_price == 2_500
    change(shopkeeper, product, price=6_000, price_confirmed=True)
    assert product.offer.unit_price == 6_000


@pytest.mark.parametrize(("price", "asks"), [(13_000, False), (13_001, True), (7_000, False), (6_999, True)])
def test_up_and_down_the_same_thirty_per_cent_are_let_through(shopkeeper, seller, price, asks):
    product = make_product(seller=seller, unit_price=10_000)
    if asks:
        with pytest.raises(PriceNeedsConfirmation):
            change(shopkeeper, product, price=price)
    else:
        change(shopkeeper, product, price=price)


def test_the_cooperative_says_how_far_is_far(shopkeeper, admin, seller):
    product = make_product(seller=seller, unit_price=10_000)
    session.commit()
    set_price_jump_rate(500, by=admin)
    with pytest.raises(PriceNeedsConfirmation):
        change(shopkeeper, product, price=10_501)
    change(shopkeeper, product, price=10_500)
    (record,) = audit.list_records(seller.cooperative)
    assert (record.action, record.details) == ("price_jump_rate_set", {"rate": 500, "before": 3_000})


@pytest.mark.parametrize("rate", [0, 99, 10_001, -1])
def test_a_rate_out_of_bounds_is_refused(admin, rate):
    with pytest.raises(Invalid) as refusal:
        set_price_jump_rate(rate, by=admin)
    assert refusal.value.field == "rate"


def test_only_the_cooperative_sets_the_rate(shopkeeper, buyer):
    for actor in (shopkeeper, buyer):
        with pytest.raises(Forbidden):
            set_price_jump_rate(500, by=actor)


def test_a_wholesale_price_that_jumps_asks_too(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000, tiers=[(100, 9_000)])
    with pytest.raises(PriceNeedsConfirmation, match=r"mulai 100 turun 90%"):
        change(shopkeeper, product, tiers=[TierDetails(100, 900)])
    with pytest.raises(PriceNeedsConfirmation, match=r"mulai 500 turun 50%"):
        change(shopkeeper, product, tiers=[TierDetails(100, 9_000), TierDetails(500, 4_500)])
    change(shopkeeper, product, tiers=[TierDetails(100, 8_000)])


def test_a_price_below_the_floor_asks_first(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000, tiers=[(100, 9_500)])
    change(shopkeeper, product, floor_price=9_000)
    with pytest.raises(PriceNeedsConfirmation) as question:
        change(shopkeeper, product, price=8_999, tiers=[])
    assert question.value.details["reason"] == "floor"
    assert question.value.details["before"] == 9_000
    with pytest.raises(PriceNeedsConfirmation):
        change(shopkeeper, product, tiers=[TierDetails(100, 8_900)])
    change(shopkeeper, product, price=9_000, tiers=[])
    change(shopkeeper, product, price=8_999, price_confirmed=True)
    assert product.offer.unit_price == 8_999


def test_saving_again_what_was_confirmed_does_not_ask_again(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    change(shopkeeper, product, floor_price=12_000, price_confirmed=True)
    change(shopkeeper, product, price=10_000, floor_price=12_000, lead_time_days=3)
    assert product.lead_time_days == 3


def test_a_floor_above_the_price_asks(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    with pytest.raises(PriceNeedsConfirmation):
        change(shopkeeper, product, floor_price=10_001)
    change(shopkeeper, product, floor_price=10_000)
    change(shopkeeper, product, floor_price=None)
    assert product.offer.floor_price is None


@pytest.mark.parametrize("floor", [0, -5, 10_000_000_001])
def test_a_floor_out_of_bounds_is_refused(shopkeeper, seller, floor):
    with pytest.raises(Invalid) as refusal:
        change(shopkeeper, make_product(seller=seller), floor_price=floor)
    assert refusal.value.field == "floor_price"


def test_a_new_product_has_nothing_to_jump_from_but_may_have_a_floor(shopkeeper):
    create_product({"name": "Palet kayu", "price": 9_999_999}, by=shopkeeper)
    with pytest.raises(PriceNeedsConfirmation):
        create_product({"name": "Palet kayu", "price": 900, "floor_price": 1_000}, by=shopkeeper)
    made = create_product(
        {"name": "Palet kayu", "price": 900, "floor_price": 1_000, "price_confirmed": True}, by=shopkeeper
    )
    assert (made.offer.unit_price, made.offer.floor_price) == (900, 1_000)


def test_the_record_of_deeds_does_not_keep_the_floor(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    change(shopkeeper, product, price=10_100, floor_price=7_654)
    assert all("7654" not in str(record.details) for record in audit.list_records(product))
    assert product.offer.floor_price == 7_654


def test_asking_beforehand_writes_and_reads_nothing(seller, count_queries):
    product = make_product(seller=seller, unit_price=10_000)
    product.seller.cooperative.price_jump_rate  # noqa: B018 - loaded
    with count_queries() as asked:
        assert find_question(product.offer, {"price": 99_000}) is not None
        assert find_question(product.offer, {"price": 10_000}) is None
        assert find_question(product.offer, {"lead_time_days": 3}) is None
    assert len(asked) == 0
    assert product.offer.unit_price == 10_000


def test_the_question_names_the_variant(seller):
    product = make_product(seller=seller, unit_price=10_000)
    product.options, product.offer.options = ["Ukuran"], ["XL"]
    with pytest.raises(PriceNeedsConfirmation, match=r"^XL: Harga naik"):
        require_price_confirmed(
            product.offer, ListPrice.of(20_000), before=ListPrice.in_offer(product.offer), confirmed=False
        )


def test_the_smallest_prices_and_the_largest_jump_exactly():
    assert not jumps(1, 1, 1)
    assert jumps(1, 2, 9_999)
    assert not jumps(1, 2, 10_000)
    assert jumps(10_000_000_000, 1, 9_999)


def test_the_treasurer_may_set_the_rate_too(seller):
    assert set_price_jump_rate(1_000, by=make_actor(seller.cooperative, Role.TREASURER)).price_jump_rate == 1_000
