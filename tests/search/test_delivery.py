"""So many pieces by a day: what the filter finds is what the promise on the product's page says."""

import random
from datetime import date, timedelta
from itertools import product as product_of

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.closures.calendar import open_day, open_days
from catalog.closures.models import Closure
from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Product
from catalog.stock.promise import promise, smallest_order
from market import clock
from market.db import session
from market.signals import seller_changed
from search import fallback
from search.delivery import POINTS, deadline, largest_order, made_within, point_before
from search.queries import search
from search.request import SearchRequest
from tests.factories import make_product, make_seller, make_variants

A_DAY = date(2026, 12, 10)
EVERYTHING = 100

spans = st.tuples(st.integers(-10, 60), st.integers(0, 25)).map(
    lambda span: (A_DAY + timedelta(span[0]), A_DAY + timedelta(span[0] + span[1]))
)


@given(st.lists(spans, max_size=6), st.integers(1, 60), st.integers(0, 90))
def test_a_day_is_reached_when_as_many_days_are_open_until_then(closed, number, ahead):
    last = A_DAY + timedelta(ahead)
    closures = [Closure(first_day=first, last_day=until) for first, until in closed]
    assert (open_day(closures, A_DAY, number) <= last) == (open_days(closed, A_DAY, last) >= number)


@given(st.integers(1, 400))
def test_what_lies_between_two_points_counts_as_the_one_before(days):
    point = int(point_before(days))
    assert point in POINTS
    assert point <= days
    assert point == days or days > 8 * 7


def ready(product: Product, quantity: int) -> date | None:
    """By when so many of one variant would be ready if they were ordered today; None when they cannot be ordered."""
    if quantity < smallest_order(product):
        return None
    days = []
    for offer in product.variants:
        pieces = -(-quantity // offer.order_multiple) * offer.order_multiple
        there = offer.made_to_order or offer.available >= pieces
        if there and offer.smallest_order <= smallest_order(product):
            days.append(promise(product, pieces, day=clock.today()) or date.max)
    return min(days, default=None)


@pytest.fixture
def shelves(announce):
    """Goods of four sellers, two of whom are going to close: from stock and made to order, in packs and in variants."""
    chance, today = random.Random(4), clock.today()
    sellers = [make_seller() for _number in range(4)]
    for seller, first, last in ((sellers[0], 0, 2), (sellers[1], 3, 5), (sellers[1], 5, 12), (sellers[1], 40, 50)):
        closure = Closure(seller_id=seller.id, first_day=today + timedelta(first), last_day=today + timedelta(last))
        session.add(closure)
    made = []
    for number in range(60):
        given = {
            "seller": chance.choice(sellers),
            "lead_time_days": chance.choice([0, 1, 4, 9, 21]),
            "min_order": chance.choice([1, 1, 5, 50]),
            "order_multiple": chance.choice([1, 1, 12]),
            "on_hand": 0 if number % 3 == 0 else chance.choice([0, 7, 60, 600]),
        }
        colours = [("Merah",), ("Biru",)][: chance.choice([1, 2])]
        product = make_variants(("Warna",), *colours, **given)
        if number % 5 == 0:
            product.min_order_together = 40
        if number % 3 == 0:
            product.weekly_capacity = chance.choice([3, 70, 500, 2000])
            for offer in product.offers:
                offer.made_to_order, offer.reserved = True, chance.choice([0, 0, 30, 900])
        elif number % 4 == 0:
            product.offers[-1].min_order, product.offers[-1].on_hand = 100, 800
        made.append(product)
    session.flush()
    announce(*made)
    session.expire_all()
    seller_changed.send(None, seller_id=sellers[0].id)
    return made


@pytest.mark.parametrize("answer", [search, fallback.search], ids=["meilisearch", "postgresql"])
def test_the_filter_finds_exactly_what_is_promised_by_that_day(shelves, answer):
    for quantity in (1, 7, 40, 60, 100, 590, 5000, MAX_QUANTITY):
        promised = {product.id: ready(product, quantity) or date.max for product in shelves}
        for ahead in (0, 1, 2, 4, 9, 13, 21, 55):
            by = clock.today() + timedelta(ahead)
            result = answer(SearchRequest(quantity=quantity, by=by, per_page=EVERYTHING))
            assert {hit["id"] for hit in result.hits} == {each for each, day in promised.items() if day <= by}


def test_there_is_something_to_find_and_something_that_is_not(shelves):
    by = clock.today() + timedelta(13)
    found = {quantity: search(SearchRequest(quantity=quantity, by=by)).total for quantity in (1, 60, 590)}
    assert len(shelves) > found[60] > found[590] > 0
    assert found[1] > 0


def test_far_ahead_nothing_is_promised_too_soon_and_hardly_anything_is_missed(shelves):
    for quantity, ahead in product_of((60, 590, 5000), (60, 90, 200, 365)):
        by = clock.today() + timedelta(ahead)
        found = {hit["id"] for hit in search(SearchRequest(quantity=quantity, by=by, per_page=EVERYTHING)).hits}
        promised = {product.id: ready(product, quantity) or date.max for product in shelves}
        assert found <= {product_id for product_id, day in promised.items() if day <= by}
        assert found >= {product_id for product_id, day in promised.items() if day <= by - timedelta(7)}


def test_the_document_stays_true_at_midnight_and_the_answer_does_not_stay_the_same(shelves):
    product = next(each for each in shelves if each.weekly_capacity == 70)
    assert made_within(product) == made_within(product)
    by = clock.today() + timedelta(20)
    tomorrow = clock.now() + timedelta(days=1)
    before = {hit["id"] for hit in search(SearchRequest(quantity=40, by=by, per_page=EVERYTHING)).hits}
    with clock.at(tomorrow):
        after = {hit["id"] for hit in search(SearchRequest(quantity=40, by=by, per_page=EVERYTHING)).hits}
        promised = {each.id for each in shelves if (ready(each, 40) or date.max) <= by}
    assert after == promised
    assert after <= before


def test_a_closure_counts_once_it_is_announced(announce):
    product = make_product(lead_time_days=2)
    announce(product)
    request = SearchRequest(quantity=1, by=clock.today() + timedelta(2))
    assert search(request).total == fallback.search(request).total == 1
    session.add(Closure(seller_id=product.seller_id, first_day=clock.today(), last_day=clock.today()))
    session.flush()
    seller_changed.send(None, seller_id=product.seller_id)
    assert deadline(clock.today() + timedelta(2)).otherwise == {2: (product.seller_id,)}
    assert search(request).total == fallback.search(request).total == 0
    later = SearchRequest(quantity=1, by=clock.today() + timedelta(3))
    assert search(later).total == fallback.search(later).total == 1


def test_when_everybody_is_closed_until_then_nothing_is_found_and_nothing_breaks(announce):
    product = make_product()
    announce(product)
    session.add(Closure(seller_id=product.seller_id, first_day=clock.today(), last_day=clock.today()))
    session.flush()
    seller_changed.send(None, seller_id=product.seller_id)
    request = SearchRequest(quantity=1, by=clock.today())
    assert search(request).total == fallback.search(request).total == 0


def test_stock_goods_say_nothing_of_capacity_and_made_goods_nothing_of_stock():
    stocked = make_product(on_hand=25, order_multiple=12, min_order=10)
    assert (largest_order(stocked), made_within(stocked)) == (24, {})
    few = make_product(on_hand=11, order_multiple=12)
    assert largest_order(few) == 0
    made = make_product(on_hand=0, weekly_capacity=70, lead_time_days=3)
    made.offer.made_to_order = True
    assert largest_order(made) == 0
    assert list(made_within(made).items())[:2] == [("4", 40), ("5", 50)]
    slow = make_product(on_hand=0, weekly_capacity=1, min_order=50_000)
    slow.offer.made_to_order = True
    assert made_within(slow) == {}
